"""The pieces that a role or institution is made of after its head: places, vocabulary, numbers, abbreviations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.people.lexicon import countries, districts, role_heads, role_words, titles, villages, words
from pipeline.people.names import is_name_word
from pipeline.text.tokens import Token, is_roman

COMMISSIONS = "ABCDE"
CLASS = re.compile(r"I{1,3}[AB]")  # of prisons and courts
NOMINAL = re.compile(r"(?:ke|pe[mnr]?|peng)[a-z]{4,}an")
LONGEST_ORGANISATION = 6  # tokens


class Marks(NamedTuple):
    """What is known before roles are read: regions and tagged persons, from their first token to the token after them."""

    regions: Mapping[int, int]
    persons: Mapping[int, int]


NO_MARKS = Marks({}, {})


def past_organisation(tokens: Sequence[Token], i: int) -> int:
    """The token after the company or foundation named from `i` on ("LG Electronics"); `i` where none is."""
    after = i
    for k in range(i, min(i + LONGEST_ORGANISATION, len(tokens))):
        if not tokens[k].capital or role_heads().at(tokens, k)[0]:
            break
        after = k + 1 if tokens[k].low in words("organisation") else after
    return after


def piece_at(tokens: Sequence[Token], i: int, kind: str, head: str, marks: Marks, linked: bool) -> tuple[int, str]:
    """Length in tokens and kind of the next piece of the complement: (0, "") where it ends."""
    if i >= len(tokens) or i in marks.persons:
        return 0, ""
    token = tokens[i]
    local = local_place(tokens, i, head) if token.capital and not linked else 0
    if i in marks.regions or local:
        return max(local, marks.regions.get(i, i) - i), "region"
    if token.low == "tirta" and token.capital and tokens[i - 1].low in words("waterworks") and tokens[i + 1 : i + 2]:
        return 1 + tokens[i + 1].capital, "org"
    length, found = countries().at(tokens, i)
    if length and token.capital:
        return length, "country"
    length, found = role_words().at(tokens, i)
    if length and _word_fits(tokens, i, kind, found, linked):
        return length, found
    if NOMINAL.fullmatch(token.low) and kind not in ("place", "closed") and token.capital:
        return 1, "org"
    return (1, "number") if _is_number(tokens, i, kind) else _abbreviation(tokens, i, kind)


def _word_fits(tokens: Sequence[Token], i: int, kind: str, found: str, linked: bool) -> bool:
    token = tokens[i]
    if kind in ("place", "closed"):
        return token.low in words("place-word") and (kind == "place" or token.low in words("closed-word"))
    if token.shape == "low":
        return not linked and found in ("gov", "org", "party") and not role_heads().at(tokens, i)[0]
    return True


def local_place(tokens: Sequence[Token], i: int, head: str) -> int:
    """Length of the district or village named at `i`, where the head or the word before asks for one; "X | Hulu" may go on."""
    after = i + _listed_place(tokens, i, head)
    turned = i < after < len(tokens) and tokens[after].shape == "title" and tokens[after].low in words("compass")
    return after - i + turned


def _listed_place(tokens: Sequence[Token], i: int, head: str) -> int:
    before = tokens[i - 1].low if i else ""
    if before == "kecamatan":
        return districts().at(tokens, i)[0]
    if before in words("village-word"):
        return villages().at(tokens, i)[0]
    if head.startswith(tuple(words("district-head"))):
        return districts().at(tokens, i)[0]
    if head in words("village-head") or head.startswith(tuple(words("village-chief"))):
        return villages().at(tokens, i)[0]
    return 0


def _is_number(tokens: Sequence[Token], i: int, kind: str) -> bool:
    token = tokens[i]
    if len(token.text) == 1 and token.text in COMMISSIONS and tokens[i - 1].low == "komisi":
        return True
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    opens_name = following is not None and (following.text == "." or following.low in words("after-i"))
    if (is_roman(token.text) or CLASS.fullmatch(token.text)) and not opens_name:
        return kind not in ("closed",)
    return token.shape == "num" and kind not in ("closed", "place") and len(token.text) < 6


def _abbreviation(tokens: Sequence[Token], i: int, kind: str) -> tuple[int, str]:
    """An unknown word in capitals of three letters and more is taken for an agency, where agencies may stand."""
    token = tokens[i]
    fits = kind not in ("place", "closed") and token.shape == "caps" and 3 <= len(token.text) <= 12
    title = titles().at(tokens, i)[0]
    around = [t for t in (tokens[i - 1], tokens[i + 1] if i + 1 < len(tokens) else None) if t and t.capital]
    shouting = len(around) > 1 and all(t.shape == "caps" and len(t.text) > 3 for t in around)
    return (1, "abbreviation") if fits and not title and not shouting and is_name_word(tokens, i, True) else (0, "")
