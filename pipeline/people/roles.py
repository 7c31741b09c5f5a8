"""Roles in running text: "Plt. Kepala Dinas Kesehatan (Dinkes) Kabupaten X", from the word that opens them to their last word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipeline.people.complement import complement, past_brackets
from pipeline.people.lexicon import any_of, role_heads, role_words, words
from pipeline.people.pieces import Marks, past_organisation
from pipeline.text.tokens import Token

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


def parse_role(text: str, tokens: Sequence[Token], i: int, marks: Marks) -> Role | None:
    """The role that opens at token `i`, None where none does."""
    at = _skip_acting(tokens, i)
    length, kind = role_heads().at(tokens, at)
    if not length:
        return None
    if kind == "outside" and tokens[at].shape == "low" and length == 1 and at == i and not _named(tokens, at + length):
        return None
    head = " ".join(t.low for t in tokens[at : at + length])
    found = complement(tokens, at + length, kind, head, marks)
    start, end = tokens[i].start, tokens[found.after - 1].end
    clean = without_brackets(text[start:end])
    before = {t.low for t in tokens[max(0, i - 2) : i] if t.text not in ".,"}
    former = bool(before & words("former")) or tokens[i - 1].low in words("candidate") if i else False
    former = former or _hoped_for(tokens, i)
    short = frozenset(t.low for t in tokens[i : past_brackets(tokens, found.after)] if t.shape in ("caps", "title"))
    joined = i > 0 and tokens[i - 1].low in words("association")
    public = _public(kind, head, found.kinds) and not joined and not _elsewhere(tokens, found.after, kind)
    return Role(i, found.after, start, end, clean, head, kind, public, former, bool(before & words("plural")), short)


def without_brackets(text: str) -> str:
    """One line, without what stands in brackets and without signs at its ends."""
    return re.sub(r"\s+", " ", ABBREVIATION.sub(" ", text)).strip(" ,-/")


def _hoped_for(tokens: Sequence[Token], i: int) -> bool:
    """Whether the post is still to be won: "cocok untuk jadi gubernur", "maju sebagai bupati"."""
    before = [t.low for t in tokens[max(0, i - 3) : i]]
    if before[-1:] == ["sebagai"]:
        return before[-2:-1] in (["maju"], ["mencalonkan"], ["dicalonkan"])
    return before[-1:] in (["jadi"], ["menjadi"]) and bool(words("hoping").intersection(before))


def _named(tokens: Sequence[Token], i: int) -> bool:
    return i < len(tokens) and tokens[i].capital


@cache
def _acting() -> re.Pattern[str]:
    return re.compile(rf"{any_of('acting')}\b", re.IGNORECASE)


def _skip_acting(tokens: Sequence[Token], i: int) -> int:
    """The token after "Plt.", "Penjabat (Pj)", "Pelaksana Tugas (Plt)"; `i` where there is none."""
    if not _acting().match(tokens[i].text):
        return i
    at = i + 1
    if tokens[i].low == "pelaksana":
        if at >= len(tokens) or tokens[at].low not in ("tugas", "harian"):
            return i
        at += 1
    elif tokens[i].low == "penjabat" and at < len(tokens) and tokens[at].low == "sementara":
        at += 1
    if at < len(tokens) and tokens[at].text == ".":
        at += 1
    return past_brackets(tokens, at)


def _elsewhere(tokens: Sequence[Token], i: int, kind: str) -> bool:
    """Whether a post goes on with an organisation: the president of a company or a union."""
    if i >= len(tokens) or not tokens[i].capital:
        return False
    if past_organisation(tokens, i) > i:
        return True
    return kind == "place" and (role_words().at(tokens, i)[1] in ("private", "party") or tokens[i].low in words("elsewhere"))


def _public(kind: str, head: str, kinds: frozenset[str]) -> bool:
    """Whether head and complement make a public office; a party or company alone does not, its group in a council does."""
    if "fraksi" in head.split():
        return True
    if kind in ("place", "closed", "open", "unit"):
        return "gov" in kinds or not kinds & {"private", "party"}
    if kind == "member":
        return bool(kinds & {"gov", "country"}) and "private" not in kinds
    return "gov" in kinds and "private" not in kinds and head in words("company-head")
