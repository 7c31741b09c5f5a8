"""From names and roles as they stand in the text to persons: clusters, by-names, and bare roles that mean somebody named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pipeline.people_cluster import Clusters, Person, clean_words
from pipeline.people_figures import figure_of
from pipeline.people_found import Scan
from pipeline.people_lexicon import speech_verbs, words
from pipeline.people_offices import head_of, role_key
from pipeline.people_roles import Role

REGIONAL = frozenset({"gubernur", "wakil gubernur", "bupati", "wakil bupati", "wali", "wakil wali"})
NATIONAL = frozenset({"presiden", "wakil presiden", "menteri", "wakil menteri", "perdana"})
REACH = 500  # characters between a name and a bare role that describes it ("... kata Nama. Anggota DPR itu ...")


def persons_of(found: Scan, body: int, day: dt.date | None) -> list[Person]:
    """One Person per human being, with the indices of names and roles, and of the bare roles that mean this person."""
    clusters, owner = Clusters(), dict[int, Person]()
    aliases = dict(found.aliases)
    strong = sorted({name for _, name in found.links} | set(aliases))
    loose = sorted(range(len(found.names)), key=lambda n: len(found.names[n].words) == 1)
    order = sorted([*strong, *loose], key=lambda n: found.names[n].start > body)
    for index in order:
        if index not in owner:
            _place(found, clusters, owner, index)
            if index in aliases:
                clusters.alias(owner[index], aliases[index], found.names[aliases[index]])
                owner[aliases[index]] = owner[index]
    _add_initials(found, clusters.persons)
    for role, index in found.links:
        if found.roles[role].start < body or _known(found, owner[index], body):
            owner[index].roles.append(role)
    for person in clusters.persons:
        person.names.sort()
    _add_bare_roles(found, clusters.persons, body, day)
    return clusters.persons


def _known(found: Scan, person: Person, body: int) -> bool:
    """Whether the body itself shows that a headline's name is a person: by a verb of speech or another role."""
    return bool(person.roles) or speaks(found, person) or any(
        found.names[name].start < body for _, name in found.links if name in person.names)


def _place(found: Scan, clusters: Clusters, owner: dict[int, Person], index: int) -> None:
    called = clean_words(found.names[index].words)
    known = clusters.find(called, index) or (clusters.by_name(called[0]) if len(called) == 1 else None)
    figure = figure_of(called)
    if figure and known and known.figure is not figure and called in figure.names:
        known = next((p for p in clusters.persons if p.figure is figure), None)
    owner[index] = person = clusters.add(index, found.names[index], known)
    if figure and person.figure is None:
        person.figure = figure
        clusters.also_called(person, figure.names)


def _add_initials(found: Scan, persons: Sequence[Person]) -> None:
    """"AHY" means the one person here whose words begin with these letters."""
    owners: dict[str, list[Person]] = {}
    for person in persons:
        for called in {person.words, *person.others}:
            if len(called) > 1:
                owners.setdefault("".join(word[0] for word in called), []).append(person)
    for name in found.initials:
        known = owners.get(name.words[0], [])
        if len(known) == 1:
            found.names.append(name)
            known[0].names.append(len(found.names) - 1)


def _add_bare_roles(found: Scan, persons: Sequence[Person], body: int, day: dt.date | None) -> None:
    """A role without a name means the one person of that office, of several the one whose role it fits, named last before it."""
    linked = {role for role, _ in found.links}
    holders: dict[str, list[Person]] = {}
    for person in persons:
        heads = {person.figure.office_on(day).replace("-", " ")} if person.figure else set[str]()
        for head in heads | {head_of(found.roles[r]) for r in person.roles if not found.roles[r].former}:
            holders.setdefault(head, []).append(person)
    loose: list[int] = []
    for index, role in enumerate(found.roles):
        if index not in linked and not role.former and not role.plural:
            holder = _holder(found, role, holders.get(head_of(role), []))
            if holder:
                (holder.bare if holder.roles else holder.roles).append(index)
            elif role.public:
                _describe(found, persons, index, body)
                loose.append(index)
    _pair_leftovers(found, persons, [r for r in loose if found.roles[r].kind in ("place", "closed")])


def _pair_leftovers(found: Scan, persons: Sequence[Person], roles: Sequence[int]) -> None:
    """One speaker without a role and one office without a name, the office named first, are the same."""
    offices = {head_of(found.roles[r]) for r in roles}
    unknown = [p for p in persons if not p.roles and not p.figure and len(p.names) > 1 and speaks(found, p)]
    if len(offices) != 1 or not offices <= REGIONAL or len(unknown) != 1:
        return
    if found.roles[roles[0]].start < found.names[unknown[0].names[0]].start:
        unknown[0].roles.extend(roles)


def _holder(found: Scan, role: Role, candidates: Sequence[Person]) -> Person | None:
    key = role_key(role)
    fitting = [p for p in candidates if any(_compatible(key, found.roles[r]) for r in p.roles) or (not p.roles and len(key) < 3)]
    before = [p for p in fitting if found.names[p.names[0]].start < role.start]
    return max(before or fitting[:1], key=lambda p: _last_named(found, p, role.start), default=None)


def _last_named(found: Scan, person: Person, before: int) -> int:
    """Where the person was last named before character `before`; -1 when never."""
    return max((found.names[n].start for n in person.names if found.names[n].start < before), default=-1)


def _compatible(bare: frozenset[str], held: Role) -> bool:
    """Whether a bare role of these words can be the office held: one says no more than the other, short forms included."""
    key = role_key(held)
    return bare <= key | held.short or key <= bare


def _describe(found: Scan, persons: Sequence[Person], index: int, body: int) -> None:
    """"Anggota DPR itu ..." after somebody without a role, or a headline with the role alone, says who that was."""
    role = found.roles[index]
    if role.start > body:
        unknown = [p for p in persons if not p.roles and len(p.names) > 1 and p.figure is None and speaks(found, p)]
        person = max(unknown, key=lambda p: len(p.names), default=None)
    elif role.after < len(found.tokens) and found.tokens[role.after].low in words("pointer"):
        known = [p for p in persons if len(p.names) > 1 or len(p.words) > 1]
        person = max(known, key=lambda p: _last_named(found, p, role.start), default=None)
        if person and _last_named(found, person, role.start) < max(0, role.start - REACH):
            return
    else:
        return
    if head_of(role) in NATIONAL and role.start <= body:
        return
    if person and not person.roles:
        person.roles.append(index)


def speaks(found: Scan, person: Person) -> bool:
    """Whether a verb of speech stands beside one of the person's names."""
    verbs, tokens = speech_verbs(), found.tokens
    for name in (found.names[n] for n in person.names):
        before = tokens[name.first - 1].low if name.first else ""
        following = tokens[name.after].low if name.after < len(tokens) else ""
        if verbs.get(before) in ("before", "passive", "according") or verbs.get(following) == "after":
            return True
    return False
