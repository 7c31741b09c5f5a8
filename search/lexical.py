"""Which directives hold the words of a query, and how well they do."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.columns import Columns, Ints
from search.match import Wanted

WEIGHTS = (1.0, 2.0, 1.0, 1.2, 1.5)  # evidence, action, addressees, issuer, title
FEW = 10
SHARE = 0.5
MOST_RANKED = 4_000
KEPT = 64

_IDS = "SELECT group_concat(rowid) FROM (SELECT rowid FROM stems WHERE stems MATCH ?)"
_SCORES = (
    f"SELECT rowid, bm25(stems, {', '.join(map(str, WEIGHTS))}) FROM stems"
    " WHERE stems MATCH ? AND rowid BETWEEN ? AND ? AND +rowid IN (SELECT value FROM json_each(?))"
)


@dataclass(frozen=True, slots=True)
class Found:
    """Places of the matching directives, ascending; `parts` of the query each has; `relaxed`: too few have all of them."""

    places: Ints
    weights: NDArray[np.float32]
    relaxed: bool = False


_CACHE: OrderedDict[tuple[str, tuple[str, ...]], Found] = OrderedDict()


def matching(connection: sqlite3.Connection, build: str, columns: Columns, wanted: Wanted) -> Found:
    """Directives that hold all parts; where they are few also those with about half of them, rare parts counting more."""
    key = (build, wanted.parts)
    if key not in _CACHE:
        _CACHE[key] = _matching(connection, columns, wanted)
        while len(_CACHE) > KEPT:
            _CACHE.popitem(last=False)
    return _CACHE[key]


def scores(connection: sqlite3.Connection, columns: Columns, wanted: Wanted, places: Ints) -> NDArray[np.float32]:
    """BM25 of the given places, higher is better."""
    found = np.zeros(len(places), dtype=np.float32)
    if len(places):
        ids = columns.ids[places]
        numbers = f"[{','.join(map(str, ids.tolist()))}]"
        expression = " OR ".join(wanted.parts)
        rows = connection.execute(_SCORES, (expression, int(ids.min()), int(ids.max()), numbers)).fetchall()
        at = {int(id_): place for place, id_ in enumerate(ids)}
        for id_, score in rows:
            found[at[id_]] = -score
    return found


def _matching(connection: sqlite3.Connection, columns: Columns, wanted: Wanted) -> Found:
    strict = _places(connection, columns, wanted.all)
    if len(strict) >= FEW or len(wanted.parts) < 2:
        return Found(strict, np.ones(len(strict), dtype=np.float32))
    weights = np.zeros(len(columns), dtype=np.float32)
    worth = 0.0
    for part in wanted.parts:
        places = _places(connection, columns, part)
        rare = float(np.log(1 + len(columns) / len(places))) if len(places) else 0.0  # a word that nobody uses asks for nothing
        weights[places] += rare
        worth += rare
    chosen = np.flatnonzero((weights > 0) & (weights >= SHARE * worth)).astype(np.int32)
    return Found(chosen, weights[chosen], relaxed=True)


def _places(connection: sqlite3.Connection, columns: Columns, expression: str) -> Ints:
    (numbers,) = connection.execute(_IDS, (expression,)).fetchone()
    if not numbers:
        return np.zeros(0, dtype=np.int32)
    ids = np.fromstring(numbers, dtype=np.int32, sep=",")
    return np.sort(columns.place_of[ids])
