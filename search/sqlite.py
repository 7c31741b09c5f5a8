"""Connections to an index: read-only for readers."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.errors import IndexMissing, QueryTooSlow

INDEX = "search.sqlite"
FORMAT = "2"
STEPS = 200
MAPPED_BYTES = 4 << 30


def index_path(output: Path) -> Path:
    """Where the index of a dataset is."""
    return output / INDEX


def open_index(output: Path) -> sqlite3.Connection:
    """A read-only connection to OUTPUT's index (or to an index file), usable from one thread at a time."""
    path = output if output.is_file() else index_path(output)
    if not path.exists():
        raise IndexMissing(f"{path} is missing; make it with: arahan index {output}")
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    prepare(connection)
    check_format(connection)
    return connection


def prepare(connection: sqlite3.Connection) -> None:
    """Let a connection read the file through the kernel's cache, so that many connections share it."""
    connection.execute(f"PRAGMA mmap_size={MAPPED_BYTES}")


def check_format(connection: sqlite3.Connection) -> None:
    """Raise IndexMissing when the file is no index of this version."""
    try:
        found = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    except Exception as error:  # Datasette may bring a driver of its own, with its own errors
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
    except Exception as error:
        if "interrupted" in str(error):
            raise QueryTooSlow(limit_s) from error
        raise
    finally:
        connection.set_progress_handler(None, 0)
