"""What Datasette asks of us: routes, templates' helpers, connections."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, MutableMapping
from traceback import format_exception
from typing import TYPE_CHECKING, Any

import structlog
from datasette import hookimpl
from datasette.plugins import pm
from datasette.utils.asgi import Request, Response

from search.errors import BadQuery, IndexMissing, QueryTooSlow
from search.sqlite import prepare
from search.web.guard import FORM
from search.web.page import NotFound, Page
from search.web.routes import ROUTES, View

if TYPE_CHECKING:
    from datasette.app import Datasette

    from search.web.site import Site

NAME = "arahan"
_log = structlog.get_logger(__name__)
Handler = Callable[[Request], Awaitable[Response]]


def register() -> None:
    """Make this module known to Datasette, once."""
    import sys

    if not pm.has_plugin(NAME):
        pm.register(sys.modules[__name__], NAME)


@hookimpl  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Vectors."""
    prepare(conn)


@hookimpl  # type: ignore[untyped-decorator]
def register_routes(datasette: Datasette) -> list[tuple[str, Handler]]:
    """Our pages, and unless its tables are open nothing of Datasette's own."""
    site: Site | None = getattr(datasette, "arahan_site", None)
    if site is None:
        return []
    routes = [(pattern, _handler(site, view)) for pattern, view in ROUTES]
    if not site.tables:
        routes.append((r"/(?P<code>en/)?.*$", _handler(site, _missing)))
    return routes


@hookimpl  # type: ignore[untyped-decorator]
def skip_csrf(scope: MutableMapping[str, Any]) -> bool:
    """The form of reports checks its token itself, and strictly: the library lets requests without cookies pass."""
    return str(scope["path"]).endswith(FORM)


def _handler(site: Site, view: View) -> Handler:
    async def handle(request: Request) -> Response:
        try:
            page = Page.of(site, request)
        except BadQuery:
            return Response.text("Bad request", status=400)
        try:
            return await view(page)
        except Exception as error:
            return await _failed(page, error)

    return handle


async def _missing(_page: Page) -> Response:
    raise NotFound


async def _failed(page: Page, error: Exception) -> Response:
    from search.web.site import Busy

    values: dict[str, Any] = {}
    match error:
        case NotFound():
            status, name = 404, "not_found"
        case BadQuery():
            status, name = 400, "bad_query"
            values["field"] = error.field
        case QueryTooSlow():
            status, name = 503, "too_slow"
        case IndexMissing():
            status, name = 503, "no_index"
        case Busy():
            status, name = 503, "busy"
        case _:
            _log.error("page failed", path=page.request.path, trace="".join(format_exception(error)))
            status, name = 500, "broken"
    if page.request.path.removeprefix("/en").startswith("/api/"):
        headers = {"access-control-allow-origin": "*"}
        return Response.json(
            {"error": name, "message": page.words.plain(f"error.{name}")} | values, status=status, headers=headers
        )
    if field := values.get("field"):
        values["field"] = page.words.words.get(f"facet.{field}", field).replace("{value}", "").strip()
    return await page.html("error", status=status, name=name, values=values)
