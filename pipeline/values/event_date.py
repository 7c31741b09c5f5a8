"""The date of the event that a release tells of, and the day that its relative times count from."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from arahan.types import Article
from pipeline.values.dates import ExplicitDate, explicit_dates
from pipeline.values.words import any_of

AFTER_PUBLISHING_DAYS = 1
"""An event lies at most this long after the day its release is dated: time zones, early uploads."""
FRESH_DAYS = 7
"""News is told within a week; a release uploaded later has only its own dates to go by."""
DATELINE_CHARS = 160
"""How far into a text a bare date may still be its dateline."""
YEARS_BACK = 8
"""How many years a date with a weekday but no year is followed back until the weekday fits."""

_YEARS = re.compile(r"(?<![\w/.,-])20\d\d(?![\d/]|[.,]\d)")


def event_date(text: str, published: dt.date | None = None) -> dt.date | None:
    """The day of the event in a release: its first reliable date ("Minggu (20/12/2020)"), None without one.

    A date with a weekday has to fall on it. Releases are often uploaded years after the event, never before it: a date after
    `published` is a plan, and one in the week before it goes before older ones. A missing year is the latest that fits.
    """
    found = [date for date in explicit_dates(text) if date.day is not None and not _elsewhere(text, date)]
    named = None if published else _named_year(text, found)
    for reliable in (_is_reported, _is_dated, _in_dateline):
        days = [day for date in found if reliable(date) and (day := _resolved(date, published, named)) is not None]
        told = [day for day in days if published is None or day <= published + dt.timedelta(days=AFTER_PUBLISHING_DAYS)]
        fresh = [day for day in told if published is not None and (published - day).days <= FRESH_DAYS]
        if told:
            return (fresh or told)[0]
    return None


def reference_date(article: Article) -> dt.date | None:
    """The day that "besok" and "tahun depan" count from: the event's, else the day of publishing."""
    return event_date(article.text, article.published) or article.published


def year_hint(text: str) -> int | None:
    """The year that a text without any date is about: the one it names most, the latest of equals."""
    counts = Counter(int(year) for year in _YEARS.findall(text))
    return max(counts, key=lambda year: (counts[year], year)) if counts else None


@cache
def _planned() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of('planned')}[\s,]+(?:hari\s+|pada\s+)*$", re.IGNORECASE)


@cache
def _other_day() -> re.Pattern[str]:
    return re.compile(rf"\s*,?\s*(?:yang\s+)?{any_of('other-day')}\b", re.IGNORECASE)


def _elsewhere(text: str, date: ExplicitDate) -> bool:
    """Whether the words beside a date make it another day than the one told of."""
    return bool(_planned().search(text, max(0, date.span.start - 40), date.span.start) or _other_day().match(text, date.span.end))


def _is_reported(date: ExplicitDate) -> bool:
    return date.bracketed and date.weekday is not None


def _is_dated(date: ExplicitDate) -> bool:
    return date.weekday is not None or (date.bracketed and date.year is not None)


def _in_dateline(date: ExplicitDate) -> bool:
    return date.year is not None and date.span.start < DATELINE_CHARS


def _named_year(text: str, found: list[ExplicitDate]) -> int | None:
    return max((date.year for date in found if date.year is not None), default=year_hint(text))


def _resolved(date: ExplicitDate, published: dt.date | None, named: int | None) -> dt.date | None:
    """The day, in the latest year up to `published` or in one beside the year that the text names; None when no weekday fits."""
    fits = (
        day for year in _years(date, published, named) if (day := date.in_year(year)) and date.weekday in (None, day.weekday())
    )
    limit = published + dt.timedelta(days=AFTER_PUBLISHING_DAYS) if published and date.year is None else dt.date.max
    return next((day for day in fits if day <= limit), None)


def _years(date: ExplicitDate, published: dt.date | None, named: int | None) -> Sequence[int]:
    """The years to try, the likeliest first. A January release may still carry the old year by mistake."""
    checked = date.weekday is not None
    if date.year is not None:
        return (date.year, date.year + 1) if checked and date.month == 1 else (date.year,)
    if published is not None:
        return range(published.year + 1, published.year - (YEARS_BACK if checked else 1), -1)
    if named is None:
        return ()
    return (named, named + 1, named - 1) if checked else (named,)
