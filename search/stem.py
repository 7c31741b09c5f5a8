"""From text to the stems that are indexed, so that "pembangunan" finds "membangun" and "dibangun".

Snowball's Indonesian stemmer knows no words: it cannot tell that "menanam" comes from "tanam" and "mengirim" from "kirim". So
a word is first taken apart every way the affixes allow, and a known root (search/data/roots.txt) is the stem; words without one
go to Snowball.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol

from search.errors import ExtraMissing

ROOTS = Path(__file__).resolve().parent / "data" / "roots.txt"
WHOLE = ROOTS.with_name("whole.txt")
VERSION = "2"
LONGEST_WORD = 40
RARE = 40

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_\d]+|\d+", re.UNICODE)
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
# A prefix, the letters it stands before, the letter that it swallowed, what taking it off costs: rare readings cost more.
_ANY, _VOWELS = "abcdefghijklmnopqrstuvwxyz", "aiueo"
_NASAL = (
    ("ny", _VOWELS, "s", 11), ("ng", "aiueogh", "", 10), ("ng", _VOWELS, "k", 22), ("nge", "bcdlptrs", "", 14),
    ("m", "bpfv", "", 10), ("m", _VOWELS, "p", 11), ("m", _VOWELS, "m", 10), ("n", "dcjtsz", "", 10), ("n", _VOWELS, "t", 11),
    ("n", _VOWELS, "n", 10), ("", "lrwy", "", 10),
)  # fmt: skip
_PLAIN = {"di": 10, "ter": 10, "ber": 10, "per": 10, "ke": 11, "bel": RARE, "pel": RARE, "pe": RARE, "se": 50, "te": 50, "be": 50}
_PREFIXES = (
    *((first + nasal, before, swallowed, cost) for first in ("me", "pe") for nasal, before, swallowed, cost in _NASAL),
    *((prefix, _ANY, "", cost) for prefix, cost in _PLAIN.items()),
)
_SUFFIXES = (("kan", 10), ("an", 11), ("i", 12))
_PARTICLES = ("nya", "lah", "kah", "pun", "ku", "mu")


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str:  # noqa: N802 - Snowball's own name
        """The stem of a word."""


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """Words and numbers of `text` as written, with [start, end)."""
    for match in _WORD.finditer(text):
        yield match[0], match.start(), match.end()


def terms(text: str) -> list[str]:
    """The stems of `text`, in order; "1.000" is 1000, "2,5" is two numbers."""
    return [term for word in _WORD.findall(text) for term in _terms(word)]


@lru_cache(maxsize=500_000)
def _terms(word: str) -> tuple[str, ...]:
    if word[0].isdigit():
        if _GROUPED.fullmatch(word):
            word = word.replace(".", "")
        return tuple(fold(part) for part in re.split("[.,]", word) if part)
    return tuple(stem(part[:LONGEST_WORD]) for part in re.findall(r"[^\W_]+", fold(word)))


def plain(text: str) -> str:
    """The last word of `text`, folded but not stemmed; "" when it has none."""
    found = re.findall(r"[^\W_]+", fold(text))
    return found[-1][:LONGEST_WORD] if found else ""


def fold(word: str) -> str:
    """Lower case, without accents, width and other variants of the same letter."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of one folded word."""
    if len(word) < 4 or not word.isascii():
        return word
    if word in known_roots():
        return word
    known = [(root, cost) for root, cost in analyses(word) if root in known_roots()]
    if known:
        return min(known, key=lambda found: (found[1], -len(found[0]), found[0]))[0]
    short = _snowball().stemWord(word)
    return short if len(short) > 2 else word


def analyses(word: str) -> Iterator[tuple[str, int]]:
    """Every root that `word` may be derived from, `word` left out, and what that reading costs: about 10 an affix."""
    bases = {word: 0} | {word[: -len(p)]: 10 for p in _PARTICLES if word.endswith(p) and len(word) - len(p) > 3}
    for base, cost in bases.items():
        for inner, paid in _without_prefixes(base, cost):
            if paid:
                yield inner, paid
            for suffix, more in _SUFFIXES:
                if inner.endswith(suffix) and len(inner) - len(suffix) > 2:
                    yield inner[: -len(suffix)], paid + more


def _without_prefixes(word: str, cost: int, depth: int = 0) -> Iterator[tuple[str, int]]:
    yield word, cost
    if depth == 3:
        return
    for prefix, before, swallowed, more in _PREFIXES:
        rest = word[len(prefix) :]
        if word.startswith(prefix) and len(rest) > 2 and rest[0] in before:
            yield from _without_prefixes(swallowed + rest, cost + more, depth + 1)


@cache
def known_roots() -> frozenset[str]:
    """The root words: counted ones, and those that the counting gets wrong."""
    return frozenset(word for path in (ROOTS, WHOLE) if path.exists() for word in path.read_text(encoding="utf-8").split())


@cache
def _snowball() -> _Stemmer:
    try:
        import snowballstemmer  # type: ignore[import-untyped]
    except ImportError as error:
        raise ExtraMissing("snowballstemmer") from error
    stemmer: _Stemmer = snowballstemmer.stemmer("indonesian")
    return stemmer
