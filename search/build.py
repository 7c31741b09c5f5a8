"""Build OUTPUT/search.sqlite from the dataset: only what changed, aside, put in place whole.

A reader goes on with the index that it opened; a build that is killed leaves the old one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from arahan.lock import exclusive
from search import arrays, columns, dataset, postings, reports, stem, vectors
from search.corrections import Corrections
from search.embed import Embedder
from search.officials import Offices
from search.put import Directives, put_articles
from search.sqlite import FORMAT, check_format, index_path

SCHEMA = Path(__file__).with_name("schema.sql")
SETTINGS = ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", "cache_size=-200000", "temp_store=MEMORY")
HASH_BYTES = 32 << 20
INDEXES = """
CREATE INDEX IF NOT EXISTS directives_by_cluster ON directives (cluster_id);
CREATE INDEX IF NOT EXISTS directives_by_article ON directives (article_id);
CREATE INDEX IF NOT EXISTS articles_by_region ON articles (region_code);
"""  # made last: filling a table goes faster without them
Say = Callable[[str, int, int], None]


@dataclass(slots=True)
class Built:
    """What a build did. `texts` distinct texts, of which `embedded` by this build and `silent` have no vector."""

    directives: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    corrected: int = 0
    texts: int = 0
    embedded: int = 0
    silent: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    size_mb: float = 0.0


def build(
    output: Path,
    embedder: Embedder | None = None,
    *,
    fresh: bool = False,
    most_texts: int | None = None,
    say: Say = lambda _what, _done, _all: None,
) -> Built:
    """Bring OUTPUT's index up to date. Without an embedder there is no meaning, only stems; `most_texts` bounds how many new
    texts are embedded; `fresh` starts anew; `say` is told (what, done, of how many). Raises DatasetMissing, OutputInUse.
    """
    dataset.check(output)
    with exclusive(output) as private:
        draft = private / "search.sqlite"
        draft.unlink(missing_ok=True)
        if not fresh and _usable(index_path(output), embedder):
            shutil.copyfile(index_path(output), draft)
        with closing(sqlite3.connect(draft)) as connection:
            job = _Build(connection, output, embedder, most_texts, say)
            job.run()
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        job.built.size_mb = draft.stat().st_size / 1e6
        draft.replace(index_path(output))
        reports.mark_applied(output, {entry[0] for entry in job.corrections.log})
    return job.built


def _usable(path: Path, embedder: Embedder | None) -> bool:
    """Whether an index can be gone on from: same format, same stemmer, same encoder."""
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            check_format(connection)
            meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    except Exception:  # whatever is wrong with it, a new one is made
        return False
    return meta.get("stemmer") == stem.VERSION and meta.get("encoder", "") == (embedder.name if embedder else "")


class _Build:
    def __init__(
        self, connection: sqlite3.Connection, output: Path, embedder: Embedder | None, most_texts: int | None, say: Say
    ) -> None:
        self.connection, self.output, self.embedder, self.most_texts, self.say = connection, output, embedder, most_texts, say
        self.built, self.corrections, self.new = Built(), Corrections(reports.decisions(output)), False

    def run(self) -> None:
        """All steps, each timed."""
        for setting in SETTINGS:
            self.connection.execute(f"PRAGMA {setting}")
        if not self.connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
            self.connection.executescript(SCHEMA.read_text(encoding="utf-8"))
            self.new = True
        self.connection.execute("INSERT INTO stems (stems, rank) VALUES ('hashsize', ?)", (HASH_BYTES,))
        for name, step in (
            ("directives", self._directives), ("articles", self._articles), ("officials", self._officials),
            ("meaning", self._meaning), ("words", self._words), ("columns", self._columns), ("finish", self._finish),
        ):  # fmt: skip
            start = time.monotonic()
            step()
            self.connection.commit()
            self.built.seconds[name] = round(time.monotonic() - start, 2)

    def _directives(self) -> None:
        table, done, of = Directives(self.connection), 0, dataset.count(self.output)
        for batch in dataset.directives(self.output):
            for row in batch:
                row["office"] = self._offices.get(row["article_id"], row["official_id"])
            corrected = map(self.corrections.applied, batch)
            table.put([row for row in corrected if row is not None])
            done += len(batch)
            self.say("directives", done, of)
        self.built.added, self.built.changed, self.built.removed = table.added, table.changed, table.drop_rest()
        self.built.corrected = len(self.corrections.log)
        self.connection.execute("DELETE FROM corrections")
        self.connection.executemany("INSERT INTO corrections VALUES (?, ?, ?, ?, ?, ?)", self.corrections.log)

    @cached_property
    def _offices(self) -> Offices:
        return Offices.of(self.output)

    def _articles(self) -> None:
        put_articles(self.connection, self.output)
        self.connection.execute("DELETE FROM coverage")
        self.connection.executemany(f"INSERT INTO coverage VALUES ({', '.join('?' * 12)})", dataset.coverage(self.output))

    def _officials(self) -> None:
        self.connection.execute("DELETE FROM officials")
        self.connection.executemany("INSERT INTO officials VALUES (?, ?, ?, ?, ?, ?)", self._offices.people())

    def _meaning(self) -> None:
        vectors.drop_unused(self.connection)
        if self.embedder is not None:
            self.built.embedded = vectors.fill(self.connection, self.embedder, self.most_texts, self.say)
        count = "SELECT count(*), count(*) - count(vector) FROM texts"
        self.built.texts, self.built.silent = self.connection.execute(count).fetchone()

    def _words(self) -> None:
        if self._fresh():
            self.connection.execute("INSERT INTO stems (stems) VALUES ('optimize')")

    def _columns(self) -> None:
        if self._fresh():
            arrays.write(self.connection)
            postings.write(self.connection, columns.load(self.connection).ids)

    def _fresh(self) -> bool:
        """Whether this build changed what is searched."""
        built = self.built
        return bool(built.added or built.changed or built.removed or built.embedded) or self.new

    def _finish(self) -> None:
        self.connection.executescript(INDEXES)
        about = f"{FORMAT} {stem.VERSION} {self.embedder and self.embedder.name} {self.built.silent}"
        state = hashlib.blake2b(about.encode(), digest_size=16)
        for table in ("directives", "articles"):
            for id_, hash_ in self.connection.execute(f"SELECT rowid, row_hash FROM {table} ORDER BY rowid"):
                state.update(id_.to_bytes(8, "big") + hash_)
        self.built.directives = self.connection.execute("SELECT count(*) FROM directives").fetchone()[0]
        meta = {
            "format": FORMAT, "stemmer": stem.VERSION, "encoder": self.embedder.name if self.embedder else "",
            "build": state.hexdigest(), "directives": str(self.built.directives),
        }  # fmt: skip
        self.connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())
        self.connection.execute("ANALYZE")
