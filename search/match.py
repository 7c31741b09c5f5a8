"""From what a user types to a full-text expression. Only stems in double quotes and our own operators reach FTS5.

Words are looked for by their stems. "Words in double quotes" have to follow each other; a trailing * takes any ending. Words
such as "yang" are left out unless there is nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from search import stem

STOPWORDS = Path(__file__).resolve().parent / "data" / "stopwords.txt"
SAME = STOPWORDS.with_name("same.txt")
MAX_TERMS = 24
_PART = re.compile(r'"([^"]*)"|(\S+)')
_ENDING = re.compile(r"\w+\*$")


@dataclass(frozen=True, slots=True)
class Wanted:
    """`parts`: what a directive should have, each an FTS5 expression; `stems` and `beginnings` of words in them, for marking.

    `others`: alternatives that a part stands for, all expressions of one of which a directive should have.
    """

    parts: tuple[str, ...] = ()
    stems: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    others: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()

    def has(self, word: str) -> bool:
        """Whether a word of a text is one that was looked for."""
        return not self.stems.isdisjoint(stem.terms(word)) or bool(
            self.beginnings and stem.fold(word).startswith(self.beginnings)
        )

    @property
    def all(self) -> str:
        """The expression that asks for every part."""
        return " AND ".join(self.parts)


def wanted(text: str) -> Wanted:
    """Read a query's text; no parts when it holds no word."""
    parts: dict[str, list[str]] = {}
    stop: dict[str, list[str]] = {}
    for quoted, word in _PART.findall(text.replace("\0", " ")):
        for part, stems, weak in _phrase(quoted) if quoted else _word(word):
            (stop if weak else parts)[part] = stems
    chosen, others = _with_others(dict(list((parts or stop).items())[:MAX_TERMS]))
    beginnings = tuple(part[1:-3] for part in chosen if part.endswith("*"))
    return Wanted(tuple(chosen), frozenset(s for stems in chosen.values() for s in stems), beginnings, others)


def _with_others(
    parts: dict[str, list[str]],
) -> tuple[dict[str, list[str]], tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]]:
    """Words for which data/same.txt knows other names become one part that any of the names meets."""
    for names in _same():
        for name in names:
            own = [f'"{term}"' for term in name]
            if all(part in parts for part in own):
                others = [f'"{" ".join(other)}"' for other in names if other != name]
                whole = f"(({' AND '.join(own)}) OR {' OR '.join(others)})"
                left = {part: stems for part, stems in parts.items() if part not in own}
                alternatives = (tuple(own), *((other,) for other in others))
                return left | {whole: [term for other in names for term in other]}, ((whole, alternatives),)
    return parts, ()


@cache
def _same() -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Groups of names for one thing, as stems; the longest first, so that "kurang gizi" goes before "gizi"."""
    lines = SAME.read_text(encoding="utf-8").splitlines()
    return tuple(
        tuple(sorted((tuple(stem.terms(name)) for name in line.split(",")), key=len, reverse=True))
        for line in lines
        if line.strip()
    )


def _phrase(text: str) -> list[tuple[str, list[str], bool]]:
    stems = stem.terms(text)[:MAX_TERMS]
    return [(f'"{" ".join(stems)}"', stems, False)] if stems else []


def _word(word: str) -> list[tuple[str, list[str], bool]]:
    if _ENDING.search(word):
        beginning = stem.plain(word)
        return [(f'"{beginning}" *', [], False)] if len(beginning) > 1 else []
    return [(f'"{term}"', [term], term in stopwords()) for term in stem.terms(word)]


@cache
def stopwords() -> frozenset[str]:
    """Stems that say too little to be looked for."""
    return frozenset(term for word in STOPWORDS.read_text(encoding="utf-8").split() for term in stem.terms(word))
