"""Size and SHA-256 of what was written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Stored:
    """A file: its size in bytes and the SHA-256 of its content in hexadecimal."""

    size: int
    sha256: str


def stored(folder: Path, paths: Iterable[Path]) -> dict[str, Stored]:
    """Each file by its path inside `folder`, sorted."""
    return {path.relative_to(folder).as_posix(): _stored(path) for path in sorted(paths)}


def _stored(path: Path) -> Stored:
    with path.open("rb") as file:
        return Stored(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def write_sums(folder: Path) -> None:
    """A list that `sha256sum --check` reads, over every file of the folder but itself."""
    files = stored(folder, (path for path in folder.rglob("*") if path.is_file() and path.name != SUMS))
    (folder / SUMS).write_text("".join(f"{file.sha256}  {name}\n" for name, file in files.items()), encoding="utf-8")
