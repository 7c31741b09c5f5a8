"""Columns of the facets as numpy arrays: narrowing and counting a million rows takes milliseconds.

A row's place is its rank by date and id, the oldest first; so places do not depend on the order in which rows were indexed.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.embed import WIDTH
from search.facet import Facet, Ints, Mask, no_ints
from search.memory import Memory

NEVER = np.iinfo(np.int32).max
EPOCH = dt.date(1970, 1, 1)
PLAIN = ("ids", "published", "deadline", "cluster", "shared", "texts", "text_ids", "text_rows", "text_starts", "signs", "center")


@dataclass(frozen=True)
class Columns:
    """All rows of an index. `ids` are rowids by place; dates are days since 1970, NEVER when there is none.

    `shared` rows have a cluster with other rows; those clusters have the lowest numbers. `texts` numbers the texts that have a
    vector, -1 else: `text_ids` are their texts.id, text t has the rows `text_rows[text_starts[t]:text_starts[t + 1]]`, the
    newest first, and the `signs[:, t]` (6, texts) of its vector without the `center` (WIDTH,).
    """

    ids: Ints
    published: Ints
    deadline: Ints
    cluster: Ints
    shared: Mask
    texts: Ints
    text_ids: Ints
    text_rows: Ints
    text_starts: Ints
    signs: NDArray[np.uint64]
    center: NDArray[np.float32]
    facets: dict[str, Facet]

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def everything(self) -> Ints:
        """All places."""
        return np.arange(len(self), dtype=np.int32)

    @cached_property
    def place_of(self) -> Ints:
        """The place of a rowid."""
        places = np.full(int(self.ids.max(initial=0)) + 1, -1, dtype=np.int32)
        places[self.ids] = self.everything
        return places

    @cached_property
    def cluster_sizes(self) -> NDArray[np.int64]:
        """Rows of each shared cluster."""
        return np.bincount(self.cluster[self.shared])

    @cached_property
    def leads(self) -> Ints:
        """One place for each cluster, the oldest."""
        return self.fold(self.everything)

    def fold(self, places: Ints) -> Ints:
        """The same of the given places, which ascend."""
        shared = self.shared[places]
        if not shared.any():
            return places
        rows = places[shared]
        clusters = self.cluster[rows]
        first = np.empty(len(self.cluster_sizes), dtype=np.int32)
        first[clusters[::-1]] = rows[::-1]
        kept = ~shared
        kept[shared] = first[clusters] == rows
        return np.asarray(places[kept], dtype=np.int32)

    def any_of(self, *some: Ints) -> Ints:
        """The places in any of the arrays, ascending."""
        mask = np.zeros(len(self), dtype=bool)
        for places in some:
            mask[places] = True
        return np.flatnonzero(mask).astype(np.int32)


def day(date: dt.date) -> int:
    """Days since 1970."""
    return (date - EPOCH).days


def load(connection: sqlite3.Connection) -> Columns:
    """Read the arrays of an index."""
    arrays = {
        name: np.frombuffer(data, dtype=dtype) for name, dtype, data in connection.execute("SELECT name, dtype, data FROM arrays")
    }
    found: dict[str, tuple[list[str], list[str]]] = {}
    for facet, value, label in connection.execute("SELECT facet, value, label FROM facet_values ORDER BY facet, code"):
        values, labels = found.setdefault(facet, ([], []))
        values.append(value)
        labels.append(label)
    plain = {name: arrays.get(name, no_ints()) for name in PLAIN}
    plain["signs"] = plain["signs"].astype(np.uint64, copy=False).reshape(WIDTH // 64, -1)
    facets = {}
    for name in [name.removesuffix(".starts") for name in arrays if name.endswith(".starts")]:
        values, labels = found.get(name, ([], []))
        starts, codes = arrays[f"{name}.starts"], arrays[f"{name}.codes"]
        facets[name] = Facet(tuple(values), tuple(labels), starts, codes, plain["cluster"], plain["shared"])
    return Columns(**plain, facets=facets)


_LOADED: Memory[Columns] = Memory(2, kept=True)


def of(connection: sqlite3.Connection) -> tuple[str, Columns]:
    """The build id of an index and its columns, read once a process and build; two builds are kept."""
    (build,) = connection.execute("SELECT value FROM meta WHERE key = 'build'").fetchone()
    return build, _LOADED.get(build, lambda: load(connection))
