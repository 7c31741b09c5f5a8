"""Names of regions with one letter wrong, lost or added: "Tanjung Jabung Timu", "Lampung Selatn"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.people.spelling import one_edit
from pipeline.text.tokens import Token, tokenize
from pipeline.vocabulary.regions import TITLES, regions

FEWEST = 2  # words of a region's name; a single word is too soon within one letter of a person's
Words = tuple[str, ...]


def misspelt_region(tokens: Sequence[Token], i: int) -> Words:
    """The words from token `i` on that are within one edit of the name of a region of two words and more, a lost space included;
    () where none are, or where they are the name itself. Of several the most words.
    """
    run: list[str] = []
    found: Words = ()
    for token in tokens[i : i + _most()]:
        if token.shape not in ("title", "caps"):
            break
        run.append(token.low)
        if len(run) >= FEWEST and any(one_edit(" ".join(run), name) for name in _candidates(run)):
            found = tuple(run)
    return () if " ".join(found) in _names() else found


def _candidates(run: Sequence[str]) -> Iterator[str]:
    """The names that share the first or the last word: one edit leaves one of the two whole."""
    yield from _by_edge().get((0, run[0]), ())
    yield from _by_edge().get((-1, run[-1]), ())


@cache
def _names() -> dict[str, Words]:
    """Regions by name in small letters, without their level, those of FEWEST words and more; with their words."""
    bare = (region.name.removeprefix(TITLES[region.level]) for region in regions().values())
    words = (tuple(token.low for token in tokenize(name)) for name in bare)
    return {" ".join(name): name for name in words if len(name) >= FEWEST}


@cache
def _by_edge() -> dict[tuple[int, str], tuple[str, ...]]:
    found: dict[tuple[int, str], tuple[str, ...]] = {}
    for name, words in _names().items():
        for edge in (0, -1):
            found[edge, words[edge]] = (*found.get((edge, words[edge]), ()), name)
    return found


@cache
def _most() -> int:
    return max(len(words) for words in _names().values()) + 1
