"""The JSON API: the same queries as the pages, documented in docs/api.md and at /api/openapi.json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from datasette.utils.asgi import Response

from search.find import get
from search.query import MAX_PAGE, Query
from search.results import Hit, Results
from search.web import lookup, tiles
from search.web.export import plain, row
from search.web.guard import OPEN
from search.web.openapi import document
from search.web.page import NotFound, Page


async def directives(page: Page) -> Response:
    """A page of results with facets."""
    query = page.query
    results = await page.find(query)
    return _json(listing(page, query, results))


async def directive(page: Page) -> Response:
    """One directive."""
    hit = await page.ask(lambda index: get(index, page.parts["id"][:500]))
    if hit is None:
        raise NotFound
    return _json(record(page, hit))


async def official(page: Page) -> Response:
    """One person, with counts."""
    person = await page.ask(lambda index: lookup.official(index, page.parts["id"][:500]))
    if person is None:
        raise NotFound
    results = await page.find(Query(officials=(person.official_id,), size=1))
    names = ("official_id", "name", "role", "office", "region_code", "articles")
    return _json({name: getattr(person, name) for name in names} | {"directives": results.total, "facets": facets(results)})


async def coverage(page: Page) -> Response:
    """What was looked at for a region."""
    code = page.parts["id"][:20]
    if tiles.province(code) is None:
        raise NotFound
    seen = await page.ask(lambda index: lookup.seen(index, code))
    looked = await page.ask(lambda index: lookup.looked(index, [one.source_id for one in seen]))
    results = await page.find(Query(regions=(code,), size=1), facets=False)
    return _json(
        {
            "region_code": code,
            "directives": results.total,
            "articles": [_fields(one, ("source_id", "outlet", "count", "first", "last")) for one in seen],
            "sources": [
                _fields(one, ("source_id", "days", "first", "last", "last_success", "fetched", "failed")) for one in looked
            ],
        }
    )


async def openapi(page: Page) -> Response:
    """The description of this API."""
    return _json(document(page.links.base))


def listing(page: Page, query: Query, results: Results) -> dict[str, Any]:
    """A page of results as JSON."""
    pages = min(results.pages(query.size), MAX_PAGE)
    return {
        "total": results.total,
        "page": query.page,
        "pages": pages,
        "size": query.size,
        "how": results.how,
        "relaxed": results.relaxed,
        "results": [record(page, hit) for hit in results.hits],
        "facets": facets(results),
    }


def record(page: Page, hit: Hit) -> dict[str, Any]:
    """A directive as JSON: the export's columns, the text around the passage, its marks."""
    marks = [{"start": mark.start, "end": mark.end, "label": mark.label} for mark in hit.marks]
    more = {"before": hit.before, "after": hit.after, "marks": marks, "removed": hit.removed, "score": round(hit.score, 6)}
    return plain(row(hit, page.links.directive)) | more


def facets(results: Results) -> dict[str, list[dict[str, Any]]]:
    """Values with counts, by the parameter's name."""
    return {
        name: [{"value": one.value, "label": one.label, "count": one.count, "chosen": one.chosen} for one in values]
        for name, values in results.facets.items()
    }


def _fields(item: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(item, name) for name in names}


def _json(value: Mapping[str, Any]) -> Response:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Response(body, headers=dict(OPEN), content_type="application/json; charset=utf-8")
