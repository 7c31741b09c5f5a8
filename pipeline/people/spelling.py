"""Names compared word by word: common spellings, initials, shortened words and one wrong letter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.text.tokens import fold
from pipeline.vocabulary.datafile import mapping

MIN_FUZZY = 5
MIN_SHORT = 4


def spelling(word: str) -> str:
    """The common spelling of a name word: "Mochamad" is "muhammad"."""
    return mapping("name_spellings.csv", ("form", "name")).get(word, word)


def clean_words(words: Iterable[str]) -> tuple[str, ...]:
    """The words of a name as they are compared."""
    return tuple(spelling(fold(word)) for word in words if word.isalpha() or "-" in word)


def same_person(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether every word of `short` stands in `long` in order, initials standing for words, one letter of a long word aside."""
    at, full = 0, 0
    for word in short:
        while at < len(long) and not _matches(word, long[at], full > 0 or at == 0, len(short) > 1):
            at += 1
        if at == len(long):
            return False
        full += len(word) > 1 and len(long[at]) > 1
        at += 1
    return full > 0


def _matches(word: str, other: str, anchored: bool, several: bool) -> bool:
    """Whether two words can be one; initials and shortened words only where the first words or an earlier pair agree."""
    if anchored and ((1 in (len(word), len(other)) and word[0] == other[0]) or (several and _shortened(word, other))):
        return True
    return word == other or _misspelt(word, other)


def _misspelt(one: str, other: str) -> bool:
    return len(one) >= MIN_FUZZY and len(other) >= MIN_FUZZY and one[0] == other[0] and one_edit(one, other)


def _shortened(one: str, other: str) -> bool:
    """Whether one word is the beginning of the other: "Sandi" of Sandiaga."""
    return min(len(one), len(other)) >= MIN_SHORT and (other.startswith(one) or one.startswith(other))


def one_edit(one: str, other: str) -> bool:
    """Whether one insertion, deletion or replacement turns one word into the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    if len(one) == len(other) and sorted(one) == sorted(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 2
    k = next((i for i, c in enumerate(short) if c != long[i]), len(short))
    return short[k:] == long[k + 1 :] or short[k + 1 :] == long[k + 1 :]
