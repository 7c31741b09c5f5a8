"""What follows the head of a role or institution: "Dinas Kesehatan (Dinkes) Kabupaten X", up to its last word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.people.lexicon import role_heads, role_words, titles, words
from pipeline.people.pieces import Marks, local_place, piece_at
from pipeline.text.tokens import Token

PLACED, UNPLACED = 5, 8  # tokens within which the title of a name is looked for, behind an office of places only and others


class Complement(NamedTuple):
    """What follows a head: the token after it, and which kinds of words it holds."""

    after: int
    kinds: frozenset[str]


def past_brackets(tokens: Sequence[Token], i: int, longest: int = 10) -> int:
    """The token after the brackets that open at token `i`; `i` where none do, or none close soon."""
    if i < len(tokens) and tokens[i].text == "(":
        for k in range(i + 1, min(i + longest, len(tokens))):
            if tokens[k].text == ")":
                return k + 1
    return i


def complement(tokens: Sequence[Token], i: int, kind: str, head: str, marks: Marks) -> Complement:
    """Goes on while words fit: vocabulary, places, numbers, abbreviations, and links between those."""
    kinds: set[str] = set()
    end = i
    tagged = any(k in marks.persons for k in range(i, i + 5))
    local = local_place(tokens, i, head) if kind == "place" and not tagged and i < len(tokens) and tokens[i].capital else 0
    at = _before_name(tokens, i, PLACED if kind == "place" else UNPLACED, marks.persons)
    if at < i + local:
        at = i
    if at > i:
        end = at if tokens[at - 1].text != "," else at - 1
        kinds.update(role_words().at(tokens, k)[1] for k in range(i, end))
        return Complement(end, frozenset(kinds))
    placed = False
    while at < len(tokens):
        beyond = past_brackets(tokens, at)
        beyond = _skip_links(tokens, beyond, kind)
        length, found = piece_at(tokens, beyond, kind, head, marks, beyond > at)
        if not length or (beyond > at and not _may_link(tokens, at, beyond, found)):
            bridged = _bridge(tokens, at, kind)
            if not bridged:
                break
            beyond, length, found = bridged, 1, "gov"
        if found in ("region", "country") and placed and beyond == at and tokens[beyond].low not in words("place-word"):
            break
        placed = found in ("region", "country")
        kinds.add(found)
        at = end = _past_byname(tokens, beyond + length, marks) if found == "number" else beyond + length
    return Complement(end, frozenset(kinds))


def _bridge(tokens: Sequence[Token], i: int, kind: str) -> int:
    """The agency a few unknown words on ("... Penindakan dan Eksekusi KPK"): its token; 0 where there is none."""
    if kind in ("place", "closed") or i >= len(tokens) or tokens[i].low not in ("dan", "&"):
        return 0
    for k in range(i + 1, min(i + 8, len(tokens))):
        if role_heads().at(tokens, k)[0] or not (tokens[k].capital or tokens[k].low in ("dan", "&")):
            return 0
        if role_words().at(tokens, k)[1] == "gov":
            return k
    return 0


def _before_name(tokens: Sequence[Token], i: int, limit: int, persons: Mapping[int, int]) -> int:
    """The token where a rank or a tagged name stands, the words before it belonging to the role; `i` where none does."""
    for k in range(i, min(i + limit, len(tokens))):
        if k > i and tokens[k - 1].low in ("dan", "&") and titles().at(tokens, k)[0]:
            return i
        if k in persons:
            return k
        token = tokens[k]
        if (token.capital or token.low in words("small-title")) and _opens_holder(tokens, i, k, limit):
            return k
        joined = token.capital or token.shape == "num" or token.low in ("dan", ",", "/", "-")
        if not joined or role_heads().at(tokens, k)[0]:
            break
    return i


def _opens_holder(tokens: Sequence[Token], i: int, k: int, limit: int) -> bool:
    """Whether the title at token `k` stands before the name of who holds the office read up to token `i`."""
    kind = titles().at(tokens, k)[1]
    if kind == "rank":
        return tokens[k].low != "jenderal" or tokens[k - 1].low not in words("directorate")
    if kind == "address":
        return k == i + 1 and tokens[k].low in words("mister")
    if k > i and k + 1 < len(tokens) and f"{tokens[k].low} {tokens[k + 1].low}" in words("name-opening"):
        return tokens[k].capital and tokens[k + 1].capital
    placed = limit == PLACED and not _comma(tokens, i, k - 1)
    return kind == "honorific" and (placed or tokens[k - 1].text == "," or _dotted(tokens, k))


def _past_byname(tokens: Sequence[Token], i: int, marks: Marks) -> int:
    """The token after the by-name of a command ("XXI/Nama Nama, Mayjen ..."), where a comma or a rank ends it; `i` elsewhere."""
    if i + 1 >= len(tokens) or tokens[i].text != "/" or i + 1 in marks.regions:
        return i
    for k in range(i + 2, min(i + 4, len(tokens))):
        if tokens[k].text in ",.;" or tokens[k].shape == "low" or titles().at(tokens, k)[1] == "rank":
            return k if tokens[i + 1].capital else i
        if not tokens[k].capital:
            break
    return i


def _dotted(tokens: Sequence[Token], k: int) -> bool:
    """Whether an honorific is written as one ("Hj.", "Drs."): no initial of a name that has already begun."""
    return len(tokens[k].text) > 1 and k + 1 < len(tokens) and tokens[k + 1].text == "." and tokens[k + 1].start == tokens[k].end


def _comma(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a comma stands before `end`: what follows it ("Wali Kota Kupang, Jefirston R ...") has already begun a name."""
    return any(t.text == "," for t in tokens[start:end])


def _is_link(tokens: Sequence[Token], i: int) -> bool:
    """Whether token `i` can join two parts of a role; a dash only inside a word, not the one after a dateline."""
    if tokens[i].text in "-–":
        return 0 < i < len(tokens) - 1 and tokens[i - 1].end == tokens[i].start and tokens[i].end == tokens[i + 1].start
    return tokens[i].low in words("link") or tokens[i].text == "/"


def _skip_links(tokens: Sequence[Token], i: int, kind: str) -> int:
    at, comma = i, "" if kind in ("place", "closed") else ","
    while at < len(tokens) and at - i < 3 and (_is_link(tokens, at) or tokens[at].text == comma):
        at += 1
    return at if at < len(tokens) else i


def _may_link(tokens: Sequence[Token], at: int, beyond: int, found: str) -> bool:
    """Whether a piece of kind `found` may follow the links between `at` and `beyond`."""
    links = {t.low for t in tokens[at:beyond]}
    if "di" in links and found == "org":
        return False  # "Menteri X di | Gedung Y": where, not of what
    if "," in links:
        return found in ("gov", "org", "party") and not role_heads().at(tokens, beyond)[0]
    if links & {"dan", "&", "serta"}:
        return not role_heads().at(tokens, beyond)[0]
    return True
