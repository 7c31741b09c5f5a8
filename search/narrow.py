"""Filters over all rows, and the counts of the facets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np

from search.columns import NEVER, Columns, Facet, Ints, Mask, day
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


def fold(columns: Columns, places: Ints) -> Ints:
    """One place for each cluster, the oldest; `places` ascend."""
    if not columns.shared[places].any():
        return places
    first = np.full(int(columns.cluster.max()) + 1, -1, dtype=np.int32)
    first[columns.cluster[places[::-1]]] = places[::-1]
    return np.asarray(places[first[columns.cluster[places]] == places], dtype=np.int32)


def count(columns: Columns, query: Query, found: Mapping[str, Mask], places: Ints) -> dict[str, tuple[FacetValue, ...]]:
    """Each facet's values with what they would give; `places` match the text, filters not yet applied."""
    everything = together(found)
    all_on = places if everything is None else places[everything[places]]
    counts = {}
    for name, param in FACETS.items():
        others = together(found, param) if param in found else None
        some = all_on if param not in found else places if others is None else places[others[places]]
        chosen = tuple(str(value) for value in getattr(query, name))
        counts[param] = _values(columns.facets[param], _counted(columns, columns.facets[param], some), chosen)
    return counts


def _counted(columns: Columns, facet: Facet, places: Ints) -> Ints:
    """How many clusters have each value."""
    shared = columns.shared[places]
    _, codes = facet.pairs(places[~shared])
    numbers = np.bincount(codes, minlength=len(facet.values))
    if shared.any():
        rows, codes = facet.pairs(places[shared])
        pairs = np.unique(columns.cluster[rows].astype(np.int64) * max(1, len(facet.values)) + codes)
        numbers += np.bincount(pairs % max(1, len(facet.values)), minlength=len(facet.values))
    return numbers.astype(np.int32)


def _values(facet: Facet, numbers: Ints, chosen: tuple[str, ...]) -> tuple[FacetValue, ...]:
    most = np.argsort(-numbers, kind="stable")[:MOST_VALUES]
    codes = [int(code) for code in most if numbers[code]]
    codes += [code for value in chosen if (code := facet.code_of.get(value, -1)) >= 0 and code not in codes]
    known = tuple(FacetValue(facet.values[c], facet.labels[c], int(numbers[c]), facet.values[c] in chosen) for c in codes)
    return known + tuple(FacetValue(value, value, 0, True) for value in dict.fromkeys(chosen) if value not in facet.code_of)


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
