"""Addresses of pages. The language is the first part of the path, so that an address always shows the same page."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from search.query import FACETS, PARAMS, Params, Query
from search.web.language import DEFAULT

SEARCH = "cari"
NAMES = {param: name for name, param in FACETS.items()}
_DEFAULTS = {field.name: field.default for field in fields(Query)}


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses in one language; `base` is scheme and host of this site."""

    code: str
    base: str = ""

    def to(self, *parts: str, params: Params | None = None, **more: str) -> str:
        """/en/arahan/ID?...; every part is quoted."""
        prefix = "" if self.code == DEFAULT else f"/{self.code}"
        path = prefix + "/" + "/".join(quote(part, safe="") for part in parts)
        query = urlencode([*(params or []), *more.items()], errors="replace")
        return f"{path}?{query}" if query else path

    def whole(self, *parts: str, params: Params | None = None) -> str:
        """The same with scheme and host."""
        return self.base + self.to(*parts, params=params)

    def search(self, query: Query, page: str = SEARCH) -> str:
        """The address of a query on a page (or in a format: cari.csv)."""
        return self.to(page, params=query.to_params())

    def facet(self, name: str, value: str, page: str = SEARCH) -> str:
        """All that has one value of a facet."""
        return self.to(page, params=[(name, value)])

    def directive(self, id: str) -> str:
        """A directive's permalink, always in the default language's address space."""
        return Links(DEFAULT, self.base).whole("arahan", id)


def toggled(query: Query, facet: str, value: str) -> Query:
    """The query with the value chosen, or no more chosen; the first page of it."""
    name = NAMES[facet]
    item: Any = int(value) if name == "years" else value
    chosen = getattr(query, name)
    new: Any = tuple(one for one in chosen if one != item) if item in chosen else (*chosen, item)
    return changed(query, name, new)


def changed(query: Query, name: str, value: Any) -> Query:  # noqa: ANN401 - the field's own type
    """The query with another value of one field; the first page of it."""
    fields_: dict[str, Any] = {"page": 1, name: value}
    return replace(query, **fields_)


def without(query: Query, name: str) -> Query:
    """The query with one field as if not given."""
    return changed(query, name, _DEFAULTS[name])


def kept(query: Query, *names: str) -> Params:
    """The parameters of a query without those fields: a form's hidden inputs."""
    left_out = {PARAMS[name] for name in names}
    return [(param, value) for param, value in query.to_params() if param not in left_out]


def safe_url(url: str) -> str:
    """The address if a browser may be sent there (http or https, with a host), else ""."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    plain = all(character.isprintable() and not character.isspace() for character in url) and "\\" not in url
    return url if parts.scheme in ("http", "https") and host and plain and not parts.username else ""
