"""How much one visitor may ask for."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

MAX_ADDRESSES = 10_000


@dataclass(slots=True)
class RateLimit:
    """At most `count` in `window_s` seconds for each address, and `all_count` for all together."""

    count: int
    all_count: int
    window_s: float
    clock: Callable[[], float] = time.monotonic
    _seen: OrderedDict[str, list[float]] = field(default_factory=OrderedDict)
    _all: list[float] = field(default_factory=list)

    def allows(self, address: str) -> bool:
        """Whether one more is allowed; it is counted if so."""
        now = self.clock()
        mine = [moment for moment in self._seen.pop(address, []) if now - moment < self.window_s]
        self._all = [moment for moment in self._all if now - moment < self.window_s]
        allowed = len(mine) < self.count and len(self._all) < self.all_count
        if allowed:
            mine.append(now)
            self._all.append(now)
        self._seen[address] = mine
        while len(self._seen) > MAX_ADDRESSES:
            self._seen.popitem(last=False)
        return allowed
