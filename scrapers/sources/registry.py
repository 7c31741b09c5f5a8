"""The registry of sources: TOML files, one table a source, read with every fault reported at once."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from arahan.errors import DataFileError, DataFileFaults, InputNotFound, SourceNotFound
from scrapers.sources.blocks import read_entries
from scrapers.sources.schema import read_source
from scrapers.types import Source

DATA = Path(__file__).resolve().parent / "data"


def load_registry(path: Path | None = None) -> Mapping[str, Source]:
    """The sources by id, in the order of files and entries. `path`: a TOML file or a folder of them; None: what ships.

    Raises DataFileFaults with one error for each faulty entry, InputNotFound when there is no such path.
    """
    sources: dict[str, Source] = {}
    faults: list[DataFileError] = []
    for file in _files(DATA if path is None else path):
        for entry in read_entries(file):
            source = entry if isinstance(entry, DataFileError) else read_source(entry)
            if isinstance(source, DataFileError):
                faults.append(source)
            elif source.id in sources:
                faults.append(DataFileError(file, getattr(entry, "line", 1), f"[{source.id}] is declared twice"))
            else:
                sources[source.id] = source
    if faults:
        raise DataFileFaults(faults)
    return MappingProxyType(sources)


def find_source(sources: Mapping[str, Source], id: str) -> Source:
    """The source of that id. Raises SourceNotFound, which names ids that look like it."""
    if id not in sources:
        raise SourceNotFound(id, difflib.get_close_matches(id, sources, n=3))
    return sources[id]


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(path.glob("*.toml"))
    if not path.is_file():
        raise InputNotFound(f"{path}: no such file or folder of sources")
    return [path]
