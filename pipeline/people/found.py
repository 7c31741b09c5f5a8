"""What the finders of people hand around: the tokens of a text and the roles, names and institutions found in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.people.figures import figure_of
from pipeline.people.lexicon import titles
from pipeline.people.names import Name, parse_name
from pipeline.people.roles import Role
from pipeline.text.tokens import Token

MAX_ABBREVIATION = 5


class Body(NamedTuple):
    """An institution: tokens [first, after), characters [start, end); `public` when it speaks for government."""

    first: int
    after: int
    start: int
    end: int
    text: str
    public: bool


@dataclass(slots=True)
class Scan:
    """What a text holds: its tokens, the roles and names in reading order, and which belong together (indices)."""

    text: str
    tokens: list[Token]
    common: frozenset[str]  # words that stand in small letters somewhere
    roles: list[Role] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    initials: list[Name] = field(default_factory=list)  # lone words in capitals: agencies, or somebody's initials
    tagged: frozenset[int] = frozenset()  # first tokens of the persons that a tagger found
    bodies: list[Body] = field(default_factory=list)
    links: list[tuple[int, int]] = field(default_factory=list)  # role, name
    aliases: list[tuple[int, int]] = field(default_factory=list)  # name, its other name
    _linked: frozenset[int] = frozenset()
    _by_names: frozenset[tuple[str, ...]] | None = None

    def linked_names(self) -> frozenset[int]:
        """The names that stand with a role; to be asked once the scan is complete."""
        if not self._linked:
            self._linked = frozenset(name for _, name in self.links)
        return self._linked

    def by_names(self) -> frozenset[tuple[str, ...]]:
        """The words of all other names; to be asked once the scan is complete."""
        if self._by_names is None:
            self._by_names = frozenset(self.names[other].words for _, other in self.aliases)
        return self._by_names


def name_at(found: Scan, i: int) -> Name | None:
    """Reads a name at token `i` into the scan; a lone abbreviation goes to `initials`."""
    name = parse_name(found.text, found.tokens, i)
    if name is None:
        return None
    ranked = any(titles().at(found.tokens, k)[1] == "rank" for k in range(i, name.first))
    if not ranked and _abbreviation(found.tokens, name):
        found.initials.append(name)
        return None
    found.names.append(name)
    return name


def _abbreviation(tokens: Sequence[Token], name: Name) -> bool:
    """Whether a lone word in capitals is rather an agency than somebody known by initials."""
    token = tokens[name.first]
    short = len(name.words) == 1 and token.shape == "caps" and len(token.text) <= MAX_ABBREVIATION
    return short and figure_of(name.words) is None
