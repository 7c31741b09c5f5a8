"""What the pages read from the index beside search results. Every statement is fixed; values are bound."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search import columns

MOST = 200


@dataclass(frozen=True, slots=True)
class Official:
    """A person as usually written, and in how many articles."""

    official_id: str
    name: str
    role: str
    office: str
    region_code: str
    articles: int


@dataclass(frozen=True, slots=True)
class Text:
    """An article as it was read; `archived` is FILE:OFFSET or ""."""

    article_id: str
    title: str
    text: str
    published: str
    url: str
    outlet: str
    fetched_at: str
    archived: str
    removed_at: str


@dataclass(frozen=True, slots=True)
class Seen:
    """Articles of one outlet in the data."""

    source_id: str
    outlet: str
    count: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Looked:
    """When a source was looked at."""

    source_id: str
    days: int
    first: str
    last: str
    last_success: str
    fetched: int
    failed: int


@dataclass(frozen=True, slots=True)
class Copy:
    """Another directive of the same cluster."""

    directive_id: str
    outlet: str
    title: str
    published: str


def official(connection: sqlite3.Connection, id: str) -> Official | None:
    """A person by id."""
    sql = "SELECT official_id, name, role, office, region_code, articles FROM officials WHERE official_id = ?"
    row = connection.execute(sql, (id,)).fetchone()
    return Official(*row) if row else None


def text(connection: sqlite3.Connection, article_id: str) -> Text | None:
    """An article by id."""
    sql = (
        "SELECT article_id, title, text, coalesce(published, ''), url, outlet, coalesce(fetched_at, ''), archived,"
        " coalesce(removed_at, '') FROM articles WHERE article_id = ?"
    )
    row = connection.execute(sql, (article_id,)).fetchone()
    return Text(*row) if row else None


def copies(connection: sqlite3.Connection, directive_id: str) -> tuple[Copy, ...]:
    """The other directives of its cluster, oldest first."""
    row = connection.execute("SELECT id FROM directives WHERE directive_id = ?", (directive_id,)).fetchone()
    if row is None:
        return ()
    _, all_rows = columns.of(connection)
    place = int(all_rows.place_of[row[0]])
    if not all_rows.shared[place]:
        return ()
    places = np.flatnonzero(all_rows.cluster == all_rows.cluster[place])[: MOST + 1]
    ids = json.dumps([int(id_) for id_ in all_rows.ids[places] if id_ != row[0]])
    sql = (
        "SELECT directive_id, outlet, title, coalesce(published, '') FROM directives"
        " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY coalesce(published, ''), directive_id"
    )
    return tuple(Copy(*found) for found in connection.execute(sql, (ids,)))


def seen(connection: sqlite3.Connection, region: str) -> tuple[Seen, ...]:
    """Articles from a region's outlets (its regencies and cities included), by outlet."""
    sql = (
        "SELECT source_id, outlet, count(*), coalesce(min(published), ''), coalesce(max(published), '') FROM articles"
        " WHERE region_code = ? OR region_code BETWEEN ? AND ? GROUP BY source_id, outlet ORDER BY count(*) DESC LIMIT ?"
    )
    return tuple(Seen(*row) for row in connection.execute(sql, (region, f"{region}.", f"{region}.\uffff", MOST)))


def looked(connection: sqlite3.Connection, sources: Sequence[str]) -> tuple[Looked, ...]:
    """When these sources were looked at."""
    sql = (
        "SELECT source_id, count(*), min(day), max(day), coalesce(max(last_success), ''), coalesce(sum(fetched), 0),"
        " coalesce(sum(failed), 0) FROM coverage WHERE source_id = ? GROUP BY source_id"
    )
    rows = (connection.execute(sql, (source,)).fetchone() for source in sorted(set(filter(None, sources)))[:MOST])
    return tuple(Looked(*row) for row in rows if row)


def corrections(connection: sqlite3.Connection) -> int:
    """How many changes from reports are in this index."""
    return int(connection.execute("SELECT count(*) FROM corrections").fetchone()[0])


def total(connection: sqlite3.Connection) -> int:
    """How many directives the index holds."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'directives'").fetchone()
    return int(row[0]) if row else 0


def articles_from_files(connection: sqlite3.Connection) -> bool:
    """Whether nothing in the index was scraped."""
    return connection.execute("SELECT 1 FROM coverage LIMIT 1").fetchone() is None
