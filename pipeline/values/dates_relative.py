"""Every time expression in a passage, explicit or relative, resolved to a calendar period."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from arahan.types import Span
from pipeline.values import periods
from pipeline.values.dates import explicit_dates
from pipeline.values.periods import Period
from pipeline.values.time_forms import coming_year, forms

YEAR_SUFFICES = ("month", "quarter")
"""Forms that name a month by themselves, so that the year of the text completes them."""
CHAINED = ("date", "month", "year", "quarter")
NEAR = ("day", "weekday")
LAST_DAY_EDGES = ("akhir", "penghujung", "ujung")

_CHAIN = re.compile(
    r"\s*(?:,|,?\s*dan|atau|hingga|sampai(?:\s+dengan)?|s/d|-|–|—)\s*(?:(?:pada|di)\s+)?(?:(?:tanggal|bulan|tahun)\s+)?",
    re.IGNORECASE,
)
_EDGE = re.compile(r"\b(?P<edge>akhir|pertengahan|awal|penghujung|ujung)\s+(?:(?:bulan|tahun)\s+)?$", re.IGNORECASE)
_EDGE_INSIDE = re.compile(r"(?P<edge>akhir|pertengahan)\s", re.IGNORECASE)
_EDGE_AFTER = re.compile(r"\s+akhir\b", re.IGNORECASE)
_ENDS = re.compile(r"\s+(?:selesai|berakhir|habis|usai)\b", re.IGNORECASE)
_WIDER = re.compile(r"(?:tahun|bulan)\b", re.IGNORECASE)
_YEAR = re.compile(r"20\d\d")
_BEFORE = re.compile(r"\bsebelum\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time in a text.

    `form`: date, month, year, relative, day, weekday, duration, quarter or feast; `edge`: akhir, awal, pertengahan, "".
    """

    span: Span
    period: Period
    form: str
    edge: str = ""


def time_expressions(text: str, span: Span, reference: dt.date | None, year: int | None = None) -> list[TimeExpression]:
    """Every time in `span` that can be resolved, in reading order, none overlapping; of two that overlap the longer.

    `reference` is the day of speaking; without it, times that need no more than the year of the text are read with `year`.
    """
    found = [*_explicit(text, span, reference, year), *_relative(text, span, reference, year)]
    kept: list[TimeExpression] = []
    for expression in sorted(found, key=lambda e: (e.span.start - e.span.end, e.span.start)):
        if not any(expression.span.overlaps(other.span) for other in kept):
            kept.append(expression)
    return _joined(text, [_with_edge(text, span, expression) for expression in sorted(kept, key=lambda e: e.span)])


def _explicit(text: str, span: Span, reference: dt.date | None, year: int | None) -> Iterator[TimeExpression]:
    for date in explicit_dates(text, span):
        written = date.year or (coming_year(date.month, date.day, reference) if reference else year)
        day = date.in_year(written) if written else None
        if day:
            yield TimeExpression(date.span, periods.day(day), "date")
        elif written and date.day is None:
            yield TimeExpression(date.span, periods.month(written, date.month), "month")


def _relative(text: str, span: Span, reference: dt.date | None, year: int | None) -> Iterator[TimeExpression]:
    for form in forms():
        anchor = reference or (dt.date(year, 1, 1) if year and form.coarse else None)
        for match in form.pattern.finditer(text, span.start, span.end):
            try:
                period = form.read(match, anchor)
            except (OverflowError, ValueError):
                continue  # a day outside the calendar, as in "dalam 90000 tahun"
            if period and (reference or len(period.iso) == len("2020") or form.name in YEAR_SUFFICES):
                yield TimeExpression(Span(*match.span()), period, form.name)


def _with_edge(text: str, bounds: Span, expression: TimeExpression) -> TimeExpression:
    """ "akhir X" is the last day of X; "awal X" and "pertengahan X" leave the period as it is."""
    if expression.form in ("date", "day", "duration", "feast"):
        return expression
    start, end = expression.span
    before = _EDGE.search(text, bounds.start, start)
    found = before or _EDGE_INSIDE.match(text, start, end)
    after = _edge_after(text, bounds, expression)
    edge = found["edge"].lower() if found else "akhir" if after else ""
    span = Span(before.start() if before else start, after.end() if after else end)
    period = periods.end_of(expression.period) if edge in LAST_DAY_EDGES else expression.period
    return replace(expression, span=span, edge=edge, period=period)


def _edge_after(text: str, bounds: Span, expression: TimeExpression) -> re.Match[str] | None:
    """ "2019 akhir", "sebelum tahun 2025 selesai"."""
    if expression.form not in ("year", "relative"):
        return None
    ending = _ENDS if _BEFORE.search(text, bounds.start, expression.span.start) else _EDGE_AFTER
    return ending.match(text, expression.span.end, bounds.end)


def _joined(text: str, found: list[TimeExpression]) -> list[TimeExpression]:
    """Chains ("Oktober hingga Desember 2025", "besok, Sabtu (31/7)") as one time that ends when the last of them does."""
    joined: list[TimeExpression] = []
    for expression in found:
        last = joined[-1] if joined else None
        within = _within(text, last, expression) if last else None
        if within:
            joined[-1] = within
        elif last and _same_chain(last, expression, text[last.span.end : expression.span.start]):
            told = last if last.form == "date" and expression.form in NEAR else expression
            joined[-1] = replace(told, span=Span(last.span.start, expression.span.end))
        else:
            joined.append(expression)
    return joined


def _within(text: str, last: TimeExpression, expression: TimeExpression) -> TimeExpression | None:
    """ "Desember tahun depan", "tanggal 5 bulan depan": the first within the second; None for other pairs."""
    written = last.span.of(text)
    wider = expression.form == "relative" and not expression.edge and _WIDER.match(text, expression.span.start)
    if (
        not wider
        or last.form not in CHAINED
        or _YEAR.search(written)
        or not text[last.span.end : expression.span.start].isspace()
    ):
        return None
    period = periods.within(last.period, expression.period)
    return replace(last, span=Span(last.span.start, expression.span.end), period=period) if period else None


def _same_chain(last: TimeExpression, expression: TimeExpression, between: str) -> bool:
    if "date" in (last.form, expression.form) and (last.form in NEAR or expression.form in NEAR):
        return not between.strip(" ,(")
    return last.form == expression.form and last.form in CHAINED and _CHAIN.fullmatch(between) is not None
