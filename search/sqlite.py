"""Connections to an index: read-only for readers, with sqlite-vec where this Python's SQLite can load it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from search.errors import ExtraMissing, IndexMissing, QueryTooSlow

if TYPE_CHECKING:
    driver = sqlite3
else:
    try:
        import pysqlite3.dbapi2 as driver  # its SQLite loads extensions; Datasette takes it too where it is installed
    except ImportError:
        driver = sqlite3

INDEX = "search.sqlite"
FORMAT = "1"
STEPS = 200


def index_path(output: Path) -> Path:
    """Where the index of a dataset is."""
    return output / INDEX


def open_index(output: Path) -> sqlite3.Connection:
    """A read-only connection to OUTPUT's index (or to an index file), usable from one thread at a time."""
    path = output if output.is_file() else index_path(output)
    if not path.exists():
        raise IndexMissing(f"{path} is missing; make it with: arahan index {output}")
    connection = driver.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    prepare(connection)
    check_format(connection)
    return connection


def prepare(connection: sqlite3.Connection) -> bool:
    """Load sqlite-vec into a connection; False where it or the loading of extensions is missing: then there are only stems."""
    try:
        import sqlite_vec  # type: ignore[import-untyped]

        connection.enable_load_extension(True)
        sqlite_vec.load(connection)
        connection.enable_load_extension(False)
    except (ImportError, AttributeError, driver.OperationalError):
        return False
    return True


def require_vectors(connection: sqlite3.Connection) -> None:
    """Like prepare, but raises ExtraMissing."""
    if not prepare(connection):
        raise ExtraMissing("sqlite-vec (or pysqlite3, where this Python's SQLite loads no extensions)")


def check_format(connection: sqlite3.Connection) -> None:
    """Raise IndexMissing when the file is no index of this version."""
    try:
        found = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    except driver.DatabaseError as error:
        raise IndexMissing(f"this is no index of `arahan index`: {error}") from error
    if found is None or found[0] != FORMAT:
        raise IndexMissing("the index is of another version; run `arahan index` again")


@contextmanager
def time_limit(connection: sqlite3.Connection, limit_s: float) -> Iterator[None]:
    """Stop what runs on the connection after `limit_s` seconds, with QueryTooSlow."""
    end = time.monotonic() + limit_s
    connection.set_progress_handler(lambda: int(time.monotonic() > end), STEPS)
    try:
        yield
    except driver.OperationalError as error:
        if "interrupted" in str(error):
            raise QueryTooSlow(limit_s) from error
        raise
    finally:
        connection.set_progress_handler(None, 0)
