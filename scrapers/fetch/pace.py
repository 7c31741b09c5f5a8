"""At most one request at a time to a host, and a pause between two."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock


@dataclass(slots=True)
class _Turn:
    lock: Lock = field(default_factory=Lock)
    ended_s: float = float("-inf")


class Pace:
    """Thread-safe. `clock` gives seconds and `sleep` takes them; tests put in their own."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep) -> None:
        self._clock, self._sleep = clock, sleep
        self._lock = Lock()
        self._turns: dict[str, _Turn] = {}

    @contextmanager
    def turn(self, host: str, pause_s: float) -> Iterator[None]:
        """Have the host to oneself, not before `pause_s` have passed since the last request to it ended."""
        with self._lock:
            turn = self._turns.setdefault(host, _Turn())
        with turn.lock:
            if (wait_s := turn.ended_s + pause_s - self._clock()) > 0:
                self._sleep(wait_s)
            try:
                yield
            finally:
                turn.ended_s = self._clock()


def host_of(host: str, port: int | None) -> str:
    """What shares a pace: the host by name, whether by http or https; another port is another server."""
    return host if port in (None, 80, 443) else f"{host}:{port}"
