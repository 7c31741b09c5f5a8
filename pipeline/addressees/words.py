"""The words of a clause as addressees are looked for in it: tokens, verbs by their form, who can act."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipeline.addressees.lexicon import any_of, inquits, role, type_of
from pipeline.vocabulary.gazetteers import begins_with_group

TOKEN = re.compile(r"[^\W_]+(?:[-/'’][^\W_]+)*|[^\w\s]")
STRONG = re.compile(r"[.!?:;\"“”()\[\]\n]")
COUNT = re.compile(r"\d[\d.]*\s+(?=[^\W\d])")
MAX_TOKENS = 16  # of an addressee
MAX_INQUIT = 7  # tokens of "| , kata Eko Wibowo, |"


class Token(NamedTuple):
    """A word or sign in lower case, at characters [start, end)."""

    low: str
    start: int
    end: int


@cache
def passive() -> re.Pattern[str]:
    """A passive verb, adverbs before it included ("segera dibenahi")."""
    return re.compile(rf"(?:{any_of('before-passive')}\s+)*(?!{any_of('no-passive')})di[a-z]{{3,}}", re.IGNORECASE)


@cache
def active() -> re.Pattern[str]:
    """A verb with me- or ber-, in small letters and alone."""
    return re.compile(rf"(?!{any_of('no-active')})(?:me|ber)[a-z]{{4,}}(?:kan|i)?$")


@cache
def _human() -> re.Pattern[str]:
    return re.compile(rf"(?:pe(?!\w+an$)[a-z]{{4,}}|[a-z]+wan|[a-z]+wati|{any_of('human')})$")


@cache
def _nobody() -> re.Pattern[str]:
    return re.compile(rf"{any_of('nobody')}\b", re.IGNORECASE)


@cache
def thing() -> re.Pattern[str]:
    """A word that opens a phrase for a thing, alone."""
    return re.compile(rf"(?:pe\w+an|ke\w+an|{any_of('thing')})$", re.IGNORECASE)


def is_a(word: str, kind: str) -> bool:
    """Whether a word alone is a pronoun or quantifier of data/addressee_words.csv."""
    return type_of(word) == kind


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """Words and signs of text[start:end], with the positions in `text`."""
    return [Token(m[0].lower(), m.start(), m.end()) for m in TOKEN.finditer(text, start, max(start, end))]


def without_inquits(tokens: list[Token]) -> list[Token]:
    """Without who is quoted, between commas ("camat, | kata bupati, | agar"); a comma stays where a condition ends with it."""
    found: list[Token] = []
    at, conditional = 0, False
    while at < len(tokens):
        close = _inquit_end(tokens, at)
        conditional = tokens[at].low in role("condition") or (conditional and not STRONG.match(tokens[at].low))
        if conditional or not close:
            found.append(tokens[at])
            close = at + 1
        at = close
    return found


def _inquit_end(tokens: list[Token], at: int) -> int:
    if tokens[at].low != "," or at + 1 >= len(tokens) or tokens[at + 1].low not in inquits():
        return 0
    return next((k + 1 for k in range(at + 2, min(len(tokens), at + MAX_INQUIT)) if tokens[k].low == ","), 0)


def with_quantifiers(tokens: list[Token], start: int) -> int:
    """The character where the phrase at token `start` begins, quantifiers before it included."""
    while start and tokens[start - 1].low not in role("told") | role("lead") and is_a(tokens[start - 1].low, "quantifier"):
        start -= 1
    return tokens[start].start


def acts(phrase: str, opens_sentence: bool) -> bool:
    """Whether a phrase names somebody who can act: a known group, a person noun, a name (not merely a sentence's first word)."""
    phrase = COUNT.sub("", phrase) or phrase
    first, *others = phrase.split()
    if _nobody().match(phrase):
        return False
    if begins_with_group(phrase) or _human().match(first.strip(",").lower()):
        return True
    return first[0].isupper() and (not opens_sentence or first[1:2].isupper() or bool(others and others[0][0].isupper()))


def unquantified(phrase: str) -> str:
    """The phrase without the quantifiers that open it."""
    words = phrase.split()
    while len(words) > 1 and is_a(words[0].lower(), "quantifier"):
        words = words[1:]
    return " ".join(words)


def names_actor(phrase: str) -> bool:
    """Whether a phrase, quantifiers aside, names somebody who can act: also "mereka yang ...", and no rule or law."""
    bare = unquantified(phrase)
    if not bare:
        return False
    return acts(bare, False) or bare.lower().startswith(("mereka yang ", "yang ", "pihak"))
