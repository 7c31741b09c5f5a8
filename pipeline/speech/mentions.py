"""Everything in an article that can speak or act, in reading order: persons, roles without a name, institutions, pronouns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipeline.people.lexicon import countries, institution_aliases, order_verbs, pronouns, speech_verbs, words
from pipeline.people.officials import Named, People
from pipeline.people.titles import after_degrees
from pipeline.text.tokens import Token

RANKED = {
    "satu": ("gubernur", "bupati", "wali", "walikota", "presiden", "menteri", "pj", "plt", "penjabat"),
    "dua": ("wakil", "wabup", "wagub", "wawali", "wawako", "wapres"),
}
Sort = Literal["person", "role", "body", "pronoun", "party"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks or acts. An institution or unknown office-holder has an empty `name`; `public` False: no official."""

    name: str
    role: str
    official_id: str
    public: bool
    human: bool = True


class Mention(NamedTuple):
    """Tokens [first, after) at characters [start, end); `who` is None for pronouns."""

    first: int
    after: int
    start: int
    end: int
    sort: Sort
    who: Speaker | None


def speaker_of(person: Named) -> Speaker:
    """The person as a speaker."""
    official = person.official
    return Speaker(person.name, person.role, official.official_id if official else "", official is not None)


def mentions_of(people: People) -> list[Mention]:
    """Every mention, none inside another, by position."""
    found = people.scan
    roles_before = {name: role for role, name in found.links if found.roles[role].start < found.names[name].start}
    linked = {role for role, _ in found.links}
    mentions = []
    for index, name in enumerate(found.names):
        first = found.roles[roles_before[index]].first if index in roles_before else name.first
        person = people.of_name[index]
        if person.credible:
            after = after_degrees(found.text, found.tokens, name.after)
            start = found.tokens[first].start
            if _describes(found.tokens, first, name.after):
                mentions.append(Mention(first, after, start, name.end, "pronoun", None))
            else:
                mentions.append(Mention(first, after, start, name.end, "person", speaker_of(person)))
    bare = [index for index in range(len(found.roles)) if index not in linked and not _generic(people, index)]
    mentions += [_role_mention(people, index) for index in bare]
    mentions += _bodies(people)
    mentions += _countries(people)
    mentions += _pronouns(people)
    mentions += _first_persons(people)
    mentions.sort(key=lambda m: (m.first, -m.after))
    return _without_nested(mentions)


def _describes(tokens: Sequence[Token], first: int, after: int) -> bool:
    """Whether a name only says who was named before: "putra sulung Presiden X itu", "perempuan yang akrab disapa X ini"."""
    before = {token.low for token in tokens[max(0, first - 3) : first]}
    following = [token.low for token in tokens[after : after + 4] if token.text not in "()"]
    return bool(before & words("relation")) and bool(words("pointer") & set(following[:2]))


def _generic(people: People, index: int) -> bool:
    """Whether a role stands for everybody who holds it: "para camat", "camat dan lurah"."""
    role, tokens = people.scan.roles[index], people.scan.tokens
    if index in people.of_role:
        return False
    around = {tokens[k].low for k in (role.first - 1, role.after) if 0 <= k < len(tokens)}
    return role.plural or (tokens[role.first].shape == "low" and bool(around & {"dan", "serta", "atau", "maupun", ","}))


def _role_mention(people: People, index: int) -> Mention:
    """A role without a name: its holder; somebody just named ("mantan menteri itu"); or an unknown person with a role."""
    role, tokens = people.scan.roles[index], people.scan.tokens
    holder = people.of_role.get(index)
    if holder:
        return Mention(role.first, role.after, role.start, role.end, "person", speaker_of(holder))
    pointing = any(t.low in words("pointer") for t in tokens[role.after : role.after + 4] if t.shape != "sign")
    if pointing and (role.former or role.kind in ("member", "unit", "outside", "open")):
        return Mention(role.first, role.after, role.start, role.end, "pronoun", None)
    unknown = Speaker("", role.text, "", role.public and not role.former)
    return Mention(role.first, role.after, role.start, role.end, "role", unknown)


def _bodies(people: People) -> list[Mention]:
    """Institutions; a short form that the text explains ("Kementerian X (Kem-X)") is given in full."""
    tokens, bodies = people.scan.tokens, people.scan.bodies
    full = {
        tokens[b.after + 1].text: b.text
        for b in bodies
        if b.after + 2 < len(tokens) and tokens[b.after].text == "(" and tokens[b.after + 2].text == ")"
    }
    written = {b.text.lower() for b in bodies}
    for short, name in institution_aliases().items():
        if name.lower() in written:
            full.setdefault(short, name)
    speaking = [Speaker("", full.get(body.text, body.text), "", body.public, human=False) for body in bodies]
    return [Mention(b.first, b.after, b.start, b.end, "body", who) for b, who in zip(bodies, speaking, strict=True)]


def _countries(people: People) -> list[Mention]:
    """A country that undertakes or orders something: "Inggris mewajibkan", "Israel juga akan"."""
    tokens, found = people.scan.tokens, []
    for i, token in enumerate(tokens):
        length = countries().at(tokens, i)[0] if token.capital else 0
        if length and _acts_soon(tokens, i + length):
            who = Speaker("", people.scan.text[token.start : tokens[i + length - 1].end], "", True, human=False)
            found.append(Mention(i, i + length, token.start, tokens[i + length - 1].end, "body", who))
    return found


def _acts_soon(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word of undertaking or of ordering comes next, an adverb aside."""
    while i < len(tokens) and tokens[i].low in words("adverb") and tokens[i].low not in words("undertaking"):
        i += 1
    if i >= len(tokens):
        return False
    return tokens[i].low in words("undertaking") or (tokens[i].low in order_verbs() and speech_verbs().get(tokens[i].low) == "after")


def _first_persons(people: People) -> list[Mention]:
    """ "Orang nomor satu di ..." is the head of the government here, "nomor dua" the deputy."""
    tokens, found = people.scan.tokens, []
    for i, token in enumerate(tokens[:-2]):
        if token.low == "orang" and tokens[i + 1].low == "nomor" and tokens[i + 2].low in RANKED:
            who = _ranked(people, RANKED[tokens[i + 2].low], token.start)
            after = i + 3
            while after < len(tokens) and after < i + 7 and (tokens[after].capital or tokens[after].low == "di"):
                after += 1
            found.append(Mention(i, after, token.start, tokens[after - 1].end, "person" if who else "pronoun", who))
    return found


def _ranked(people: People, heads: tuple[str, ...], before: int) -> Speaker | None:
    """Of the officials with such a role, the one named last before character `before`."""
    officials = [p for p in people.named if p.official and p.role.lower().split(" ")[0] in heads]
    nearest = max(officials, key=lambda p: max((m.start for m in p.mentions if m.start < before), default=-1), default=None)
    return speaker_of(nearest) if nearest else None


def _pronouns(people: People) -> list[Mention]:
    tokens, found, i = people.scan.tokens, [], 0
    while i < len(tokens):
        length, kind = pronouns().at(tokens, i)
        if length:
            sort: Sort = "pronoun" if kind == "person" else "party"
            found.append(Mention(i, i + length, tokens[i].start, tokens[i + length - 1].end, sort, None))
        i += length or 1
    return found


def _without_nested(mentions: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in mentions:
        if not kept or mention.first >= kept[-1].after:
            kept.append(mention)
    return kept
