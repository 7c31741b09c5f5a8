from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from scrapers.bounds import Bounds
from scrapers.crawl import Crawl
from scrapers.fetch.archive import Archive
from scrapers.reparse import reparse
from scrapers.store.publish import Place
from scrapers.store.state import FILE, State
from scrapers.types import Source
from scrapers.visits import Tally
from tests.scrapers.site import NOON, PLATFORMS, Direct, Site, source


@dataclass
class Bench:
    """One OUTPUT folder with a site of its own, crawled in this process."""

    output: Path
    state: State
    archive: Archive
    site: Site
    fetcher: Direct
    now: dt.datetime = NOON
    source: Source = field(default_factory=source)

    def crawl(self, **bounds: Any) -> Tally:  # noqa: ANN401
        crawl = Crawl(
            self.source, PLATFORMS["json-test"], self.fetcher, self.state, bounds=Bounds(**bounds), now=lambda: self.now
        )
        self.now += dt.timedelta(seconds=1)
        return crawl.run()

    def later(self, **time: int) -> None:
        self.now += dt.timedelta(**time)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with self.state.transaction() as db:
            return [tuple(row) for row in db.execute(query)]

    def articles(self) -> dict[str, str]:
        """Text by path, of the newest revisions."""
        query = "SELECT a.url, r.text FROM article a JOIN revision r ON r.article_id = a.id AND r.number = a.revisions"
        return {url.removeprefix(self.site.base): text for url, text in self.rows(f"{query} ORDER BY a.url")}

    def revisions(self) -> list[tuple[Any, ...]]:
        columns = "article_id, number, url, title, text, published, content_hash, fetched_at"
        return self.rows(f"SELECT {columns} FROM revision ORDER BY article_id, number")

    def removed(self) -> list[str]:
        return [url.removeprefix(self.site.base) for (url,) in self.rows("SELECT url FROM article WHERE removed_at IS NOT NULL")]

    def ledger(self) -> dict[str, int]:
        return dict(self.rows("SELECT name, sum(count) FROM ledger GROUP BY name"))

    def reparse(self) -> list[Tally]:
        return reparse(self.state, self.archive.responses(), {self.source.id: self.source}, PLATFORMS)

    def publish(self) -> dict[str, int]:
        (self.output / ".run").mkdir(exist_ok=True)
        with self.state.transaction() as db:
            return Place(self.output, self.output / ".run").publish(db)


@pytest.fixture
def bench_of(tmp_path: Path) -> Iterator[Callable[..., Bench]]:
    """Makes a Bench for a site in a folder of that name."""
    with ExitStack() as stack:

        def make(site: Site, name: str = "data", **of_source: Any) -> Bench:  # noqa: ANN401
            output = tmp_path / name
            output.mkdir(exist_ok=True)
            state = stack.enter_context(State(output / FILE))
            archive = stack.enter_context(Archive(output / "archive"))
            bench = Bench(output, state, archive, site, Direct(site, archive, state), source=source(base=site.base, **of_source))
            bench.fetcher.clock = lambda: bench.now
            return bench

        yield make
