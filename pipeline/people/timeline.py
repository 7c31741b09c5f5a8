"""When each person of an article is named: who was named last before a place in the text, without walking over it again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from pipeline.people.cluster import Person
from pipeline.people.found import Scan


class Timeline:
    """The starts of all names, by person and for everyone who is more than a lone word named once."""

    def __init__(self, found: Scan, persons: Sequence[Person]) -> None:
        self._starts = {p.number: sorted(found.names[n].start for n in p.names) for p in persons}
        known = [p for p in persons if len(p.names) > 1 or len(p.words) > 1]
        self._events = sorted((start, p.number) for p in known for start in self._starts[p.number])
        self._persons = {p.number: p for p in persons}

    def first(self, person: Person) -> int:
        """Where the person is first named."""
        return self._starts[person.number][0]

    def last(self, person: Person, before: int) -> int:
        """Where the person was last named before character `before`; -1 when never."""
        starts = self._starts[person.number]
        k = bisect_left(starts, before)
        return starts[k - 1] if k else -1

    def nearest(self, before: int) -> tuple[int, Person] | None:
        """Who was named last before character `before`, and where."""
        k = bisect_left(self._events, (before, -1))
        if not k:
            return None
        start, number = self._events[k - 1]
        return start, self._persons[number]
