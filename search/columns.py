"""Columns of the facets as numpy arrays: narrowing and counting a million rows takes milliseconds.

A row's place is its rank by date and id, the oldest first; so places do not depend on the order in which rows were indexed.
Codes of a facet number its values; a row of several values has them in `codes[starts[row]:starts[row + 1]]`.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]
NEVER = np.iinfo(np.int32).max
EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class Facet:
    """Values and labels by code, and each row's codes."""

    values: tuple[str, ...]
    labels: tuple[str, ...]
    starts: Ints
    codes: Ints

    @cached_property
    def code_of(self) -> dict[str, int]:
        """The code of a value."""
        return {value: code for code, value in enumerate(self.values)}

    def rows(self, chosen: tuple[str, ...]) -> Mask:
        """Which rows have one of the chosen values."""
        wanted = np.zeros(len(self.values) + 1, dtype=bool)
        wanted[[self.code_of[value] for value in chosen if value in self.code_of]] = True
        hit = np.concatenate([[0], np.cumsum(wanted[self.codes], dtype=np.int32)])
        return np.asarray(hit[self.starts[1:]] > hit[self.starts[:-1]])

    def pairs(self, rows: Ints) -> tuple[Ints, Ints]:
        """(row, code) of each value of the given rows, as two arrays."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        ends = np.cumsum(lengths)
        within = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - lengths, lengths)
        return np.repeat(rows, lengths), self.codes[np.repeat(self.starts[rows], lengths) + within]


@dataclass(frozen=True)
class Columns:
    """All rows of an index. `ids` are rowids by place; dates are days since 1970, NEVER when there is none.

    `shared` rows have a cluster with other rows. `texts` are texts.id, what vectors belong to.
    """

    ids: Ints
    published: Ints
    deadline: Ints
    cluster: Ints
    shared: Mask
    texts: Ints
    facets: dict[str, Facet]

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def place_of(self) -> Ints:
        """The place of a rowid."""
        places = np.full(int(self.ids.max(initial=0)) + 1, -1, dtype=np.int32)
        places[self.ids] = np.arange(len(self.ids), dtype=np.int32)
        return places

    @cached_property
    def by_text(self) -> tuple[Ints, Ints]:
        """Places sorted by text, the newest first, and their texts."""
        order = np.lexsort((-np.arange(len(self.texts)), self.texts)).astype(np.int32)
        return order, self.texts[order]


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
    names = [name.removesuffix(".starts") for name in arrays if name.endswith(".starts")]
    facets = {}
    for name in names:
        values, labels = found.get(name, ([], []))
        facets[name] = Facet(tuple(values), tuple(labels), arrays[f"{name}.starts"], arrays[f"{name}.codes"])
    plain = {name: arrays[name] for name in ("ids", "published", "deadline", "cluster", "shared", "texts")}
    return Columns(**plain, facets=facets)


_CACHE: dict[str, Columns] = {}


def of(connection: sqlite3.Connection) -> tuple[str, Columns]:
    """The build id of an index and its columns, read once a process and build; two builds are kept."""
    (build,) = connection.execute("SELECT value FROM meta WHERE key = 'build'").fetchone()
    if build not in _CACHE:
        columns = load(connection)
        while len(_CACHE) >= 2:
            _CACHE.pop(next(iter(_CACHE)), None)
        _CACHE[build] = columns
    return build, _CACHE[build]
