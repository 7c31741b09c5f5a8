"""One request as the views see it: the language, the links, the query, the index."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl, unquote

from datasette.utils.asgi import Request, Response

from search.errors import BadQuery
from search.find import find
from search.query import Params, Query
from search.results import Results
from search.web import static
from search.web.cite import issuer
from search.web.guard import MAX_ADDRESS_BYTES
from search.web.language import DEFAULT, LANGUAGES, Language, language
from search.web.links import Links, safe_url
from search.web.marks import labels, pieces

if TYPE_CHECKING:
    from search.web.site import Site

T = TypeVar("T")
MAX_FIELDS = 500
_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")


class NotFound(Exception):
    """There is no such page or record."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a view is given. `parts`: the variable parts of the path, unquoted."""

    site: Site
    request: Request
    words: Language
    links: Links
    parts: Mapping[str, str]
    params: Params
    today: dt.date

    @classmethod
    def of(cls, site: Site, request: Request) -> Page:
        """Read a request."""
        found = {name: unquote(value) for name, value in (request.url_vars or {}).items() if value}
        code = found.pop("code", "").strip("/") or DEFAULT
        base = site.public_url or _base(request)
        return cls(site, request, language(code), Links(code, base), found, _params(request), site.today())

    @property
    def query(self) -> Query:
        """The query in the address. Raises BadQuery."""
        return Query.from_params(self.params)

    async def ask(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """Run something on a read-only connection to the index, in a thread."""
        return await self.site.ask(function)

    async def find(self, query: Query, *, facets: bool = True) -> Results:
        """Answer a query."""
        limit, today, embedder = self.site.time_limit_s, self.today, self.site.embedder
        return await self.ask(lambda index: find(index, query, embedder=embedder, today=today, time_limit_s=limit, facets=facets))

    async def html(self, template: str, *, status: int = 200, headers: dict[str, str] | None = None, **context: Any) -> Response:  # noqa: ANN401
        """A page from a template."""
        own = {
            "t": self.words, "links": self.links, "here": template, "today": self.today, "static": static.address,
            "safe_url": safe_url, "issuer": issuer, "pieces": pieces, "labels": labels, "switch": self._switch(),
        }  # fmt: skip
        body = await self.site.datasette.render_template(f"arahan/{template}.html", own | context, request=self.request)
        return Response(body, status=status, headers=headers or {}, content_type="text/html; charset=utf-8")

    def _switch(self) -> dict[str, str]:
        """This page in each language, by its code."""
        asked: bytes = self.request.scope.get("raw_path") or self.request.path.encode()
        path = "/" + asked.decode("ascii", "replace").split("?")[0].lstrip("/")
        rest = path[len(self.links.code) + 1 :] if self.links.code != DEFAULT else path
        rest = "/" + rest.lstrip("/")
        query = f"?{self.request.query_string}" if self.request.query_string else ""
        return {code: ("" if code == DEFAULT else f"/{code}") + rest + query for code in LANGUAGES}


def _base(request: Request) -> str:
    host = request.headers.get("host", "")
    return f"{request.scheme}://{host}" if _HOST.fullmatch(host) else ""


def _params(request: Request) -> Params:
    if len(request.query_string) > MAX_ADDRESS_BYTES:
        raise BadQuery("q", "too long")
    try:
        return parse_qsl(request.query_string, max_num_fields=MAX_FIELDS)
    except ValueError as error:
        raise BadQuery("q", "too many parameters") from error
