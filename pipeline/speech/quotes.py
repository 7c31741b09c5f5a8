"""Direct quotes: where they open and close, with marks that are straight, curly, doubled apostrophes, or forgotten.

A quote that opens and never closes ends with its paragraph; one that goes on in the next paragraphs is followed at most
MAX_PARAGRAPHS on, and only when a closing mark is found there before any opening one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from arahan.types import Span

MARK = re.compile(r"[\"“”„‟″«»]|[‘’'`´]{2}")
OPENING, CLOSING = frozenset("“„«"), frozenset("”»")
MAX_PARAGRAPHS = 3
HALF_QUOTE_WORDS = 6


class Quote(NamedTuple):
    """The words between the marks, characters [start, end); `closed` False when the closing mark is missing."""

    start: int
    end: int
    closed: bool

    @property
    def span(self) -> Span:
        """Where the quoted words stand."""
        return Span(self.start, self.end)

    def is_half(self, text: str) -> bool:
        """Whether only a few words are quoted inside somebody else's sentence."""
        return len(text[self.start : self.end].split()) <= HALF_QUOTE_WORDS


class _Mark(NamedTuple):
    start: int
    end: int
    side: str  # "open", "close" or "" where it could be either
    paragraph: int


def find_quotes(text: str) -> list[Quote]:
    """Every direct quote of `text` in order, none overlapping another; offsets into `text`."""
    ends = [m.start() for m in re.finditer("\n", text)] + [len(text)]
    found: list[Quote] = []
    opened: _Mark | None = None
    for mark in _marks(text, ends):
        if opened and mark.paragraph > opened.paragraph and not _runs_on(opened, mark):
            found.append(Quote(opened.end, ends[opened.paragraph], False))
            opened = None
        if opened is None:
            opened = None if mark.side == "close" else mark
        elif mark.side == "open":
            found.append(Quote(opened.end, mark.start, False))
            opened = mark
        else:
            found.append(Quote(opened.end, mark.start, True))
            opened = None
    if opened:
        found.append(Quote(opened.end, ends[opened.paragraph], False))
    return [_trimmed(text, quote) for quote in found if text[quote.start : quote.end].strip()]


def _marks(text: str, ends: Sequence[int]) -> list[_Mark]:
    return [_Mark(m.start(), m.end(), _side(text, m), bisect_right(ends, m.start())) for m in MARK.finditer(text)]


def _side(text: str, match: re.Match[str]) -> str:
    """Which side a mark looks like by the characters around it, by its shape where those do not tell."""
    before = text[match.start() - 1] if match.start() else "\n"
    after = text[match.end()] if match.end() < len(text) else "\n"
    left = before.isspace() or before in "([-–—:/"
    right = after.isspace() or after in ")].,;:!?-–—/"
    if left != right:
        return "open" if left else "close"
    if before in ",.!?" and not left:
        return "close" if match[0] not in OPENING else "open"
    return "open" if match[0] in OPENING else "close" if match[0] in CLOSING and not left else ""


def _runs_on(opened: _Mark, mark: _Mark) -> bool:
    """Whether a quote left open reaches a mark in a later paragraph: only if that one closes, and soon."""
    return mark.side == "close" and mark.paragraph - opened.paragraph <= MAX_PARAGRAPHS


def _trimmed(text: str, quote: Quote) -> Quote:
    inner = text[quote.start : quote.end]
    start = quote.start + len(inner) - len(inner.lstrip())
    return quote._replace(start=start, end=start + len(inner.strip()))


def quote_at(quotes: Sequence[Quote], span: Span) -> Quote | None:
    """The quote that holds the middle of `span`, None where it is not quoted. `quotes` in order."""
    middle = (span.start + span.end) // 2
    k = bisect_right(quotes, middle, key=lambda quote: quote.start) - 1
    return quotes[k] if k >= 0 and middle < quotes[k].end else None


def in_quote(quotes: Sequence[Quote], span: Span) -> bool:
    """Whether `span` stands between quotation marks."""
    return quote_at(quotes, span) is not None
