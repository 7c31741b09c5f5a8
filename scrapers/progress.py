"""What a scrape is doing: a table of hosts on a terminal, plain lines elsewhere. Safe to tell from several threads."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.live import Live
from rich.table import Table

from scrapers.store.ledger import ABSENT, SUCCESSES
from scrapers.types import Outcome, Source

LINE_EVERY_S = 10.0
MAX_HOSTS = 30


@dataclass(slots=True)
class Host:
    """What was asked of one host so far. `at` is the source being crawled, "" when all are done."""

    name: str
    begun_s: float
    last_s: float
    at: str = ""
    counts: Counter[str] = field(default_factory=Counter)

    def figures(self) -> tuple[int, int, int, int, float]:
        """Requests, fetched, unchanged, failed, requests a minute."""
        requests, unchanged = self.counts.total(), self.counts[Outcome.UNCHANGED]
        fetched = self.counts[Outcome.FETCHED] + self.counts[ABSENT]
        return requests, fetched, unchanged, requests - fetched - unchanged, 60 * requests / max(1.0, self.last_s - self.begun_s)

    def errors(self) -> str:
        """`2 timeout, 1 gone`."""
        failed = (item for item in self.counts.most_common() if item[0] not in SUCCESSES and item[0] != ABSENT)
        return ", ".join(f"{count} {name}" for name, count in failed)


class Watcher:
    """Counts by host; `watch` is told of every request, `begins` and `ends` of every source."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self.hosts: dict[str, Host] = {}

    def begins(self, host: str, source: Source) -> None:
        """A worker turns to a source."""
        with self._lock:
            now = self._clock()
            self.hosts.setdefault(host, Host(host, now, now)).at = source.id

    def watch(self, host: str, outcome: str) -> None:
        """A request to a source of the host has ended."""
        with self._lock:
            self.hosts[host].counts[outcome] += 1
            self.hosts[host].last_s = self._clock()

    def ends(self, host: str) -> None:
        """All sources of the host are done."""
        with self._lock:
            self.hosts[host].at = ""

    def seen(self) -> list[Host]:
        """All hosts, those at work first, then those with most requests."""
        with self._lock:
            return sorted(self.hosts.values(), key=lambda host: (not host.at, -host.counts.total(), host.name))


def table(watcher: Watcher, total: int) -> Table:
    """The table of hosts."""
    hosts = watcher.seen()
    done = sum(not host.at for host in hosts)
    shown = Table(title=f"{done} of {total} hosts done", title_justify="left", box=None, pad_edge=False)
    for name in ("host", "source", "requests", "fetched", "unchanged", "failed", "a minute", "failures"):
        shown.add_column(name, justify="left" if name in {"host", "source", "failures"} else "right", no_wrap=True)
    for host in hosts[:MAX_HOSTS]:
        *counts, rate = host.figures()
        shown.add_row(host.name, host.at or "done", *map(str, counts), f"{rate:.0f}", host.errors())
    if len(hosts) > MAX_HOSTS:
        shown.caption = f"and {len(hosts) - MAX_HOSTS} more"
    return shown


def line(watcher: Watcher, total: int) -> str:
    """The same in a line: `3 of 12 hosts done, 240 requests: 200 fetched, 38 unchanged, 2 failed (2 timeout)`."""
    hosts = watcher.seen()
    sums = Host("", 0, 0, counts=sum((host.counts for host in hosts), Counter()))
    requests, fetched, unchanged, failed, _ = sums.figures()
    errors = f" ({sums.errors()})" if failed else ""
    done = sum(not host.at for host in hosts)
    return f"{done} of {total} hosts done, {requests} requests: {fetched} fetched, {unchanged} unchanged, {failed} failed{errors}"


@contextmanager
def progress(console: Console, watcher: Watcher, total: int) -> Iterator[None]:
    """Shows how far the run is while the block lasts."""
    if console.is_terminal:
        with Live(get_renderable=lambda: table(watcher, total), console=console, refresh_per_second=2):
            yield
        return
    over = threading.Event()

    def lines() -> None:
        while not over.wait(LINE_EVERY_S):
            console.print(line(watcher, total), highlight=False, soft_wrap=True)

    thread = threading.Thread(target=lines, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        console.print(line(watcher, total), highlight=False, soft_wrap=True)
