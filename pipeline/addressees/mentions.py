"""Everybody who could be told to act in a stretch of text: known groups, titles with a name, nouns for persons, what opens a
clause; coordinated ones together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from arahan.types import Span
from pipeline.addressees.lexicon import any_of, pronouns, role
from pipeline.addressees.lists import Part, joint_of, lists
from pipeline.addressees.words import STRONG, Token, active, is_a, tokens_of
from pipeline.vocabulary.gazetteers import group_spans

MAX_MORE, MAX_RELATIVE = 5, 8  # tokens of a phrase behind the words that begin it, and of its clause with "yang"
MAX_SUBJECT = 4  # tokens before the verb of what opens a clause
PASSIVE = re.compile(r"di[a-z]{4,}$")
_CLAUSE_SIGNS = ",-•"


class Someone(NamedTuple):
    """A phrase for one or more who could act; `known` where a group of data/groups.csv opens it."""

    span: Span
    known: bool


class _Head(NamedTuple):
    """The words that begin a phrase, up to character `end`."""

    end: int
    known: bool


def mentions(text: str, within: Span) -> list[Someone]:
    """The phrases in `within`, in order, none overlapping another."""
    tokens = tokens_of(text, within.start, within.end)
    heads = _heads(text, within, tokens)
    found: list[Part] = []
    last = 0  # the token behind the last phrase
    for k, token in enumerate(tokens):
        head = heads.get(token.start)
        if head is None or k < last:
            continue
        joint = joint_of(tokens[last:k]) if found else ""
        last = _end(text, tokens, k, head.end)
        found.append(Part(Span(token.start, tokens[last - 1].end), head.known, joint))
    return [Someone(*each) for each in lists(found)]


@cache
def _titled() -> re.Pattern[str]:
    """ "Pak Camat", "Bu Ratna"."""
    return re.compile(rf"\b{any_of('address')}\s+(?:{any_of('addressed')}\b|[A-Z]\w+)")


@cache
def _person() -> re.Pattern[str]:
    """A noun for persons by its form ("peternak", "wartawan")."""
    plain = rf"(?!{any_of('no-person')}\b)pe(?!\w+(?:an|nya)\b)[a-z]{{4,}}"
    return re.compile(rf"(?<![\w-])(?:{plain}|[a-z]+wan|[a-z]+wati)\b", re.IGNORECASE)


def _heads(text: str, within: Span, tokens: list[Token]) -> dict[int, _Head]:
    """By the character where they begin; a known group goes before the others."""
    piece = within.of(text)
    found = {within.start + m.start(): _Head(within.start + m.end(), False) for m in _person().finditer(piece)}
    found |= {start: _Head(end, False) for start, end in _openers(tokens)}
    found |= {within.start + m.start(): _Head(within.start + m.end(), False) for m in _titled().finditer(piece)}
    return found | {within.start + s.start: _Head(within.start + s.end, True) for s in group_spans(piece)}


def _openers(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """Where nouns open a clause whose verb or auxiliary follows soon ("kafilah | menjaga"), or "yang ..." does."""
    for k, token in enumerate(tokens):
        before = tokens[k - 1].low if k else "."
        if not (STRONG.fullmatch(before) or before in _CLAUSE_SIGNS or before in role("before-subject")):
            continue
        if token.low == "yang":
            yield token.start, token.end
        elif end := _subject_end(tokens, k):
            yield token.start, end


def _subject_end(tokens: list[Token], k: int) -> int:
    """The character where a subject that begins at token `k` ends; 0 where none does."""
    low = tokens[k].low
    if not low[0].isalpha() or _is_verb(low) or low in _no_subject() or is_a(low, "quantifier"):
        return 0
    for at in range(k + 1, min(k + 1 + MAX_SUBJECT, len(tokens))):
        low = tokens[at].low
        if _is_verb(low) or low in role("end") | role("verb"):
            return tokens[at - 1].end
        if not low[0].isalnum() or low in role("no-subject") | role("clause"):
            break
    return 0


@cache
def _no_subject() -> frozenset[str]:
    kinds = ("no-subject", "weak", "lead", "told", "clause", "fronting", "object")
    return pronouns().union(*(role(kind) for kind in kinds))


def _is_verb(word: str) -> bool:
    return bool(active().match(word) or PASSIVE.match(word))


def _end(text: str, tokens: list[Token], k: int, end: int) -> int:
    """The token behind the phrase that begins at token `k` with words up to character `end`."""
    at = k + 1
    while at < len(tokens) and tokens[at].start < end:
        at += 1
    since = at if tokens[at - 1].low == "yang" else 0  # where its relative clause begins
    limit = at + (MAX_RELATIVE if since else MAX_MORE)
    while at < min(limit, len(tokens)) and tokens[at].low[0].isalnum():
        low = tokens[at].low
        if low == "yang" and not since:
            if at + 1 < len(tokens) and tokens[at + 1].low in role("no-relative"):
                break
            since, limit = at + 1, at + MAX_RELATIVE
        elif (since and at > since and _ends_relative(low)) or not (since or _says_which(text, tokens[at])):
            break
        at += 1
    return at


def _ends_relative(word: str) -> bool:
    return word in role("relative-end") or (word in role("end") and word not in role("relative-on"))


def _says_which(text: str, token: Token) -> bool:
    """Whether a word behind those who begin a phrase belongs to it: a name, a number, "se-", "terkait"."""
    return text[token.start].isupper() or token.low.startswith("se-") or token.low.isdigit() or token.low in role("modifier")
