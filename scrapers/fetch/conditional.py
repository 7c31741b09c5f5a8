"""Conditional requests: what is sent of an earlier answer, and what of an answer is worth keeping."""

from __future__ import annotations

from collections.abc import Mapping

from scrapers.types import Remembered, Response


def conditions(known: Remembered | None) -> Mapping[str, str]:
    """The request headers that ask for a body only if it has changed."""
    if known is None:
        return {}
    fields = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in fields.items() if value}


def worth_remembering(response: Response) -> Remembered | None:
    """The validators of an archived answer, None when it has none that could be sent back."""
    etag, modified = (_sendable(response.headers.get(name, "")) for name in ("etag", "last-modified"))
    usable = response.status == 200 and (etag or modified)
    return Remembered(etag, modified, response.ref) if usable and response.ref else None


def _sendable(value: str) -> str:
    return value if value.isascii() and value.isprintable() else ""
