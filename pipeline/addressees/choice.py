"""Who is told to act: those whom the clause names in a known form, nobody, those of the last directive, or somebody mentioned,
by a scorecard learned from annotated releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from arahan.types import Span
from models.runtime.decode import Mention
from pipeline.addressees.actors import each_once
from pipeline.addressees.clause import Clause
from pipeline.addressees.coordination import names_in
from pipeline.addressees.frames import told
from pipeline.addressees.marks import grow
from pipeline.addressees.mentions import Someone, mentions
from pipeline.addressees.option_features import Said, carried, framed, nobody, places, said, someone
from pipeline.vocabulary.gazetteers import group_of
from pipeline.vocabulary.scorecards import points, score

POINTS_FILE = "addressee_points.csv"
FRAMED = "framed: "  # opens what speaks for the other ways where the clause names somebody in a known form
WINDOW_CHARS = 600  # before the evidence
KNOWN_FORM = 0.7
"""Points for those whom the clause names in a known form, beside what is learned. By hand, on sources left out of learning."""
LIKELY = 0.45  # a mark's score from which it names whom a target tells
MARKED = 4.0
"""Points for a mark of the model, times its score. By hand: the model is too sure of the articles that it was trained on."""


class Option(NamedTuple):
    """Names, those of nobody being (), what speaks for and against them, the span where they are mentioned,
    and whether it is the clause that names them in a known form.
    """

    names: tuple[str, ...]
    features: frozenset[str]
    span: Span | None = None
    in_frame: bool = False


def options(c: Clause, marks: Iterable[Mention] = ()) -> list[Option]:
    """Every way to say who is to act."""
    frame = told(c.text, c.evidence, c.cue, c.action) if c.cue else None
    names = each_once(names_in(frame.span.of(c.text))) if frame else ()
    if not frame or not names:
        return list(_others(c, said(c, None), marks))
    facts = said(c, frame)
    others = (o._replace(features=frozenset(FRAMED + f for f in o.features)) for o in _others(c, facts, marks))
    return [Option(names, frozenset(framed(c, facts, frame)), frame.span, True), *others]


def _others(c: Clause, facts: Said, marks: Iterable[Mention]) -> Iterator[Option]:
    """The ways other than those whom the clause names in a known form."""
    yield Option((), frozenset(nobody(c, facts)))
    if c.told:
        yield Option(c.told.names, frozenset(carried(c, facts, c.told)))
    window = Span(max(0, c.evidence.start - WINDOW_CHARS), c.evidence.end)
    those = _with_marked(c.text, mentions(c.text, window), [m.span for m in marks if window.contains(m.span)])
    where = places(c, those)
    for at, each in enumerate(those):
        if names := each_once(names_in(each.span.of(c.text))):
            yield Option(names, frozenset(someone(c, facts, those, where, at)), each.span)


def chosen_names(c: Clause, marks: Sequence[Mention]) -> tuple[str, ...]:
    """The names of the way with the most points, the model's marks counted in; of equals the first."""
    card = points(POINTS_FILE)
    return max(options(c, marks), key=lambda option: _points(card, option, marks)).names


def _points(card: Mapping[str, float], option: Option, marks: Sequence[Mention]) -> float:
    return score(card, option.features) + _marked(option, marks) + (KNOWN_FORM if option.in_frame else 0.0)


def marked_names(text: str, evidence: Span, marks: Iterable[Mention]) -> tuple[str, ...]:
    """Those of known groups in the evidence whom the model marks: for a target, which hardly ever tells anybody."""
    spans = [grow(text, mark.span) for mark in marks if mark.score >= LIKELY and evidence.contains(mark.span)]
    return each_once(name for span in spans for name in names_in(span.of(text)) if group_of(name))


def _marked(option: Option, marks: Sequence[Mention]) -> float:
    span = option.span
    return MARKED * max((m.score for m in marks if m.span.overlaps(span)), default=0.0) if span else 0.0


def _with_marked(text: str, found: list[Someone], marked: Iterable[Span]) -> list[Someone]:
    """Those found, and those that only the model marked."""
    others = [Someone(grow(text, span), False) for span in marked if not any(span.overlaps(each.span) for each in found)]
    return sorted([*found, *others], key=lambda each: each.span)
