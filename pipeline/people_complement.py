"""What follows the head of a role or institution: "Dinas Kesehatan (Dinkes) Kabupaten X", up to its last word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.people_lexicon import countries, districts, role_heads, role_words, titles, villages, words
from pipeline.people_names import is_name_word
from pipeline.people_text import Token, is_roman

COMMISSIONS = "ABCDE"
CLASS = re.compile(r"I{1,3}[AB]")  # of prisons and courts
DIRECTORATES = ("direktorat", "inspektorat", "sekretariat", "sekretaris", "inspektur", "direktur", "jaksa")
NOMINAL = re.compile(r"(?:ke|pe[mnr]?|peng)[a-z]{4,}an")


LONGEST_ORGANISATION = 6  # tokens


class Complement(NamedTuple):
    """What follows a head: the token after it, and which kinds of words it holds."""

    after: int
    kinds: frozenset[str]


class Marks(NamedTuple):
    """What is known before roles are read: regions and tagged persons, from their first token to the token after them."""

    regions: Mapping[int, int]
    persons: Mapping[int, int]


NO_MARKS = Marks({}, {})


def past_brackets(tokens: Sequence[Token], i: int, longest: int = 10) -> int:
    """The token after the brackets that open at token `i`; `i` where none do, or none close soon."""
    if i < len(tokens) and tokens[i].text == "(":
        for k in range(i + 1, min(i + longest, len(tokens))):
            if tokens[k].text == ")":
                return k + 1
    return i


def past_organisation(tokens: Sequence[Token], i: int) -> int:
    """The token after the company or foundation named from `i` on ("LG Electronics"); `i` where none is."""
    after = i
    for k in range(i, min(i + LONGEST_ORGANISATION, len(tokens))):
        if not tokens[k].capital or role_heads().at(tokens, k)[0]:
            break
        after = k + 1 if tokens[k].low in words("organisation") else after
    return after


def complement(tokens: Sequence[Token], i: int, kind: str, head: str, marks: Marks) -> Complement:
    """Goes on while words fit: vocabulary, places, numbers, abbreviations, and links between those."""
    kinds: set[str] = set()
    end = i
    tagged = any(k in marks.persons for k in range(i, i + 5))
    local = _local_place(tokens, i, head) if kind == "place" and not tagged and i < len(tokens) and tokens[i].capital else 0
    at = _before_name(tokens, i, 5 if kind == "place" else 8, marks.persons)
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
        length, found = _piece(tokens, beyond, kind, head, marks, beyond > at)
        if not length or (beyond > at and not _may_link(tokens, at, beyond, found)):
            bridged = _bridge(tokens, at, kind)
            if not bridged:
                break
            beyond, length, found = bridged, 1, "gov"
        if found in ("region", "country") and placed and beyond == at and tokens[beyond].low not in words("place-word"):
            break
        placed = found in ("region", "country")
        kinds.add(found)
        at = end = beyond + length
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
        if k in persons:
            return k
        token, kind = tokens[k], titles().at(tokens, k)[1]
        office = token.low == "jenderal" and tokens[k - 1].low in DIRECTORATES
        if (
            token.capital
            and not office
            and kind in ("rank", "honorific", "address")
            and (kind != "honorific" or limit == 5 or tokens[k - 1].text == ",")
            and (kind != "address" or (k == i + 1 and token.low in words("mister")))
        ):
            return k
        joined = token.capital or token.shape == "num" or token.low in ("dan", ",", "/", "-")
        if not joined or role_heads().at(tokens, k)[0]:
            break
    return i


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
    if "," in links:
        return found in ("gov", "org", "party") and not role_heads().at(tokens, beyond)[0]
    if links & {"dan", "&", "serta"}:
        return not role_heads().at(tokens, beyond)[0]
    return True


def _piece(tokens: Sequence[Token], i: int, kind: str, head: str, marks: Marks, linked: bool) -> tuple[int, str]:
    """Length in tokens and kind of the next piece of the complement: (0, "") where it ends."""
    if i >= len(tokens) or i in marks.persons:
        return 0, ""
    token = tokens[i]
    local = _local_place(tokens, i, head) if token.capital and not linked else 0
    if i in marks.regions or local:
        return max(local, marks.regions.get(i, i) - i), "region"
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


def _local_place(tokens: Sequence[Token], i: int, head: str) -> int:
    """Length of the district or village named at `i`, where the head or the word before asks for one."""
    before = tokens[i - 1].low if i else ""
    if before == "kecamatan":
        return districts().at(tokens, i)[0]
    if before in ("desa", "kelurahan", "nagari", "gampong"):
        return villages().at(tokens, i)[0]
    if head.startswith(("camat", "kapolsek", "danramil", "sek", "kepala distrik", "babinsa", "wakapolsek")):
        return districts().at(tokens, i)[0]
    if head in words("village-head") or head.startswith(("kepala desa", "kepala kampung", "wali nagari", "kepala dusun")):
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
