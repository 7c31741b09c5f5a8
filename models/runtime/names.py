"""Where the wide reading sees an official's name, for the rules that decide who is in office."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from arahan.types import Span
from models.runtime.session import existing

FILE = "officials.json"


@dataclass(frozen=True, slots=True)
class Belief:
    """When the marks overrule the rules: an official none of whose names reaches `least` is none; somebody whose names reach
    `sure` on average is one."""

    least: float = 0.0
    sure: float = 1.0

    @classmethod
    def load(cls, folder: Path) -> Belief:
        """From the folder of the directive model."""
        stored = json.loads(existing(folder / FILE).read_text(encoding="utf-8"))
        return cls(stored["least"], stored["sure"])


@dataclass(frozen=True, slots=True)
class NameMarks:
    """Pieces of an article's body in order, as characters from `starts` to `ends`, and the probability that each belongs to an
    official's name."""

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    p: tuple[float, ...] = ()
    belief: Belief = Belief()

    def of(self, name: Span) -> float:
        """The mean probability of the name's pieces, 0 where none was read."""
        inside = self.p[bisect_right(self.ends, name.start) : bisect_left(self.starts, name.end)]
        return sum(inside) / len(inside) if inside else 0.0

    def in_office(self, by_rule: bool, names: Iterable[Span]) -> bool:
        """Whether somebody named there is an official, whom the rules took for one or not."""
        p = [self.of(name) for name in names]
        if not (p and self.p):
            return by_rule
        return max(p) >= self.belief.least if by_rule else sum(p) / len(p) >= self.belief.sure

    def moved(self, place: Callable[[int, int], Span]) -> NameMarks:
        """The same marks in other offsets, which keep the order."""
        spans = [place(start, end) for start, end in zip(self.starts, self.ends, strict=True)]
        return replace(self, starts=tuple(s.start for s in spans), ends=tuple(s.end for s in spans))


NO_MARKS = NameMarks()
