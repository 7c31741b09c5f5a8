"""In which order results come."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from search.columns import NEVER, Columns
from search.facet import Ints

Floats = NDArray[np.float32]
DAMPING = 60.0  # of reciprocal rank fusion: Cormack, Clarke, Büttcher 2009
MOST_RANKED = 5_000


def fused(columns: Columns, places: Ints, rankings: list[tuple[Ints, Floats]]) -> Floats:
    """Reciprocal rank fusion over `places`; each ranking is places, none twice, and scores; equal scores share a rank."""
    scores = np.zeros(len(columns), dtype=np.float32)
    for ranked, values in rankings:
        scores[ranked] += 1.0 / (DAMPING + _ranks(values))
    return scores[places]


def _ranks(values: Floats) -> Floats:
    """Ranks from 1, the highest first; after MOST_RANKED of them no true ranks, but numbers in the same order."""
    ordered = -np.sort(-values)
    if len(values) <= MOST_RANKED:
        return (np.searchsorted(-ordered, -values, "left") + 1).astype(np.float32)
    limit = ordered[MOST_RANKED - 1]
    first = values >= limit
    ranks = MOST_RANKED + 1 + (limit - values) / max(float(limit - ordered[-1]), 1e-9)
    ranks[first] = np.searchsorted(-ordered[:MOST_RANKED], -values[first], "left") + 1
    return np.asarray(ranks, dtype=np.float32)


def best_first(places: Ints, scores: Floats, count: int) -> Ints:
    """Indices of the first `count`: scores fall, then the newest first."""
    return first_of([-scores, -places], count)


def newest_first(places: Ints, count: int) -> Ints:
    """The same by date; places ascend with it."""
    return np.arange(len(places) - 1, max(-1, len(places) - 1 - count), -1, dtype=np.int32)


def by_deadline(columns: Columns, places: Ints, count: int, latest_first: bool) -> Ints:
    """The same by deadline, the earliest first, or the latest first; those without one at the end."""
    days = columns.deadline[places].astype(np.int64)
    never = days == NEVER
    return first_of([never.astype(np.int64), -days if latest_first else days, -places], count)


def first_of(keys: list[NDArray[np.generic]], count: int) -> Ints:
    """Indices of the `count` smallest by the first key, then the second, ...; only the candidates are sorted whole."""
    if not len(keys[0]):
        return np.zeros(0, dtype=np.int32)
    rows = np.arange(len(keys[0]))
    if count < len(rows):
        for depth in range(len(keys) - 1):
            limit = np.partition(keys[depth][rows], count - 1)[count - 1]
            if (keys[depth][rows] == limit).sum() < len(rows):
                rows = rows[keys[depth][rows] <= limit]
                break
    order = np.lexsort([key[rows] for key in reversed(keys)])
    return np.asarray(rows[order][:count], dtype=np.int32)
