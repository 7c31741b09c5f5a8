"""Scorecards: points by feature, learned from annotated releases (`models/training/scorecards.py`); above 0 in sum means yes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from arahan.errors import DataFileError
from pipeline.vocabulary.datafile import FOLDER, numbered_rows

COLUMNS = ("feature", "points")


@cache
def points(file: str) -> dict[str, float]:
    """Points by feature of a file of FOLDER; a feature that it lacks has none."""
    found = {}
    for line, row in numbered_rows(file, COLUMNS):
        try:
            found[row["feature"]] = float(row["points"])
        except ValueError as error:
            raise DataFileError(FOLDER / file, line, f"{row['points']!r} is no number") from error
    return found


def score(card: Mapping[str, float], features: Iterable[str]) -> float:
    """The sum of the features' points, the same in any order."""
    return round(sum(card.get(name, 0.0) for name in sorted(features)), 6)
