"""Dates as Indonesian sites show them: "Senin, 11 Januari 2021 14:30 WIB", "11/01/2021", ISO, RFC 822, "2 jam yang lalu"."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MONTHS: dict[str, int] = {
    **{
        name: number
        for number, name in enumerate(["jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"], 1)
    },
    **{"may": 5, "aug": 8, "agt": 8, "ags": 8, "oct": 10, "dec": 12, "peb": 2, "nop": 11},
}
"""The first three letters of months, Indonesian, English and in older spelling ("Pebruari", "Nopember")."""
ZONES = {"wib": 7, "wita": 8, "wit": 9, "gmt": 0, "utc": 0, "z": 0}
OLDEST, LATEST, SLACK = 1990, 2100, dt.timedelta(days=366)
PIVOT_YEAR = 70
"""Two-digit years below it are 20xx."""

MONTH = r"(?P<month>(?:jan|feb|peb|mar|apr|me[iy]|may|jun|jul|ag[ust]|aug|sep|o[kc]t|no[vp]|de[sc])[a-z]*)\.?"
TIME = (
    r"(?:[\s,|/\-–•·T@]|pukul|jam|pkl\.?|at)*(?<!\d)(?P<hour>[01]?\d|2[0-4])[:.](?P<minute>[0-5]\d)(?!\d)(?:[:.](?P<second>[0-5]\d)(?!\d))?(?:[.,]\d+)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?\s*\(?(?P<zone>wita|wib|wit|gmt|utc|z\b|[+-]\d\d:?(?:\d\d)?)?(?:(?<=gmt|utc)(?P<offset>[+-]\d{1,2}))?"
)
FORMS = tuple(
    re.compile(rf"(?<![\d/.]){form}(?![\d/])(?:{TIME})?", re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s\-/.,]*{MONTH}[\s\-/.,']*(?P<year>\d{{4}}|\d\d)",
        rf"{MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<year>\d{{4}})",
        r"(?P<day>\d{1,2})\s?[-/.]\s?(?P<number>\d{1,2})\s?[-/.]\s?(?P<year>\d{4}|\d\d)",
    )
)
UNIT = r"detik|menit|jam|hari|minggu|pekan|bulan|tahun|seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?"
AGO = re.compile(rf"(?<!\w)(?P<count>\d{{1,4}}|se|satu|an?|one)\s*(?P<unit>{UNIT})\s+(?:yang\s+)?(?:lalu|ago)\b", re.IGNORECASE)
SECONDS = {"detik": 1, "sec": 1, "menit": 60, "min": 60, "jam": 3600, "hou": 3600}
DAYS = {"hari": 1, "day": 1, "minggu": 7, "pekan": 7, "week": 7, "bulan": 30, "month": 30, "tahun": 365, "year": 365}
TODAY = re.compile(r"\b(?P<word>hari ini|today|kemarin|yesterday|baru saja|just now)\b", re.IGNORECASE)


def zone_of(name: str) -> dt.tzinfo:
    """The time zone of that IANA name; WIB when there is none such."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("Asia/Jakarta")


def read_date(text: str, zone: dt.tzinfo, fetched_at: dt.datetime | None = None) -> dt.datetime | dt.date | None:
    """The first date in `text`: a datetime where there is a time, a date where there is none, None without either.

    `zone` goes for times that name none. Words like "2 jam yang lalu" count back from `fetched_at`; dates before 1990, or
    more than a year after `fetched_at`, are taken for something else.
    """
    text = " ".join(text[:4000].split())
    found = _written(text, zone) or _relative(text, zone, fetched_at)
    return found if found is not None and _plausible(found, fetched_at) else None


def read_datetime(text: str, zone: dt.tzinfo, fetched_at: dt.datetime | None = None) -> dt.datetime | None:
    """As `read_date`, but None for a date without a time."""
    found = read_date(text, zone, fetched_at)
    return found if isinstance(found, dt.datetime) else None


def _written(text: str, zone: dt.tzinfo) -> dt.datetime | dt.date | None:
    matches = [match for form in FORMS for match in form.finditer(text)]
    days = ((match, day) for match in sorted(matches, key=lambda match: match.start()) if (day := _day(match)))
    match, day = next(days, (None, None))
    if match is None or day is None:
        return None
    return _rfc822(text) or _with_time(match, day, zone)


def _rfc822(text: str) -> dt.datetime | None:
    """ "Mon, 11 Jan 2021 07:30:00 +0700" and its American zone names; None when it is another form."""
    if not re.match(r"(?:[A-Za-z]{3}, ?)?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|[ECMP][SD]T)$", text):
        return None
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


def _day(match: re.Match[str]) -> dt.date | None:
    groups = match.groupdict()
    year = int(groups["year"])
    year += (2000 if year < PIVOT_YEAR else 1900) if len(groups["year"]) == 2 else 0
    month = int(groups["number"]) if groups.get("number") else MONTHS.get(groups["month"][:3].lower(), 0)
    try:
        return dt.date(year, month, int(groups["day"]))
    except ValueError:
        return None


def _with_time(match: re.Match[str], day: dt.date, zone: dt.tzinfo) -> dt.datetime | dt.date:
    if match["hour"] is None:
        return day
    hour = int(match["hour"]) % 24
    if match["half"]:
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    clock = dt.time(hour, int(match["minute"]), int(match["second"] or 0))
    return dt.datetime.combine(day, clock, tzinfo=_zone(match["zone"], match["offset"]) or zone)


def _zone(name: str | None, offset: str | None) -> dt.tzinfo | None:
    if not name:
        return None
    if name[0] in "+-":
        sign, digits = -1 if name[0] == "-" else 1, name[1:].replace(":", "")
        minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
        return dt.timezone(sign * dt.timedelta(minutes=minutes)) if minutes < 24 * 60 else None
    hours = ZONES[name.lower()] + int(offset or 0)
    return dt.timezone(dt.timedelta(hours=hours)) if abs(hours) < 24 else None


def _relative(text: str, zone: dt.tzinfo, fetched_at: dt.datetime | None) -> dt.datetime | dt.date | None:
    if fetched_at is None:
        return None
    if match := AGO.search(text):
        return _counted_back(match, fetched_at.astimezone(zone))
    if match := TODAY.search(text):
        back = 1 if match["word"].lower() in {"kemarin", "yesterday"} else 0
        return fetched_at.astimezone(zone).date() - dt.timedelta(days=back)
    return None


def _counted_back(match: re.Match[str], now: dt.datetime) -> dt.datetime | dt.date:
    count = int(match["count"]) if match["count"].isdigit() else 1
    unit = match["unit"].lower()
    for name, seconds in SECONDS.items():
        if unit.startswith(name) and unit != "minggu":
            return (now - dt.timedelta(seconds=seconds * count)).replace(microsecond=0)
    days = next(days for name, days in DAYS.items() if unit.startswith(name))
    return now.date() - dt.timedelta(days=min(days * count, 365 * 200))


def _plausible(found: dt.datetime | dt.date, fetched_at: dt.datetime | None) -> bool:
    day = found.date() if isinstance(found, dt.datetime) else found
    return OLDEST <= day.year <= LATEST and (fetched_at is None or day <= (fetched_at + SLACK).date())
