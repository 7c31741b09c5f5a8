"""In which order results come."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from search.columns import Columns, Ints
from search.lexical import MOST_RANKED

Floats = NDArray[np.float32]
DAMPING = 60.0  # of reciprocal rank fusion: Cormack, Clarke, Büttcher 2009


def fused(places: Ints, rankings: list[tuple[Ints, Floats]]) -> Floats:
    """Reciprocal rank fusion over `places` (ascending); each ranking is places and scores, equal scores share a rank."""
    scores = np.zeros(len(places), dtype=np.float32)
    for ranked, values in rankings:
        at = np.searchsorted(places, ranked)
        inside = (at < len(places)) & (places[np.minimum(at, max(0, len(places) - 1))] == ranked) if len(places) else at < 0
        ranks = np.searchsorted(np.sort(-values), -values, "left") + 1
        scores[at[inside]] += (1.0 / (DAMPING + ranks[inside])).astype(np.float32)
    return scores


def worth_scoring(places: Ints, weights: Floats) -> NDArray[np.bool_]:
    """Which places are worth an exact score: those with most of the query, then the newest."""
    if len(places) <= MOST_RANKED:
        return np.ones(len(places), dtype=bool)
    chosen = np.zeros(len(places), dtype=bool)
    if weights.min() == weights.max():
        chosen[-MOST_RANKED:] = True
    else:
        chosen[np.lexsort((places, weights))[-MOST_RANKED:]] = True
    return chosen


def best_first(places: Ints, scores: Floats, count: int) -> Ints:
    """Indices of the first `count`: scores fall, then the newest first."""
    return first_of([-scores, -places], count)


def newest_first(places: Ints, count: int) -> Ints:
    """The same by date; places ascend with it."""
    return np.arange(len(places) - 1, max(-1, len(places) - 1 - count), -1, dtype=np.int32)


def by_deadline(columns: Columns, places: Ints, count: int, latest_first: bool) -> Ints:
    """The same by deadline, the earliest first, or the latest first; those without one at the end."""
    days = columns.deadline[places].astype(np.int64)
    never = days == np.iinfo(np.int32).max
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
