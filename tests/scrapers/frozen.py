"""The frozen pages of tests/scrapers/pages: a page as a server would send it, and the article that is to be read in it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scrapers.types import Response, Scraped, Source

PAGES = Path(__file__).resolve().parent / "pages"
THEMES = sorted(path.parent.name for path in PAGES.glob("*/page.html"))
FETCHED_AT = dt.datetime(2026, 1, 1, 3, tzinfo=dt.UTC)


def response(url: str, body: str | bytes, content_type: str = "text/html; charset=UTF-8", **headers: str) -> Response:
    """A response of status 200; names of `headers` are written with underscores."""
    content = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(url, url, 200, {"content-type": content_type, **named}, content, FETCHED_AT)


def source(
    platform: str = "listing", url: str = "https://contoh.example", timezone: str = "Asia/Jakarta", **options: object
) -> Source:
    """A source of an invented site."""
    return Source("contoh", "Contoh", platform, url, timezone=timezone, options=options)


def frozen(theme: str) -> tuple[Response, Source, Mapping[str, Any]]:
    """A theme's page, its source and the fields of the expected article; the text as a list of paragraphs."""
    said = json.loads((PAGES / theme / "expected.json").read_text(encoding="utf-8"))
    page = said["page"]
    body = (PAGES / theme / "page.html").read_bytes()
    return response(page["url"], body), source(url=page["url"], timezone=page["timezone"], **page["options"]), said["article"]


def as_expected(article: Scraped) -> dict[str, Any]:
    """An article in the form of expected.json."""
    return {
        "url": article.url,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "modified": article.modified.isoformat() if article.modified else None,
        "author": article.author,
        "categories": list(article.categories),
        "captions": list(article.captions),
        "text": article.text.split("\n"),
    }
