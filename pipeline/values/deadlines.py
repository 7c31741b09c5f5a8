"""Which time in a directive's evidence is its deadline: a scorecard over readable features, learned from annotated releases."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from arahan.types import Deadline, Kind, Span
from pipeline.values.dates_relative import TimeExpression, time_expressions
from pipeline.values.words import any_of
from pipeline.vocabulary.datafile import mapping
from pipeline.vocabulary.gazetteers import find_cues
from pipeline.vocabulary.scorecards import points, score

POINTS_FILE = "deadline_points.csv"
ADJACENT_CHARS = 12
NEAR_CHARS = 30
MOST_COMMAS = 2

_LAW = re.compile(r"\b(?:nomor|no\.?|nomer)\s+(?:\w+\.\s?)?[\w./-]+\s*$", re.IGNORECASE)
_NAMED = re.compile(r"(?:[A-Z][\w.)-]*|\d|[IVX]+)\s+$")
_CAPITALS = re.compile(r"[A-Z]{2,}\)?\s+$")
_DAYS_BEFORE = re.compile(r"H\s?-\s?\d")
_HOURS = re.compile(r"jam$", re.IGNORECASE)
_WORKING_DAYS = re.compile(r"\s+kerja\b", re.IGNORECASE)
_HOW_OFTEN = re.compile(r"kali\s+$", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"(\w+)\W*$")
_CLAUSE_END = re.compile(r"[.!?;:\"“”]")
_CLAUSE = re.compile(r"(?:^|[.!?:\"“”]\s*)(?:pada|di|dalam)?\s*$", re.IGNORECASE)


def find_deadline(
    text: str, action: Span, evidence: Span, reference: dt.date | None, kind: Kind | None = None, year: int | None = None
) -> Deadline | None:
    """When the act of a directive has to be done, None when the evidence does not say.

    `reference` is the day of speaking (the event's, else the day of publishing); without it "tahun ini" is read as `year`.
    """
    card = points(POINTS_FILE)
    scored = [
        (score(card, features(text, action, found, reference, kind)), found)
        for found in time_expressions(text, evidence, reference, year)
    ]
    best = max(scored, key=lambda pair: (pair[0], pair[1].span), default=None)
    if best is None or best[0] <= 0:
        return None
    expression = best[1]
    return Deadline(expression.span.of(text), expression.period.iso, expression.period.last_day)


def resolve_deadline(text: str, span: Span, reference: dt.date | None, year: int | None = None) -> Deadline | None:
    """The deadline that `span` is known to tell, its last time if it holds several; None when it cannot be resolved."""
    found = time_expressions(text, span, reference, year)
    return Deadline(span.of(text), found[-1].period.iso, found[-1].period.last_day) if found else None


def features(text: str, action: Span, found: TimeExpression, reference: dt.date | None, kind: Kind | None) -> Iterator[str]:
    """What speaks for or against a time being the deadline, by name."""
    place = _place(found.span, action)
    yield "any"
    yield f"place {place}"
    lead = _lead(text, found)
    yield f"form {found.form}"
    yield f"kind {kind or 'unknown'}"
    yield f"lead {lead}"
    yield f"lead {lead}, {place}"
    yield f"lead {lead}, form {found.form}"
    word = _WORD_BEFORE.search(text, max(0, found.span.start - NEAR_CHARS), found.span.start)
    if word:
        yield f"after {word[1].lower()}"
    between = text[found.span.end : action.start] if found.span.end <= action.start else text[action.end : found.span.start]
    yield f"commas {min(MOST_COMMAS, between.count(','))}, {place}"
    if _CLAUSE_END.search(between):
        yield f"another clause, {place}"
    if any(hit.type == "speech" for _, hit in find_cues(between)):
        yield f"telling between, {place}"
    if found.form == "feast" and (lead in ("limit", "latest") or _DAYS_BEFORE.match(text, found.span.start)):
        yield "up to a feast"
    yield f"{kind or 'unknown'}: {place}"
    if found.edge:
        yield f"edge {found.edge}"
    yield f"time {_relation(found, reference)}"
    if found.form == "duration":
        rule = list(_rule(text, found, reference))
        yield from rule or ("to act in once",)
    if _past().match(text, found.span.end):
        yield "said to be past"
    if _recurring().match(text, found.span.end):
        yield "recurring"
    if _today().fullmatch(found.span.of(text)):
        yield "today"
    if text[found.span.start : found.span.end].endswith(")") and _relation(found, reference) != "future":
        yield "reported"
    if place.startswith("before") and _CLAUSE.search(text[max(0, found.span.start - 12) : found.span.start]):
        yield "opens the sentence"
    if re.search(r"\d", action.of(text)) and place != "in":
        yield "measured act"


def _rule(text: str, found: TimeExpression, reference: dt.date | None) -> Iterator[str]:
    """What makes a length of time a standing rule ("1x24 jam setelah laporan", "sekali dalam sebulan"), which ends on no day."""
    span = found.span
    if _HOURS.search(span.of(text)) and reference and found.period.last_day <= reference + dt.timedelta(days=1):
        yield "in hours of a day"
    if _WORKING_DAYS.match(text, span.end):
        yield "in working days"
    if _counted_from().match(text, span.end):
        yield "counted from an event"
    if _HOW_OFTEN.search(text, max(0, span.start - NEAR_CHARS), span.start):
        yield "how often"


@cache
def _counted_from() -> re.Pattern[str]:
    return re.compile(rf"(?:\s+(?:kerja|kalender))?\s*,?\s*{any_of('counting')}\b", re.IGNORECASE)


@cache
def _past() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:yang\s+)?{any_of('past')}\b", re.IGNORECASE)


@cache
def _recurring() -> re.Pattern[str]:
    return re.compile(rf"\s*,?\s*(?:di\s+)?{any_of('recurring')}\b", re.IGNORECASE)


@cache
def _today() -> re.Pattern[str]:
    return re.compile(rf"{any_of('day-part')}\s+ini", re.IGNORECASE)


def _place(span: Span, action: Span) -> str:
    if span.start >= action.end:
        return "adjacent" if span.start - action.end <= ADJACENT_CHARS else "after"
    if span.start >= action.start:
        return "in"
    return "before, near" if action.start - span.end <= NEAR_CHARS else "before"


def _any_lead() -> str:
    words = sorted(mapping("deadline_leads.csv", ("word", "role")), key=len, reverse=True)
    return "|".join(map(re.escape, words))


@cache
def _leads() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])({_any_lead()})[\s(]+$", re.IGNORECASE)


@cache
def _leads_inside() -> re.Pattern[str]:
    return re.compile(rf"({_any_lead()})\s", re.IGNORECASE)


def _lead(text: str, found: TimeExpression) -> str:
    """The role of the words before a time."""
    before = text[max(0, found.span.start - 40) : found.span.start]
    if _LAW.search(before):
        return "law"
    match = _leads().search(before) or (_leads_inside().match(found.span.of(text)) if found.form == "duration" else None)
    if match:
        return mapping("deadline_leads.csv", ("word", "role"))[" ".join(match[1].lower().split())]
    if found.form == "duration":
        return "at"
    named = _NAMED if text[found.span.start].isdigit() else _CAPITALS
    return "name" if found.form == "year" and not found.edge and named.search(before) else "none"


def _relation(found: TimeExpression, reference: dt.date | None) -> str:
    if reference is None:
        return "unknown"
    if found.period.last_day < reference:
        return "past"
    return "now" if reference.isoformat().startswith(found.period.iso) else "future"
