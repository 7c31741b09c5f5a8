"""Who is told to act where the words of the clause do not say so in a known form: nobody, those of the last directive, or
somebody mentioned, by a scorecard learned from annotated releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from arahan.types import Span
from models.runtime.decode import Mention
from pipeline.addressees.actors import each_once
from pipeline.addressees.clause import Clause
from pipeline.addressees.coordination import names_in
from pipeline.addressees.marks import grow
from pipeline.addressees.mentions import Someone, mentions
from pipeline.addressees.option_features import carried, nobody, places, said, someone
from pipeline.vocabulary.scorecards import points, score

POINTS_FILE = "addressee_points.csv"
WINDOW_CHARS = 600  # before the evidence
MARKED = 4.0
"""Points for a mark of the model, times its score. By hand: the model is too sure of the articles that it was trained on."""


class Option(NamedTuple):
    """Names, those of nobody being (), what speaks for and against them, and the span where they are mentioned."""

    names: tuple[str, ...]
    features: frozenset[str]
    span: Span | None = None


def options(c: Clause, marks: Iterable[Mention] = ()) -> list[Option]:
    """Every way to say who is to act."""
    facts = said(c)
    found = [Option((), frozenset(nobody(c, facts)))]
    if c.told:
        found.append(Option(c.told.names, frozenset(carried(c, facts, c.told))))
    window = Span(max(0, c.evidence.start - WINDOW_CHARS), c.evidence.end)
    those = _with_marked(c.text, mentions(c.text, window), [m.span for m in marks if window.contains(m.span)])
    where = places(c, those)
    for at, each in enumerate(those):
        if names := each_once(names_in(each.span.of(c.text))):
            found.append(Option(names, frozenset(someone(c, facts, those, where, at)), each.span))
    return found


def chosen_names(c: Clause, marks: Sequence[Mention]) -> tuple[str, ...]:
    """The names of the way with the most points, the model's marks counted in; of equals the first."""
    card = points(POINTS_FILE)
    return max(options(c, marks), key=lambda option: score(card, option.features) + _marked(option, marks)).names


def _marked(option: Option, marks: Sequence[Mention]) -> float:
    span = option.span
    return MARKED * max((m.score for m in marks if m.span.overlaps(span)), default=0.0) if span else 0.0


def _with_marked(text: str, found: list[Someone], marked: Iterable[Span]) -> list[Someone]:
    """Those found, and those that only the model marked."""
    others = [Someone(grow(text, span), False) for span in marked if not any(span.overlaps(each.span) for each in found)]
    return sorted([*found, *others], key=lambda each: each.span)
