"""Vectors of the texts in an index: int8 in `texts`, sign bits in the sqlite-vec table `codes`.

All texts of an encoder like e5 lie in a narrow cone, so signs say little; the mean vector is taken off before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from search import rows
from search.embed import WIDTH, Embedder, Vectors, to_bits, to_int8

BATCH = 256
_TABLE = f"CREATE VIRTUAL TABLE codes USING vec0(code bit[{WIDTH}])"
_SILENT = (
    "SELECT text_id, evidence, title FROM directives WHERE text_id IN (SELECT id FROM texts WHERE vector IS NULL) ORDER BY id"
)


def center(connection: sqlite3.Connection) -> NDArray[np.float32] | None:
    """The mean vector, (WIDTH,); None when the index has no vectors."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'center'").fetchone()
    return np.frombuffer(bytes.fromhex(row[0]), dtype="<f4") if row else None


def fill(connection: sqlite3.Connection, embedder: Embedder, most: int | None, say: Callable[[str, int, int], None]) -> int:
    """Embed the texts that have no vector, at most `most`; returns how many."""
    silent = int(connection.execute("SELECT count(*) FROM texts WHERE vector IS NULL").fetchone()[0])
    of = silent if most is None else min(most, silent)
    done = 0
    for batch in _batches(connection, of):
        _store(connection, [id_ for id_, _ in batch], embedder.passages([text for _, text in batch]))
        done += len(batch)
        say("meaning", done, of)
    return done


def drop_unused(connection: sqlite3.Connection) -> None:
    """Forget texts that no directive has any more."""
    gone = connection.execute("SELECT id FROM texts WHERE id NOT IN (SELECT text_id FROM directives)").fetchall()
    if gone and center(connection) is not None:
        connection.executemany("DELETE FROM codes WHERE rowid = ?", gone)
    connection.executemany("DELETE FROM texts WHERE id = ?", gone)


def _batches(connection: sqlite3.Connection, most: int) -> Iterator[list[tuple[int, str]]]:
    """Texts without a vector, once each."""
    seen: set[int] = set()
    batch: list[tuple[int, str]] = []
    for id_, evidence, title in connection.execute(_SILENT):
        if id_ not in seen and len(seen) < most:
            seen.add(id_)
            batch.append((id_, rows.meaning({"evidence": evidence, "title": title})))
            if len(batch) == BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def _store(connection: sqlite3.Connection, ids: list[int], vectors: Vectors) -> None:
    middle = center(connection)
    if middle is None:
        middle = vectors.mean(0)
        connection.execute(_TABLE)
        connection.execute("INSERT INTO meta VALUES ('center', ?)", (middle.astype("<f4").tobytes().hex(),))
    bits, codes = to_bits(vectors - middle), to_int8(vectors)
    connection.executemany(
        "UPDATE texts SET vector = ? WHERE id = ?", ((c.tobytes(), i) for c, i in zip(codes, ids, strict=True))
    )
    put = "INSERT INTO codes (rowid, code) VALUES (?, vec_bit(?))"
    connection.executemany(put, ((i, b.tobytes()) for b, i in zip(bits, ids, strict=True)))
