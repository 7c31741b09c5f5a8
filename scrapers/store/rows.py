"""Rows of the published tables out of the state."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping

from scrapers.store.clusters import Place
from scrapers.store.identity import stored_day, stored_moment
from scrapers.store.ledger import ABSENT, COUNTERS
from scrapers.types import Outcome

Row = dict[str, object]
FAILURES = tuple(outcome for outcome in Outcome if outcome not in (Outcome.FETCHED, Outcome.UNCHANGED))

_REVISIONS = (
    "SELECT r.*, a.source_id, a.removed_at, a.url AS own_url, s.name, s.region_code FROM revision r"
    " JOIN article a ON a.id = r.article_id JOIN source s ON s.id = a.source_id"
)


def years(db: sqlite3.Connection) -> list[int]:
    """The years that articles/ has a folder for: of publication, 0 for unknown."""
    rows = db.execute(
        "SELECT DISTINCT substr(r.published, 1, 4) FROM article a"
        " JOIN revision r ON r.article_id = a.id AND r.number = a.revisions"
    )
    return sorted(int(row[0] or 0) for row in rows) or [0]


def articles(db: sqlite3.Connection, year: int) -> Iterator[Row]:
    """The newest revision of each article of a year, in the columns of articles/."""
    wanted = f"{year:04}" if year else ""
    rows = db.execute(
        f"{_REVISIONS} WHERE r.number = a.revisions AND substr(r.published, 1, 4) = ? ORDER BY r.article_id", (wanted,)
    )
    for row in rows:
        yield {
            "id": row["article_id"],
            "title": row["title"],
            "text": row["text"],
            "published": stored_day(row["published"]),
            "event_date": None,
            "url": row["own_url"],
            "outlet": row["name"],
            "source_id": row["source_id"],
            "region_code": row["region_code"],
            "fetched_at": stored_moment(row["fetched_at"]),
            "content_hash": row["content_hash"],
            "language": row["language"],
        }


def revisions(db: sqlite3.Connection, places: Mapping[str, Place]) -> Iterator[Row]:
    """Every revision, in the order of the table."""
    same = ("article_id", "url", "title", "text", "author", "language", "source_id", "region_code", "content_hash")
    for row in db.execute(f"{_REVISIONS} ORDER BY r.article_id, r.number"):
        place = places[row["article_id"]]
        yield {name: row[name] for name in same} | {
            "revision": row["number"],
            "published": stored_day(row["published"]),
            "published_at": stored_moment(row["published"]),
            "modified_at": stored_moment(row["modified"]),
            "categories": json.loads(row["categories"]),
            "captions": json.loads(row["captions"]),
            "outlet": row["name"],
            "fetched_at": stored_moment(row["fetched_at"]),
            "warc_file": row["file"],
            "warc_offset": row["offset"],
            "removed_at": stored_moment(row["removed_at"] or ""),
            "cluster_id": place.cluster_id,
            "cluster_lead": place.lead,
        }


def coverage(db: sqlite3.Connection) -> Iterator[Row]:
    """A row for each source and day on which it was looked at."""
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for row in db.execute("SELECT source_id, day, name, count FROM ledger ORDER BY source_id, day, name"):
        counts[row["source_id"], row["day"]][row["name"]] = row["count"]
    successes = {(row["source_id"], row["day"]): row["at"] for row in db.execute("SELECT * FROM success")}
    last: dict[str, str] = {}
    for (source_id, day), found in counts.items():
        last[source_id] = successes.get((source_id, day), last.get(source_id, ""))
        yield _day(source_id, dt.date.fromisoformat(day), found) | {"last_success": stored_moment(last[source_id])}


def _day(source_id: str, day: dt.date, found: Mapping[str, int]) -> Row:
    failures = {outcome.value: found[outcome] for outcome in sorted(FAILURES) if outcome in found}
    return {
        "source_id": source_id,
        "day": day,
        "tried": sum(count for name, count in found.items() if name not in COUNTERS),
        "fetched": found.get(Outcome.FETCHED, 0) + found.get(ABSENT, 0),
        "unchanged": found.get(Outcome.UNCHANGED, 0),
        "failed": sum(failures.values()),
        "failures": list(failures.items()),
        **{name: found.get(name, 0) for name in COUNTERS},
    }
