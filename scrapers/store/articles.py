"""Articles and their revisions in the state. Every function works inside the caller's transaction."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlsplit

from scrapers.store.identity import article_id, content_hash, day_of, iso, normalised, one_line, stored_day
from scrapers.store.similar import jaccard, shingles
from scrapers.text.urls import page_key
from scrapers.types import Response, Scraped, Source

SAME_ARTICLE = 0.5  # least similarity of two addresses that name the same canonical URL


class Change(StrEnum):
    """What a reading of an article did to the state."""

    NEW = "new"
    EDITED = "edited"  # another revision
    BACK = "back"  # was marked as removed
    SAME = "same"


class Reading(NamedTuple):
    """Where an article was read: the address as the listing named it, the listing's version, the response, the crawl."""

    address: str
    version: str
    response: Response
    crawl: int


class Known(NamedTuple):
    """What the state knows of an address. `crawl`: the one that read this version."""

    article_id: str
    version: str
    crawl: int
    removed: bool
    checked_at: dt.datetime
    published: dt.date | None


def known(db: sqlite3.Connection, source_id: str, url: str) -> Known | None:
    """The article that a source names by `url`, whatever its spelling."""
    row = db.execute(
        "SELECT a.id, d.version, d.crawl, a.removed_at, a.checked_at, r.published FROM address d"
        " JOIN article a ON a.id = d.article_id JOIN revision r ON r.article_id = a.id AND r.number = a.revisions"
        " WHERE d.source_id = ? AND d.key = ?",
        (source_id, page_key(url)),
    ).fetchone()
    if row is None:
        return None
    return Known(row[0], row[1], row[2], row[3] is not None, dt.datetime.fromisoformat(row[4]), stored_day(row[5]))


def record(db: sqlite3.Connection, source: Source, scraped: Scraped, reading: Reading) -> Change:
    """Keep what a source shows of an article now: the first revision, another one, or only that it was looked at.

    A change of title, text or day makes a revision. Another address of the same article (AMP, ?page=all) makes none: only
    the canonical one and the one that gave the newest revision do.
    """
    text, asked = normalised(scraped.text), page_key(reading.address)
    url = _canonical(db, source, scraped, reading.address, text)
    id = _article_at(db, source, (page_key(url), asked), text) or article_id(source, url)
    when = iso(reading.response.fetched_at)
    row = db.execute("SELECT via, revisions, removed_at FROM article WHERE id = ?", (id,)).fetchone()
    change = Change.SAME
    if row is None:
        change = Change.NEW
        columns = "(id, source_id, url, via, revisions, checked_at)"
        db.execute(f"INSERT INTO article {columns} VALUES (?, ?, ?, ?, 1, ?)", (id, source.id, url, asked, when))
        _add_revision(db, id, 1, url, scraped, text, reading.response)
    elif asked in (row["via"], page_key(url)) and _differs(db, id, row["revisions"], scraped, text):
        change = Change.EDITED
        _add_revision(db, id, row["revisions"] + 1, url, scraped, text, reading.response)
        db.execute("UPDATE article SET via = ?, revisions = revisions + 1 WHERE id = ?", (asked, id))
    elif row["removed_at"] is not None:
        change = Change.BACK
    db.execute("UPDATE article SET url = ?, checked_at = ?, removed_at = NULL, asked = 0 WHERE id = ?", (url, when, id))
    _add_addresses(db, source.id, id, (page_key(url), asked), reading, change)
    return change


def mark_removed(db: sqlite3.Connection, source_id: str, url: str, when: dt.datetime) -> bool:
    """The article's page is gone: 404 or 410. Whether that is news."""
    changed = db.execute(
        "UPDATE article SET removed_at = ?, checked_at = ? WHERE removed_at IS NULL AND id ="
        " (SELECT article_id FROM address WHERE source_id = ? AND key = ?)",
        (iso(when), iso(when), source_id, page_key(url)),
    )
    return changed.rowcount > 0


def unnamed(db: sqlite3.Connection, source_id: str, named: set[str]) -> list[tuple[str, str]]:
    """(id, URL) of known articles that are not marked as removed, have no address among the keys `named`, and were not asked
    for since a listing named them last."""
    rows = db.execute(
        "SELECT a.id, a.url, a.asked, d.key FROM article a JOIN address d ON d.article_id = a.id"
        " WHERE a.source_id = ? AND a.removed_at IS NULL ORDER BY a.id",
        (source_id,),
    ).fetchall()
    found = {row["id"] for row in rows if row["key"] in named}
    db.executemany("UPDATE article SET asked = 0 WHERE id = ? AND asked = 1", [(id,) for id in sorted(found)])
    return list(dict.fromkeys((row["id"], row["url"]) for row in rows if row["id"] not in found and not row["asked"]))


def mark_asked(db: sqlite3.Connection, id: str) -> None:
    """Listings lack the article, but its page is there: it is not asked for again."""
    db.execute("UPDATE article SET asked = 1 WHERE id = ?", (id,))


def _canonical(db: sqlite3.Connection, source: Source, scraped: Scraped, address: str, text: str) -> str:
    """The article's own URL; the address itself where the page's canonical URL cannot be right: a site's front page, or the
    URL of an article with a quite different text."""
    url = scraped.url or address
    if page_key(url) == page_key(address):
        return url
    if urlsplit(url).path in {"", "/"} and not urlsplit(url).query:
        return address
    row = _newest(db, source.id, page_key(url))
    if row is None or row["via"] == page_key(address) or _alike(row["text"], text):
        return url
    return address


def _article_at(db: sqlite3.Connection, source: Source, keys: tuple[str, str], text: str) -> str:
    """The id of the article at its own address, else of the one that had the asked address before the site moved it."""
    own, asked = (_newest(db, source.id, key) for key in keys)
    if own:
        return str(own["id"])
    return str(asked["id"]) if asked and _alike(asked["text"], text) else ""


def _newest(db: sqlite3.Connection, source_id: str, key: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = db.execute(
        "SELECT a.id, a.via, r.text FROM address d JOIN article a ON a.id = d.article_id"
        " JOIN revision r ON r.article_id = a.id AND r.number = a.revisions WHERE d.source_id = ? AND d.key = ?",
        (source_id, key),
    ).fetchone()
    return row


def _alike(one: str, other: str) -> bool:
    return one == other or jaccard(shingles(one), shingles(other)) >= SAME_ARTICLE


def _differs(db: sqlite3.Connection, id: str, number: int, scraped: Scraped, text: str) -> bool:
    row = db.execute("SELECT title, text, published FROM revision WHERE article_id = ? AND number = ?", (id, number)).fetchone()
    return (row["title"], row["text"], stored_day(row["published"])) != (
        one_line(scraped.title),
        text,
        day_of(scraped.published),
    )


def _add_revision(
    db: sqlite3.Connection, id: str, number: int, url: str, scraped: Scraped, text: str, response: Response
) -> None:
    ref = response.ref or ("", -1)
    categories, captions = (json.dumps([one_line(v) for v in values]) for values in (scraped.categories, scraped.captions))
    values = (
        *(id, number, url, one_line(scraped.title), text, iso(scraped.published), iso(scraped.modified)),
        *(one_line(scraped.author), categories, captions, scraped.language, content_hash(text)),
        *(iso(response.fetched_at), *ref),
    )
    db.execute(f"INSERT INTO revision VALUES ({', '.join('?' * len(values))})", values)


def _add_addresses(
    db: sqlite3.Connection, source_id: str, id: str, keys: tuple[str, str], reading: Reading, change: Change
) -> None:
    """The article's own address and the one that it was named by. A reading that found nothing new leaves `crawl` as it is."""
    own, asked = keys
    db.execute("INSERT OR IGNORE INTO address VALUES (?, ?, ?, '', ?)", (source_id, own, id, reading.crawl))
    same = change is Change.SAME and reading.version == ""
    db.execute(
        "INSERT INTO address VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET article_id = excluded.article_id,"
        " crawl = CASE WHEN ? OR (? AND version = excluded.version) THEN crawl ELSE excluded.crawl END,"
        " version = CASE excluded.version WHEN '' THEN version ELSE excluded.version END",
        (source_id, asked, id, reading.version, reading.crawl, same, change is Change.SAME),
    )
