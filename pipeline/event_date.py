"""The date of the event that a release tells of, and the day that its relative times count from."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

from arahan.types import Article
from pipeline.dates import ExplicitDate, explicit_dates

AFTER_PUBLISHING_DAYS = 1
"""An event lies at most this long after the day its release is dated: time zones, early uploads."""
FRESH_DAYS = 7
"""News is told within a week; a release uploaded later has only its own dates to go by."""
DATELINE_CHARS = 160
"""How far into a text a bare date may still be its dateline."""
YEARS_BACK = 8
"""How many years a date with a weekday but no year is followed back until the weekday fits."""

_PLANNED = re.compile(
    r"\b(?:besok|lusa|mendatang|depan|nanti|rencananya|dijadwalkan|hingga|sampai|sebelum|sejak|tenggat)"
    r"[\s,]+(?:hari\s+|pada\s+)*$",
    re.IGNORECASE,
)
_OTHER_DAY = re.compile(r"\s*,?\s*(?:yang\s+)?(?:lalu|silam|besok|mendatang|nanti)\b", re.IGNORECASE)
_YEARS = re.compile(r"(?<![\w/.,-])20\d\d(?![\d/]|[.,]\d)")


def event_date(text: str, published: dt.date | None = None) -> dt.date | None:
    """The day of the event in a release: its first reliable date ("Minggu (20/12/2020)"), None without one.

    A date with a weekday has to fall on it. Releases are often uploaded years after the event, never before it: a date after
    `published` is a plan, and one in the week before it goes before older ones. A missing year is the latest that fits.
    """
    found = [date for date in explicit_dates(text) if date.day is not None and not _elsewhere(text, date)]
    latest = published or _end_of_named_year(text, found)
    for reliable in (_is_reported, _is_dated, _in_dateline):
        days = [day for date in found if reliable(date) and (day := _resolved(date, latest)) is not None]
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


def _elsewhere(text: str, date: ExplicitDate) -> bool:
    """Whether the words beside a date make it another day than the one told of."""
    return bool(_PLANNED.search(text, max(0, date.span.start - 40), date.span.start) or _OTHER_DAY.match(text, date.span.end))


def _is_reported(date: ExplicitDate) -> bool:
    return date.bracketed and date.weekday is not None


def _is_dated(date: ExplicitDate) -> bool:
    return date.weekday is not None or (date.bracketed and date.year is not None)


def _in_dateline(date: ExplicitDate) -> bool:
    return date.year is not None and date.span.start < DATELINE_CHARS


def _end_of_named_year(text: str, found: list[ExplicitDate]) -> dt.date | None:
    year = max((date.year for date in found if date.year is not None), default=year_hint(text))
    return dt.date(year, 12, 31) if year else None


def _resolved(date: ExplicitDate, latest: dt.date | None) -> dt.date | None:
    """The day, its year counted back from `latest` where it is not written; None when no year suits the weekday."""
    if date.year is not None:
        years = [date.year, date.year + 1] if date.month == 1 and date.weekday is not None else [date.year]
        days = [day for year in years if (day := date.in_year(year))]
    elif latest is not None:
        limit = latest + dt.timedelta(days=AFTER_PUBLISHING_DAYS)
        back = YEARS_BACK if date.weekday is not None else 2
        days = [day for year in range(limit.year, limit.year - back, -1) if (day := date.in_year(year)) and day <= limit]
    else:
        return None
    return next((day for day in days if date.weekday in (None, day.weekday())), None)
