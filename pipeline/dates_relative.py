"""Time expressions that look ahead ("tahun depan", "akhir bulan ini", "triwulan III", "H-5 Lebaran"), resolved to periods."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from arahan.types import Span
from pipeline import periods
from pipeline.dates import any_of, explicit_dates, months, weekdays
from pipeline.feasts import day_of, feasts, next_day_of
from pipeline.numerals import numerals
from pipeline.periods import Period

ORDINALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4,
            "pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4, "satu": 1, "dua": 2, "tiga": 3, "empat": 4}  # fmt: skip
MONTHS_IN = {"triwulan": 3, "kuartal": 3, "tw": 3, "semester": 6, "caturwulan": 4}
AHEAD = r"(?:depan|mendatang|berikutnya|selanjutnya|yang\s+akan\s+datang|nanti)"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time in a text. `form`: date, month, year, relative, day, weekday, duration, quarter or feast; `edge`: akhir, awal, ..."""

    span: Span
    period: Period
    form: str
    edge: str = ""


Reader = Callable[[re.Match[str], dt.date | None], Period | None]


def time_expressions(text: str, span: Span, reference: dt.date | None, year: int | None = None) -> list[TimeExpression]:
    """Every time in `span` that can be resolved, in reading order, longest first where several begin alike, none overlapping.

    `reference` is the day of speaking; without it relative times need `year`, the year that the text is about.
    """
    found = [*_dates(text, span, reference, year), *_matched(text, span, reference, year)]
    kept: list[TimeExpression] = []
    for expression in sorted(found, key=lambda e: (-(e.span.end - e.span.start), e.span.start)):
        if not any(expression.span.overlaps(other.span) for other in kept):
            kept.append(expression)
    edged = [_with_edge(text, span, expression) for expression in sorted(kept, key=lambda e: e.span)]
    return _joined(text, edged)


_CHAIN = re.compile(r"\s*(?:,|,?\s*dan|atau|hingga|sampai(?:\s+dengan)?|s/d|-|–|—)\s*(?:(?:pada|di)\s+)?(?:(?:tanggal|bulan|tahun)\s+)?", re.IGNORECASE)
_CHAINED = ("date", "month", "year", "quarter")
_NEARLY = ("day", "weekday")


def _joined(text: str, found: list[TimeExpression]) -> list[TimeExpression]:
    """Chains ("Oktober hingga Desember 2025", "besok, Sabtu (31/7)") as one time that ends when the last of them does."""
    joined: list[TimeExpression] = []
    for expression in found:
        last = joined[-1] if joined else None
        between = text[last.span.end : expression.span.start] if last else ""
        if last and _same_chain(last, expression, between):
            span = Span(last.span.start, expression.span.end)
            later = last if last.form == "date" and expression.form in _NEARLY else expression
            joined[-1] = replace(later, span=span)
        else:
            joined.append(expression)
    return joined


def _same_chain(last: TimeExpression, expression: TimeExpression, between: str) -> bool:
    if {last.form, expression.form} & set(_NEARLY) and "date" in (last.form, expression.form):
        return not between.strip(" ,(")
    return last.form == expression.form and last.form in _CHAINED and _CHAIN.fullmatch(between) is not None


def _dates(text: str, span: Span, reference: dt.date | None, year: int | None) -> Iterator[TimeExpression]:
    for date in explicit_dates(text, span):
        written = date.year or (_coming_year(date.month, date.day, reference) if reference else year)
        day = date.in_year(written) if written else None
        if day:
            yield TimeExpression(date.span, periods.day(day), "date")
        elif written and date.day is None:
            yield TimeExpression(date.span, periods.month(written, date.month), "month")


def _coming_year(month: int, day: int | None, reference: dt.date) -> int:
    """The year of a date without one: this year's, or next year's when it is more than three months past."""
    first = dt.date(reference.year, month, min(day or 28, 28))
    return reference.year + (first < reference - dt.timedelta(days=92))


def _matched(text: str, span: Span, reference: dt.date | None, year: int | None) -> Iterator[TimeExpression]:
    for form, pattern, read, coarse in _readers():
        anchor = reference or (dt.date(year, 12, 31) if year and coarse else None)
        for match in pattern.finditer(text, span.start, span.end):
            try:
                period = read(match, anchor)
            except (OverflowError, ValueError):
                continue
            if period:
                yield TimeExpression(Span(*match.span()), period, form)


@cache
def _readers() -> list[tuple[str, re.Pattern[str], Reader, bool]]:
    """Form, pattern, reader, and whether the year alone is reference enough."""
    unit = r"(?P<unit>hari|minggu|pekan|bulan|triwulan|kuartal|semester|tahun)"
    ordinal = rf"(?P<ordinal>{any_of(ORDINALS)})"
    year = r"(?:[\s/,]*(?:tahun\s+)?(?P<year>20\d\d)(?!\d))?"
    names = any_of({word: number for word, number in months().items() if len(word) > 3})
    number = r"(?P<number>(?:\d+(?:[.,]\d+)?|[a-z]+(?:\s+(?:puluh|belas|ratus)(?:\s+[a-z]+)?)?))"
    length = r"(?P<unit>jam|hari|minggu|pekan|bulan|tahun|dekade)"
    patterns: list[tuple[str, str, Reader, bool]] = [
        ("relative", rf"\b{unit}\s+(?:(?P<ini>ini)|{AHEAD})\b", _relative, False),
        ("relative", r"\b(?:akhir|pertengahan)\s+(?P<unit>tahun)(?!\s+(?:20\d\d|lalu|ini|depan|mendatang|ajaran|anggaran))\b", _this_year, True),
        ("relative", r"\b(?P<unit>tahun)\s+(?:(?P<ini>ini)|depan|mendatang)\b", _relative, True),
        ("day", r"\b(?:besok|lusa|(?:malam|siang|sore|pagi)\s+ini)\b", _near, False),
        ("weekday", rf"\b(?:hari\s+)?(?P<weekday>{any_of(weekdays())})\b(?:\s+(?P<ahead>{AHEAD}|besok))?", _weekday, False),
        ("month", rf"\b(?:bulan\s+)?(?P<month>{names}|(?<=bulan\s)mei|(?-i:Mei))\b(?:\s+(?:ini|{AHEAD}))?", _month, True),
        ("year", r"(?<![\w/.,-])(?:tahun\s+)?(?:20\d\d\s*(?:-|–|/|dan|atau|hingga|sampai)\s*)?(?P<year>20\d\d)(?![\w/]|[.,]\d|-\d)", _year, True),
        ("quarter", rf"\b(?P<unit>{any_of(MONTHS_IN)})\s+(?:ke-?\s?)?{ordinal}\b{year}", _quarter, True),
        ("duration", rf"\b{number}\s+{length}\s+(?:lagi|ke\s?depan|mendatang|yang\s+akan\s+datang)\b", _duration, False),
        ("duration", rf"\bdalam\s+(?:(?:jangka\s+|kurun\s+)?waktu\s+)?(?:kurang\s+dari\s+|maksimal\s+)?{number}\s+{length}\b", _duration, False),
        ("duration", rf"\b(?:paling\s+(?:lambat|lama)|selambat-lambatnya|maksimal|kurang\s+dari)\s+{number}\s+{length}\b(?!\s+(?:sebelum|setelah|penjara))",
         _duration, False),
        ("feast", rf"(?:\bH\s?-\s?(?P<before>\d{{1,2}})\s+)?\b(?P<feast>{any_of(dict.fromkeys(feasts(), 0))})\b(?:\s+(?:tahun\s+)?(?P<year>20\d\d))?",
         _feast, False),
    ]  # fmt: skip
    return [(form, re.compile(pattern, re.IGNORECASE), read, coarse) for form, pattern, read, coarse in patterns]


def _relative(match: re.Match[str], anchor: dt.date | None) -> Period | None:
    if anchor is None:
        return None
    step, unit = (0 if match["ini"] else 1), match["unit"].lower()
    if unit in ("minggu", "pekan"):
        week = periods.week(anchor + dt.timedelta(weeks=step))
        return periods.end_of(week) if step == 0 else week
    if unit in MONTHS_IN:
        width = MONTHS_IN[unit]
        return periods.month(anchor.year, ((anchor.month - 1) // width + 1 + step) * width)
    return periods.after(anchor, step, unit)


def _this_year(_match: re.Match[str], anchor: dt.date | None) -> Period | None:
    return periods.year(anchor.year) if anchor else None


def _near(match: re.Match[str], anchor: dt.date | None) -> Period | None:
    steps = {"besok": 1, "lusa": 2}
    return periods.day(anchor + dt.timedelta(days=steps.get(match[0].lower(), 0))) if anchor else None


def _weekday(match: re.Match[str], anchor: dt.date | None) -> Period | None:
    if anchor is None:
        return None
    ahead = (weekdays()[match["weekday"].lower()] - anchor.weekday()) % 7
    return periods.day(anchor + dt.timedelta(days=ahead or (7 if match["ahead"] else 0)))


def _month(match: re.Match[str], anchor: dt.date | None) -> Period | None:
    number = months()[match["month"].lower()]
    return periods.month(_coming_year(number, None, anchor), number) if anchor else None


def _year(match: re.Match[str], _anchor: dt.date | None) -> Period | None:
    return periods.year(int(match["year"]))


def _quarter(match: re.Match[str], anchor: dt.date | None) -> Period | None:
    year = int(match["year"]) if match["year"] else anchor.year if anchor else None
    last = ORDINALS[match["ordinal"].lower()] * MONTHS_IN[match["unit"].lower()]
    return periods.month(year, last) if year and last <= 12 else None


def _duration(match: re.Match[str], anchor: dt.date | None) -> Period | None:
    written = match["number"]
    count = next((n for n in numerals(written, Span(0, len(written))) if n.span == Span(0, len(written))), None)
    return periods.after(anchor, count.value, match["unit"].lower()) if anchor and count else None


def _feast(match: re.Match[str], anchor: dt.date | None) -> Period | None:
    feast = feasts()[" ".join(match["feast"].lower().split())]
    year = match["year"]
    day = day_of(feast, int(year)) if year else next_day_of(feast, anchor) if anchor else None
    if day is None:
        return None
    if match["before"]:
        return periods.day(day - dt.timedelta(days=int(match["before"])))
    return periods.month(day.year, day.month) if feast.precision == "month" else periods.day(day)


_EDGE = re.compile(r"\b(?P<edge>akhir|pertengahan|awal|penghujung|ujung)\s+(?:(?:bulan|tahun)\s+)?$", re.IGNORECASE)
_EDGE_INSIDE = re.compile(r"(?P<edge>akhir|pertengahan)\s", re.IGNORECASE)
_EDGE_AFTER = re.compile(r"\s+akhir\b", re.IGNORECASE)


def _with_edge(text: str, bounds: Span, expression: TimeExpression) -> TimeExpression:
    """ "akhir X" is the last day of X; "awal", "pertengahan" and others leave X as it is."""
    if expression.form in ("date", "day", "duration", "feast"):
        return expression
    before = _EDGE.search(text, bounds.start, expression.span.start)
    inside = _EDGE_INSIDE.match(text, expression.span.start)
    after = _EDGE_AFTER.match(text, expression.span.end, bounds.end) if expression.form == "year" else None
    edge = (before or inside)["edge"].lower() if before or inside else "akhir" if after else ""
    span = Span(before.start() if before else expression.span.start, after.end() if after else expression.span.end)
    ends = edge in ("akhir", "penghujung", "ujung")
    return replace(expression, span=span, edge=edge, period=periods.end_of(expression.period) if ends else expression.period)
