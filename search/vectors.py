"""Vectors of the texts in an index: 8 bits a component in `texts`, and their signs for the first look.

All texts of an encoder like e5 lie in a narrow cone, so signs say little; the mean vector is taken off before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from search import rows
from search.embed import WIDTH, Embedder, Vectors, to_bits, to_int8

BATCH = 1024
CHUNK = 20_000
_SILENT = (
    "SELECT text_id, evidence, title FROM directives WHERE text_id IN (SELECT id FROM texts WHERE vector IS NULL) ORDER BY id"
)


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
    connection.execute("DELETE FROM texts WHERE id NOT IN (SELECT text_id FROM directives)")


def center(connection: sqlite3.Connection) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """The mean of all vectors in 8-bit units, (WIDTH,), and the texts.id that have one, ascending."""
    total, ids = np.zeros(WIDTH, dtype=np.int64), []
    for some, codes in _chunks(connection):
        total += codes.sum(0, dtype=np.int64)
        ids.append(some)
    spoken = np.concatenate(ids) if ids else np.zeros(0, dtype=np.int32)
    return (total / max(1, len(spoken))).astype(np.float32), spoken


def signs(connection: sqlite3.Connection, ids: NDArray[np.int32], middle: NDArray[np.float32]) -> NDArray[np.uint64]:
    """The signs of the vectors of these texts without the mean, 64 a number: (WIDTH // 64, texts)."""
    number = np.zeros(int(ids.max(initial=0)) + 1, dtype=np.int64)
    number[ids] = np.arange(len(ids))
    found = np.zeros((WIDTH // 64, len(ids)), dtype=np.uint64)
    for some, codes in _chunks(connection):
        found[:, number[some]] = words(codes - middle).T
    return found


def words(vectors: Vectors) -> NDArray[np.uint64]:
    """Signs of vectors, 64 a number: (n, WIDTH // 64)."""
    return to_bits(vectors).view("<u8")


def _chunks(connection: sqlite3.Connection) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int8]]]:
    cursor = connection.execute("SELECT id, vector FROM texts WHERE vector IS NOT NULL ORDER BY id")
    while rows_ := cursor.fetchmany(CHUNK):
        codes = np.frombuffer(b"".join(code for _, code in rows_), dtype=np.int8).reshape(-1, WIDTH)
        yield np.array([id_ for id_, _ in rows_], dtype=np.int32), codes


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
    codes = to_int8(vectors)
    connection.executemany(
        "UPDATE texts SET vector = ? WHERE id = ?", ((c.tobytes(), i) for c, i in zip(codes, ids, strict=True))
    )
