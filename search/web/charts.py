"""From a query to the numbers of its charts: facets of the query, and of the query narrowed once more."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.query import Query
from search.results import FacetValue, Results
from search.web import shapes
from search.web.links import NAMES, SEARCH, changed, toggled
from search.web.page import Page

FROM, ACROSS, BARS = 8, 8, 12
Item = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Picture:
    """One chart and its table. `kind`: columns, rows, grid or flow; `table` has a head and rows of cells."""

    key: str
    title: str
    kind: str
    shape: shapes.Chart | shapes.Grid | shapes.Flow
    head: tuple[str, ...]
    table: tuple[tuple[str | int, ...], ...]
    help: str = ""


async def charts(page: Page, query: Query, results: Results) -> tuple[Picture, ...]:
    """The charts that the result has enough data for."""
    found = [await timeline(page, query, results), bars(page, query, results, "kind", "charts.kinds")]
    found += [bars(page, query, results, "sector", "charts.sector_bars"), bars(page, query, results, "group", "charts.groups")]
    found += [await sectors_by_region(page, query, results), await flow(page, query, results)]
    return tuple(picture for picture in found if picture)


async def timeline(page: Page, query: Query, results: Results) -> Picture | None:
    """By year, or by month when there is only one year."""
    years = sorted(value.value for value in results.facets.get("year", ()) if value.count)
    if query.years and len(query.years) == 1:
        years = [str(query.years[0])]
    if not years:
        return None
    if len(years) == 1:
        return await _months(page, query, int(years[0]))
    counts = {value.value: value for value in results.facets["year"]}
    span = range(int(years[0]), int(years[-1]) + 1) if int(years[-1]) - int(years[0]) < 40 else [int(year) for year in years]
    items = [
        (str(year), counts[str(year)].count if str(year) in counts else 0, _link(page, query, "year", str(year))) for year in span
    ]
    return _columns(page, "time", page.words.plain("charts.time"), page.words.plain("charts.year"), items)


async def _months(page: Page, query: Query, year: int) -> Picture | None:
    if not 1 <= year <= 9999:
        return None
    items = []
    for month, name in enumerate(page.words.list("months_short"), start=1):
        first, last = dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
        if (query.since and query.since > last) or (query.until and query.until < first):
            continue
        narrowed = replace(query, since=max(first, query.since or first), until=min(last, query.until or last))
        total = (await page.find(narrowed, facets=False)).total
        items.append((name, total, page.links.search(replace(narrowed, size=20), SEARCH)))
    title = page.words.plain("charts.months", year=year)
    return _columns(page, "time", title, page.words.plain("charts.month"), items)


def bars(page: Page, query: Query, results: Results, facet: str, title: str, most: int = BARS) -> Picture | None:
    """The most frequent values of a facet."""
    values = results.facets.get(facet, ())[:most]
    if not values:
        return None
    items = [(page.words.value(facet, v.value, v.label), v.count, _link(page, query, facet, v.value)) for v in values]
    head = (page.words.plain(f"facet.{facet}"), page.words.plain("charts.count"))
    return Picture(facet, page.words.plain(title), "rows", shapes.rows(items), head, tuple((i[0], i[1]) for i in items))


async def sectors_by_region(page: Page, query: Query, results: Results) -> Picture | None:
    """Sectors against regions; provinces where there are several of them."""
    regions = results.facets.get("region", ())
    provinces = [value for value in regions if "." not in value.value]
    chosen = provinces if len(provinces) > 1 else [value for value in regions if "." in value.value] or provinces
    table = await _crossed(page, query, "region", chosen[:FROM], "sector")
    return _grid(page, table, "region", "sector") if len({pair[0] for pair in table}) > 1 else None


async def flow(page: Page, query: Query, results: Results) -> Picture | None:
    """From officials to groups of addressees; from offices where the officials have no names."""
    facet = "official" if results.facets.get("official") else "office"
    table = await _crossed(page, query, facet, results.facets.get(facet, ())[:FROM], "group")
    if not table:
        return None
    sources, targets = _ends(table, 0, FROM), _ends(table, 1, ACROSS)
    kept = {pair: count for pair, count in table.items() if pair[0] in sources and pair[1] in targets}
    rows = tuple((one, other, count) for (one, other), count in sorted(kept.items(), key=lambda item: -item[1]))
    head = tuple(page.words.plain(f"charts.{name}") for name in ("from", "to", "count"))
    shape = shapes.flow(kept, sources, targets)
    return Picture("flow", page.words.plain("charts.flow"), "flow", shape, head, rows, page.words.plain("charts.flow_help"))


async def _crossed(page: Page, query: Query, facet: str, values: Sequence[FacetValue], other: str) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for value in values:
        narrowed = _only(query, facet, value.value)
        for item in (await page.find(narrowed)).facets.get(other, ()):
            name = page.words.value(facet, value.value, value.label)
            found[name, page.words.value(other, item.value, item.label)] = item.count
    return found


def _only(query: Query, facet: str, value: str) -> Query:
    return replace(changed(query, NAMES[facet], (value,)), size=1)


def _grid(page: Page, table: dict[tuple[str, str], int], down: str, across: str) -> Picture:
    rows, columns = _ends(table, 0, FROM), _ends(table, 1, ACROSS)
    cells: tuple[tuple[str | int, ...], ...] = tuple((row, *(table.get((row, column), 0) for column in columns)) for row in rows)
    kept = {pair: count for pair, count in table.items() if pair[1] in columns}
    title, help_ = page.words.plain("charts.sectors"), page.words.plain("charts.sectors_help")
    return Picture(
        f"{across}-{down}",
        title,
        "grid",
        shapes.grid(kept, rows, columns),
        (page.words.plain(f"facet.{down}"), *columns),
        cells,
        help_,
    )


def _ends(table: dict[tuple[str, str], int], side: int, most: int) -> list[str]:
    totals: dict[str, int] = {}
    for pair, count in table.items():
        totals[pair[side]] = totals.get(pair[side], 0) + count
    return sorted(totals, key=lambda name: (-totals[name], name))[:most]


def _columns(page: Page, key: str, title: str, head: str, items: list[Item]) -> Picture | None:
    if not any(count for _, count, _ in items):
        return None
    table = tuple((label, count) for label, count, _ in items)
    return Picture(key, title, "columns", shapes.columns(items), (head, page.words.plain("charts.count")), table)


def _link(page: Page, query: Query, facet: str, value: str) -> str:
    plain = replace(query, size=20, page=1)
    chosen = getattr(plain, NAMES[facet])
    item = int(value) if facet == "year" else value
    return page.links.search(plain if item in chosen else toggled(plain, facet, value), SEARCH)
