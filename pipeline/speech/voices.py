"""Who can speak: persons, holders of roles, institutions; and the places of a text where they are mentioned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipeline.people.officials import Named

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
