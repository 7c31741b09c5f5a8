"""Roles without a name beside them ("Gubernur", "Anggota DPR itu"): which of the people named they mean."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.people.cluster import Person
from pipeline.people.found import Scan
from pipeline.people.lexicon import speech_verbs, words
from pipeline.people.offices import head_of, role_key
from pipeline.people.roles import Role
from pipeline.people.spelling import clean_words
from pipeline.people.timeline import Timeline
from pipeline.text.tokens import Token

REGIONAL = frozenset({"gubernur", "wakil gubernur", "bupati", "wakil bupati", "wali", "wakil wali"})
NATIONAL = frozenset({"presiden", "wakil presiden", "menteri", "wakil menteri", "perdana"})
MAX_HOLDERS = 40  # how many of the people of one kind of office are looked at for a bare role
REACH = 500  # characters between a name and a bare role that describes it ("... kata Nama. Anggota DPR itu ...")


class _Holder(NamedTuple):
    """Somebody in office: where first named, and the words of each role with its short forms."""

    start: int
    person: Person
    keys: frozenset[tuple[frozenset[str], frozenset[str]]]

    def fits(self, role: frozenset[str]) -> bool:
        """Whether a role of these words can be the office held, the holder's name aside: one says no more than the other."""
        bare = role - set(self.person.words)
        return any(bare <= key | short or key <= bare for key, short in self.keys) or (not self.keys and len(bare) < 3)


def add_bare_roles(found: Scan, persons: Sequence[Person], body: int, day: dt.date | None) -> None:
    """A role without a name means the one person of that office, of several the one whose role it fits, named last before it."""
    linked = {role for role, _ in found.links}
    timeline, holders = Timeline(found, persons), _holders(found, persons, day)
    loose: list[int] = []
    for index, role in enumerate(found.roles):
        if index not in linked and not role.former and not role.plural:
            holder = _holder(role, holders.get(head_of(role), holders.get(role.text.casefold(), [])), timeline)
            if holder:
                found.roles[index] = _without_name(role, holder)
                (holder.bare if holder.roles else holder.roles).append(index)
            elif role.public:
                _describe(found, persons, index, body, timeline)
                loose.append(index)
    _pair_leftovers(found, persons, [r for r in loose if found.roles[r].kind in ("place", "closed")])


def _holders(found: Scan, persons: Sequence[Person], day: dt.date | None) -> dict[str, list[_Holder]]:
    """Who holds which kind of office, also by its bracketed short form, in order of first mention, with their roles' words."""
    holders: dict[str, list[_Holder]] = {}
    for person in sorted(persons, key=lambda p: found.names[p.names[0]].start):
        held = [found.roles[r] for r in person.roles if not found.roles[r].former]
        keys = frozenset((role_key(role), role.short) for role in held)
        heads = {person.figure.office_on(day).replace("-", " ")} if person.figure else set[str]()
        for head in heads | {head_of(role) for role in held} | {short for role in held for short in _bracketed(role)}:
            holders.setdefault(head, []).append(_Holder(found.names[person.names[0]].start, person, keys))
    return holders


def _bracketed(role: Role) -> frozenset[str]:
    """The short forms that stand in brackets behind a role or in it: not the words of the role itself."""
    return role.short - frozenset(role.text.casefold().split())


def _holder(role: Role, candidates: Sequence[_Holder], timeline: Timeline) -> Person | None:
    key = role_key(role)
    k = bisect_left(candidates, role.start, key=lambda holder: holder.start)
    before = [h.person for h in candidates[max(0, k - MAX_HOLDERS) : k] if h.fits(key)]
    if before:
        return max(before, key=lambda person: timeline.last(person, role.start))
    return next((h.person for h in candidates[k : k + MAX_HOLDERS] if h.fits(key)), None)


def _without_name(role: Role, holder: Person) -> Role:
    """The role alone where its place is rather its holder's name: "Kades Ujang", of Ujang Suherman."""
    place = clean_words(role.text[len(role.head) :].split())
    named = place and set(place) <= set(holder.words) and role.text.lower().startswith(role.head)
    return role._replace(text=role.text[: len(role.head)]) if named else role


def _pair_leftovers(found: Scan, persons: Sequence[Person], roles: Sequence[int]) -> None:
    """One speaker without a role and one office without a name, the office named first, are the same."""
    offices = {head_of(found.roles[r]) for r in roles}
    unknown = [p for p in persons if not p.roles and not p.figure and len(p.names) > 1 and speaks(found, p)]
    if len(offices) != 1 or not offices <= REGIONAL or len(unknown) != 1:
        return
    if found.roles[roles[0]].start < found.names[unknown[0].names[0]].start:
        unknown[0].roles.extend(roles)


def _describe(found: Scan, persons: Sequence[Person], index: int, body: int, timeline: Timeline) -> None:
    """ "Anggota DPR itu ..." after somebody without a role, or a headline with the role alone, says who that was."""
    role, person = found.roles[index], None
    if role.start > body:
        unknown = [p for p in persons if not p.roles and len(p.names) > 1 and p.figure is None and speaks(found, p)]
        person = max(unknown, key=lambda p: len(p.names), default=None)
    elif head_of(role) not in NATIONAL and _pointed(found.tokens, role.after):
        start, nearest = timeline.nearest(role.start) or (-REACH, None)
        person = nearest if start >= role.start - REACH else None
    if person and not person.roles:
        person.roles.append(index)


def _pointed(tokens: Sequence[Token], i: int) -> bool:
    """Whether "itu" or "dua periode ini" stands at token `i`."""
    at = i + 2 if i + 1 < len(tokens) and tokens[i + 1].low == "periode" else i
    return at < len(tokens) and tokens[at].low in words("pointer")


def speaks(found: Scan, person: Person) -> bool:
    """Whether a verb of speech stands beside one of the person's names."""
    verbs, tokens = speech_verbs(), found.tokens
    for name in (found.names[n] for n in person.names):
        before = tokens[name.first - 1].low if name.first else ""
        following = tokens[name.after].low if name.after < len(tokens) else ""
        if verbs.get(before) in ("before", "passive", "according") or verbs.get(following) == "after":
            return True
    return False
