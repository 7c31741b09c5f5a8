"""The people of an article: who is named, under which roles, where, and which of them are public officials.

`resolve_people` gives everyone (the attribution of speech needs citizens and companies too), `resolve_officials` the officials.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from arahan.types import Article, Labelled, Official, Span
from models.runtime.names import NO_MARKS, NameMarks
from pipeline.people.bare_roles import speaks
from pipeline.people.cluster import Person
from pipeline.people.found import MAX_ABBREVIATION, Scan
from pipeline.people.lexicon import any_of
from pipeline.people.offices import best_role, is_public
from pipeline.people.resolve import persons_of
from pipeline.people.scan import scan
from pipeline.people.spelling import clean_words
from pipeline.people.titles import serves
from pipeline.vocabulary.gazetteers import office_of
from pipeline.vocabulary.regions import find_region

LOCAL = frozenset({"gubernur", "wakil-gubernur", "bupati", "wakil-bupati", "wali-kota", "wakil-wali-kota", "sekda"})
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Named:
    """Someone named in the article. `official` is None for citizens, companies, experts and former officials."""

    name: str
    role: str
    official: Official | None
    mentions: tuple[Span, ...]
    credible: bool  # a role, a verb of speech or public fame says that this is a person


@dataclass(frozen=True, slots=True)
class People:
    """Everyone in one article, and the scan they were found in: whose the scan's names and roles are, by their indices there."""

    named: tuple[Named, ...]
    scan: Scan
    of_name: Mapping[int, Named]
    of_role: Mapping[int, Named]

    @property
    def officials(self) -> tuple[Official, ...]:
        """The public officials among them."""
        return tuple(person.official for person in self.named if person.official)


def resolve_officials(article: Article, entities: Sequence[Labelled] = (), marks: NameMarks = NO_MARKS) -> list[Official]:
    """Every public official named in the body, in order of first mention."""
    return list(resolve_people(article, entities, marks).officials)


def resolve_people(article: Article, entities: Sequence[Labelled] = (), marks: NameMarks = NO_MARKS) -> People:
    """Everyone named in the body, in order of first mention; `entities` as a tagger found them (PERSON), `marks` as the directive
    model sees officials' names."""
    tagged = [entity for entity in entities if entity.label == "PERSON"]
    found = scan(f"{article.text}\n{article.title}", tagged, article.outlet)
    persons = persons_of(found, len(article.text), article.published)
    holders = {p.figure.office_on(article.published): p for p in persons if p.figure} if article.published else {}
    named = [_named(article, found, person, holders, marks) for person in persons]
    of_name = {n: one for one, person in zip(named, persons, strict=True) for n in person.names}
    of_role = {r: one for one, person in zip(named, persons, strict=True) for r in (*person.roles, *person.bare)}
    inside = [one for one in named if one.mentions]
    return People(tuple(sorted(inside, key=lambda n: n.mentions[0])), found, of_name, of_role)


def _named(article: Article, found: Scan, person: Person, holders: Mapping[str, Person], marks: NameMarks) -> Named:
    name = _longest_name(article, found, person)
    roles = [found.roles[r] for r in person.roles]
    role = best_role(roles, [found.roles[r] for r in person.bare])
    spans = {Span(found.names[n].start, found.names[n].end) for n in person.names}
    named = [span for span in spans if span.end <= len(article.text)]
    spans |= {Span(found.roles[r].start, found.roles[r].end) for r in person.bare}
    mentions = tuple(sorted(span for span in spans if span.end <= len(article.text))) if named else ()
    text = role.text if role else ""
    by_rule = _in_office(article, found, person, holders)
    read = [span for span in named if not _in_capitals(span.of(article.text))] if by_rule else named
    in_office = marks.in_office(by_rule, read)
    if in_office and not by_rule and not text:
        text = _marked_role(article.text, marks.role_of(named))
    official = _official(article, name, text, mentions) if in_office else None
    tagged = any(found.names[n].first in found.tagged for n in person.names)
    return Named(name, text, official, mentions, bool(roles or person.figure or tagged) or speaks(found, person))


def _in_capitals(name: str) -> bool:
    """Whether a name is written in capitals, in which the model hardly sees names: the rules alone decide."""
    return len(name) > MAX_ABBREVIATION and name.isupper()


def _marked_role(text: str, role: Span | None) -> str:
    """The words of a marked role, whole; "" for none."""
    if role is None:
        return ""
    start, end = role
    while start and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end].strip(' .,:;-–"“”')


def _in_office(article: Article, found: Scan, person: Person, holders: Mapping[str, Person]) -> bool:
    """Whether the text gives a public role held now, or none at all to a figure who held one then; a figure whose
    term is over is out of office where the article names the successor (its date may be that of a late upload)."""
    figure, day = person.figure, article.published
    roles = [found.roles[r] for r in person.roles]
    if figure and day and not figure.office_on(day) and any(term.office in holders for term in figure.terms):
        return False
    if is_public(roles) or figure is None or roles:
        return is_public(roles) or (not roles and any(serves(found.tokens, found.names[n].first) for n in person.names))
    alone = any(not _in_pair(found, n) for n in person.names if found.names[n].end <= len(article.text))
    return alone and bool(figure.office_on(day)) and not _campaign().search(article.text)


@cache
def _campaign() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of('campaign')}\b", re.IGNORECASE)


def _in_pair(found: Scan, index: int) -> bool:
    """Whether a name stands in a pair that stands for a government or ticket ("Prabowo-Gibran")."""
    name, tokens = found.names[index], found.tokens
    around = (tokens[name.first - 1].text if name.first else "", tokens[name.after].text if name.after < len(tokens) else "")
    return "-" in around


def _longest_name(article: Article, found: Scan, person: Person) -> str:
    """The longest form in the body, of equally many words no by-name; what opens a sentence or stands in the title counts only
    where a role vouches for it, what opens a sentence also where the same word opens another form of the name."""
    linked = found.linked_names()
    body = [n for n in person.names if found.names[n].end <= len(article.text)]
    sure = {n for n in person.names if n in linked or (n in body and not _opens_sentence(found, n))}
    firsts = {found.names[n].words[0] for n in sure}
    sure |= {n for n in body if found.names[n].words[0] in firsts}
    names = [found.names[n] for n in sorted(sure) or person.names]
    best = max(names, key=lambda n: (len(n.words), n.words not in found.by_names(), len("".join(n.words)), -n.start))
    return " ".join(found.text[best.start : best.end].split()).strip(" .,")


def _opens_sentence(found: Scan, index: int) -> bool:
    first = found.names[index].first
    return first == 0 or found.tokens[first - 1].text in '\n."“:'


def _official(article: Article, name: str, role: str, mentions: tuple[Span, ...]) -> Official:
    office = office_of(role)
    region = find_region(role, f"{article.outlet} {article.title}")
    code = region.code if region else _home(article) if office in LOCAL else ""
    return Official(official_id(name, office, code), name, role, office, code, mentions)


def _home(article: Article) -> str:
    """The region a bare local office ("Bupati") is taken to be of: that of the outlet, "" when it has none."""
    region = find_region(article.outlet)
    return article.region_code or (region.code if region else "")


def official_id(name: str, office: str, region_code: str) -> str:
    """The same for every article that names this person in this office of this region; initials and spellings set aside."""
    words = [word for word in clean_words(WORD.findall(name)) if len(word) > 1]
    if len(words) > 1 and words[0] == "muhammad":
        words = words[1:]
    return ":".join(("-".join(words), office, region_code))
