"""Roles in running text: "Plt. Kepala Dinas Kesehatan (Dinkes) Kabupaten X", from the word that opens them to their last word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.people_lexicon import countries, districts, role_heads, role_words, titles, villages
from pipeline.people_names import is_name_word
from pipeline.people_text import Token, is_roman

ACTING = re.compile(r"(?:plt|plh|pj|pjs|penjabat|pelaksana)\b", re.IGNORECASE)
FORMER = frozenset(["mantan", "eks", "bekas", "ex", "mendiang", "almarhum", "alm", "era"])
WOULD_BE = frozenset(["calon", "capres", "cawapres", "kandidat", "bakal"])
PLURAL = frozenset(["para", "dua", "tiga", "empat", "lima", "enam", "tujuh", "sejumlah", "beberapa", "kedua", "ketiga", "keempat"])
LINKS = frozenset(["dan", "&", "serta", "di", "bidang", "untuk", "pada", "dari", "atas", "urusan", "dalam", "tentang", "terkait", "sekaligus", "merangkap", "/", "-", "–"])
VILLAGE_HEADS = frozenset(["lurah", "kades", "kuwu", "keuchik", "geuchik", "perbekel", "pambakal", "penghulu", "petinggi", "peratin", "sekdes", "seklur"])
NOMINAL = re.compile(r"(?:ke|pe[mnr]?|peng)[a-z]{4,}an")
STATE_BODIES_HEADS = ("direktur utama", "dirut", "ceo", "chairman")
ABBREVIATION = re.compile(r"\s*\([^()]{1,60}\)\s*")


class Role(NamedTuple):
    """Tokens [first, after), characters [start, end); `text` without parentheses; `kind` of its head (HEAD_KINDS)."""

    first: int
    after: int
    start: int
    end: int
    text: str
    head: str
    kind: str
    public: bool
    former: bool
    plural: bool
    short: frozenset[str] = frozenset()  # what stands in brackets in it or right after it, folded


class Complement(NamedTuple):
    """What follows a head: the token after it, and which kinds of words it holds."""

    after: int
    kinds: frozenset[str]


class Marks(NamedTuple):
    """What is known before roles are read: regions and tagged persons, from their first token to the token after them."""

    regions: Mapping[int, int]
    persons: Mapping[int, int]


NO_MARKS = Marks({}, {})


def parse_role(text: str, tokens: Sequence[Token], i: int, marks: Marks) -> Role | None:
    """The role that opens at token `i`, None where none does."""
    at = _skip_acting(tokens, i)
    length, kind = role_heads().at(tokens, at)
    if not length or (kind == "outside" and tokens[at].shape == "low" and length == 1 and at == i and not _named(tokens, at + length)):
        return None
    head = " ".join(t.low for t in tokens[at : at + length])
    found = complement(tokens, at + length, kind, head, marks)
    start, end = tokens[i].start, tokens[found.after - 1].end
    clean = without_brackets(text[start:end])
    before = {t.low for t in tokens[max(0, i - 2) : i] if t.text not in ".,"}
    former = bool(before & FORMER) or tokens[i - 1].low in WOULD_BE if i else False
    short = frozenset(t.low for t in tokens[i : _skip_parenthesis(tokens, found.after)] if t.shape in ("caps", "title"))
    return Role(i, found.after, start, end, clean, head, kind, _public(kind, head, found.kinds) and not _elsewhere(tokens, found.after, kind), former, bool(before & PLURAL), short)


def without_brackets(text: str) -> str:
    """One line, without what stands in brackets and without signs at its ends."""
    return re.sub(r"\s+", " ", ABBREVIATION.sub(" ", text)).strip(" ,-/")


def _named(tokens: Sequence[Token], i: int) -> bool:
    return i < len(tokens) and tokens[i].capital


def _skip_acting(tokens: Sequence[Token], i: int) -> int:
    """The token after "Plt.", "Penjabat (Pj)", "Pelaksana Tugas (Plt)"; `i` where there is none."""
    if not ACTING.match(tokens[i].text):
        return i
    at = i + 1
    if tokens[i].low == "pelaksana":
        if at >= len(tokens) or tokens[at].low not in ("tugas", "harian"):
            return i
        at += 1
    if at < len(tokens) and tokens[at].text == ".":
        at += 1
    return _skip_parenthesis(tokens, at)


def _skip_parenthesis(tokens: Sequence[Token], i: int, longest: int = 10) -> int:
    if i < len(tokens) and tokens[i].text == "(":
        for k in range(i + 1, min(i + longest, len(tokens))):
            if tokens[k].text == ")":
                return k + 1
    return i


def complement(tokens: Sequence[Token], i: int, kind: str, head: str, marks: Marks) -> Complement:
    """Goes on while words fit: vocabulary, places, numbers, abbreviations, and links between those."""
    kinds: set[str] = set()
    end = i
    local = kind == "place" and i < len(tokens) and tokens[i].capital and _local_place(tokens, i, head)
    at = i if local else _before_rank(tokens, i, 5 if kind == "place" else 8)
    if at > i:
        end = at if tokens[at - 1].text != "," else at - 1
        kinds.update(role_words().at(tokens, k)[1] for k in range(i, end))
        return Complement(end, frozenset(kinds))
    placed = False
    while at < len(tokens):
        beyond = _skip_parenthesis(tokens, at)
        beyond = _skip_links(tokens, beyond, kind)
        length, found = _piece(tokens, beyond, kind, head, marks, beyond > at)
        if not length or (beyond > at and not _may_link(tokens, at, beyond, found)):
            bridged = _bridge(tokens, at, kind)
            if not bridged:
                break
            beyond, length, found = bridged, 1, "gov"
        if found in ("region", "country") and placed and beyond == at and tokens[beyond].low not in PLACE_WORDS:
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


def _before_rank(tokens: Sequence[Token], i: int, limit: int) -> int:
    """The token where a rank opens the name, the words before it belonging to the role; `i` where none does."""
    for k in range(i, min(i + limit, len(tokens))):
        token, kind = tokens[k], titles().at(tokens, k)[1]
        if token.capital and kind in ("rank", "honorific") and (kind == "rank" or limit == 5 or tokens[k - 1].text == ","):
            return k
        if (not token.capital and token.shape != "num" and token.low not in ("dan", ",", "/", "-")) or role_heads().at(tokens, k)[0]:
            break
    return i


def _skip_links(tokens: Sequence[Token], i: int, kind: str) -> int:
    at = i
    while at < len(tokens) and at - i < 3 and (tokens[at].low in LINKS or (tokens[at].text == "," and kind not in ("place", "closed"))):
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
    if length and _word_fits(tokens, i, length, kind, found, linked):
        return length, found
    if NOMINAL.fullmatch(token.low) and kind not in ("place", "closed") and token.capital:
        return 1, "org"
    return (1, "number") if _is_number(tokens, i, kind) else _abbreviation(tokens, i, kind)


PLACE_WORDS = frozenset(["ri", "indonesia", "negara", "republik", "kabupaten", "kab", "kota", "provinsi", "prov", "daerah", "pemkab", "pemkot", "pemprov", "pemerintah", "terpilih", "sementara", "kecamatan", "desa", "kelurahan", "administrasi", "distrik", "kotamadya", "nonaktif", "definitif", "ad", "tni", "militer"])


def _word_fits(tokens: Sequence[Token], i: int, length: int, kind: str, found: str, linked: bool) -> bool:
    token = tokens[i]
    if kind in ("place", "closed"):
        return token.low in PLACE_WORDS and (kind == "place" or token.low in ("ri", "indonesia", "republik", "ad", "tni", "nonaktif"))
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
    if head in VILLAGE_HEADS or head.startswith(("kepala desa", "kepala kampung", "wali nagari", "kepala dusun")):
        return villages().at(tokens, i)[0]
    return 0


def _is_number(tokens: Sequence[Token], i: int, kind: str) -> bool:
    token = tokens[i]
    if is_roman(token.text) and not (i + 1 < len(tokens) and tokens[i + 1].text == "."):
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


def _elsewhere(tokens: Sequence[Token], i: int, kind: str) -> bool:
    """Whether a place post goes on with an organisation: the president of a company or a union."""
    if kind != "place" or i >= len(tokens) or not tokens[i].capital:
        return False
    return role_words().at(tokens, i)[1] in ("private", "party") or tokens[i].low in ("rumah", "direktur", "klub", "komisaris", "eksekutif")


def _public(kind: str, head: str, kinds: frozenset[str]) -> bool:
    """Whether head and complement make a public office; a party or company alone does not."""
    if kind in ("place", "closed", "open", "unit"):
        return "gov" in kinds or not kinds & {"private", "party"}
    if kind == "member":
        return bool(kinds & {"gov", "country"}) and "private" not in kinds
    return "gov" in kinds and "private" not in kinds and head in STATE_BODIES_HEADS
