"""Around everything: what may come in, and the headers that every answer carries."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from traceback import format_exception
from typing import Any

import structlog

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_BODY_BYTES = 48_000
MAX_ADDRESS_BYTES = 32_000
URLENCODED = b"application/x-www-form-urlencoded"
FORM = "/lapor"

_SOURCES = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
CSP = f"{_SOURCES}; frame-ancestors 'none'"
CSP_EMBED = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
CSP_ARCHIVE = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
CSP_TABLES = f"{_SOURCES}; frame-ancestors 'none'; connect-src 'self'".replace("'self'", "'self' 'unsafe-inline'", 2)
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
OPEN = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}
"""Headers of what other sites may read: the API, exports, feeds."""
_log = structlog.get_logger(__name__)


class Guard:
    """An ASGI application around another. `tables`: Datasette's own pages are open, and they need inline scripts."""

    def __init__(self, app: App, *, tables: bool = False) -> None:
        self.app, self.tables = app, tables

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what is too large or of no known method; never let an exception out."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message = {**message, "headers": self._headers(message.get("headers", []))}
            await send(message)

        if refused := _refused(scope, self.tables):
            await _answer(guarded, *refused)
            return
        try:
            scope = {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"x-csrftoken"]}
            await self.app(scope, await _bounded(scope, receive), guarded)
        except _TooLarge:
            await _answer(guarded, 413, b"Too large")
        except Exception as error:
            _log.error("request failed", path=scope["path"], trace="".join(format_exception(error)))
            if not started:
                await _answer(guarded, 500, b"Error")

    def _headers(self, given: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        own = {name.lower() for name, _ in given}
        csp = (CSP_TABLES if self.tables else CSP).encode()
        added = [*HEADERS, (b"content-security-policy", csp), (b"cross-origin-resource-policy", b"same-origin")]
        framed = any(name.lower() == b"content-security-policy" and b"frame-ancestors *" in value for name, value in given)
        if not framed:
            added.append((b"x-frame-options", b"DENY"))
        return [*given, *((name, value) for name, value in added if name not in own)]


class _TooLarge(Exception):
    """The body is longer than allowed."""


def _refused(scope: Scope, tables: bool) -> tuple[int, bytes] | None:
    if scope["method"] not in ("GET", "HEAD") and not (scope["method"] == "POST" and (tables or scope["path"].endswith(FORM))):
        return 405, b"Method not allowed"
    address = len(scope.get("raw_path") or b"") + len(scope.get("query_string", b""))
    if address > MAX_ADDRESS_BYTES:
        return 414, b"Address too long"
    kind = dict(scope["headers"]).get(b"content-type", b"").split(b";")[0].strip().lower()
    if scope["method"] == "POST" and kind != URLENCODED:
        return 415, b"Only forms are taken"
    return None


async def _bounded(scope: Scope, receive: Receive) -> Receive:
    """The request's body read whole, within bounds, so that nothing behind reads more than that."""
    if scope["method"] != "POST":
        return receive
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > MAX_BODY_BYTES:
            raise _TooLarge
        if message["type"] != "http.request" or not message.get("more_body"):
            break
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def _answer(send: Send, status: int, text: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(text)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text})
