"""Feasts and commemorations by name, and the day they fall on. Moving feasts come from the package `holidays`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

import holidays

from arahan.errors import DataFileError
from pipeline.vocabulary.datafile import FOLDER, numbered_rows

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
def _moving(year: int) -> dict[str, tuple[dt.date, ...]]:
    """Days of each Indonesian public holiday of `year` by its English name, "(estimated)" dropped."""
    found: dict[str, tuple[dt.date, ...]] = {}
    for day, names in sorted(holidays.country_holidays("ID", years=year, language="en_US").items()):
        for name in names.split("; "):
            plain = name.removesuffix(" (estimated)")
            found[plain] = (*found.get(plain, ()), day)
    return found


def days_of(feast: Feast, year: int) -> list[dt.date]:
    """The days of `feast` that are reckoned to `year`: Islamic feasts drift, and some years have two or none."""
    if feast.day[:1].isdigit():
        month, day = (int(part) for part in feast.day.split("-"))
        return [dt.date(year, month, day)]
    return [day + dt.timedelta(days=feast.offset) for day in _moving(year).get(feast.day, ())]


def next_day_of(feast: Feast, reference: dt.date) -> dt.date | None:
    """The first day of `feast` on or after `reference`; None when the calendars known here do not reach so far."""
    days = (day for year in range(reference.year, reference.year + 3) for day in days_of(feast, year))
    return next((day for day in days if day >= reference), None)
