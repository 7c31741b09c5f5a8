"""Phrases for several addressees taken apart: "para camat dan lurah", but "Dinas Pendidikan dan Kebudayaan" is one office."""

from __future__ import annotations

import re
from functools import cache

from pipeline.addressees.lexicon import any_of, type_of
from pipeline.addressees.words import acts, unquantified
from pipeline.people.lexicon import role_words
from pipeline.text.tokens import tokenize
from pipeline.vocabulary.gazetteers import begins_with_group, group_of

LAST_BRACKETS = re.compile(r"\s*\([^()]*\)?$")
RELATIVE = re.compile(r"(?:^|\s+)yang\s", re.IGNORECASE)
STATEMENT = re.compile(r"yang\s.*\b(?:adalah|ialah)\b", re.IGNORECASE | re.DOTALL)
BOTH = re.compile(r"\bbaik\s+(?:itu\s+)?(?:dari\s+)?(?=.*(?:,|\bmaupun\b|\bdan\b))", re.IGNORECASE | re.DOTALL)
BODY = re.compile(r"pihak\s+(?=[A-Z])")
EDGE = " \t\n.,;:\"“”'’()-–"
MIN_LETTERS = 2


@cache
def _joined() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:[,;&/]|\b{any_of('joint')}\b)(?:\s+juga)?\s*", re.IGNORECASE)


@cache
def _tail() -> re.Pattern[str]:
    """What follows an addressee and is no part of it, to the end."""
    return re.compile(rf"\s+(?:{any_of('tail')}|{any_of('last')}$)(?=\s|$).*", re.IGNORECASE | re.DOTALL)


@cache
def _area() -> re.Pattern[str]:
    return re.compile(any_of("area"), re.IGNORECASE)


@cache
def _office() -> re.Pattern[str]:
    return re.compile(rf"{any_of('office')}\b")


@cache
def _affair() -> re.Pattern[str]:
    return re.compile(rf"{any_of('affair')}\b.*")


def names_in(phrase: str) -> list[str]:
    """The addressees that a phrase names, each as it is written in the table: coordinated ones apart, no quantifier, no tail."""
    whole = LAST_BRACKETS.sub("", _edges(phrase)) or phrase
    if type_of(whole) == "whole":
        return [whole]
    if STATEMENT.match(whole):  # "Yang penting adalah ...": somebody stands behind no copula
        return []
    tail = _tail().search(whole)
    whole = whole[: tail.start()] if tail and not RELATIVE.search(whole, 0, tail.start() + 1) else whole
    each = BOTH.search(whole)  # "aparat, baik TNI maupun Polri": those after it say who
    whole = whole[each.end() :] if each else whole
    relative = RELATIVE.search(whole)
    named, clause = (whole[: relative.start()], whole[relative.start() :]) if relative else (whole, "")
    parts = _coordinated(named)
    parts[-1] += clause
    return [name for part in parts if (name := _stripped(part))]


def _coordinated(phrase: str) -> list[str]:
    """The parts of "X dan Y" where Y is someone as well; "Dinas Pendidikan dan Kebudayaan" is one office. What a mere comma sets
    off and is nobody ends them ("Bendahara, | siapkan dana").
    """
    parts, start = [], 0
    for joint in _joined().finditer(phrase):
        behind = _joined().split(phrase[joint.end() :], maxsplit=1)[0]
        if behind.strip() and _is_someone(behind, phrase[start : joint.start()]):
            parts.append(phrase[start : joint.start()])
            if joint[0].strip() == "," and behind[0].islower() and not acts(unquantified(behind), False):
                return parts
            start = joint.end()
    return [*parts, phrase[start:]]


def _is_someone(part: str, before: str) -> bool:
    """Whether `part` of a coordination names another than `before` does, rather than more of its area or of its affairs."""
    if _area().fullmatch(part.strip()) or (_office().match(unquantified(before.strip())) and _is_affair(part.strip())):
        return False
    return bool(group_of(part) or _office().match(part)) or part[0].islower() or part.isupper()


def _is_affair(part: str) -> bool:
    """Whether `part` goes on the name of an office: affairs, where no group or institution is named by them as well."""
    of_office = part[0].isupper() and role_words().at(tokenize(part), 0)[1] == "org"
    return bool(_affair().fullmatch(part)) or (of_office and not begins_with_group(part))


def _edges(phrase: str) -> str:
    """Without punctuation at the ends; a bracket that has its partner inside stays."""
    bare = phrase.strip(EDGE)
    return bare + ")" if bare.count("(") > bare.count(")") and phrase[phrase.index(bare) + len(bare) :].startswith(")") else bare


def _stripped(part: str) -> str:
    part = BODY.sub("", _edges(LAST_BRACKETS.sub("", part) or part))
    while True:
        kind = type_of(part)
        if kind == "whole":
            return part
        if kind == "pronoun" or sum(c.isalpha() for c in part) < MIN_LETTERS:
            return ""
        first, _, rest = part.partition(" ")
        if type_of(first) != "quantifier" or not rest:
            return part
        part = _edges(rest)
