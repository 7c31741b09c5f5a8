"""The state of the scrapers in one SQLite file: one connection, one writer at a time, every change a whole transaction."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from arahan.errors import StateUnreadable
from scrapers.types import ArchiveRef, Remembered

FILE = "scrape.sqlite"
SCHEMA = Path(__file__).with_name("schema.sql")
VERSION = 1


class State:
    """OUTPUT/scrape.sqlite. Threads share it: a block of `transaction` runs alone, whole or not at all.

    It is the `Memory` of the fetcher. Raises StateUnreadable when the file is no state, or one of another version.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.row_factory = sqlite3.Row
        try:
            self._open(path)
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise StateUnreadable(path, str(error)) from error
        except StateUnreadable:
            self._db.close()
            raise

    def _open(self, path: Path) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            self._db.executescript(f"BEGIN;\n{SCHEMA.read_text(encoding='utf-8')}\nPRAGMA user_version = {VERSION};\nCOMMIT;")
        elif version != VERSION:
            raise StateUnreadable(path, f"it is of version {version}, this program writes version {VERSION}")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Run the block alone; what it changed counts when it ends, and not at all when it raises."""
        with self._lock:
            if self._db.in_transaction:  # a block inside a block is part of it
                yield self._db
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def recall(self, url: str) -> Remembered | None:
        """What is known of the URL's last 200 response."""
        with self.transaction() as db:
            row = db.execute("SELECT etag, last_modified, file, offset FROM validator WHERE url = ?", (url,)).fetchone()
        return None if row is None else Remembered(row[0], row[1], ArchiveRef(row[2], row[3]))

    def remember(self, url: str, known: Remembered) -> None:
        """Keep it; called after the response is safely in the archive."""
        with self.transaction() as db:
            values = (url, known.etag, known.last_modified, *known.ref)
            db.execute("INSERT OR REPLACE INTO validator VALUES (?, ?, ?, ?, ?)", values)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def __enter__(self) -> State:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
