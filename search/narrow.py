"""Filters over all rows, and the counts of the facets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from search.columns import NEVER, Columns, day
from search.facet import Facet, Ints, Mask
from search.query import FACETS, Query
from search.results import FacetValue

MOST_VALUES = 50


def masks(columns: Columns, query: Query, today: dt.date) -> dict[str, Mask]:
    """A mask over all rows for each facet that the query chose from, and one for dates and status."""
    found: dict[str, Mask] = {}
    for name, facet in FACETS.items():
        chosen = tuple(str(value) for value in getattr(query, name))
        if chosen:
            found[facet] = columns.facets[facet].rows(chosen)
    dates = _dates(columns, query, today)
    if dates is not None:
        found["dates"] = dates
    return found


def together(found: Mapping[str, Mask], without: str = "") -> Mask | None:
    """All masks but one in one; None when there is none."""
    chosen = [mask for name, mask in found.items() if name != without]
    return np.logical_and.reduce(chosen) if chosen else None


def within(places: Ints | None, mask: Mask | None) -> Ints | None:
    """The places that a mask leaves; None stands for all places and for no mask."""
    if mask is None:
        return places
    return np.flatnonzero(mask).astype(np.int32) if places is None else places[mask[places]]


def count(columns: Columns, query: Query, found: Mapping[str, Mask], places: Ints | None) -> dict[str, tuple[FacetValue, ...]]:
    """Each facet's values with what they would give; `places` match the text, filters not yet applied, None: all places."""
    inside = within(places, together(found))
    counts = {}
    for name, param in FACETS.items():
        some = within(places, together(found, param)) if param in found else inside
        facet = columns.facets[param]
        chosen = tuple(str(value) for value in getattr(query, name))
        counts[param] = _values(facet, facet.totals if some is None else facet.counts(some), chosen)
    return counts


def _values(facet: Facet, numbers: NDArray[np.int64], chosen: tuple[str, ...]) -> tuple[FacetValue, ...]:
    codes = [int(code) for code in _most(numbers) if numbers[code]]
    codes += [code for value in chosen if (code := facet.code_of.get(value, -1)) >= 0 and code not in codes]
    known = tuple(FacetValue(facet.values[c], facet.labels[c], int(numbers[c]), facet.values[c] in chosen) for c in codes)
    return known + tuple(FacetValue(value, value, 0, True) for value in dict.fromkeys(chosen) if value not in facet.code_of)


def _most(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Codes of the largest counts, equal ones by code."""
    codes = np.arange(len(numbers))
    if len(numbers) > MOST_VALUES:
        codes = np.flatnonzero(numbers >= np.partition(numbers, -MOST_VALUES)[-MOST_VALUES])
    return codes[np.argsort(-numbers[codes], kind="stable")][:MOST_VALUES]


def _dates(columns: Columns, query: Query, today: dt.date) -> Mask | None:
    tests = []
    for column, first, last in (
        (columns.published, query.since, query.until),
        (columns.deadline, query.deadline_from, query.deadline_until),
        (columns.deadline, today if query.status == "due" else None, None),
        (columns.deadline, None, today - dt.timedelta(1) if query.status == "past" else None),
    ):
        if first is not None or last is not None:
            tests.append(column < NEVER)
        if first is not None:
            tests.append(column >= day(first))
        if last is not None:
            tests.append(column <= day(last))
    return np.logical_and.reduce(tests) if tests else None
