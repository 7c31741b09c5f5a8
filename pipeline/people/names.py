"""Names of persons in running text: where one starts and ends, without titles before it and degrees after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.people.lexicon import countries, name_stops, role_heads, role_words, words
from pipeline.people.titles import degree_at, skip_titles
from pipeline.text.tokens import Token, fold, is_roman

MAX_WORDS = 6
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


def is_name_word(tokens: Sequence[Token], i: int, first: bool) -> bool:
    """Whether token `i` can belong to a name; `first` when it would open it."""
    token = tokens[i]
    if not token.capital or token.low in words("name-too"):
        return token.capital
    if not ALPHABETIC.fullmatch(token.text) or token.low.endswith("-nya"):
        return False
    if first and is_roman(token.text):
        return i + 1 < len(tokens) and tokens[i + 1].low in words("after-i")
    if token.low == "lalu" and first:
        return i > 0 and tokens[i - 1].shape in ("title", "caps") and i + 1 < len(tokens) and tokens[i + 1].capital
    if token.low in words("name-before" if first else "name-after"):
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if first:  # "Hari Wibowo", not "Hari Senin"
            return following is not None and following.shape == token.shape and is_name_word(tokens, i + 1, False)
        return following is None or following.shape != "num"  # "Rizky Ramadhan", not "Ramadhan 1445 H"
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
    degree = degree_at(text, token) if is_name_word(tokens, at, first) else None
    if not is_name_word(tokens, at, first) or (degree and (not first or "." in degree[0][:-1])):
        return 0
    if (
        (len(token.text) <= 2 or token.low in words("name-abbreviation"))
        and at + 2 < limit
        and tokens[at + 1].text == "."
        and tokens[at + 2].capital
    ):
        return 2 if tokens[at + 1].start == token.end and _initial(token, tokens, at) else 1
    return 1


def _initial(token: Token, tokens: Sequence[Token], at: int) -> bool:
    """Whether "M." or "Muh." stands for a part of a name rather than being the last word of a sentence."""
    short = len(token.text) == 1 or token.shape == "caps" or token.low in words("name-abbreviation")
    return short and is_name_word(tokens, at + 2, False)
