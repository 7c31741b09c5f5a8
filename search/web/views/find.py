"""Home, search, its exports, feeds and charts."""

from __future__ import annotations

from dataclasses import replace

from datasette.utils.asgi import Response

from search.query import MAX_PAGE, MAX_SIZE, Query
from search.results import Hit
from search.web import lookup, tiles
from search.web.charts import charts
from search.web.export import WRITERS, row
from search.web.facets import at_page, boxes, chips, cleared
from search.web.feeds import Feed, atom, json_feed
from search.web.guard import OPEN
from search.web.links import SEARCH, kept
from search.web.page import NotFound, Page

MAX_EXPORT = 10_000
_TYPES = {"atom": "application/atom+xml; charset=utf-8", "feed.json": "application/feed+json; charset=utf-8"}


async def home(page: Page) -> Response:
    """The box, kinds, the map, what is due, what is new."""
    everything = await page.find(Query(size=5, sort="date"))
    due = await page.find(Query(kinds=("commitment",), status="due", sort="deadline", size=4), facets=False)
    counts = {value.value: value.count for value in everything.facets.get("region", ())}
    total = await page.ask(lookup.total)
    return await page.html(
        "home", total=total, latest=everything.hits, due=due.hits, kinds=everything.facets.get("kind", ()),
        tiles=tiles.tiles(counts), extent=tiles.extent(), tile=tiles.SIZE,
    )  # fmt: skip


async def search(page: Page) -> Response:
    """Results with facets."""
    query = page.query
    results = await page.find(query)
    pages = min(results.pages(query.size), MAX_PAGE)
    return await page.html(
        "search", query=query, results=results, pages=pages, where=SEARCH, limit=MAX_EXPORT, at_page=at_page,
        boxes=boxes(query, results.facets, page.words, page.links, SEARCH),
        chips=chips(query, results.facets, page.words, page.links, SEARCH),
        cleared=cleared(query), hidden=kept(query, "text", "sort", "page"),
        hidden_dates=kept(query, "since", "until", "deadline_from", "deadline_until", "status", "page"),
        hidden_sort=kept(query, "sort", "page"),
    )  # fmt: skip


async def download(page: Page) -> Response:
    """The whole result, up to MAX_EXPORT rows, as a file."""
    write, kind = WRITERS[page.parts["format"]]
    hits = await _all(page, page.query)
    rows = [row(hit, page.links.directive) for hit in hits]
    name = f'attachment; filename="arahan.{page.parts["format"]}"'
    return _bytes(write(rows), kind, OPEN | {"content-disposition": name})


async def feed(page: Page) -> Response:
    """The newest of a result, for feed readers."""
    query = replace(page.query, sort="date", page=1, size=min(page.query.size, 50))
    results = await page.find(query, facets=False)
    form, words, links = page.parts["format"], page.words, page.links
    title = f"{words.plain('site.name')}: {_title(page, query)}"
    found = Feed(title, _whole(page, query, SEARCH), _whole(page, query, f"{SEARCH}.{form}"), results.hits)
    body = (atom if form == "atom" else json_feed)(found, words, links)
    return _bytes(body, _TYPES[form], OPEN)


async def graphs(page: Page) -> Response:
    """A result as charts."""
    query = replace(page.query, page=1, size=1)
    results = await page.find(query)
    return await page.html(
        "charts", query=query, total=results.total, chips=chips(query, results.facets, page.words, page.links, "grafik"),
        charts=await charts(page, query, results), title=_title(page, query),
        hidden=kept(query, "text", "page", "size"), list_link=page.links.search(replace(query, size=20)),
    )  # fmt: skip


async def about(page: Page) -> Response:
    """What this is, and how to read it."""
    total, corrections = await page.ask(lookup.total), await page.ask(lookup.corrections)
    return await page.html("about", total=total, corrections=corrections)


async def asset(page: Page) -> Response:
    """A static file, under an address that changes when it does."""
    from search.web import static

    found = static.files().get(page.parts["name"])
    if found is None:
        raise NotFound
    return _bytes(
        found[0],
        found[1],
        {"cache-control": "public, max-age=31536000, immutable", "cross-origin-resource-policy": "cross-origin"},
    )


async def _all(page: Page, query: Query) -> list[Hit]:
    hits: list[Hit] = []
    for number in range(1, MAX_EXPORT // MAX_SIZE + 1):
        results = await page.find(replace(query, page=number, size=MAX_SIZE), facets=False)
        hits += results.hits
        if len(hits) >= results.total or not results.hits:
            break
    return hits


def _title(page: Page, query: Query) -> str:
    return f"“{query.text}”" if query.text else page.words.plain("charts.all")


def _whole(page: Page, query: Query, where: str) -> str:
    return page.links.whole(where, params=query.to_params())


def _bytes(body: bytes, kind: str, headers: dict[str, str]) -> Response:
    return Response(body, headers=dict(headers), content_type=kind)
