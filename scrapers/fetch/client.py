"""The fetcher: one request after the other, each hop checked, paced, archived, and its end named."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from types import TracebackType

import httpx

from arahan.errors import ArchiveUnreadable
from scrapers.fetch.address import Resolve, resolve
from scrapers.fetch.archive import Archive
from scrapers.fetch.conditional import conditions, worth_remembering
from scrapers.fetch.connect import CheckedTransport
from scrapers.fetch.exchange import Exchanger
from scrapers.fetch.pace import Pace, host_of
from scrapers.fetch.retry import Rest, persistent, refusal
from scrapers.fetch.robots import MAX_BYTES, MAX_REDIRECTS, RobotsCache
from scrapers.fetch.settings import FetchSettings
from scrapers.fetch.status import is_redirect
from scrapers.fetch.urls import joined, parsed
from scrapers.fetch.warc import Received
from scrapers.types import ArchiveRef, FetchFailed, Memory, Outcome, Remembered, Response, Source


@dataclass(frozen=True, slots=True)
class _Ask:
    """One hop on the way from `asked`."""

    asked: str
    hop: httpx.URL
    source: Source
    role: str
    pause_s: float
    conditional: bool = True

    @property
    def first_bytes(self) -> int:
        """Of robots.txt the beginning is enough."""
        return MAX_BYTES + 1 if self.role == "robots" else 0


class HttpFetcher:
    """Implements `scrapers.types.Fetcher`. Safe to use from several threads; requests to one host wait for each other."""

    def __init__(
        self,
        archive: Archive,
        memory: Memory,
        settings: FetchSettings | None = None,
        *,
        resolve: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`tls`: a context with further certificate authorities; the usual ones when None. `clock` and `sleep` (seconds) are
        for pace and retries; what `sleep` raises ends the request."""
        self._archive, self._memory, self._settings = archive, memory, settings or FetchSettings()
        transport = CheckedTransport(resolve, allow_loopback=self._settings.allow_loopback, tls=tls)
        self._exchanger = Exchanger(transport, self._settings)
        self._pace, self._robots = Pace(clock, sleep), RobotsCache(self._settings, clock)
        self._rest, self._sleep = Rest(self._settings, clock), sleep

    def get(self, url: str, source: Source, role: str) -> Response:
        """Fetch a URL for a source; redirects are followed, each hop by the same rules. Raises FetchFailed."""
        try:
            return self._follow(url, source, role)
        except FetchFailed as failure:
            if failure.url == url:
                raise
            raise FetchFailed(url, failure.outcome, f"{failure.reason}, at {failure.url}", failure.status) from failure

    def close(self) -> None:
        """Close all connections."""
        self._exchanger.close()

    def __enter__(self) -> HttpFetcher:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _follow(self, url: str, source: Source, role: str) -> Response:
        hop, seen = parsed(url), set[str]()
        most = MAX_REDIRECTS if role == "robots" else self._settings.max_redirects
        while True:
            if str(hop) in seen or len(seen) > most:
                raise FetchFailed(str(hop), Outcome.REDIRECTS, "a loop" if str(hop) in seen else f"more than {most}")
            seen.add(str(hop))
            ask = _Ask(url, hop, source, role, self._pause_s(hop, source, role))
            response = persistent(partial(self._once, ask), self._settings, self._sleep)
            if not is_redirect(response.status):
                return response
            hop = joined(hop, response.headers.get("location", ""))

    def _pause_s(self, hop: httpx.URL, source: Source, role: str) -> float:
        """What has to lie between two requests to the host. Raises FetchFailed when robots.txt says no."""
        if role == "robots":
            return source.floor_s
        origin = str(hop.copy_with(raw_path=b"/")).rstrip("/")
        rules = self._robots.of(origin, partial(self._follow, f"{origin}/robots.txt", source, "robots"))
        return max(source.floor_s, rules.check(str(hop), self._settings.max_crawl_delay_s))

    def _once(self, ask: _Ask) -> Response:
        """One request: archived first, then judged. Raises FetchFailed."""
        url, host = str(ask.hop), host_of(ask.hop.host, ask.hop.port)
        self._rest.check(host, url)
        known = self._memory.recall(url) if ask.conditional else None
        with self._pace.turn(host, ask.pause_s):
            answer = self._exchanger.ask(ask.asked, ask.hop, conditions(known), ask.first_bytes)
        if answer.received.status == 304 and known:
            return self._confirmed(ask, answer.received, known)
        ref = self._archive.append(answer.received, ask.source.id, ask.role)
        if failure := answer.fault or refusal(answer.received):
            self._rest.note(host, failure)
            raise failure
        response = self._read(ref, url)
        if kept := worth_remembering(response):
            self._memory.remember(url, kept)
        return response

    def _confirmed(self, ask: _Ask, received: Received, known: Remembered) -> Response:
        """What the archive holds, as 304 says; when it cannot be read, the page is asked for without conditions."""
        try:
            self._archive.read(known.ref)
        except ArchiveUnreadable:
            self._archive.append(received, ask.source.id, ask.role)
            return self._once(replace(ask, conditional=False))
        ref = self._archive.append(replace(received, revisit_of=known.ref), ask.source.id, ask.role)
        return self._read(ref, str(ask.hop))

    def _read(self, ref: ArchiveRef, url: str) -> Response:
        try:
            return self._archive.read(ref)
        except ArchiveUnreadable as error:
            raise FetchFailed(url, Outcome.MALFORMED, str(error)) from error
