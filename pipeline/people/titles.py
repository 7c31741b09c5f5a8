"""What stands around names of persons: titles, honorifics and ranks before them, academic degrees after them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.people.lexicon import titles, words
from pipeline.text.tokens import Token
from pipeline.vocabulary.datafile import numbered_rows

LONGEST_RANK = 6  # tokens of "Mayor Jenderal TNI (Mar) Dr."
BRACKETED = 6  # tokens of "(H.C.)"


def skip_titles(tokens: Sequence[Token], i: int) -> tuple[int, bool]:
    """The first token after honorifics, ranks and their dots from `i` on, and whether there was any."""
    start = i
    while i < len(tokens):
        length = _title_at(tokens, i, i > start)
        if not length:
            break
        i = i + length if tokens[i].text == "(" else _after_dot(tokens, i + length)
    return i, i > start


def serves(tokens: Sequence[Token], first: int) -> bool:
    """Whether the name that begins at token `first` stands behind a rank and belongs to somebody who serves: not "(Purn)",
    not "mantan", nobody's relative and no street ("Jalan Kapten X")."""
    start = next((k for k in range(max(0, first - LONGEST_RANK), first) if _ranks(tokens, k, first)), first)
    before = {token.low for token in tokens[max(0, start - 2) : start]}
    return start < first and not before & words("no-rank") and "purn" not in {token.low for token in tokens[start:first]}


def _ranks(tokens: Sequence[Token], k: int, first: int) -> bool:
    return titles().at(tokens, k)[1] == "rank" and tokens[k].capital and skip_titles(tokens, k)[0] == first


def _title_at(tokens: Sequence[Token], i: int, inside: bool) -> int:
    """How many tokens the title at `i` has, 0 for none; `inside` a row of titles, where branches and "(Purn)" count."""
    length, kind = titles().at(tokens, i)
    if kind in ("honorific", "address", "rank") and _is_title(tokens, i):
        return length
    if inside and kind == "branch" and tokens[i].capital and not _opens_name(tokens, i, length):
        return length
    return _bracketed_title(tokens, i) if inside else 0


def _bracketed_title(tokens: Sequence[Token], i: int) -> int:
    """How many tokens "(Purn)", "(H.C.)" or "(P)" after a rank has; 0 for other brackets."""
    for length in range(3, BRACKETED + 1) if _text(tokens, i, 1) == "(" else ():
        if _text(tokens, i + length - 1, 1) == ")":
            return length if _text(tokens, i + 1, length - 2).lower().strip(".") in words("bracketed-title") else 0
    return 0


def _is_title(tokens: Sequence[Token], i: int) -> bool:
    return tokens[i].low not in words("kept-title") and (tokens[i].capital or tokens[i].low in words("small-title"))


def _opens_name(tokens: Sequence[Token], i: int, length: int) -> bool:
    """Whether a branch letter ("S", "P") is rather an initial: a dot and a capital word follow it."""
    return len(tokens[i].text) == 1 and _text(tokens, i + length, 1) == "." and i + 2 < len(tokens) and tokens[i + 2].capital


def _after_dot(tokens: Sequence[Token], i: int) -> int:
    return i + 1 if i < len(tokens) and tokens[i].text in (".", ",") and i + 1 < len(tokens) and _title_follows(tokens, i) else i


def _title_follows(tokens: Sequence[Token], i: int) -> bool:
    """A dot may stand after any title; a comma only after a rank in capitals or where another title follows ("Dr., H.")."""
    if tokens[i].text == "," and tokens[i - 1].shape == "caps" and titles().at(tokens, i - 1)[1] == "rank":
        return True
    return tokens[i].text == "." or titles().at(tokens, i + 1)[1] in ("honorific", "rank")


def _text(tokens: Sequence[Token], i: int, count: int) -> str:
    return "".join(t.text for t in tokens[i : i + count])


def degree_at(text: str, token: Token) -> re.Match[str] | None:
    """The academic degree that starts where `token` does."""
    return _degree().match(text, token.start)


@cache
def _degree() -> re.Pattern[str]:
    forms = [row["form"] for _, row in numbered_rows("titles.csv", ("form", "kind")) if row["kind"] == "degree"]
    spaced = (r"\.?\s?".join(re.escape(part) for part in form.split(".")) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?:{'|'.join(spaced)})\.?(?![\w])")


def dotted_degree(text: str, tokens: Sequence[Token], i: int) -> int:
    """The token after a degree written with dots ("S.Pd") that stands at token `i`; `i` where none does."""
    match = degree_at(text, tokens[i])
    return after_degrees(text, tokens, i) if match and "." in match[0][:-1] else i


def after_degrees(text: str, tokens: Sequence[Token], i: int) -> int:
    """The first token after commas and academic degrees from `i` on (", S.Sos., M.Si")."""
    while i < len(tokens):
        at = i + 1 if tokens[i].text == "," and i + 1 < len(tokens) else i
        match = degree_at(text, tokens[at]) if tokens[at].capital else None
        if not match:
            return i
        i = at
        while i < len(tokens) and tokens[i].start < match.end():
            i += 1
    return i
