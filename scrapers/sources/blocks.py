"""A registry file cut into its entries, so that a fault in one entry (its TOML included) costs no other."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arahan.errors import DataFileError

_HEADER = re.compile(r"^\[\s*(?P<id>[^\[\]\s.]+)\s*\]\s*(?:#.*)?$")
_AT = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One `[id]` table: its line in the file (from 1), its own text and its values."""

    file: Path
    line: int
    id: str
    text: str
    values: Mapping[str, Any]

    def line_of(self, field: str) -> int:
        """The line that sets a field (or the table of that name), else the entry's first line."""
        wanted = re.compile(rf"\s*(?:\[.*\.)?{re.escape(field)}\s*(?:=|\])")
        lines = enumerate(self.text.splitlines(), start=self.line)
        return next((number for number, line in lines if wanted.match(line)), self.line)


def read_entries(file: Path) -> Iterator[Entry | DataFileError]:
    """The entries of a registry file in order; one that is no TOML comes as the error that says why."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        yield DataFileError(file, text_line(file, error.start), "not UTF-8")
        return
    for line, id, block in _blocks(text):
        if not id:
            if fault := _outside(file, line, block):
                yield fault
            continue
        try:
            tables = tomllib.loads(block)
        except tomllib.TOMLDecodeError as error:
            yield _broken(file, line, id, block, str(error))
        else:
            yield Entry(file, line, id, block, tables.get(id.strip("\"'"), {}))


def text_line(file: Path, offset: int) -> int:
    """The line (from 1) of a byte offset."""
    return file.read_bytes()[:offset].count(b"\n") + 1


def _blocks(text: str) -> Iterator[tuple[int, str, str]]:
    """(first line, id, text) of each entry; what stands before the first has an empty id."""
    start, id, lines = 1, "", list[str]()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            yield start, id, "\n".join(lines)
            start, id, lines = number, header["id"], []
        lines.append(line)
    yield start, id, "\n".join(lines)


def _outside(file: Path, line: int, block: str) -> DataFileError | None:
    loose = (n for n, text in enumerate(block.splitlines(), start=line) if text.strip() and not text.lstrip().startswith("#"))
    return next((DataFileError(file, number, "stands before the first [id]") for number in loose), None)


def _broken(file: Path, line: int, id: str, block: str, message: str) -> DataFileError:
    place = _AT.search(message)
    inside = int(place[1]) if place and place[1] else len(block.splitlines())
    return DataFileError(file, line + inside - 1, f"[{id}] is no TOML: {_AT.sub('', message).strip()}")
