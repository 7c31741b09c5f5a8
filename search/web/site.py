"""The site: a Datasette over the index, with our pages in front of its own."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from datasette.app import Datasette
from datasette.database import Database

from search.embed import Embedder
from search.errors import IndexMissing
from search.sqlite import check_format, index_path
from search.web import plugin
from search.web.guard import App, Guard
from search.web.limits import RateLimit

T = TypeVar("T")
TEMPLATES = Path(__file__).with_name("templates")
SQL_THREADS, WAITING, KEPT_OPEN = 3, 64, 2
SETTINGS: dict[str, Any] = {
    "num_sql_threads": SQL_THREADS,
    "sql_time_limit_ms": 1_000,
    "max_returned_rows": 1_000,
    "default_page_size": 50,
    "allow_download": False,
    "suggest_facets": False,
}


class Busy(Exception):
    """Too many requests are waiting."""


@dataclass
class Site:
    """Where the data is, and what the pages may do. `public_url` goes before links in feeds and citations ("": as asked)."""

    output: Path
    public_url: str = ""
    embedder: Embedder | None = None
    tables: bool = False
    time_limit_s: float = 2.0
    today: Callable[[], dt.date] = dt.date.today
    reports: RateLimit = field(default_factory=lambda: RateLimit(5, 100, 600.0))
    datasette: Datasette = field(init=False)
    _served: list[Database] = field(init=False, default_factory=list)
    _version: tuple[int, int] = field(init=False, default=(0, 0))
    _waiting: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        plugin.register()
        settings = SETTINGS | {"default_allow_sql": self.tables}
        self.datasette = Datasette([], settings=settings, template_dir=str(TEMPLATES), memory=False)
        self.datasette.remove_database("_memory")
        self.datasette.arahan_site = self
        self._open()

    def application(self) -> App:
        """The ASGI application."""
        return Guard(self.datasette.app(), tables=self.tables)

    def close(self) -> None:
        """Close the connections; the site answers no more."""
        for database in self._served:
            database.close()
        self.datasette.executor.shutdown()

    async def ask(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """Run something on a read-only connection, in one of a few threads. Raises Busy, IndexMissing."""
        if self._waiting >= WAITING:
            raise Busy
        self._waiting += 1
        try:
            if self._stamp() != self._version:
                self._open()
            found: T = await self._served[-1].execute_fn(function)
            return found
        finally:
            self._waiting -= 1

    def _open(self) -> None:
        """Serve the index that lies there now; the one before stays open for those who still read it, older ones do not."""
        version = self._stamp()
        if version == (0, 0):
            raise IndexMissing(f"{index_path(self.output)} is missing; make it with: arahan index {self.output}")
        database = Database(self.datasette, path=str(index_path(self.output)), is_mutable=True)
        with closing(database.connect()) as connection:
            check_format(connection)
        for name in [name for name in self.datasette.databases if name.startswith("search")]:
            self.datasette.remove_database(name)
        self._served.append(self.datasette.add_database(database, name=f"search-{version[1]}", route="search"))
        self._version = version
        while len(self._served) > KEPT_OPEN:
            self._served.pop(0).close()

    def _stamp(self) -> tuple[int, int]:
        try:
            status = index_path(self.output).stat()
        except OSError:
            return 0, 0
        return status.st_ino, status.st_mtime_ns
