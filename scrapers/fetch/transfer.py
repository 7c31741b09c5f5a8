"""What holds for one request, from the first packet to the last: its deadline, and how the bytes were framed."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from scrapers.types import FetchFailed, Outcome

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_INTERIM = re.compile(rb"HTTP/\S+ 1")


@dataclass(slots=True)
class Transfer:
    """One request under way. `deadline_s` is on the monotonic clock."""

    url: str
    deadline_s: float
    max_header_bytes: int
    ended: bool = False  # the server closed the connection
    body_bytes: int = 0  # after the head of the final answer, with chunk framing
    _head: bytearray | None = field(default_factory=bytearray)
    _head_bytes: int = 0

    def fail(self, outcome: Outcome, reason: str) -> FetchFailed:
        """The exception for an end without an answer."""
        return FetchFailed(self.url, outcome, reason)

    def left_s(self, limit_s: float | None) -> float:
        """Seconds that the next step may take. Raises FetchFailed when the deadline has passed."""
        left_s = self.deadline_s - time.monotonic()
        if left_s <= 0:
            raise self.fail(Outcome.TIMEOUT, "the whole transfer took too long")
        return left_s if limit_s is None else min(left_s, limit_s)

    def received(self, data: bytes) -> None:
        """Count what came. Raises FetchFailed when the heads are too long."""
        self.ended = self.ended or not data
        if self._head is None:
            self.body_bytes += len(data)
            return
        self._head_bytes += len(data)
        self._head += data
        while self._head is not None and (end := _HEAD_END.search(self._head)):
            self._leave_head(end.end())
        if self._head is not None and self._head_bytes > self.max_header_bytes:
            raise self.fail(Outcome.TOO_LARGE, "endless headers")

    def _leave_head(self, end: int) -> None:
        """Interim answers (100, 103) have heads of their own; the final one is followed by the body."""
        assert self._head is not None
        if _INTERIM.match(self._head):
            del self._head[:end]
        else:
            self.body_bytes, self._head = len(self._head) - end, None


_CURRENT: ContextVar[Transfer] = ContextVar("transfer")


@contextmanager
def under(transfer: Transfer) -> Iterator[None]:
    """Everything that the connections of this thread do inside belongs to `transfer`."""
    token = _CURRENT.set(transfer)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def current() -> Transfer:
    """The transfer under way."""
    return _CURRENT.get()
