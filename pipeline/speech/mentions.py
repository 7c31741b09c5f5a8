"""Everything in an article that can speak or act, in reading order: persons, roles without a name, institutions, pronouns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.people.lexicon import pronouns, words
from pipeline.people.offices import fullest_roles
from pipeline.people.officials import People
from pipeline.people.titles import after_degrees
from pipeline.speech.bodies import bodies_of
from pipeline.speech.voices import Mention, Sort, Speaker, speaker_of
from pipeline.text.tokens import Token

RANKED = {
    "satu": ("gubernur", "bupati", "wali", "walikota", "presiden", "menteri", "pj", "plt", "penjabat"),
    "dua": ("wakil", "wabup", "wagub", "wawali", "wawako", "wapres"),
}


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
    fullest = fullest_roles(found.roles)
    mentions += [_role_mention(people, index, fullest) for index in bare]
    mentions += bodies_of(people)
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


def _role_mention(people: People, index: int, fullest: Mapping[str, str]) -> Mention:
    """A role without a name: its holder; somebody just named ("mantan menteri itu"); or an unknown person with a role."""
    role, tokens = people.scan.roles[index], people.scan.tokens
    holder = people.of_role.get(index)
    if holder:
        return Mention(role.first, role.after, role.start, role.end, "person", speaker_of(holder))
    pointing = any(t.low in words("pointer") for t in tokens[role.after : role.after + 4] if t.shape != "sign")
    if pointing and (role.former or role.kind in ("member", "unit", "outside", "open")):
        return Mention(role.first, role.after, role.start, role.end, "pronoun", None)
    unknown = Speaker("", fullest.get(role.text, role.text), "", role.public and not role.former)
    return Mention(role.first, role.after, role.start, role.end, "role", unknown)


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
