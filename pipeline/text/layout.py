"""The text that Stanza reads: an article's body paragraphs, apart from each other, with the way back to the article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from arahan.types import Span

BREAK = "\n\n"
MAX_RUN = 2000
INVISIBLE = re.compile(r"[^\S \n\r\u2028\u2029]|[\x00-\x08\x0e-\x1b\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


@dataclass(frozen=True, slots=True)
class Layout:
    """`text` is what Stanza reads; part i begins at `starts[i]` in it and at `origins[i]` in the article."""

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def place(self, offset: int) -> int:
        """The article's offset of an offset into `text`; inside a break, that of the part before."""
        part = max(0, bisect_right(self.starts, offset) - 1)
        return self.origins[part] + offset - self.starts[part]


def plain_spaces(text: str) -> str:
    """`text` with a space for each no-break space, tab or invisible sign, as pages and word processors leave them: one
    character for one, so that offsets hold. Line breaks stay."""
    return INVISIBLE.sub(" ", text)


def cut(text: str, span: Span) -> list[Span]:
    """`span` in parts of at most MAX_RUN characters, cut at spaces: a megabyte without a full stop is no sentence."""
    parts, start = [], span.start
    while span.end - start > MAX_RUN:
        end = text.rfind(" ", start + MAX_RUN // 2, start + MAX_RUN)
        stop = text.rfind(". ", start + MAX_RUN // 2, start + MAX_RUN) + 1
        end = stop if stop > 0 else end if end > 0 else start + MAX_RUN
        parts.append(Span(start, end))
        start = end
    return [*parts, Span(start, span.end)]


def lay_out(text: str, paragraphs: Sequence[Span]) -> Layout:
    """The paragraphs of `text` joined by BREAK; tabs and the like become spaces so that one newline stays no break."""
    parts = [part for paragraph in paragraphs for part in cut(text, paragraph) if part.of(text).strip()]
    starts, pieces, at = [], [], 0
    for part in parts:
        starts.append(at)
        piece = "".join(" " if c.isspace() or not c.isprintable() else c for c in part.of(text))
        pieces.append(piece)
        at += len(piece) + len(BREAK)
    return Layout(BREAK.join(pieces), tuple(starts), tuple(p.start for p in parts)) if parts else Layout("", (0,), (0,))
