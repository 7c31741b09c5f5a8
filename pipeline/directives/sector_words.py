"""Words that speak for or against sectors of government; points learned from annotated directives (data/sector_words.csv)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from arahan.errors import DataFileError
from pipeline.vocabulary.datafile import FOLDER, numbered_rows

FILE = "sector_words.csv"
COLUMNS = ("field", "term", "rarity", "points")
FIELDS = ("evidence", "around")
WORD = re.compile(r"[^\W\d_]{3,}")


class Word(NamedTuple):
    """A word in a field: how rare it is (inverse document frequency), and its points by sector."""

    rarity: float
    points: Mapping[str, float]


def words_of(text: str) -> set[str]:
    """The words that count, in lower case, each once."""
    return set(WORD.findall(text.lower()))


def word_points(texts: Mapping[str, str]) -> dict[str, float]:
    """Summed points by sector of the words of each of FIELDS, the rarer the more, whatever the length of a text."""
    found: dict[str, float] = {}
    for field in FIELDS:
        known = [word for w in sorted(words_of(texts[field])) if (word := _table().get((field, w)))]
        length = math.sqrt(sum(word.rarity**2 for word in known)) or 1.0
        for word in known:
            for sector, points in word.points.items():
                found[sector] = found.get(sector, 0.0) + points * word.rarity / length
    return found


@cache
def _table() -> dict[tuple[str, str], Word]:
    return read_words()


def read_words(folder: Path = FOLDER) -> dict[tuple[str, str], Word]:
    """The table by field and word; a DataFileError names a line whose cells are no numbers."""
    found = {}
    for line, row in numbered_rows(FILE, COLUMNS, folder):
        if row["field"] not in FIELDS:
            raise DataFileError(folder / FILE, line, f"unknown field {row['field']!r}")
        try:
            points = {code: float(value) for code, _, value in _pairs(row["points"])}
            found[row["field"], row["term"]] = Word(float(row["rarity"]), points)
        except ValueError as error:
            raise DataFileError(folder / FILE, line, str(error)) from error
    return found


def _pairs(cell: str) -> Iterable[tuple[str, str, str]]:
    return (pair.rpartition(" ") for pair in cell.split(";") if pair)
