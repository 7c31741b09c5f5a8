"""A run of the scrapers: many sources, one worker a host, everything in OUTPUT. Goes on from where a killed run stopped."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

import structlog
from rich.console import Console

from arahan.errors import ArahanError
from arahan.lock import exclusive
from scrapers.bounds import Bounds
from scrapers.crawl import Crawl
from scrapers.fetch.archive import Archive
from scrapers.fetch.client import HttpFetcher
from scrapers.fetch.settings import FetchSettings
from scrapers.platforms import PLATFORMS, UnknownPlatform
from scrapers.progress import Watcher, progress
from scrapers.reparse import reparse
from scrapers.sources.eras import platform_of
from scrapers.store.publish import Place, refuse_foreign
from scrapers.store.state import FILE, State
from scrapers.types import Fetcher, Outcome, Platform, Source
from scrapers.visits import GiveUp, Problem, Tally

log = structlog.get_logger()
MAX_WORKERS = 64
PATIENCE_S = 15.0  # how long a stopped run waits for answers that are under way


@dataclass(frozen=True, slots=True)
class Scraped:
    """What each source gave, the rows of the tables, and whether the run was stopped before its end."""

    tallies: tuple[Tally, ...]
    rows: Mapping[str, int]
    stopped: bool = False

    @property
    def problems(self) -> list[Problem]:
        """Everything that went wrong, by source."""
        return [problem for tally in self.tallies for problem in tally.problems]


def scrape(
    output: Path,
    sources: Sequence[Source],
    settings: FetchSettings,
    *,
    bounds: Bounds | None = None,
    platforms: Mapping[str, Platform] = PLATFORMS,
    console: Console | None = None,
) -> Scraped:
    """Fetch what is new of `sources` into `output`.

    Ctrl-C ends it early and is no error: what was fetched is in the tables. Raises ArahanError (wrong use, OUTPUT in use) and
    OSError; a source that fails stops nothing and is in the result.
    """
    _check(sources, platforms)
    with _opened(output) as (state, place), Archive(output / "archive") as archive:
        crew = _Crew(sources, platforms, bounds or Bounds())
        with HttpFetcher(archive, state, settings, sleep=crew.pause) as fetcher:
            crew.work(fetcher, state, console or Console(stderr=True))
        with state.transaction() as db:
            rows = place.publish(db)
    return Scraped(tuple(crew.tallies), rows, crew.stop.is_set())


def rebuild(output: Path, sources: Sequence[Source], *, platforms: Mapping[str, Platform] = PLATFORMS) -> Scraped:
    """Build the articles of `sources` again from OUTPUT's archive, without network."""
    _check(sources, platforms)
    with _opened(output) as (state, place):
        known = {source.id: source for source in sources}
        tallies = reparse(state, Archive(output / "archive").responses(), known, platforms)
        with state.transaction() as db:
            rows = place.publish(db)
    return Scraped(tuple(tallies), rows)


def _check(sources: Sequence[Source], platforms: Mapping[str, Platform]) -> None:
    for source in sources:
        if source.platform not in platforms:
            raise UnknownPlatform(source.platform)


@contextmanager
def _opened(output: Path) -> Iterator[tuple[State, Place]]:
    """OUTPUT for this process alone, with what a killed run left undone put right."""
    refuse_foreign(output)
    with exclusive(output) as private:
        place = Place(output, private)
        place.recover()
        with State(output / FILE) as state:
            yield state, place


class _Crew:
    """Workers for the hosts of some sources."""

    def __init__(self, sources: Sequence[Source], platforms: Mapping[str, Platform], bounds: Bounds) -> None:
        self.platforms, self.bounds = platforms, bounds
        self.stop, self.tallies, self.watcher = threading.Event(), list[Tally](), Watcher()
        self.fatal: BaseException | None = None
        self.hosts: dict[str, list[Source]] = {}
        for source in sources:
            self.hosts.setdefault(urlsplit(source.url).netloc, []).append(source)

    def pause(self, seconds: float) -> None:
        """Wait between two requests, but not when the run is to stop."""
        if self.stop.wait(seconds):
            raise GiveUp

    def work(self, fetcher: Fetcher, state: State, console: Console) -> None:
        """Crawl all sources. Raises what broke the state or the disk."""
        queue = SimpleQueue[tuple[str, list[Source]]]()
        for item in self.hosts.items():
            queue.put(item)
        target = partial(self._worker, queue, fetcher, state)
        workers = [threading.Thread(target=target, daemon=True) for _ in range(min(len(self.hosts), MAX_WORKERS))]
        try:
            with progress(console, self.watcher, len(self.hosts)):
                for worker in workers:
                    worker.start()
                _wait(workers)
        except KeyboardInterrupt:
            self.stop.set()
            console.print("stopping; what was fetched is kept", highlight=False)
            _wait(workers, PATIENCE_S)
        self.tallies.sort(key=lambda tally: tally.source.id)
        if self.fatal:
            raise self.fatal

    def _worker(self, queue: SimpleQueue[tuple[str, list[Source]]], fetcher: Fetcher, state: State) -> None:
        while not self.stop.is_set():
            try:
                host, sources = queue.get_nowait()
            except Empty:
                return
            for source in sources:
                self.watcher.begins(host, source)
                self._source(host, source, fetcher, state)
            self.watcher.ends(host)

    def _source(self, host: str, source: Source, fetcher: Fetcher, state: State) -> None:
        """Crawl one source. A fault of its platform ends this source only, one of the state or the disk ends the run."""
        crawl = Crawl(
            source,
            platform_of(source, self.platforms),
            fetcher,
            state,
            bounds=self.bounds,
            watch=lambda _, outcome: self.watcher.watch(host, outcome),
            stop=self.stop,
        )
        try:
            crawl.run()
        except Exception as error:
            log.debug("source failed", source=source.id, exc_info=True)
            crawl.visits.problem(source.url, Outcome.MALFORMED, f"{type(error).__name__}: {error}"[:200])
            if _is_fatal(error):
                self.fatal = self.fatal or error
                self.stop.set()
        self.tallies.append(crawl.visits.tally)


def _is_fatal(error: Exception) -> bool:
    """Whether nothing can be kept any more: the disk, the state."""
    return isinstance(error, (OSError, sqlite3.Error, ArahanError))


def _wait(workers: Sequence[threading.Thread], seconds: float | None = None) -> None:
    """Wait for the workers, `seconds` for each at most; in small steps, so that Ctrl-C is heard."""
    until = None if seconds is None else time.monotonic() + seconds
    for worker in workers:
        while worker.is_alive() and (until is None or time.monotonic() < until):
            worker.join(0.2)
