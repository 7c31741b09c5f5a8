"""Names of one article to persons: "Viktor", "Laiskodat" and "Viktor B. Laiskodat" are one."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.people.figures import Figure
from pipeline.people.names import Name
from pipeline.people.spelling import MIN_SHORT, clean_words, same_person


@dataclass(slots=True, eq=False)
class Person:
    """Someone named in the article: indices into the scan's names and roles, and the words that name them."""

    number: int
    names: list[int] = field(default_factory=list)
    roles: list[int] = field(default_factory=list)
    bare: list[int] = field(default_factory=list)
    words: tuple[str, ...] = ()
    others: list[tuple[str, ...]] = field(default_factory=list)
    figure: Figure | None = None


class Clusters:
    """Persons under construction, found again through any of their words."""

    def __init__(self) -> None:
        self.persons: list[Person] = []
        self.of_figure: dict[Figure, Person] = {}
        self._by_word: dict[str, list[int]] = {}

    def find(self, words: Sequence[str], near: int = 0) -> Person | None:
        """The person whom `words` can name: of several, the one named most recently before name `near`."""
        candidates = dict.fromkeys(i for word in words for key in _keys(word) for i in self._by_word.get(key, ()))
        fitting = [p for p in (self.persons[i] for i in candidates) if self._fits(words, p)]
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        return max(fitting, key=lambda p: p.names[bisect_right(p.names, near) - 1] if p.names[0] <= near else -1)

    def by_name(self, word: str) -> Person | None:
        """The one person a word of whose name begins or ends with `word`: "Pras" for Prasetyo, "Harsono" for Suharsono."""
        numbers = {*self._by_word.get(word[:3], ()), *self._by_word.get(word[-MIN_SHORT:], ())}
        candidates = [self.persons[i] for i in sorted(numbers)]
        fitting = [p for p in candidates if any(known.startswith(word) or known.endswith(word) for known in p.words)]
        return fitting[0] if len(word) >= MIN_SHORT and len(fitting) == 1 else None

    @staticmethod
    def _fits(words: Sequence[str], person: Person) -> bool:
        return any(
            same_person(words, known) if len(words) <= len(known) else same_person(known, words)
            for known in (person.words, *person.others)
        )

    def add(self, index: int, name: Name, person: Person | None = None) -> Person:
        """Puts name `index` to `person`, a new one when None."""
        words = clean_words(name.words)
        if person is None:
            person = Person(len(self.persons))
            self.persons.append(person)
        insort(person.names, index)
        if len(words) > len(person.words):
            if person.words:
                person.others.append(person.words)
            person.words = words
        self._index(person, words)
        return person

    def alias(self, person: Person, index: int, name: Name) -> None:
        """Notes another name of `person`, one that need not share a word with the first."""
        insort(person.names, index)
        words = clean_words(name.words)
        person.others.append(words)
        self._index(person, words)

    def also_called(self, person: Person, names: Iterable[tuple[str, ...]]) -> None:
        """Notes names that `person` is known by outside the article."""
        for words in names:
            person.others.append(words)
            self._index(person, words)

    def _index(self, person: Person, words: Sequence[str]) -> None:
        for key in {key for word in words for key in (*_keys(word), word[-MIN_SHORT:])}:
            known = self._by_word.setdefault(key, [])
            if person.number not in known:
                known.append(person.number)


def _keys(word: str) -> tuple[str, str]:
    """What two spellings of a word share: the first three letters, or the first and the last."""
    return word[:3], f"{word[0]}*{word[-1]}"
