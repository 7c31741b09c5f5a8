"""Reads the CSV tables under `pipeline/data/`: lexicons, gazetteers, thresholds. The header is the schema."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from arahan.errors import DataFileError

FOLDER = Path(__file__).parent.parent / "data"


def rows(name: str, columns: tuple[str, ...], folder: Path = FOLDER) -> list[dict[str, str]]:
    """The rows of `folder/name`, each with exactly `columns`, cells stripped; `#` lines and blank lines are skipped.

    A DataFileError names the line when the file is missing or not UTF-8, the header differs, or a row has too few or many cells.
    """
    return [row for _, row in numbered_rows(name, columns, folder)]


def numbered_rows(name: str, columns: tuple[str, ...], folder: Path = FOLDER) -> list[tuple[int, dict[str, str]]]:
    """Like `rows`, each with its line number (from 1), for callers that check cells and have to name the line."""
    path = folder / name
    lines = _lines(path)
    line, header = next(lines, (1, []))
    if tuple(header) != columns:
        raise DataFileError(path, line, f"the header is {','.join(header)!r}, expected {','.join(columns)!r}")
    found = []
    for line, cells in lines:
        if len(cells) != len(columns):
            raise DataFileError(path, line, f"{len(cells)} cells, expected {len(columns)}")
        found.append((line, dict(zip(columns, cells, strict=True))))
    return found


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Line number and stripped cells of every line that holds something."""
    reader = csv.reader(_text(path).splitlines())
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped) and not stripped[0].startswith("#"):
                yield reader.line_num, stripped
    except csv.Error as error:
        raise DataFileError(path, reader.line_num, str(error)) from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataFileError(path, 0, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise DataFileError(path, line, "not UTF-8") from error


@cache
def mapping(name: str, columns: tuple[str, str]) -> dict[str, str]:
    """A table of two columns as a dictionary, first column to second, keys in lower case and each once."""
    found: dict[str, str] = {}
    for line, row in numbered_rows(name, columns):
        key = row[columns[0]].lower()
        if key in found:
            raise DataFileError(FOLDER / name, line, f"{key!r} is listed twice")
        found[key] = row[columns[1]]
    return found
