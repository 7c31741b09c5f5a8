"""Which directives mean what a query says, by sqlite-vec: the signs first, then 8 bits of the best."""

from __future__ import annotations

import sqlite3

import numpy as np

from search import vectors
from search.columns import Columns, Ints, Mask
from search.embed import WIDTH, Vectors, similarities, to_bits

CANDIDATES = 400
NEAREST = 60
ROWS_A_TEXT = 20
MARGIN = 0.04
MOST_LISTED = 5_000
MOST_CANDIDATES = 4_000

_NEAREST = "SELECT rowid FROM codes WHERE code MATCH vec_bit(?) AND k = ?"
_NEAREST_OF = f"{_NEAREST} AND rowid IN (SELECT value FROM json_each(?))"
_VECTORS = "SELECT id, vector FROM texts WHERE id IN (SELECT value FROM json_each(?))"


def nearest(
    connection: sqlite3.Connection, columns: Columns, query: Vectors, allowed: Mask | None = None
) -> tuple[Ints, Vectors]:
    """Places and cosines of the directives nearest to the query's vector, best first; `allowed` narrows by place."""
    middle = vectors.center(connection)
    if middle is None:
        return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
    texts, found = _texts(connection, columns, query, to_bits((query - middle)[None])[0].tobytes(), allowed)
    close = found >= found.max(initial=0) - MARGIN
    return _places(columns, texts[close][:NEAREST], found[close][:NEAREST], allowed)


def _texts(
    connection: sqlite3.Connection, columns: Columns, query: Vectors, signs: bytes, allowed: Mask | None
) -> tuple[Ints, Vectors]:
    """Texts and cosines, best first."""
    fits = None if allowed is None else _fitting(columns, allowed)
    few = allowed is not None and int(allowed.sum()) <= MOST_LISTED
    if fits is not None and few:
        rows = connection.execute(_NEAREST_OF, (signs, CANDIDATES, _json(np.flatnonzero(fits).astype(np.int32)))).fetchall()
    else:
        rows = connection.execute(_NEAREST, (signs, CANDIDATES if fits is None else MOST_CANDIDATES)).fetchall()
    ids = np.array([row[0] for row in rows], dtype=np.int32)
    ids = ids if fits is None else ids[fits[ids]][:CANDIDATES]
    stored = connection.execute(_VECTORS, (_json(ids),)).fetchall()
    if not stored:
        return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
    texts = np.array([id_ for id_, _ in stored], dtype=np.int32)
    codes = np.frombuffer(b"".join(code for _, code in stored), dtype=np.int8).reshape(-1, WIDTH)
    found = similarities(codes, query)
    order = np.lexsort((texts, -found))
    return texts[order], found[order]


def _fitting(columns: Columns, allowed: Mask) -> Mask:
    """By texts.id: whether an allowed directive has the text."""
    fits = np.zeros(int(columns.texts.max(initial=0)) + 1, dtype=bool)
    fits[columns.texts[allowed]] = True
    return fits


def _places(columns: Columns, texts: Ints, found: Vectors, allowed: Mask | None) -> tuple[Ints, Vectors]:
    """The newest directives of each text."""
    places, of_text = columns.by_text
    starts = np.searchsorted(of_text, texts, "left")
    ends = np.searchsorted(of_text, texts, "right")
    chosen: list[Ints] = []
    for start, end in zip(starts, ends, strict=True):
        some = places[start:end]
        chosen.append((some if allowed is None else some[allowed[some]])[:ROWS_A_TEXT])
    lengths = [len(some) for some in chosen]
    return np.concatenate(chosen or [np.zeros(0, dtype=np.int32)]), np.repeat(found, lengths)


def _json(ids: Ints) -> str:
    return f"[{','.join(map(str, ids.tolist()))}]"
