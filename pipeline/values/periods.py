"""Calendar periods and their ISO forms: a day, a week, a month, a quarter, a year, each with its last day."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Period:
    """`iso` at the precision that is certain (YYYY, YYYY-MM, YYYY-MM-DD) and the last day that belongs to it."""

    iso: str
    last_day: dt.date


def day(date: dt.date) -> Period:
    """One day."""
    return Period(date.isoformat(), date)


def month(year: int, number: int) -> Period:
    """A month; `number` may run past 12 or below 1 into neighbouring years."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return Period(f"{year:04d}-{number:02d}", dt.date(year, number, calendar.monthrange(year, number)[1]))


def year(number: int) -> Period:
    """A calendar year."""
    return Period(f"{number:04d}", dt.date(number, 12, 31))


def week(date: dt.date) -> Period:
    """The week of `date`, Monday to Sunday, as the month that holds its Thursday; the last day stays in that month."""
    sunday = date + dt.timedelta(days=6 - date.weekday())
    thursday = sunday - dt.timedelta(days=3)
    whole = month(thursday.year, thursday.month)
    return Period(whole.iso, min(sunday, whole.last_day))


def end_of(period: Period) -> Period:
    """The last day of a period ("akhir X")."""
    return day(period.last_day)


def within(part: Period, whole: Period) -> Period | None:
    """The month or day `part` in the year or month `whole` ("Desember" in 2026); None where there is no such day."""
    try:
        parts = [int(number) for number in (whole.iso + part.iso[len(whole.iso) :]).split("-")]
        if len(part.iso) <= len(whole.iso):
            return None
        return month(*parts) if len(parts) == len(("year", "month")) else day(dt.date(*parts))
    except ValueError:
        return None


def after(date: dt.date, count: float, unit: str) -> Period | None:
    """`count` units after `date`, at the precision of the unit; None for an unknown unit or beyond the calendar."""
    try:
        if unit in ("hari", "jam"):
            return day(date + dt.timedelta(days=count if unit == "hari" else count / 24))
        if unit in ("minggu", "pekan"):
            return day(date + dt.timedelta(weeks=count))
        if unit == "bulan":
            return month(date.year, date.month + round(count))
        if unit in ("tahun", "dekade"):
            return year(date.year + round(count * (10 if unit == "dekade" else 1)))
    except (OverflowError, ValueError):
        return None
    return None
