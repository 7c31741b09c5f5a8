"""The rows of frequent stems with their BM25, kept ready: scoring half a million rows anew would take a second.

A stem is frequent when more than LEAST rows and one in SHARE have it. Rarer ones are read from the full-text index.
"""

from __future__ import annotations

import sqlite3

import numpy as np

from search.facet import Ints
from search.lexical import PAIRS, SCORED

LEAST = 500
SHARE = 400
_FREQUENT = "SELECT term FROM temp.vocabulary WHERE doc > ? ORDER BY term"


def write(connection: sqlite3.Connection, ids: Ints) -> None:
    """Replace the table `postings`; `ids` are the rowids by place."""
    places = np.zeros(int(ids.max(initial=0)) + 1, dtype=np.int32)
    places[ids] = np.arange(len(ids), dtype=np.int32)
    connection.execute("DELETE FROM postings")
    connection.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, stems, row)")
    frequent = connection.execute(_FREQUENT, (max(LEAST, len(ids) // SHARE),)).fetchall()
    connection.execute("DROP TABLE temp.vocabulary")
    for (stem,) in frequent:
        pairs = np.fromiter(connection.execute(SCORED, (f'"{stem}"',)), dtype=PAIRS)
        found = places[pairs["id"]]
        order = np.argsort(found)
        scores = pairs["score"][order].astype("<f2")
        connection.execute(
            "INSERT INTO postings VALUES (?, ?, ?)", (stem, found[order].astype("<i4").tobytes(), scores.tobytes())
        )
