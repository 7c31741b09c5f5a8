"""Republished texts: near-duplicates across outlets share a cluster.

Whether two articles belong together depends on the two alone (their MinHashes share a band, their exact similarity is high
enough, they are days apart at most), so adding articles one by one or all at once gives the same clusters.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from scrapers.store.identity import stored_day
from scrapers.store.similar import PERMUTATIONS, jaccard, min_hash, shingles, signature

BANDS, ROWS = 32, 4  # pairs of similarity 0.6 become candidates with probability 0.99, of 0.3 with 0.23
SAME_TEXT = 0.6
DAYS_APART = 10
OFFICIAL = "official"


class Member(NamedTuple):
    """What decides who leads a cluster."""

    id: str
    source_id: str
    kind: str
    published: str


class Place(NamedTuple):
    """An article's cluster, and whether it leads it."""

    cluster_id: str
    lead: bool


_NEWEST = (
    "SELECT a.id, a.source_id, s.kind, r.published, r.text, r.content_hash FROM article a"
    " JOIN revision r ON r.article_id = a.id AND r.number = a.revisions JOIN source s ON s.id = a.source_id"
)


def update(db: sqlite3.Connection) -> int:
    """Compare the articles whose text is new with all others; returns their number."""
    changed = db.execute(
        f"{_NEWEST} LEFT JOIN signature g ON g.article_id = a.id WHERE g.content_hash IS NOT r.content_hash ORDER BY a.id"
    ).fetchall()
    db.execute("DELETE FROM signature WHERE article_id NOT IN (SELECT id FROM article)")
    for row in changed:
        db.execute("DELETE FROM pair WHERE one = ? OR other = ?", (row["id"], row["id"]))
        values = (row["id"], row["content_hash"], signature(row["text"]))
        db.execute("INSERT OR REPLACE INTO signature VALUES (?, ?, ?)", values)
    if changed:
        db.executemany("INSERT OR IGNORE INTO pair VALUES (?, ?)", list(_pairs(db, changed)))
    return len(changed)


def places(db: sqlite3.Connection) -> Mapping[str, Place]:
    """Every article's cluster. A cluster is called after its first id; an article that nobody republished is its own."""
    members = {row["id"]: Member(row["id"], row["source_id"], row["kind"], row["published"]) for row in db.execute(_NEWEST)}
    joined = _components(db.execute("SELECT one, other FROM pair ORDER BY one, other").fetchall())
    groups: dict[str, list[Member]] = {}
    for id in sorted(members):
        groups.setdefault(joined.get(id, id), []).append(members[id])
    found: dict[str, Place] = {}
    for group in groups.values():
        leader = min(group, key=_rank)
        found |= {member.id: Place(group[0].id, member is leader) for member in group}
    return found


def _pairs(db: sqlite3.Connection, changed: Iterable[sqlite3.Row]) -> Iterator[tuple[str, str]]:
    from datasketch import MinHashLSH  # imports scipy, a second on every start

    index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, ROWS))
    for row in db.execute("SELECT article_id, minhash FROM signature"):
        index.insert(row["article_id"], min_hash(row["minhash"]))
    for row in changed:
        own, text = min_hash(signature(row["text"])), shingles(row["text"])
        for id in sorted(index.query(own)):
            other = db.execute(f"{_NEWEST} WHERE a.id = ?", (id,)).fetchone()
            if _comparable(row, other) and jaccard(text, shingles(other["text"])) >= SAME_TEXT:
                yield min(row["id"], id), max(row["id"], id)


def _comparable(one: sqlite3.Row, other: sqlite3.Row) -> bool:
    """Of two outlets, and not so far apart that a yearly text was written anew."""
    days = stored_day(one["published"]), stored_day(other["published"])
    near = None in days or abs((days[0] or dt.date.min) - (days[1] or dt.date.min)) <= dt.timedelta(days=DAYS_APART)
    return one["source_id"] != other["source_id"] and near


def _components(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For every article of a pair one article that stands for all it hangs together with."""
    parent: dict[str, str] = {}

    def root(id: str) -> str:
        while parent.setdefault(id, id) != id:
            parent[id] = parent[parent[id]]
            id = parent[id]
        return id

    for one, other in pairs:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    return {id: root(id) for id in list(parent)}


def _rank(member: Member) -> tuple[bool, bool, str, str]:
    """The official site first, then who was earliest; an unknown date comes last."""
    return member.kind != OFFICIAL, not member.published, _comparable_moment(member.published), member.id


def _comparable_moment(published: str) -> str:
    """Moments of different time zones in one; a mere day counts as its end, because a moment of that day is surer."""
    if len(published) <= len("2021-01-11"):
        return f"{published}T99"
    return dt.datetime.fromisoformat(published).astimezone(dt.UTC).isoformat()
