"""Feasts and commemorations by name, and the day they fall on. Moving feasts come from the package `holidays`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

import holidays

from arahan.errors import DataFileError
from pipeline.datafile import FOLDER, numbered_rows

FILE = "feasts.csv"


@dataclass(frozen=True, slots=True)
class Feast:
    """`day` is "MM-DD" or the name of a moving holiday; `offset` days are added; `precision` is "day" or "month"."""

    name: str
    day: str
    offset: int
    precision: str


@cache
def feasts() -> dict[str, Feast]:
    """Every feast of `feasts.csv` by its name in lower case."""
    found = {}
    for line, row in numbered_rows(FILE, ("name", "day", "offset", "precision")):
        if row["precision"] not in ("day", "month") or not row["offset"].lstrip("-").isdigit():
            raise DataFileError(FOLDER / FILE, line, f"offset {row['offset']!r}, precision {row['precision']!r}")
        found[row["name"].lower()] = Feast(row["name"], row["day"], int(row["offset"]), row["precision"])
    return found


@cache
def _moving(year: int) -> dict[str, dt.date]:
    """First day of each Indonesian public holiday of `year` by its English name, "(estimated)" dropped."""
    found: dict[str, dt.date] = {}
    for day, names in sorted(holidays.country_holidays("ID", years=year, language="en_US").items()):
        for name in names.split("; "):
            found.setdefault(name.removesuffix(" (estimated)"), day)
    return found


def day_of(feast: Feast, year: int) -> dt.date | None:
    """The day of `feast` in `year`; None in years without it (Islamic feasts drift through the calendar)."""
    if feast.day[:1].isdigit():
        month, day = (int(part) for part in feast.day.split("-"))
        return dt.date(year, month, day)
    base = _moving(year).get(feast.day)
    return base + dt.timedelta(days=feast.offset) if base else None


def next_day_of(feast: Feast, reference: dt.date) -> dt.date | None:
    """The first day of `feast` on or after `reference`, within two years."""
    days = (day_of(feast, year) for year in range(reference.year, reference.year + 3))
    return next((day for day in days if day and day >= reference), None)
