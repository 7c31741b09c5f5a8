"""Finds many fixed phrases in a text in one pass over its words: the matcher under every gazetteer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from arahan.types import Span

V = TypeVar("V")
WORD = re.compile(r"[^\W_]+")
GAP = re.compile(r"[\s.'’/\-–]{0,4}")  # what may stand between the words of one phrase: "Toli-Toli", "Kab.  Bogor"


class Hit(NamedTuple, Generic[V]):
    """A phrase found at `span`, with the value it was listed under."""

    span: Span
    value: V


def key(phrase: str) -> tuple[str, ...]:
    """The words of a phrase in lower case: what two spellings must share to match."""
    return tuple(word.lower() for word in WORD.findall(phrase))


class Phrases(Generic[V]):
    """Phrases to values, matched in any case and with -nya; of two that overlap the earlier, then the longer, wins."""

    def __init__(self, entries: Iterable[tuple[str, V]]) -> None:
        self._values: dict[tuple[str, ...], V] = {key(phrase): value for phrase, value in entries}
        self._lengths: dict[str, list[int]] = {}
        for words in self._values:
            lengths = self._lengths.setdefault(words[0], [])
            if len(words) not in lengths:
                lengths.append(len(words))
        for lengths in self._lengths.values():
            lengths.sort(reverse=True)
        self._words = frozenset(word for words in self._values for word in words)

    def get(self, phrase: str) -> V | None:
        """The value of exactly this phrase, spelling of gaps and case aside."""
        return self._values.get(key(phrase))

    def find(self, text: str) -> Iterator[Hit[V]]:
        """Every phrase in `text`, from left to right, without overlap."""
        spans = [match.span() for match in WORD.finditer(text)]
        words = [self._known(text[start:end].lower()) for start, end in spans]
        at = 0
        while at < len(words):
            length = self._length_at(text, words, spans, at) if words[at] in self._lengths else 0
            if length:
                value = self._values[tuple(words[at : at + length])]
                yield Hit(Span(spans[at][0], spans[at + length - 1][1]), value)
            at += length or 1

    def _known(self, word: str) -> str:
        """The word, without the suffix -nya ("sekolahnya") where only then a phrase has it."""
        return word[:-3] if word.endswith("nya") and word not in self._words and word[:-3] in self._words else word

    def _length_at(self, text: str, words: list[str], spans: list[tuple[int, int]], at: int) -> int:
        """How many words the longest phrase that starts at word `at` has; 0 when none does."""
        for length in self._lengths[words[at]]:
            if (
                at + length <= len(words)
                and tuple(words[at : at + length]) in self._values
                and all(GAP.fullmatch(text, spans[i][1], spans[i + 1][0]) for i in range(at, at + length - 1))
            ):
                return length
        return 0
