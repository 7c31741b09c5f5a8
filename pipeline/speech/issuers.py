"""Who gives the directive: the model's marks weighed against the people of the article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from arahan.types import Article, Span
from models.runtime.decode import Mention
from pipeline.people.officials import Named, People, official_id
from pipeline.speech.attribution import Attribution
from pipeline.vocabulary.gazetteers import office_of
from pipeline.vocabulary.regions import Region, find_region

RULES = 2.0  # the weight of the rules' score beside the model's, learned on held-out training articles
NESTED = 4  # mentions that may lie in one another
INSTITUTION = re.compile(r"[A-Z][\w.&'-]*(?:\s+(?:dan\s+)?[A-Z][\w.&'-]*)*")


@dataclass(frozen=True, slots=True)
class Issuer:
    """A person (name, role) or, with an empty name, an institution or an unnamed office holder; `public`: in public office."""

    name: str
    role: str
    official_id: str
    region_code: str
    region_name: str
    score: float
    public: bool = True


def choose(article: Article, mentions: Sequence[Mention], people: People, said: Attribution) -> Issuer:
    """The likeliest of the persons and institutions: the model's mark on them, plus a share of what the rules say."""
    rule = RULES * said.score
    found = [_of_person(article, p, _score(p, mentions) + (rule if _same(p, said) else 0.0)) for p in people.named]
    for mention in mentions:
        if any(_touched(person.mentions, mention.span) for person in people.named):
            continue
        role = _role_at(article.text, mention.span, people)
        agrees = not said.who.name and role.casefold() == said.who.role.casefold()
        found.append(_of_role(article, role, mention.score + (rule if agrees else 0.0)))
    if not any(_same(p, said) for p in people.named):
        found.append(
            _of_role(article, said.who.role or article.outlet, rule) if not said.who.name else _of_speaker(article, said, rule)
        )
    return max(found, key=lambda issuer: round(issuer.score, 4))


def _same(person: Named, said: Attribution) -> bool:
    return bool(said.who.name) and person.name == said.who.name


def _of_speaker(article: Article, said: Attribution, score: float) -> Issuer:
    region = _region(find_region(said.who.role, article.outlet))
    return Issuer(said.who.name, said.who.role, said.who.official_id, *region, score, said.who.public)


def _score(person: Named, mentions: Sequence[Mention]) -> float:
    return max((m.score for m in mentions if _touched(person.mentions, m.span)), default=0.0)


def _touched(spans: Sequence[Span], span: Span) -> bool:
    """Whether one of the sorted `spans` overlaps `span`; of those that end before it, only a few may begin after others."""
    at = bisect_left(spans, span.end, key=lambda other: other.start)
    return any(other.end > span.start for other in spans[max(0, at - NESTED) : at])


def _role_at(text: str, span: Span, people: People) -> str:
    """The role or institution that the mark stands on, grown to the whole phrase."""
    roles = people.scan.roles
    at = bisect_left(roles, span.end, key=lambda role: role.start)
    for role in roles[max(0, at - NESTED) : at]:
        if span.start < role.end:
            return text[role.start : min(role.end, len(text))]
    for match in INSTITUTION.finditer(text, max(0, span.start - 80), span.end + 80):
        if match.start() < span.end and span.start < match.end():
            return match.group().strip(" .")
    return span.of(text)


def _of_person(article: Article, person: Named, score: float) -> Issuer:
    """The issuer that a person of the article is."""
    if person.official:
        o = person.official
        region = find_region(o.role, article.outlet)
        return Issuer(o.name, o.role, o.official_id, *_region(region), score)
    region = find_region(person.role, article.outlet)
    code, name = _region(region)
    return Issuer(person.name, person.role, official_id(person.name, office_of(person.role), code), code, name, score, False)


def _of_role(article: Article, role: str, score: float) -> Issuer:
    """The issuer that an institution or an unnamed office holder is."""
    return Issuer("", role, "", *_region(find_region(role, article.outlet) or find_region(article.outlet)), score)


def _region(region: Region | None) -> tuple[str, str]:
    return (region.code, region.name) if region else ("", "")
