"""Articles taken out of the state to be read again from the archive, and what the archive cannot tell put back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from scrapers.types import ArchiveRef

TABLES = ("address", "article", "revision")


def set_aside(db: sqlite3.Connection) -> None:
    """Make room for what is taken out."""
    for table in TABLES:
        db.execute(f"CREATE TEMP TABLE old_{table} AS SELECT * FROM {table} WHERE 0")


def forget(db: sqlite3.Connection, source_id: str) -> dict[str, str]:
    """Take a source's articles out; the version of each address as it was."""
    own = dict.fromkeys(TABLES, "source_id = ?")
    own["revision"] = "article_id IN (SELECT id FROM article WHERE source_id = ?)"
    for table in TABLES:
        db.execute(f"INSERT INTO old_{table} SELECT * FROM {table} WHERE {own[table]}", (source_id,))
    for table in reversed(TABLES):
        db.execute(f"DELETE FROM {table} WHERE {own[table]}", (source_id,))
    rows = db.execute("SELECT key, version FROM old_address WHERE source_id = ?", (source_id,))
    return {row["key"]: row["version"] for row in rows}


def restore(db: sqlite3.Connection, archived: Iterable[ArchiveRef]) -> None:
    """Put back which crawl read an address, when a page was last looked at and when it was found gone; and, whole, the articles
    of which a revision came from an answer that is not `archived` any more."""
    db.execute(
        "UPDATE address SET crawl = old.crawl, version = old.version FROM old_address AS old"
        " WHERE address.source_id = old.source_id AND address.key = old.key"
    )
    db.execute(
        "UPDATE article SET checked_at = old.checked_at, asked = old.asked,"
        " removed_at = CASE WHEN article.removed_at IS NULL THEN NULL ELSE coalesce(old.removed_at, article.removed_at) END"
        " FROM old_article AS old WHERE article.id = old.id"
    )
    db.execute("CREATE TEMP TABLE archived (file TEXT, offset INTEGER, PRIMARY KEY (file, offset)) WITHOUT ROWID")
    db.executemany("INSERT INTO archived VALUES (?, ?)", archived)
    lost = "(SELECT article_id FROM old_revision WHERE (file, offset) NOT IN (SELECT file, offset FROM archived))"
    for table, id in (("address", "article_id"), ("article", "id"), ("revision", "article_id")):
        db.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM old_{table} WHERE {id} IN {lost}")
    for table in (*(f"old_{table}" for table in TABLES), "archived"):
        db.execute(f"DROP TABLE {table}")
