"""robots.txt (RFC 9309): who may be asked for what, and how often."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from protego import Protego

from scrapers.fetch.settings import PRODUCT, FetchSettings
from scrapers.types import FetchFailed, Outcome, Response

MAX_BYTES = 500 * 1024
MAX_REDIRECTS = 5
_DAY_S = 24 * 3600.0
# Failures of the whole host, which are told as what they are; any other means that robots.txt alone cannot be had.
_OF_HOST = frozenset({Outcome.UNKNOWN_HOST, Outcome.REFUSED, Outcome.TLS, Outcome.ADDRESS, Outcome.TIMEOUT})
# Answers which mean that there are no rules. 429 is not among them: it asks to go away for now.
_NO_RULES = frozenset({Outcome.GONE, Outcome.UNAUTHORISED, Outcome.FORBIDDEN, Outcome.CLIENT_ERROR, Outcome.REDIRECTS})


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one host; `failure` when there are none to be had, and nothing is allowed."""

    parsed: Protego | None = None
    failure: FetchFailed | None = None

    def check(self, url: str, max_delay_s: float) -> float:
        """The pause in seconds that the host wants between requests (0: it does not say). Raises FetchFailed when `url`
        may not be fetched, or only at a pace slower than `max_delay_s`."""
        if self.failure:
            outcome = self.failure.outcome if self.failure.outcome in _OF_HOST else Outcome.ROBOTS
            raise FetchFailed(url, outcome, f"robots.txt: {self.failure.reason}", self.failure.status)
        if self.parsed is None:
            return 0.0
        if not self.parsed.can_fetch(url, PRODUCT):
            raise FetchFailed(url, Outcome.ROBOTS, "disallowed by robots.txt")
        delay_s = _delay_s(self.parsed)
        if delay_s > max_delay_s:
            raise FetchFailed(url, Outcome.ROBOTS, f"robots.txt asks for a pause of {delay_s:g} s")
        return delay_s


def read_rules(body: bytes) -> Rules:
    """Rules from the first 500 KiB of a robots.txt; a last line that was cut there does not count."""
    if len(body) > MAX_BYTES:
        body = body[:MAX_BYTES].rpartition(b"\n")[0]
    return Rules(Protego.parse(body.decode("utf-8-sig", "replace")))


def rules_of(fetch: Callable[[], Response]) -> Rules:
    """The rules that a host answers with: 4xx and too many redirects mean none, 5xx and silence that nothing is allowed."""
    try:
        return read_rules(fetch().body)
    except FetchFailed as failure:
        return Rules() if failure.outcome in _NO_RULES else Rules(failure=failure)


class RobotsCache:
    """The rules of every host asked so far. Thread-safe; `fetch` gets robots.txt itself."""

    def __init__(self, settings: FetchSettings, clock: Callable[[], float] = time.monotonic) -> None:
        self._keep_s = min(settings.robots_hours * 3600, _DAY_S)
        self._failed_s = min(settings.robots_failed_s, self._keep_s)
        self._clock, self._lock = clock, Lock()
        self._rules: dict[str, tuple[float, Rules]] = {}

    def of(self, origin: str, fetch: Callable[[], Response]) -> Rules:
        """The rules of an origin ("https://host:port"), fetched when unknown or old."""
        with self._lock:
            until_s, known = self._rules.get(origin, (float("-inf"), Rules()))
        if self._clock() < until_s:
            return known
        rules = rules_of(fetch)
        with self._lock:
            self._rules[origin] = (self._clock() + (self._failed_s if rules.failure else self._keep_s), rules)
        return rules


def _delay_s(rules: Protego) -> float:
    delay_s = rules.crawl_delay(PRODUCT) or 0.0
    rate = rules.request_rate(PRODUCT)
    return max(delay_s, rate.seconds / rate.requests if rate and rate.requests else 0.0)
