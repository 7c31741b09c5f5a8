"""Which amounts of a directive are goals, part of what is to be reached or done: a scorecard learned from annotated releases."""

from __future__ import annotations

from arahan.types import Quantity, Span
from pipeline.values.goal_features import features
from pipeline.values.numbers import Amount, find_quantities
from pipeline.vocabulary.scorecards import points, score

POINTS_FILE = "quantity_points.csv"


def goal_quantities(text: str, action: Span, evidence: Span) -> list[Amount]:
    """The goals among the amounts of a directive's evidence, in reading order: those whose points add up to more than 0."""
    found = find_quantities(text, evidence)
    card = points(POINTS_FILE)
    return [amount for at, amount in enumerate(found) if score(card, features(text, action, evidence, found, at)) > 0]


def quantities(text: str, action: Span, evidence: Span) -> tuple[Quantity, ...]:
    """`goal_quantities` as the dataset holds them."""
    return tuple(amount.quantity(text) for amount in goal_quantities(text, action, evidence))
