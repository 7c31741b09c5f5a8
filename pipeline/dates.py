"""Explicit dates in Indonesian text, and the date of the event that a release tells of. Day first, always."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from arahan.types import Span
from pipeline.datafile import mapping

PIVOT_YEAR = 70
"""Two-digit years below it are 20xx."""
AFTER_PUBLISHING_DAYS = 1
"""An event lies at most this long after the day its release is dated: time zones, early uploads."""
DATELINE_CHARS = 160
"""How far into a text a bare date may still be its dateline."""


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
    numeric = r"(?P<d1>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<m1>\d{1,2})(?:\s?(?P=sep)\s?(?P<y1>\d{4}|\d{2}))?(?![\d/]|[.,-]\d)"
    range_start = r"(?:(?P<d0>\d{1,2})\s?(?:-|–|—|s/d|sampai(?:\s+dengan)?|hingga|dan)\s?)?"
    named = rf"{range_start}(?P<d2>\d{{1,2}})\s?[- ]?(?P<m2>{any_of(months())})\b\.?(?:[\s,-]*\(?(?P<y2>(?:19|20)\d\d)\b\)?)?"
    month = rf"(?P<m3>{any_of(months())})\s+(?:tahun\s+)?(?P<y3>(?:19|20)\d\d)\b"
    iso = r"(?P<y4>(?:19|20)\d\d)-(?P<m4>\d\d)-(?P<d4>\d\d)(?!\d)"
    return re.compile(rf"{weekday}(?P<open>\(\s*)?(?<![\w/])(?<!\d[.,-])(?:{iso}|{numeric}|{named}|{month})(?(open)(?:\s*\))?)", re.IGNORECASE)


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
    written_month = group["m1"] or group["m4"]
    month = int(written_month) if written_month else months()[(group["m2"] or group["m3"]).lower()]
    year = _year(group["y1"] or group["y2"] or group["y3"] or group["y4"])
    weekday = weekdays()[group["weekday"].lower()] if group["weekday"] else None
    bracketed = group["open"] is not None
    if group["d1"] and not (len(group["y1"] or "") == 4 or (group["sep"] == "/" and (bracketed or weekday is not None))):
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


def event_date(text: str, published: dt.date | None = None) -> dt.date | None:
    """The day of the event that a release tells of: its first reliable date ("Minggu (20/12/2020)"), None without one.

    A date with a weekday has to fall on it. Releases are often uploaded years after the event, never before it: a date after
    `published` is a plan. A year that is not written is the latest that fits.
    """
    found = list(explicit_dates(text))
    hint = published or _latest_year_end(found)
    for reliable in (_is_reported, _is_dated, _in_dateline):
        for date in found:
            day = _resolved(date, hint) if reliable(date) and not _PLANNED.search(text, 0, date.span.start) else None
            if day and (published is None or day <= published + dt.timedelta(days=AFTER_PUBLISHING_DAYS)):
                return day
    return None


_PLANNED = re.compile(r"\b(?:besok|lusa|mendatang|depan|nanti|rencananya|dijadwalkan|digelar\s+pada|hingga|sampai|sebelum)\W+(?:hari\s+)?(?:pada\s+)?$")


def _is_reported(date: ExplicitDate) -> bool:
    return date.bracketed and date.weekday is not None


def _is_dated(date: ExplicitDate) -> bool:
    return date.day is not None and (date.weekday is not None or (date.bracketed and date.year is not None))


def _in_dateline(date: ExplicitDate) -> bool:
    return date.day is not None and date.year is not None and date.span.start < DATELINE_CHARS


def _latest_year_end(found: list[ExplicitDate]) -> dt.date | None:
    years = [date.year for date in found if date.year is not None]
    return dt.date(max(years), 12, 31) if years else None


def _resolved(date: ExplicitDate, latest: dt.date | None) -> dt.date | None:
    """The day, its year guessed downwards from `latest` where it is not written; None when the weekday contradicts it."""
    limit = latest + dt.timedelta(days=AFTER_PUBLISHING_DAYS) if latest else None
    if date.year is not None:
        years = [date.year]
    elif limit is not None:
        years = list(range(limit.year, limit.year - (8 if date.weekday is not None else 2), -1))
    else:
        return None
    days = (date.in_year(year) for year in years)
    fits = (d for d in days if d and (date.weekday in (None, d.weekday())) and (limit is None or date.year or d <= limit))
    return next(fits, None)
