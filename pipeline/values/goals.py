"""Which amounts of a directive are goals, part of what is to be reached or done: a scorecard learned from annotated releases."""

from __future__ import annotations

from functools import cache

from arahan.errors import DataFileError
from arahan.types import Quantity, Span
from pipeline.values.goal_features import features
from pipeline.values.numbers import Amount, find_quantities
from pipeline.vocabulary.datafile import FOLDER, numbered_rows

POINTS_FILE = "quantity_points.csv"


def goal_quantities(text: str, action: Span, evidence: Span) -> list[Amount]:
    """The goals among the amounts of a directive's evidence, in reading order: those whose points add up to more than 0."""
    found = find_quantities(text, evidence)
    scores = (sum(points().get(name, 0.0) for name in features(text, action, evidence, found, at)) for at in range(len(found)))
    return [amount for amount, score in zip(found, scores, strict=True) if round(score, 6) > 0]


def quantities(text: str, action: Span, evidence: Span) -> tuple[Quantity, ...]:
    """`goal_quantities` as the dataset holds them."""
    return tuple(amount.quantity(text) for amount in goal_quantities(text, action, evidence))


@cache
def points() -> dict[str, float]:
    """Points by feature."""
    found = {}
    for line, row in numbered_rows(POINTS_FILE, ("feature", "points")):
        try:
            found[row["feature"]] = float(row["points"])
        except ValueError as error:
            raise DataFileError(FOLDER / POINTS_FILE, line, f"{row['points']!r} is no number") from error
    return found
