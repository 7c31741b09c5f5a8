"""From a query to its results."""

from __future__ import annotations

import datetime as dt
import sqlite3

from search.query import Query
from search.results import Hit, Results

TIME_LIMIT_S = 5.0


def find(
    connection: sqlite3.Connection,
    query: Query,
    *,
    today: dt.date | None = None,
    time_limit_s: float = TIME_LIMIT_S,
    facets: bool = True,
) -> Results:
    """Answer `query` from an index opened with search.sqlite.open_index. Raises QueryTooSlow, IndexMissing."""
    raise NotImplementedError(connection, query, today, time_limit_s, facets)


def get(connection: sqlite3.Connection, directive_id: str) -> Hit | None:
    """One directive by its id, with the text around it; None when the index has none."""
    raise NotImplementedError(connection, directive_id)
