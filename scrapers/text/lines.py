"""Lines of an article's text: spaces made regular, and what is not the article dropped ("BACA JUGA", share buttons, counters).

Characters of the private use area mark links and table cells; they are gone from what is handed out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from scrapers.text.charset import mend
from scrapers.text.markup import markup

LINK, LINK_END, CELL = "\ue000", "\ue001", "\ue002"
MARKS = re.compile(f"[{LINK}{LINK_END}{CELL}]")
LINKED = re.compile(f"{LINK}[^{LINK_END}\n]*{LINK_END}")
INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffc]")
SPACES = re.compile(r"[^\S\n]+")
CELLS = re.compile(f" ?{CELL} ?")
BULLET = re.compile(r"^(?:[-•*–]|\d{1,3}[.)])\s*")
MAX_RULE_CHARS = 600
"""Lines above it are paragraphs: no rule looks at them as a whole."""
LONGEST_INLINE_CHARS = 300


class ReadAlso(NamedTuple):
    """Where a text sends its readers to other articles: inside a line, as a whole line, and alone above a list of links."""

    inline: re.Pattern[str]
    line: re.Pattern[str]
    alone: re.Pattern[str]


def clean_lines(marked: str) -> str:
    """Paragraphs of the article, one a line, from marked text with a newline wherever a block ends."""
    lines = (_regular(line) for line in _read_also().inline.sub(" ", marked).split("\n"))
    return mend("\n".join(_kept(line for line in lines if line)))


def one_line(text: str) -> str:
    """A headline, a name: one line, spaces regular."""
    return mend(" ".join(INVISIBLE.sub("", MARKS.sub("", unicodedata.normalize("NFC", text))).split()))


def _regular(line: str) -> str:
    line = SPACES.sub(" ", INVISIBLE.sub("", unicodedata.normalize("NFC", line)))
    return CELLS.sub(f" {CELL} ", line).strip(f" {CELL}")


def _kept(lines: Iterator[str]) -> Iterator[str]:
    """Lines that are the article's; below "Baca juga" a list of links goes too."""
    after_read_also = False
    for marked in lines:
        bare = LINKED.sub("", marked).strip()
        only_links = not BULLET.sub("", bare).strip() and bare != marked
        line = SPACES.sub(" ", MARKS.sub("", marked.replace(CELL, "|"))).strip()
        if (after_read_also and only_links) or not BULLET.sub("", line):
            continue
        after_read_also = bool(_read_also().alone.fullmatch(line))
        if line and not after_read_also and not _is_dropped(line, marked, bare):
            yield line


def _is_dropped(line: str, marked: str, bare: str) -> bool:
    if len(line) > MAX_RULE_CHARS:
        return False
    rules, short = markup(), BULLET.sub("", line)
    read_also = len(line) <= LONGEST_INLINE_CHARS and _read_also().line.match(BULLET.sub("", marked))
    linked = bare != marked and rules.drop_with_links.fullmatch(re.sub(r"[,;#|/\s]+$", "", bare))
    menu = marked.count(LINK) > 1 and "|" in bare and not bare.strip("| ")
    return bool(menu or rules.drop.fullmatch(line) or (short and rules.drop.fullmatch(short)) or read_also or linked)


@cache
def _read_also() -> ReadAlso:
    words, gap, rest = rf"\b(?:{markup().read_also})\b", r"[^\S\n]*", rf"[^{LINK_END}\n]{{0,{LONGEST_INLINE_CHARS}}}{LINK_END}"
    before_link = rf"{words}{gap}[:;–-]{gap}{LINK}{rest}"
    within_link = rf"{LINK}{gap}[\[(]?{gap}{words}{gap}[:;–-]?{rest}"
    opening = rf"[\[({LINK}>»•*\s]*"
    return ReadAlso(
        re.compile(f"{before_link}|{within_link}", re.IGNORECASE),
        re.compile(rf"{opening}{words}\s*(?:[:;–-]|{LINK}).*", re.IGNORECASE),
        re.compile(rf"{opening}(?:{markup().read_also}|{markup().other_articles})\s*[:;–\])-]*", re.IGNORECASE),
    )
