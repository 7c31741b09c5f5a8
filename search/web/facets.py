"""The facets of a result as boxes of links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from search.query import FACETS, PARAMS, Query
from search.results import FacetValue
from search.web.language import Language
from search.web.links import Links, toggled, without

SHOWN, MOST = 6, 40
ORDER = ("kind", "region", "sector", "year", "official", "office", "group", "outlet")
Facets = Mapping[str, Sequence[FacetValue]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value: following the link chooses it, or no more."""

    label: str
    count: int
    link: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Box:
    """One facet; `more` are shown on demand."""

    name: str
    shown: tuple[Choice, ...]
    more: tuple[Choice, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str
    link: str


def boxes(query: Query, facets: Facets, words: Language, links: Links, page: str, hidden: Sequence[str] = ()) -> tuple[Box, ...]:
    """A box for each facet with values."""
    found = []
    for place, name in enumerate(name for name in ORDER if name not in hidden):
        values = sorted(facets.get(name, ()), key=lambda value: not value.chosen)[:MOST]
        if name == "year":
            values.sort(key=lambda value: (value.chosen, value.value), reverse=True)
        choices = tuple(
            Choice(
                words.value(name, value.value, value.label),
                value.count,
                links.search(toggled(query, name, value.value), page),
                value.chosen,
            )
            for value in values
        )
        if choices:
            is_open = place < 4 or any(choice.chosen for choice in choices)
            found.append(Box(name, choices[:SHOWN], choices[SHOWN:], is_open))
    return tuple(found)


def chips(query: Query, facets: Facets, words: Language, links: Links, page: str, hidden: Sequence[str] = ()) -> tuple[Chip, ...]:
    """The filters that are on."""
    found = []
    for name, param in FACETS.items():
        labels = {value.value: value.label for value in facets.get(param, ())}
        for item in () if param in hidden else getattr(query, name):
            value = str(item)
            label = words.value(param, value, labels.get(value, ""))
            found.append(Chip(f"{words.plain(f'facet.{param}')}: {label}", links.search(toggled(query, param, value), page)))
    for name in ("since", "until", "deadline_from", "deadline_until"):
        if date := getattr(query, name):
            label = words.plain(f"facet.{PARAMS[name]}", value=words.date(date))
            found.append(Chip(label, links.search(without(query, name), page)))
    if query.status and "status" not in hidden:
        value = words.plain(f"search.status_{query.status}")
        found.append(Chip(words.plain("facet.status", value=value), links.search(without(query, "status"), page)))
    return tuple(found)


def cleared(query: Query) -> Query:
    """The query without filters."""
    return Query(text=query.text, sort=query.sort, size=query.size)


def at_page(query: Query, page: int) -> Query:
    """The same query, another page."""
    return replace(query, page=page)
