"""Put rows into the index, take rows out of it: only what changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from search import dataset, rows
from search.rows import Row

_COLUMNS = ("id", *rows.DIRECTIVE)
_PUT = f"INSERT INTO directives ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_PUT_STEMS = f"INSERT INTO stems (rowid, {', '.join(rows.STEMS)}) VALUES (?, ?, ?, ?, ?, ?)"
_CUT_STEMS = f"INSERT INTO stems (stems, rowid, {', '.join(rows.STEMS)}) VALUES ('delete', ?, ?, ?, ?, ?, ?)"
_PUT_ARTICLE = f"INSERT OR REPLACE INTO articles VALUES ({', '.join('?' * len(rows.ARTICLE))})"
_STEMMED = ("evidence", "action", "addressees", "issuer_name", "issuer_role", "region_name", "title")
_OLD = f"SELECT {', '.join(_STEMMED)} FROM directives WHERE id = ?"


class Directives:
    """The table `directives`, its stems and its texts. Rows that were not put again are old; drop_rest removes them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection, self.added, self.changed = connection, 0, 0
        known = connection.execute("SELECT directive_id, id, row_hash FROM directives")
        self._known = {directive: (id_, hash_) for directive, id_, hash_ in known}
        self._texts: dict[bytes, int] = dict(connection.execute("SELECT hash, id FROM texts").fetchall())
        self._last = max((id_ for id_, _ in self._known.values()), default=0)
        self._last_text = max(self._texts.values(), default=0)

    def put(self, batch: Sequence[Row]) -> None:
        """Bring these rows up to date."""
        fresh = [row for row in batch if self._is_fresh(row)]
        texts: list[tuple[int, bytes]] = []
        for row in fresh:
            self._last += 1
            row["id"], row["text_id"] = self._last, self._text(row, texts)
        self.connection.executemany("INSERT INTO texts (id, hash) VALUES (?, ?)", texts)
        self.connection.executemany(_PUT, (rows.values(row, _COLUMNS) for row in fresh))
        self.connection.executemany(_PUT_STEMS, ((row["id"], *rows.stems(row)) for row in fresh))

    def drop_rest(self) -> int:
        """Remove what was not put; returns how many."""
        for id_, _ in self._known.values():
            self._drop(id_)
        return len(self._known)

    def _is_fresh(self, row: Row) -> bool:
        row["row_hash"] = rows.directive_hash(row)
        id_, hash_ = self._known.pop(row["directive_id"], (0, b""))
        if hash_ == row["row_hash"]:
            return False
        self.changed += bool(id_)
        self.added += not id_
        if id_:
            self._drop(id_)
        return True

    def _text(self, row: Row, new: list[tuple[int, bytes]]) -> int:
        key = rows.text_hash(rows.meaning(row))
        if key not in self._texts:
            self._last_text += 1
            self._texts[key] = self._last_text
            new.append((self._last_text, key))
        return self._texts[key]

    def _drop(self, id_: int) -> None:
        """The full-text index keeps no text: it has to be told the stems that it is to forget."""
        old = dict(zip(_STEMMED, self.connection.execute(_OLD, (id_,)).fetchone(), strict=True))
        self.connection.execute(_CUT_STEMS, (id_, *rows.stems(old)))
        self.connection.execute("DELETE FROM directives WHERE id = ?", (id_,))


def put_articles(connection: sqlite3.Connection, output: Path) -> None:
    """Bring the articles that have directives up to date; others are not kept."""
    wanted = {article for (article,) in connection.execute("SELECT DISTINCT article_id FROM directives")}
    known = dict(connection.execute("SELECT article_id, row_hash FROM articles").fetchall())
    scrapes = dataset.scrapes(output)
    nothing = dataset.Scrape()
    for batch in dataset.articles(output):
        fresh = []
        for row in (row for row in batch if row["id"] in wanted):
            scrape = scrapes.get(row["id"], nothing)
            row["archived"], row["removed_at"] = scrape.archived, scrape.removed_at
            row["row_hash"] = rows.article_hash(row)
            if known.pop(row["id"], b"") != row["row_hash"]:
                fresh.append(rows.values(row, rows.ARTICLE))
        connection.executemany(_PUT_ARTICLE, fresh)
    connection.executemany("DELETE FROM articles WHERE article_id = ?", ((article,) for article in known))
