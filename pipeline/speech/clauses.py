"""Clauses that say who speaks: "kata X", "X mengatakan", "disampaikan oleh X", "menurut X", "katanya"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.people.lexicon import order_verbs, speech_verbs, words
from pipeline.people.titles import skip_titles
from pipeline.people.verbs import acts
from pipeline.speech.voices import Mention
from pipeline.text.tokens import Token

MAX_BACK, MAX_FORWARD = 8, 3
SUFFIX = "nya"


class Clause(NamedTuple):
    """The verb at token `verb`, its speaker (None: whoever spoke last), and where the words they say lie from the verb."""

    verb: int
    start: int
    end: int
    kind: str
    who: Mention | None
    pointer: bool
    orders: bool


def find_clauses(tokens: Sequence[Token], mentions: Sequence[Mention]) -> list[Clause]:
    """Every clause of speech in order."""
    verbs = speech_verbs()
    firsts = [mention.first for mention in mentions]
    afters = [mention.after for mention in mentions]
    found = []
    for i, token in enumerate(tokens):
        word, pointing = _stem(token.low, verbs)
        kind = verbs.get(word, "")
        clause = _clause(tokens, mentions, firsts, afters, i, kind, pointing) if kind else None
        if clause:
            found.append(clause)
    return found


def _stem(word: str, verbs: dict[str, str]) -> tuple[str, bool]:
    if word.endswith(SUFFIX) and verbs.get(word[: -len(SUFFIX)]) in ("before", "according", "passive"):
        return word[: -len(SUFFIX)], True
    return word, False


def _clause(
    tokens: Sequence[Token],
    mentions: Sequence[Mention],
    firsts: Sequence[int],
    afters: Sequence[int],
    i: int,
    kind: str,
    pointing: bool,
) -> Clause | None:
    token = tokens[i]
    if pointing:
        return Clause(i, token.start, token.end, kind, None, True, False)
    if kind == "after":
        who = _speaker_before(tokens, mentions, afters, i)
        return Clause(i, token.start, token.end, kind, who, _points(who), token.low in order_verbs()) if who else None
    who = _speaker_after(tokens, mentions, firsts, i)
    return Clause(i, token.start, who.end, kind, who, _points(who), token.low in order_verbs()) if who else None


def _points(who: Mention | None) -> bool:
    return who is not None and who.who is None


def _speaker_after(tokens: Sequence[Token], mentions: Sequence[Mention], firsts: Sequence[int], i: int) -> Mention | None:
    """The mention that starts right after the verb, a filler or two and the titles of a name aside."""
    at = i + 1
    while at < len(tokens) and at - i <= MAX_FORWARD and (tokens[at].low in words("filler") or tokens[at].text in ',"”'):
        at += 1
    k = bisect_left(firsts, at)
    return mentions[k] if k < len(mentions) and firsts[k] in (at, skip_titles(tokens, at)[0]) else None


def _speaker_before(tokens: Sequence[Token], mentions: Sequence[Mention], afters: Sequence[int], i: int) -> Mention | None:
    """The mention that ends right before the verb, adverbs and an inserted "kata X" aside."""
    verbs, at = speech_verbs(), i
    while at > 0 and i - at <= MAX_BACK:
        k = bisect_right(afters, at) - 1
        if k >= 0 and afters[k] == at:
            inserted = mentions[k].first - 1
            if inserted > 0 and tokens[inserted].text == "(":
                at = inserted  # "X (Fraksi Y) meminta"
                continue
            if at == i or tokens[at].text != "," or verbs.get(tokens[inserted].low) not in ("before", "according"):
                return _subject(tokens, mentions, k)
            at = inserted
        elif at > 1 and tokens[at - 1].low == "dan" and verbs.get(tokens[at - 2].low) == "after":
            at -= 2  # "X menyampaikan dan mengimbau"
        elif tokens[at - 1].low in words("adverb") or tokens[at - 1].text in ",)":
            at -= 1
        else:
            return None
    return None


def _subject(tokens: Sequence[Token], mentions: Sequence[Mention], k: int) -> Mention | None:
    """Of mention number `k`, which ends before a verb, and those coordinated with it the one who does what the verb says."""
    first = k
    while first and _listed(tokens[mentions[first - 1].after : mentions[first].first]):
        first -= 1
    if tokens[mentions[first].first - 1].low in words("company"):
        return _subject_before(tokens, mentions, first)
    between = tokens[mentions[k - 1].after : mentions[k].first] if k else []
    return mentions[k - 1] if between and between[0].low in words("capacity") and not any(map(acts, between)) else mentions[k]


def _listed(between: Sequence[Token]) -> bool:
    """Whether nothing but what joins the items of a list stands between two mentions."""
    return 0 < len(between) < 3 and all(token.low in words("joint-list") or token.text == "," for token in between)


def _subject_before(tokens: Sequence[Token], mentions: Sequence[Mention], k: int) -> Mention | None:
    """The mention before number `k` in the same sentence: "X didampingi Y mengatakan" is said by X."""
    if k == 0 or any(t.text in "\n.?!" for t in tokens[mentions[k - 1].after : mentions[k].first]):
        return None
    return mentions[k - 1]
