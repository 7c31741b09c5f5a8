"""The chain of an act: earlier and later directives by the same office on the same matter."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search import columns as cols
from search import hits
from search.columns import Columns
from search.embed import WIDTH, similarities
from search.facet import Ints
from search.find import get
from search.results import Goal, Hit

LEAST_WORDS = 0.25
LEAST_MEANING = 0.90
MOST = 40
MOST_LOOKED_AT = 2_000

_STEMS = "SELECT id, action, evidence FROM directives WHERE id IN (SELECT value FROM json_each(?))"
_VECTORS = (
    "SELECT d.id, t.vector FROM directives d JOIN texts t ON t.id = d.text_id"
    " WHERE d.id IN (SELECT value FROM json_each(?)) AND t.vector IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class Link:
    """Another directive of the chain. `likeness` in [0, 1]; `repeated` numbers stand in both; `moved`: it sets another
    deadline, (the asked one's, this one's)."""

    hit: Hit
    likeness: float
    later: bool
    repeated: tuple[Goal, ...] = ()
    moved: tuple[str, str] | None = None


def chain(connection: sqlite3.Connection, directive_id: str) -> tuple[Link, ...]:
    """Directives on the matter of the given one by the same office in the same region, oldest first; none when it is unknown.

    The same matter: a sector in common, and the act's words or its meaning alike. Where office and region are unknown, the same
    official. Copies are folded.
    """
    asked = get(connection, directive_id)
    if asked is None:
        return ()
    _, columns = cols.of(connection)
    (id_,) = connection.execute("SELECT id FROM directives WHERE directive_id = ?", (directive_id,)).fetchone()
    place = int(columns.place_of[id_])
    places = _same_office(columns, asked, place)
    likeness = _likeness(connection, columns, place, places)
    chosen = np.flatnonzero(likeness > 0)
    chosen = np.sort(chosen[np.argsort(-likeness[chosen], kind="stable")[:MOST]])
    found = hits.read(connection, columns, places[chosen], likeness[chosen])
    return tuple(_link(asked, hit, float(likeness[i]), places[i] > place) for i, hit in zip(chosen, found, strict=True))


def _same_office(columns: Columns, asked: Hit, place: int) -> Ints:
    """Places of other directives by that office or person with a sector in common, the nearest in time."""
    same = np.ones(len(columns), dtype=bool)
    if asked.office and asked.region_code:
        same &= columns.facets["office"].rows((asked.office,)) & columns.facets["region"].rows((asked.region_code,))
    elif asked.official_id:
        same &= columns.facets["official"].rows((asked.official_id,))
    else:
        return np.zeros(0, dtype=np.int32)
    if asked.sectors:
        same &= columns.facets["sector"].rows(asked.sectors)
    same &= columns.cluster != columns.cluster[place]
    places = columns.fold(np.flatnonzero(same).astype(np.int32))
    nearest = np.argsort(np.abs(places - place), kind="stable")[:MOST_LOOKED_AT]
    return np.sort(places[nearest])


def _likeness(connection: sqlite3.Connection, columns: Columns, place: int, places: Ints) -> NDArray[np.float32]:
    """Of each place's act with the asked one's, 0 where it is another matter."""
    ids = columns.ids[np.append(places, place)]
    numbers = f"[{','.join(map(str, ids.tolist()))}]"
    words = {id_: hits.content(f"{action} {evidence}") for id_, action, evidence in connection.execute(_STEMS, (numbers,))}
    mine = words[int(ids[-1])]
    shared = np.array([_overlap(mine, words[int(id_)]) for id_ in ids[:-1]], dtype=np.float32)
    vectors = {id_: np.frombuffer(vector, dtype=np.int8) for id_, vector in connection.execute(_VECTORS, (numbers,))}
    own = vectors.get(int(ids[-1]))
    if own is not None and len(places):
        rows = np.stack([vectors.get(int(id_), np.zeros(WIDTH, dtype=np.int8)) for id_ in ids[:-1]])
        plain = own.astype(np.float32)
        close = similarities(rows, plain / max(1e-6, float(np.linalg.norm(plain))))
        shared = np.where(
            (shared >= LEAST_WORDS) | (close >= LEAST_MEANING), np.maximum(shared, close * (close >= LEAST_MEANING)), 0
        )
        return shared.astype(np.float32)
    return np.where(shared >= LEAST_WORDS, shared, 0).astype(np.float32)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared stems over those of the shorter text."""
    return len(one & other) / max(1, min(len(one), len(other)))


def _link(asked: Hit, hit: Hit, likeness: float, later: bool) -> Link:
    numbers = {(goal.value, goal.unit.lower()) for goal in asked.quantities}
    repeated = tuple(goal for goal in hit.quantities if (goal.value, goal.unit.lower()) in numbers)
    moved = (asked.deadline, hit.deadline) if asked.deadline and hit.deadline and asked.deadline != hit.deadline else None
    return Link(hit, likeness, later, repeated, moved)
