"""A query as data. The URL is the query: `from_params(to_params(q)) == q`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import TypeVar

from search.errors import BadQuery

SORTS = ("relevance", "date", "deadline")
STATUSES = ("", "due", "past")
MAX_TEXT = 1_000
MAX_VALUES = 50
MAX_VALUE = 200
MAX_SIZE = 200
MAX_PAGE = 10_000

Params = list[tuple[str, str]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked. Values of one facet are alternatives; facets, dates and text narrow each other.

    `regions` are Kemendagri codes; a province ("53") includes its regencies and cities ("53.71"). Dates are inclusive.
    `status`: "due" has its deadline today or later, "past" before today, "" either. `page` counts from 1. Without text,
    sorting by relevance sorts by date.
    """

    text: str = ""
    kinds: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    officials: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    groups: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    deadline_from: dt.date | None = None
    deadline_until: dt.date | None = None
    status: str = ""
    sort: str = "relevance"
    page: int = 1
    size: int = 20

    def __post_init__(self) -> None:
        for field, value in ((field, getattr(self, field.name)) for field in fields(self)):
            _check(field.name, value)

    def to_params(self) -> Params:
        """Pairs of the URL's query string, in a fixed order, defaults left out."""
        found: Params = []
        for field in fields(self):
            value = getattr(self, field.name)
            if value != field.default:
                values = value if isinstance(value, tuple) else (value,)
                found.extend((PARAMS[field.name], str(item)) for item in values)
        return found

    @classmethod
    def from_params(cls, params: Iterable[tuple[str, str]]) -> Query:
        """Read pairs of a query string; unknown names and empty values are ignored. Raises BadQuery."""
        given: dict[str, list[str]] = {}
        for name, value in params:
            if name in FIELDS and value:
                given.setdefault(FIELDS[name], []).append(value)
        return cls(**{name: _read(name, values) for name, values in given.items()})  # type: ignore[arg-type]


FACETS = {
    "kinds": "kind",
    "sectors": "sector",
    "officials": "official",
    "offices": "office",
    "regions": "region",
    "years": "year",
    "groups": "group",
    "outlets": "outlet",
}
_SAME = ("since", "until", "deadline_from", "deadline_until", "status", "sort", "page", "size")
PARAMS = {"text": "q", **FACETS, **{name: name for name in _SAME}}
FIELDS = {param: name for name, param in PARAMS.items()}
_DATES = ("since", "until", "deadline_from", "deadline_until")
_CHOICES = {"status": STATUSES, "sort": SORTS}
_LIMITS = {"page": MAX_PAGE, "size": MAX_SIZE}


def _read(name: str, values: list[str]) -> object:
    if name == "years":
        return tuple(_number(name, value) for value in values)
    if name in FACETS:
        return tuple(values)
    if name in _DATES:
        return _parsed(name, values[-1], dt.date.fromisoformat, "not a date like 2024-06-30")
    return _number(name, values[-1]) if name in _LIMITS else values[-1]


def _number(name: str, value: str) -> int:
    if len(value) > 9 or not value.strip().isascii():
        raise BadQuery(PARAMS[name], "not a whole number")
    return _parsed(name, value, int, "not a whole number")


def _parsed(name: str, value: str, reader: Callable[[str], T], reason: str) -> T:
    try:
        return reader(value.strip())
    except ValueError as error:
        raise BadQuery(PARAMS[name], reason) from error


def _check(name: str, value: object) -> None:
    items = value if isinstance(value, tuple) else (value,)
    if len(items) > MAX_VALUES:
        raise BadQuery(PARAMS[name], f"more than {MAX_VALUES} values")
    for item in items:
        if isinstance(item, str):
            _check_text(name, item, MAX_TEXT if name == "text" else MAX_VALUE)
    if isinstance(value, tuple) and "" in value:
        raise BadQuery(PARAMS[name], "empty")
    if name in _CHOICES and value not in _CHOICES[name]:
        raise BadQuery(PARAMS[name], f"not one of {', '.join(filter(None, _CHOICES[name]))}")
    if name in _LIMITS and not (isinstance(value, int) and 1 <= value <= _LIMITS[name]):
        raise BadQuery(PARAMS[name], f"not between 1 and {_LIMITS[name]}")


def _check_text(name: str, text: str, longest: int) -> None:
    if len(text) > longest:
        raise BadQuery(PARAMS[name], f"longer than {longest} characters")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadQuery(PARAMS[name], "not valid Unicode") from error
