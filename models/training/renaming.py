"""Annotated articles with other people and places, so that a model learns what is said and not who is known for saying it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from typing import Any

from models.training.directive_data import Annotated
from pipeline.vocabulary.regions import TITLES, find_regions, regions

NAME_PART = re.compile(r"\b[A-Z][\w'’-]{2,}")
SPANS = ("evidence", "cue", "action")


def name_parts(name: str) -> list[str]:
    """The parts of a person's name that mentions of it repeat: three letters or more, with a capital."""
    return NAME_PART.findall(name)


def people(articles: Iterable[Annotated]) -> list[list[str]]:
    """The names of all officials in parts, each once, in the order of the alphabet."""
    found = {tuple(name_parts(official["name"])) for article in articles for official in article["officials"]}
    return [list(parts) for parts in sorted(found) if parts]


def _other_people(article: Annotated, names: Sequence[list[str]], rng: random.Random) -> dict[str, str]:
    other: dict[str, str] = {}
    for official in article["officials"]:
        parts = [part for part in name_parts(official["name"]) if part not in other]
        drawn = rng.choice([name for name in rng.sample(names, min(20, len(names))) if len(name) >= len(parts)] or [parts])
        other |= dict(zip(parts, drawn, strict=False))
    return other


def _other_places(text: str, rng: random.Random) -> dict[str, str]:
    of_level: dict[str, list[str]] = {}
    for region in regions().values():
        of_level.setdefault(region.level, []).append(region.name.removeprefix(TITLES[region.level]))
    drawn: dict[str, str] = {}
    other: dict[str, str] = {}
    for span, region in find_regions(text):
        place = drawn.setdefault(region.code, rng.choice(of_level[region.level]))
        other[span.of(text).removeprefix(TITLES[region.level])] = place
    return other


class _Rewriting:
    """`text` with words replaced, and where each of its characters went."""

    def __init__(self, text: str, words: re.Pattern[str], other: dict[str, str]) -> None:
        self.text, self._places, at = "", [], 0
        for match in words.finditer(text):
            self._keep(text[at : match.start()])
            new = other[match.group()]
            self._places += [len(self.text), *[len(self.text) + len(new)] * (len(match.group()) - 1)]
            self.text += new
            at = match.end()
        self._keep(text[at:])
        self._places.append(len(self.text))

    def _keep(self, part: str) -> None:
        self._places += range(len(self.text), len(self.text) + len(part))
        self.text += part

    def span(self, span: Sequence[int]) -> list[int]:
        """Where [start, end) is now; a span that begins or ends inside a replaced word takes in its end."""
        return [self._places[span[0]], self._places[span[1]]]


def _directive(directive: Annotated, rewritten: _Rewriting, issuer: dict[str, Any]) -> Annotated:
    def within(part: dict[str, Any]) -> dict[str, Any]:
        return {**part, "span": rewritten.span(part["span"])} if part.get("span") else part

    moved = {key: rewritten.span(directive[key]) for key in SPANS if directive[key]}
    return {
        **directive, **moved, "issuer": issuer,
        "addressees": [rewritten.span(span) for span in directive["addressees"]],
        "quantities": [within(quantity) for quantity in directive["quantities"]],
        "deadline": within(directive["deadline"]) if directive["deadline"] else None,
    }  # fmt: skip


def renamed(article: Annotated, names: Sequence[list[str]], rng: random.Random) -> Annotated:
    """The article with every official and every region called otherwise throughout; all spans point to the same passages."""
    other = {**_other_places(article["text"], rng), **_other_people(article, names, rng)}
    if not other:
        return article
    words = re.compile(r"\b(?:" + "|".join(re.escape(word) for word in sorted(other, key=len, reverse=True)) + r")\b")

    def rewrite(words_of: str) -> str:
        return _Rewriting(words_of or "", words, other).text

    def person(of: dict[str, Any]) -> dict[str, Any]:
        return {**of, **{key: rewrite(of[key]) for key in ("name", "role") if of.get(key)}}

    body = _Rewriting(article["text"], words, other)
    return {
        **article, "title": rewrite(article.get("title", "")), "text": body.text,
        "officials": [person(official) for official in article["officials"]],
        "directives": [_directive(d, body, person(d["issuer"])) for d in article["directives"]],
        **({"unsure": [body.span(span) for span in article["unsure"]]} if "unsure" in article else {}),
    }  # fmt: skip


def some_renamed(articles: Iterable[Annotated], names: Sequence[list[str]], share: float, seed: int) -> list[Annotated]:
    """All articles, each with the probability `share` under other names."""
    rng = random.Random(seed)
    return [renamed(article, names, rng) if rng.random() < share else article for article in articles]
