"""Pages of officials, regions, sectors and commitments."""

from __future__ import annotations

from dataclasses import replace

from datasette.utils.asgi import Response

from search.query import MAX_PAGE, Query
from search.results import Results
from search.web import lookup, tiles
from search.web.charts import Picture, bars, flow, timeline
from search.web.facets import at_page, boxes, chips
from search.web.links import kept
from search.web.page import NotFound, Page

LATEST = 6
COMMITMENTS = "komitmen"
TABS = ("due", "past", "")
HIDDEN = ("kind", "status")


async def officials(page: Page) -> Response:
    """Those with the most directives."""
    results = await page.find(Query(size=1))
    return await page.html("officials", values=results.facets.get("official", ()))


async def official(page: Page) -> Response:
    """One person."""
    id = page.parts["id"]
    person = await page.ask(lambda index: lookup.official(index, id[:500]))
    if person is None:
        raise NotFound
    query = Query(officials=(id,), sort="date", size=LATEST)
    results = await page.find(query)
    groups = _some(bars(page, query, results, "group", "official.addressees"))
    pictures = [
        *_some(await timeline(page, query, results)),
        *_some(bars(page, query, results, "sector", "charts.sector_bars")),
        *groups,
    ]
    return await page.html("official", person=person, results=results, query=query, charts=pictures)


async def regions(page: Page) -> Response:
    """The map, and its table."""
    results = await page.find(replace(page.query, page=1, size=1))
    counts = {value.value: value.count for value in results.facets.get("region", ())}
    return await page.html(
        "regions", query=page.query, tiles=tiles.tiles(counts), extent=tiles.extent(), tile=tiles.SIZE, total=results.total
    )


async def region(page: Page) -> Response:
    """One region, and what was looked at there."""
    code = page.parts["id"]
    query = Query(regions=(code,), sort="date", size=LATEST)
    results = await page.find(query)
    labels = {value.value: value for value in results.facets.get("region", ())}
    province = tiles.province(code)
    own = labels.get(code)
    if not (own and own.count) and (province is None or province.code != code):
        raise NotFound
    name = province.name if province and province.code == code else own.label if own else code
    seen = await page.ask(lambda index: lookup.seen(index, code))
    looked = await page.ask(lambda index: lookup.looked(index, [one.source_id for one in seen]))
    files = await page.ask(lookup.articles_from_files)
    parts = [value for value in labels.values() if value.value.startswith(f"{code}.") and value.count]
    pictures = await _pictures(page, query, results)
    return await page.html(
        "region", code=code, name=name, results=results, query=query, charts=pictures, seen=seen, looked=looked, files=files,
        regencies=parts, province=province,
    )  # fmt: skip


async def sectors(page: Page) -> Response:
    """All sectors that occur."""
    results = await page.find(Query(size=1))
    return await page.html("sectors", values=results.facets.get("sector", ()))


async def sector(page: Page) -> Response:
    """One sector."""
    code = page.parts["id"]
    query = Query(sectors=(code,), sort="date", size=LATEST)
    results = await page.find(query)
    if not results.total:
        raise NotFound
    pictures = [
        *_some(bars(page, query, results, "region", "region.title")),
        *await _pictures(page, query, results, sector=False),
    ]
    return await page.html("sector", code=code, results=results, query=query, charts=pictures)


async def commitments(page: Page) -> Response:
    """What is due, what is past its date, which have a date at all; never whether they were kept."""
    query = _commitments(page)
    results = await page.find(query)
    tabs = [(tab or "all", tab == query.status, page.links.search(_on_tab(query, tab), COMMITMENTS)) for tab in TABS]
    return await page.html(
        "commitments", query=query, results=results, tabs=tabs, where=COMMITMENTS, at_page=at_page,
        cleared=_on_tab(Query(), query.status),
        pages=min(results.pages(query.size), MAX_PAGE), hidden=kept(query, "text", "page"),
        boxes=boxes(query, results.facets, page.words, page.links, COMMITMENTS, HIDDEN),
        chips=chips(query, results.facets, page.words, page.links, COMMITMENTS, HIDDEN),
    )  # fmt: skip


def _commitments(page: Page) -> Query:
    """The page's query: commitments only, those that are due unless the address says otherwise."""
    asked = page.query
    tab = asked.status if any(name in ("status", "kind") for name, _ in page.params) else "due"
    return replace(_on_tab(asked, tab), page=asked.page)


def _on_tab(query: Query, tab: str) -> Query:
    return replace(query, kinds=("commitment",), status=tab, sort="deadline" if tab else "date", page=1)


async def _pictures(page: Page, query: Query, results: Results, *, sector: bool = True) -> list[Picture]:
    found = [*_some(await timeline(page, query, results))]
    if sector:
        found += _some(bars(page, query, results, "sector", "charts.sector_bars"))
    found += _some(bars(page, query, results, "kind", "charts.kinds"))
    return [*found, *_some(await flow(page, query, results))]


def _some(picture: Picture | None) -> list[Picture]:
    return [picture] if picture else []
