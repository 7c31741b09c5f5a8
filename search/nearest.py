"""Which directives mean what a query says: the signs of all vectors first, then 8 bits of the best."""

from __future__ import annotations

import sqlite3

import numpy as np
from numpy.typing import NDArray

from search import vectors
from search.columns import Columns
from search.embed import SCALE, WIDTH, Vectors, similarities
from search.facet import Ints, Mask, no_ints

CANDIDATES = 400
NEAREST = 60
ROWS_A_TEXT = 20
MARGIN = 0.04
BLOCK = 1 << 16
FEW = 4  # where fewer than a fourth of the texts fit the filters, only those are compared

_VECTORS = "SELECT id, vector FROM texts WHERE id IN (SELECT value FROM json_each(?))"


def nearest(
    connection: sqlite3.Connection, columns: Columns, query: Vectors, allowed: Mask | None = None
) -> tuple[Ints, Vectors]:
    """Places and cosines of the directives nearest to the query's vector, best first; `allowed` narrows by place."""
    texts, found = _texts(connection, columns, query, _candidates(columns, query, allowed))
    close = found >= found.max(initial=0) - MARGIN
    return _places(columns, texts[close][:NEAREST], found[close][:NEAREST], allowed)


def _candidates(columns: Columns, query: Vectors, allowed: Mask | None) -> Ints:
    """The texts with most signs in common; of equal ones those with the oldest rows."""
    if not len(columns.text_ids):
        return no_ints()
    asked = vectors.words((query * 127 * SCALE - columns.center)[None])[0]
    fits = None if allowed is None else _fitting(columns, allowed)
    if fits is not None and fits.sum() * FEW < len(fits):
        some = np.flatnonzero(fits).astype(np.int32)
        return some[_least(_distances(columns.signs[:, some], asked))]
    distances = _distances(columns.signs, asked)
    if fits is not None:
        distances[~fits] = WIDTH
    found = _least(distances)
    return found if fits is None else found[fits[found]]


def _distances(signs: NDArray[np.uint64], asked: NDArray[np.uint64]) -> NDArray[np.uint16]:
    """How many signs differ."""
    found = np.zeros(signs.shape[1], dtype=np.uint16)
    for start in range(0, len(found), BLOCK):
        block = found[start : start + BLOCK]
        for column, word in zip(signs[:, start : start + BLOCK], asked, strict=True):
            block += np.bitwise_count(column ^ word)
    return found


def _least(distances: NDArray[np.uint16]) -> Ints:
    """Indices of the CANDIDATES least distances."""
    limit = int(np.searchsorted(np.cumsum(np.bincount(distances, minlength=WIDTH + 1)), CANDIDATES))
    below = np.flatnonzero(distances < limit)
    return np.concatenate([below, np.flatnonzero(distances == limit)[: CANDIDATES - len(below)]]).astype(np.int32)


def _texts(connection: sqlite3.Connection, columns: Columns, query: Vectors, texts: Ints) -> tuple[Ints, Vectors]:
    """Texts and cosines, best first."""
    numbers = f"[{','.join(map(str, columns.text_ids[texts].tolist()))}]"
    stored = dict(connection.execute(_VECTORS, (numbers,)).fetchall())
    if not stored:
        return no_ints(), np.zeros(0, dtype=np.float32)
    codes = np.frombuffer(b"".join(stored[id_] for id_ in columns.text_ids[texts].tolist()), dtype=np.int8)
    found = similarities(codes.reshape(-1, WIDTH), query)
    order = np.lexsort((texts, -found))
    return texts[order], found[order]


def _fitting(columns: Columns, allowed: Mask) -> Mask:
    """By text: whether an allowed directive has it."""
    fits = np.zeros(len(columns.text_ids) + 1, dtype=bool)  # the last one stands for rows without a vector
    fits[columns.texts[allowed]] = True
    return fits[:-1]


def _places(columns: Columns, texts: Ints, found: Vectors, allowed: Mask | None) -> tuple[Ints, Vectors]:
    """The newest directives of each text."""
    chosen: list[Ints] = []
    for start, end in zip(columns.text_starts[texts], columns.text_starts[texts + 1], strict=True):
        some = columns.text_rows[start:end]
        chosen.append((some if allowed is None else some[allowed[some]])[:ROWS_A_TEXT])
    return np.concatenate([no_ints(), *chosen]), np.repeat(found, [len(some) for some in chosen])
