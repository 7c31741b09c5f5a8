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
ROLE_LEAST, ROLE_CHARS, ROLE_PIECES = 0.5, 30, 60


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
    """Pieces of an article's body in order, as characters from `starts` to `ends`, and the probabilities that each belongs to an
    official's name (`p`) and to an official's role (`roles`)."""

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    p: tuple[float, ...] = ()
    roles: tuple[float, ...] = ()
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

    def role_of(self, names: Iterable[Span]) -> Span | None:
        """The marked role nearest to one of the names, at most ROLE_CHARS away; None where there is none."""
        near = [(max(role.start - name.end, name.start - role.end), role) for name in names for role in self._roles_near(name)]
        return min(near)[1] if near else None

    def _roles_near(self, name: Span) -> list[Span]:
        """Looked for around the name alone: an article may be very long, and name somebody very often."""
        first = bisect_right(self.ends, name.start - ROLE_CHARS - 1)
        after = bisect_left(self.starts, name.end + ROLE_CHARS + 1)
        marked = [i for i in range(first, after) if self.roles[i] >= ROLE_LEAST]
        return [self._run(i) for i in marked if i == marked[0] or not self._joined(i)]

    def _joined(self, i: int) -> bool:
        return i > 0 and self.roles[i - 1] >= ROLE_LEAST and self.starts[i] - self.ends[i - 1] <= 1

    def _run(self, i: int) -> Span:
        first, last, limit = i, i, i + ROLE_PIECES
        while first > i - ROLE_PIECES and self._joined(first):
            first -= 1
        while last + 1 < min(limit, len(self.p)) and self.roles[last + 1] >= ROLE_LEAST and self._joined(last + 1):
            last += 1
        return Span(self.starts[first], self.ends[last])

    def moved(self, place: Callable[[int, int], Span]) -> NameMarks:
        """The same marks in other offsets, which keep the order."""
        spans = [place(start, end) for start, end in zip(self.starts, self.ends, strict=True)]
        return replace(self, starts=tuple(s.start for s in spans), ends=tuple(s.end for s in spans))


NO_MARKS = NameMarks()
