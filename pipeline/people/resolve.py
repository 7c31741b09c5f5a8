"""From names and roles as they stand in the text to persons: clusters, by-names, and bare roles that mean somebody named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pipeline.people.bare_roles import add_bare_roles, speaks
from pipeline.people.cluster import Clusters, Person
from pipeline.people.figures import figure_of
from pipeline.people.found import Scan
from pipeline.people.spelling import clean_words


def persons_of(found: Scan, body: int, day: dt.date | None) -> list[Person]:
    """One Person per human being, with the indices of names and roles, and of the bare roles that mean this person."""
    clusters, owner = Clusters(), dict[int, Person]()
    aliases: dict[int, list[int]] = {}
    for name, other in found.aliases:
        aliases.setdefault(name, []).append(other)
    strong = sorted({name for _, name in found.links} | set(aliases))
    loose = sorted(range(len(found.names)), key=lambda n: len(found.names[n].words) == 1)
    order = sorted([*strong, *loose], key=lambda n: found.names[n].start > body)
    for index in order:
        if index not in owner:
            _place(found, clusters, owner, index)
            for other in aliases.get(index, ()):
                clusters.alias(owner[index], other, found.names[other])
                owner[other] = owner[index]
    _add_initials(found, clusters.persons)
    for role, index in found.links:
        if found.roles[role].start < body or _known(found, owner[index], body):
            owner[index].roles.append(role)
    for person in clusters.persons:
        person.names.sort()
    add_bare_roles(found, clusters.persons, body, day)
    return clusters.persons


def _known(found: Scan, person: Person, body: int) -> bool:
    """Whether the body itself shows that a headline's name is a person: by a verb of speech or another role."""
    return (
        bool(person.roles)
        or speaks(found, person)
        or any(found.names[name].start < body for _, name in found.links if name in person.names)
    )


def _place(found: Scan, clusters: Clusters, owner: dict[int, Person], index: int) -> None:
    called = clean_words(found.names[index].words)
    known = clusters.find(called, index) or (clusters.by_name(called[0]) if len(called) == 1 else None)
    figure = figure_of(called)
    if figure and known and known.figure is not figure and called in figure.names:
        namesake = len(called) == 1 < len(known.words) and figure not in clusters.of_figure
        known, figure = (known, None) if namesake else (clusters.of_figure.get(figure), figure)
    owner[index] = person = clusters.add(index, found.names[index], known)
    if figure and person.figure is None:
        person.figure = figure
        clusters.of_figure.setdefault(figure, person)
        clusters.also_called(person, figure.names)


def _add_initials(found: Scan, persons: Sequence[Person]) -> None:
    """ "AHY" means the one person here whose words begin with these letters."""
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
