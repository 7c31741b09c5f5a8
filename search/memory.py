"""What a process remembers of the queries it answered: least recently used goes first, up to a size."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")
_ALL: list[Memory] = []  # type: ignore[type-arg]


class Memory(Generic[T]):
    """Values by key, safe between threads. `size` of a value counts towards `most`; `kept` ones are not for `forget`."""

    def __init__(self, most: int, size: Callable[[T], int] = lambda _value: 1, *, kept: bool = False) -> None:
        self._most, self._size, self._used = most, size, 0
        self._values: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()
        if not kept:
            _ALL.append(self)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of `key`, made where it is not remembered. Two threads may both make it."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            if key not in self._values and self._size(value) <= self._most:
                self._values[key] = value
                self._used += self._size(value)
            while self._used > self._most:
                self._used -= self._size(self._values.popitem(last=False)[1])
        return value

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()
            self._used = 0


def forget() -> None:
    """Empty all memories of this process, so that the next queries are cold; the columns of open indexes stay."""
    for memory in _ALL:
        memory.clear()
