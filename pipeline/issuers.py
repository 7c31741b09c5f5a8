"""Who gives the directive: the model's marks weighed against the people of the article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from arahan.types import Article, Span
from models.runtime.decode import Mention
from pipeline.gazetteers import office_of
from pipeline.people import Named, People, official_id
from pipeline.regions import Region, find_region

INSTITUTION = re.compile(r"[A-Z][\w.&'-]*(?:\s+(?:dan\s+)?[A-Z][\w.&'-]*)*")


@dataclass(frozen=True, slots=True)
class Issuer:
    """A person (name, role) or, with an empty name, an institution or an unnamed office holder; `score` in [0, 1]."""

    name: str
    role: str
    official_id: str
    region_code: str
    region_name: str
    score: float


def choose(article: Article, mentions: Sequence[Mention], people: People, fallback: Issuer | None) -> Issuer:
    """The person most surely marked, else the institution marked, else `fallback` (attribution by rules), else the outlet."""
    persons = [(score, person) for person in people.named if (score := _score(person, mentions)) > 0]
    best = max(persons, key=lambda pair: (round(pair[0], 3), -pair[1].mentions[0].start), default=None)
    institutions = [m for m in mentions if not any(m.span.overlaps(span) for person in people.named for span in person.mentions)]
    other = max(institutions, key=lambda m: m.score, default=None)
    if best is not None and (other is None or best[0] >= other.score):
        return of_person(article, best[1], best[0])
    if other is not None and (role := _role_at(article.text, other.span, people)):
        return of_role(article, role, other.score)
    return fallback or of_role(article, article.outlet, 0.0)


def _score(person: Named, mentions: Sequence[Mention]) -> float:
    return max((m.score for m in mentions for span in person.mentions if m.span.overlaps(span)), default=0.0)


def _role_at(text: str, span: Span, people: People) -> str:
    """The role or institution that the mark stands on, grown to the whole phrase."""
    for role in people.scan.roles:
        if role.start < span.end and span.start < role.end:
            return text[role.start : min(role.end, len(text))]
    for match in INSTITUTION.finditer(text, max(0, span.start - 80), span.end + 80):
        if match.start() < span.end and span.start < match.end():
            return match.group().strip(" .")
    return span.of(text)


def of_person(article: Article, person: Named, score: float) -> Issuer:
    """The issuer that a person of the article is."""
    if person.official:
        o = person.official
        region = find_region(o.role, article.outlet)
        return Issuer(o.name, o.role, o.official_id, *_region(region), score)
    region = find_region(person.role, article.outlet)
    code, name = _region(region)
    return Issuer(person.name, person.role, official_id(person.name, office_of(person.role), code), code, name, score)


def of_role(article: Article, role: str, score: float) -> Issuer:
    """The issuer that an institution or an unnamed office holder is."""
    return Issuer("", role, "", *_region(find_region(role, article.outlet) or find_region(article.outlet)), score)


def _region(region: Region | None) -> tuple[str, str]:
    return (region.code, region.name) if region else ("", "")
