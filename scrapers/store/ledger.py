"""What was looked at: counts by source and day, articles that could not be read, crawls begun and finished."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from scrapers.store.identity import iso
from scrapers.text.urls import page_key
from scrapers.types import Outcome, Source

SUCCESSES = frozenset({Outcome.FETCHED, Outcome.UNCHANGED})
UNREADABLE = frozenset({Outcome.MALFORMED, Outcome.NO_TEXT, Outcome.GONE, Outcome.TOO_LARGE, Outcome.ADDRESS})
"""Outcomes that asking again soon will not change."""
RETRY_AFTER = dt.timedelta(days=7)
MAX_ATTEMPTS = 3  # as often a run may follow a run at once; then RETRY_AFTER holds for every outcome
ABSENT = "absent"  # what might not be there is not: the next page of a list, an article that listings lack; no failure
LISTINGS, FOUND, NEW, EDITED, REMOVED = "listings", "found", "new", "edited", "removed"
COUNTERS = (LISTINGS, FOUND, NEW, EDITED, REMOVED)
"""Names of the ledger beside outcomes: listings read, articles named in them, what became of the articles."""


class Begun(NamedTuple):
    """A crawl of a source: its number, the last one that walked everything (0: none), how far back that reached ("" all) and
    when it began."""

    crawl: int
    done: int
    done_since: str
    done_at: dt.datetime | None


class Pending(NamedTuple):
    """An article that was named and could not be read."""

    url: str
    version: str
    outcome: Outcome
    attempts: int
    tried_at: dt.datetime

    def due(self, now: dt.datetime) -> bool:
        """Whether it is to be asked for again."""
        patient = self.outcome in UNREADABLE or self.attempts >= MAX_ATTEMPTS
        return not patient or now - self.tried_at >= RETRY_AFTER


def begin(db: sqlite3.Connection, source: Source) -> Begun:
    """Note that a crawl of the source begins, and what the source is called now."""
    note(db, source)
    db.execute("UPDATE source SET crawl = crawl + 1 WHERE id = ?", (source.id,))
    row = db.execute("SELECT crawl, done, done_since, done_at FROM source WHERE id = ?", (source.id,)).fetchone()
    return Begun(row[0], row[1], row[2], dt.datetime.fromisoformat(row[3]) if row[3] else None)


def note(db: sqlite3.Connection, source: Source) -> None:
    """Keep what articles say of their source."""
    db.execute(
        "INSERT INTO source (id, name, kind, region_code) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
        " name = excluded.name, kind = excluded.kind, region_code = excluded.region_code",
        (source.id, source.name, source.kind, source.region_code),
    )


def finish(db: sqlite3.Connection, source_id: str, crawl: int, since: str, began: dt.datetime) -> None:
    """The crawl, begun at `began`, walked everything back to `since` ("" all)."""
    values = (crawl, since, iso(began), source_id)
    db.execute("UPDATE source SET done = ?, done_since = ?, done_at = ? WHERE id = ?", values)


def count(db: sqlite3.Connection, source_id: str, when: dt.datetime, counts: Mapping[str, int]) -> None:
    """Add to the counts of the source's day (UTC)."""
    day = when.date().isoformat()
    for name, number in counts.items():
        if number:
            db.execute(
                "INSERT INTO ledger VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
                (source_id, day, str(name), number),
            )
    if any(name in SUCCESSES for name in counts):
        db.execute("INSERT OR REPLACE INTO success VALUES (?, ?, ?)", (source_id, day, iso(when)))


def postpone(db: sqlite3.Connection, source_id: str, address: tuple[str, str], outcome: Outcome, when: dt.datetime) -> None:
    """An article at `address` (URL, version) could not be read; a later run tries again."""
    url, version = address
    db.execute(
        "INSERT INTO pending VALUES (?, ?, ?, ?, ?, 1, ?) ON CONFLICT DO UPDATE SET url = excluded.url,"
        " attempts = CASE version WHEN excluded.version THEN attempts + 1 ELSE 1 END, version = excluded.version,"
        " outcome = excluded.outcome, tried_at = excluded.tried_at",
        (source_id, page_key(url), url, version, str(outcome), iso(when)),
    )


def settle(db: sqlite3.Connection, source_id: str, url: str) -> None:
    """The article could be read."""
    for table in ("pending", "passed"):
        db.execute(f"DELETE FROM {table} WHERE source_id = ? AND key = ?", (source_id, page_key(url)))


def pass_over(db: sqlite3.Connection, source_id: str, url: str) -> None:
    """A listing held the article, but the run was told to leave it out; reading the archive again must do the same."""
    db.execute("INSERT OR IGNORE INTO passed VALUES (?, ?)", (source_id, page_key(url)))


def passed(db: sqlite3.Connection, source_id: str) -> set[str]:
    """Keys of the articles that were passed over and never read."""
    return {row[0] for row in db.execute("SELECT key FROM passed WHERE source_id = ?", (source_id,))}


def pending(db: sqlite3.Connection, source_id: str) -> dict[str, Pending]:
    """What could not be read, by the key of its address."""
    rows = db.execute("SELECT * FROM pending WHERE source_id = ? ORDER BY key", (source_id,))
    return {
        row["key"]: Pending(
            row["url"],
            row["version"],
            Outcome(row["outcome"]),
            row["attempts"],
            dt.datetime.fromisoformat(row["tried_at"]),
        )
        for row in rows
    }
