"""When to ask again, and how long to wait before."""

from __future__ import annotations

import datetime as dt
import math
import re
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TypeVar

import tenacity

from scrapers.fetch.settings import FetchSettings
from scrapers.fetch.status import outcome_of
from scrapers.fetch.warc import Received
from scrapers.types import FetchFailed, Outcome

T = TypeVar("T")
TRANSIENT = frozenset({Outcome.RATE_LIMITED, Outcome.SERVER_ERROR, Outcome.TIMEOUT, Outcome.CUT})
_SECONDS = re.compile(r"\d+", re.ASCII)
_LONGEST_S = 10.0**9  # an absurd number is as good as never


class Refusal(FetchFailed):
    """An answer whose status is no success. `retry_after_s`: when the server wants to be asked again, None if it does not say."""

    def __init__(self, url: str, outcome: Outcome, reason: str, status: int, retry_after_s: float | None) -> None:
        super().__init__(url, outcome, reason, status)
        self.retry_after_s = retry_after_s


def retry_after_s(value: str, now: dt.datetime) -> float | None:
    """Seconds to wait by a Retry-After header (RFC 9110, 10.2.3: seconds or an HTTP date); None when it is neither."""
    value = value.strip()
    if _SECONDS.fullmatch(value):
        return min(float(value[:20]), _LONGEST_S)
    try:
        when = parsedate_to_datetime(value)
        when = when if when.tzinfo else when.replace(tzinfo=dt.UTC)
        return min(max(0.0, (when - now).total_seconds()), _LONGEST_S)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def refusal(received: Received) -> Refusal | None:
    """What an answer's status means when it is neither success nor a redirect to follow."""
    outcome = outcome_of(received.status)
    if outcome is None:
        return None
    after = next((value for name, value in received.headers if name.lower() == "retry-after"), "")
    reason = f"HTTP {received.status}{f', Retry-After: {after[:40]}' if after else ''}"
    return Refusal(received.final_url, outcome, reason, received.status, retry_after_s(after, dt.datetime.now(dt.UTC)))


class Rest:
    """Hosts that asked to be left alone for longer than a retry may wait. Until then none of their pages is asked for."""

    def __init__(self, settings: FetchSettings, clock: Callable[[], float] = time.monotonic) -> None:
        self._most_s, self._clock = settings.max_retry_after_s, clock
        self._until: dict[str, tuple[float, FetchFailed]] = {}

    def note(self, host: str, failure: FetchFailed) -> None:
        """Keep what a host asked for with a refusal."""
        asked_s = failure.retry_after_s if isinstance(failure, Refusal) else None
        if asked_s is not None and asked_s > self._most_s and failure.outcome in TRANSIENT:
            self._until[host] = (self._clock() + asked_s, failure)

    def check(self, host: str, url: str) -> None:
        """Raises Refusal, as the host did, while it is to be left alone."""
        until_s, failure = self._until.get(host, (float("-inf"), None))
        left_s = until_s - self._clock()
        if failure and left_s > 0:
            raise Refusal(url, failure.outcome, f"the host is to be left alone for {left_s:.0f} s", failure.status, left_s)


def persistent(ask: Callable[[], T], settings: FetchSettings, sleep: Callable[[float], None] = time.sleep) -> T:
    """The result of `ask`, asked again after transient failures: when the server wants, else after growing waits with jitter.
    Raises the last failure, and what `sleep` (seconds) raises."""
    attempts = tenacity.Retrying(
        stop=tenacity.stop_after_attempt(1 + settings.retries),
        retry=tenacity.retry_if_exception(partial(_worth_it, settings)),
        wait=partial(_wait_s, settings),
        sleep=sleep,
        reraise=True,
    )
    return attempts(ask)


def _worth_it(settings: FetchSettings, error: BaseException) -> bool:
    if not isinstance(error, FetchFailed) or error.outcome not in TRANSIENT:
        return False
    return (_asked_s(error) or 0.0) <= settings.max_retry_after_s


def _wait_s(settings: FetchSettings, state: tenacity.RetryCallState) -> float:
    asked_s = _asked_s(state.outcome.exception()) if state.outcome else None
    if asked_s is not None:
        return float(math.ceil(asked_s))
    growing = tenacity.wait_exponential(multiplier=settings.retry_wait_s) + tenacity.wait_random(0, settings.retry_wait_s)
    return min(growing(state), settings.retry_wait_max_s)


def _asked_s(error: BaseException | None) -> float | None:
    return error.retry_after_s if isinstance(error, Refusal) else None
