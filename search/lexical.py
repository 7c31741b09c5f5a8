"""Which directives hold the words of a query, and how well they do: BM25 by column."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.columns import Columns
from search.facet import Ints, no_ints
from search.match import Wanted
from search.memory import Memory

WEIGHTS = (1.0, 2.0, 1.0, 1.2, 1.5)  # evidence, action, addressees, issuer, title
FEW = 10
SHARE = 0.5
MOST_SCORED = 5_000
REMEMBERED_PLACES = 4_000_000

SCORED = f"SELECT rowid, -bm25(stems, {', '.join(map(str, WEIGHTS))}) FROM stems WHERE stems MATCH ?"
PAIRS = np.dtype([("id", "i4"), ("score", "f4")])
_IDS = "SELECT group_concat(rowid) FROM (SELECT rowid FROM stems WHERE stems MATCH ?)"
_FREQUENT = "SELECT places, scores FROM postings WHERE stem = ?"
_STEM = re.compile(r'"([^" ]+)"')
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Found:
    """Places of the matching directives, ascending, and their BM25; `relaxed`: too few have all parts of the query."""

    places: Ints
    scores: Scores
    relaxed: bool = False


_FOUND: Memory[Found] = Memory(REMEMBERED_PLACES, lambda found: len(found.places))


def matching(connection: sqlite3.Connection, build: str, columns: Columns, wanted: Wanted) -> Found:
    """Directives that hold all parts; where they are few also those with about half of them, rare parts counting more."""
    return _FOUND.get((build, wanted.parts), lambda: _matching(connection, columns, wanted))


def _matching(connection: sqlite3.Connection, columns: Columns, wanted: Wanted) -> Found:
    others = dict(wanted.others)
    parts = [
        _either(columns, [_all(connection, columns, some) for some in others[part]])
        if part in others
        else _one(connection, columns, part)
        for part in wanted.parts
    ]
    strict = _shared([part.places for part in parts], len(columns))
    if len(strict) >= FEW or len(parts) < 2:
        return Found(strict, _sum(columns, parts)[strict])
    weights = np.zeros(len(columns), dtype=np.float32)
    worth = 0.0
    for part in parts:  # a word that nobody uses asks for nothing
        rare = float(np.log(1 + len(columns) / len(part.places))) if len(part.places) else 0.0
        weights[part.places] += rare
        worth += rare
    chosen = np.flatnonzero((weights > 0) & (weights >= SHARE * worth)).astype(np.int32)
    return Found(chosen, _sum(columns, parts)[chosen], relaxed=True)


def _one(connection: sqlite3.Connection, columns: Columns, part: str) -> Found:
    """The directives with one expression. Frequent stems were scored when the index was built; of other expressions
    that more than MOST_SCORED have, all count the same."""
    stem = _STEM.fullmatch(part)
    row = connection.execute(_FREQUENT, (stem[1],)).fetchone() if stem else None
    if row:
        return Found(np.frombuffer(row[0], dtype="<i4"), np.frombuffer(row[1], dtype="<f2").astype(np.float32))
    (numbers,) = connection.execute(_IDS, (part,)).fetchone()
    ids = np.array(numbers.split(","), dtype=np.int32) if numbers else no_ints()
    if len(ids) > MOST_SCORED:
        rare = np.float32(np.log(len(columns) / len(ids)))
        return Found(np.sort(columns.place_of[ids]), np.full(len(ids), rare, dtype=np.float32))
    pairs = np.fromiter(map(tuple, connection.execute(SCORED, (part,))), dtype=PAIRS)  # a driver may give rows of its own
    places = columns.place_of[pairs["id"]]
    order = np.argsort(places)
    return Found(places[order], pairs["score"][order])


def _all(connection: sqlite3.Connection, columns: Columns, expressions: tuple[str, ...]) -> Found:
    parts = [_one(connection, columns, expression) for expression in expressions]
    places = _shared([part.places for part in parts], len(columns))
    return Found(places, _sum(columns, parts)[places])


def _either(columns: Columns, parts: list[Found]) -> Found:
    places = columns.any_of(*(part.places for part in parts))
    return Found(places, _sum(columns, parts)[places])


def _sum(columns: Columns, parts: list[Found]) -> Scores:
    """BM25 by place."""
    total = np.zeros(len(columns), dtype=np.float32)
    for part in parts:
        total[part.places] += part.scores
    return total


def _shared(some: list[Ints], count: int) -> Ints:
    """The places in all of the arrays, the shortest first."""
    first, *rest = sorted(some, key=len)
    for places in rest:
        mask = np.zeros(count, dtype=bool)
        mask[places] = True
        first = first[mask[first]]
    return first
