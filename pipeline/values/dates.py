"""Explicit dates in Indonesian text ("Minggu (20/12/2020)", "3 Maret 2021", "Mei 2024"). Day first, always."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from arahan.types import Span
from pipeline.vocabulary.datafile import mapping

PIVOT_YEAR = 70
"""Two-digit years below it are 20xx."""


@dataclass(frozen=True, slots=True)
class ExplicitDate:
    """A date as written: parts that are not written are None; `weekday` 0 = Monday; `bracketed` "(20/12/2020)"."""

    span: Span
    year: int | None
    month: int
    day: int | None
    weekday: int | None = None
    bracketed: bool = False

    @property
    def iso(self) -> str:
        """ISO 8601 at the precision that is written; "" without a year."""
        if self.year is None:
            return ""
        return f"{self.year:04d}-{self.month:02d}" + (f"-{self.day:02d}" if self.day else "")

    def in_year(self, year: int) -> dt.date | None:
        """The day in `year`; None when it has no day or no such day exists."""
        return _day(year, self.month, self.day) if self.day else None


def months() -> dict[str, int]:
    """Month by name or abbreviation."""
    return {word: int(month) for word, month in mapping("months.csv", ("word", "month")).items()}


def weekdays() -> dict[str, int]:
    """Day of the week by name, 0 = Monday."""
    return {word: int(day) for word, day in mapping("weekdays.csv", ("word", "day")).items()}


def any_of(words: dict[str, int]) -> str:
    """A regular expression for one of `words`, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _pattern() -> re.Pattern[str]:
    weekday = rf"(?:\b(?P<weekday>{any_of(weekdays())})\b[\s,]*)?(?:\btanggal\s+)?"
    initials = "".join(sorted({word[0] for word in (*weekdays(), *months(), "tanggal")}))
    slashed = r"/\s?(?P<m1>\d{1,2})(?:\s?/\s?(?P<y1>\d{4}|\d{2}))?"
    dashed = r"(?P<sep>[.-])(?P<m5>\d{1,2})(?P=sep)(?P<y5>\d{4})"
    numeric = rf"(?P<d1>\d{{1,2}})\s?(?:{slashed}|{dashed})(?![\d/]|[.,-]\d)"
    range_start = r"(?:(?P<d0>\d{1,2})\s?(?:-|–|—|s/d|s\.d\.?|sampai(?:\s+dengan)?|hingga|dan)\s?)?"
    full_stop = r"(?:\.(?=\s*(?:19|20)\d\d))?"
    with_year = r"(?:[\s,-]*\(?(?P<y2>(?:19|20)\d\d)\b\)?)?"
    named = rf"{range_start}(?P<d2>\d{{1,2}})\s?[- ]?(?P<m2>{any_of(months())})\b{full_stop}{with_year}"
    month = rf"(?P<m3>{any_of(months())})\s+(?:tahun\s+)?(?P<y3>(?:19|20)\d\d)\b"
    iso = r"(?P<y4>(?:19|20)\d\d)-(?P<m4>\d\d)-(?P<d4>\d\d)(?!\d)"
    written = rf"(?<![\w/])(?<!\d[.,-])(?:{iso}|{numeric}|{named}|{month})"
    begins = rf"(?:(?<![^\W\d_])|(?=\())(?=[\d({initials}])"
    return re.compile(rf"{begins}{weekday}(?P<open>\(\s*)?{written}(?(open)(?:\s*\))?)", re.IGNORECASE)


def explicit_dates(text: str, span: Span | None = None) -> Iterator[ExplicitDate]:
    """Every written date in `span` (the whole text by default) that exists in the calendar, in reading order."""
    bounds = span or Span(0, len(text))
    for match in _pattern().finditer(text, bounds.start, bounds.end):
        found = _read(match)
        if found is not None:
            yield found


def find_dates(text: str) -> list[tuple[Span, str]]:
    """The dates that carry a year, with their ISO form (YYYY-MM-DD or YYYY-MM)."""
    return [(found.span, found.iso) for found in explicit_dates(text) if found.iso]


def _read(match: re.Match[str]) -> ExplicitDate | None:
    group = match.groupdict()
    day = group["d1"] or group["d2"] or group["d4"]
    written_month = group["m1"] or group["m4"] or group["m5"]
    month = int(written_month) if written_month else months()[(group["m2"] or group["m3"]).lower()]
    year = _year(group["y1"] or group["y2"] or group["y3"] or group["y4"] or group["y5"])
    weekday = weekdays()[group["weekday"].lower()] if group["weekday"] else None
    bracketed = group["open"] is not None
    if group["m1"] and len(group["y1"] or "") != 4 and not bracketed and weekday is None:
        return None
    found = ExplicitDate(Span(*match.span()), year, month, int(day) if day else None, weekday, bracketed)
    exists = 1 <= month <= 12 and (found.day is None or _day(year or 2000, month, found.day) is not None)
    return found if exists else None


def _year(written: str | None) -> int | None:
    if written is None:
        return None
    year = int(written)
    return year if year > 99 else year + (2000 if year < PIVOT_YEAR else 1900)


def _day(year: int, month: int, day: int) -> dt.date | None:
    if not (1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return dt.date(year, month, day)
