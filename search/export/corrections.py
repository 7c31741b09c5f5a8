"""`arahan import-corrections`: what people corrected, as annotated JSON Lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from arahan.types import KINDS
from search.errors import SearchError
from search.export import brat, label_studio

Record = dict[str, Any]


class BadCorrections(SearchError):
    """A file of corrections, or one article in it, cannot be taken; `place` says which."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place, self.reason = place, reason


@dataclass(slots=True)
class Corrections:
    """Annotated articles, what could not be taken, and how many tasks nobody submitted."""

    records: list[Record] = field(default_factory=list)
    faults: list[BadCorrections] = field(default_factory=list)
    untouched: int = 0


def read_corrections(source: Path) -> Corrections:
    """Read Label Studio's JSON export, a brat .ann file or a folder of them. A faulty article never loses the others.

    Raises BadCorrections when the whole file is no such thing.
    """
    if not source.exists():
        raise BadCorrections(str(source), "there is no such file")
    if source.is_dir() or source.suffix == ".ann":
        return _gather(_brat(source))
    try:
        document = json.loads(source.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadCorrections(str(source), f"neither JSON nor a .ann file ({error})") from error
    return _gather(_tasks(document))


def _brat(source: Path) -> Iterator[tuple[str, Callable[[], Record | None]]]:
    folder = source if source.is_dir() else source.parent
    wanted = [(name, reader) for name, reader in brat.read(folder) if source.is_dir() or name == source.name]
    if not wanted:
        raise BadCorrections(str(source), "the folder has no .ann files")
    yield from wanted


def _tasks(document: object) -> Iterator[tuple[str, Callable[[], Record | None]]]:
    for number, task in enumerate(document if isinstance(document, list) else [document], start=1):
        yield f"task {number}", partial(label_studio.read, task)


def _gather(readers: Iterator[tuple[str, Callable[[], Record | None]]]) -> Corrections:
    found = Corrections()
    for place, reader in readers:
        try:
            record = reader()
            if record is None:
                found.untouched += 1
            else:
                check(record)
                found.records.append(record)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as error:
            reason = f"{error} is missing" if isinstance(error, KeyError) else str(error)
            found.faults.append(BadCorrections(place, reason))
    return found


def check(record: Mapping[str, Any]) -> None:
    """Raise ValueError unless the record has an id and a text and every span lies in it."""
    if not (isinstance(record["id"], str) and record["id"] and isinstance(record["text"], str) and record["text"]):
        raise ValueError("the article has no id or no text")
    for directive in record["directives"]:
        if directive["kind"] not in KINDS:
            raise ValueError(f"{directive['kind']!r} is no kind of directive")
        for start, end in spans(directive):
            if not 0 <= start < end <= len(record["text"]):
                raise ValueError(f"a {directive['kind']} has a span from {start} to {end}, outside the text")


def spans(directive: Mapping[str, Any]) -> Iterator[Sequence[int]]:
    """Every span of a directive."""
    yield from (directive["evidence"], directive["action"], *directive["addressees"])
    yield from (quantity["span"] for quantity in directive["quantities"])
    if directive["cue"]:
        yield directive["cue"]
    if directive["deadline"]:
        yield directive["deadline"]["span"]


def write_records(records: Sequence[Record], target: Path | None) -> None:
    """As JSON Lines to a file, or to standard output."""
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    if target:
        target.write_text(lines, encoding="utf-8")
    else:
        sys.stdout.write(lines)
