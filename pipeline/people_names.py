"""Names of persons in running text: where one starts and ends, without titles before it and degrees after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipeline.datafile import numbered_rows
from pipeline.people_lexicon import countries, name_stops, role_heads, role_words, titles, words
from pipeline.people_text import Token, fold, is_roman

MAX_WORDS = 6
BRACKETED = 6  # tokens of "(H.C.)"
ALPHABETIC = re.compile(r"[^\W\d]+|[^\W\d]{4,}\d{1,2}|[^\W\d]+(?:[-'’‘`][^\W\d]+)+")
VERB = re.compile(r"(?:meng|meny|mem)[a-z]{5,}")
DERIVED = re.compile(r"(?:ke|pe[mnr]?|peng)[a-z]{4,}an|[a-z]{4,}nya|(?:me[mn]|di|ber|ter)[a-z]{5,}(?:kan|i)")
QUOTES = frozenset("'\"‘’“”")


class Name(NamedTuple):
    """Tokens [first, after) hold the name itself; `start`, `end` are characters; `words` are folded."""

    first: int
    after: int
    start: int
    end: int
    words: tuple[str, ...]


@cache
def _degree() -> re.Pattern[str]:
    forms = [row["form"] for _, row in numbered_rows("titles.csv", ("form", "kind")) if row["kind"] == "degree"]
    spaced = (r"\.?\s?".join(re.escape(part) for part in form.split(".")) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?:{'|'.join(spaced)})\.?(?![\w])")


def skip_titles(tokens: Sequence[Token], i: int) -> tuple[int, bool]:
    """The first token after honorifics, ranks and their dots from `i` on, and whether there was any."""
    start = i
    while i < len(tokens):
        length = _title_at(tokens, i, i > start)
        if not length:
            break
        i = i + length if tokens[i].text == "(" else _after_dot(tokens, i + length)
    return i, i > start


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


def is_name_word(tokens: Sequence[Token], i: int, first: bool) -> bool:
    """Whether token `i` can belong to a name; `first` when it would open it."""
    token = tokens[i]
    if not token.capital or token.low in words("name-too"):
        return token.capital
    if not ALPHABETIC.fullmatch(token.text):
        return False
    if first and is_roman(token.text):
        return i + 1 < len(tokens) and tokens[i + 1].low in words("after-i")
    if token.low == "lalu" and first:
        return i > 0 and tokens[i - 1].shape in ("title", "caps") and i + 1 < len(tokens) and tokens[i + 1].capital
    if token.low in name_stops() or role_heads().at(tokens, i)[0] or DERIVED.fullmatch(token.low):
        return False
    if first and VERB.fullmatch(token.low):
        return False
    kind = role_words().at(tokens, i)[1]
    if kind in ("gov", "party", "private") and token.shape == "caps":
        return False
    return not (first and (kind or countries().at(tokens, i)[0]))


def parse_name(text: str, tokens: Sequence[Token], i: int, stop: int | None = None) -> Name | None:
    """The name whose titles or first word stand at token `i`; `stop` is a token index that it cannot pass."""
    first, _ = skip_titles(tokens, i)
    limit = min(len(tokens), first + 2 * MAX_WORDS) if stop is None else min(stop, len(tokens))
    at, found = first, list[str]()
    while at < limit and len(found) < MAX_WORDS:
        step = _step(text, tokens, at, not found, limit)
        if not step:
            break
        found.extend(fold(t.text).rstrip("0123456789") for t in tokens[at : at + step] if t.shape != "sign")
        at += step
    while at > first and _hangs(tokens[at - 1]):
        at -= 1
    if at == first or not any(len(word) > 1 for word in found):
        return None
    end = tokens[at - 1].end
    while text[end - 1].isdigit():
        end -= 1
    return Name(first, at, tokens[first].start, end, tuple(found))


def _hangs(token: Token) -> bool:
    """Whether a name cannot end with this token."""
    return token.low in words("particle") or (token.shape == "sign" and token.text != ".")


def _step(text: str, tokens: Sequence[Token], at: int, first: bool, limit: int) -> int:
    """How many tokens the next piece of the name has: a word, an initial with its dot, a nickname in quotes, a particle."""
    token = tokens[at]
    if not first and token.text in QUOTES and at + 2 < limit and tokens[at + 2].text in QUOTES and tokens[at + 1].capital:
        return 3 if token.start > tokens[at - 1].end else 0
    if not first and token.low in words("particle") and at + 1 < limit and tokens[at + 1].capital and token.shape == "low":
        return 2
    degree = _degree().match(text, token.start) if is_name_word(tokens, at, first) else None
    if not is_name_word(tokens, at, first) or (degree and (not first or "." in degree[0][:-1])):
        return 0
    if len(token.text) <= 2 and at + 2 < limit and tokens[at + 1].text == "." and tokens[at + 2].capital:
        return 2 if tokens[at + 1].start == token.end and _initial(token, tokens, at) else 1
    return 1


def _initial(token: Token, tokens: Sequence[Token], at: int) -> bool:
    """Whether "M." is an initial inside a name rather than the last word of a sentence."""
    short = len(token.text) == 1 or token.shape == "caps" or token.low in ("moh", "muh")
    return short and is_name_word(tokens, at + 2, False)


def dotted_degree(text: str, tokens: Sequence[Token], i: int) -> int:
    """The token after a degree written with dots ("S.Pd") that stands at token `i`; `i` where none does."""
    match = _degree().match(text, tokens[i].start)
    return after_degrees(text, tokens, i) if match and "." in match[0][:-1] else i


def after_degrees(text: str, tokens: Sequence[Token], i: int) -> int:
    """The first token after commas and academic degrees from `i` on (", S.Sos., M.Si")."""
    while i < len(tokens):
        at = i + 1 if tokens[i].text == "," and i + 1 < len(tokens) else i
        match = _degree().match(text, tokens[at].start) if tokens[at].capital else None
        if not match:
            return i
        i = at
        while i < len(tokens) and tokens[i].start < match.end():
            i += 1
    return i
