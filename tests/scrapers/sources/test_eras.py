"""Every source with page eras, or with selectors of its own, has a frozen page of each and the article that it shows."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scrapers.platforms.options import PAGE_OPTIONS
from scrapers.sources.eras import Era, check_order, eras_of, platform_of
from scrapers.sources.registry import load_registry
from scrapers.types import Outcome, PageError, Response, Source

PAGES = Path(__file__).parent / "pages"
SOURCES = load_registry()


def layouts() -> Iterator[tuple[Source, str]]:
    """(source, layout) of everything that must have a frozen page; selectors in a declaration are the layout "page"."""
    for source in SOURCES.values():
        yield from ((source, era.name) for era in eras_of(source))
        if not eras_of(source) and PAGE_OPTIONS.keys() & source.options.keys():
            yield source, "page"


def frozen(source: Source, layout: str, fetched_at: str = "") -> Response:
    folder = PAGES / source.id
    told = json.loads((folder / f"{layout}.json").read_text(encoding="utf-8"))
    when = dt.datetime.fromisoformat(fetched_at or told["fetched_at"])
    headers = {"content-type": "text/html; charset=utf-8"}
    return Response(told["url"], told["url"], 200, headers, (folder / f"{layout}.html").read_bytes(), when)


@pytest.mark.parametrize(("source", "layout"), [pytest.param(*each, id=f"{each[0].id}-{each[1]}") for each in layouts()])
def test_the_frozen_page_gives_the_expected_article(source: Source, layout: str) -> None:
    expected = json.loads((PAGES / source.id / f"{layout}.json").read_text(encoding="utf-8"))["article"]
    article = platform_of(source).article(frozen(source, layout), source)
    assert article.published is not None
    shown = {
        "url": article.url,
        "title": article.title,
        "text": article.text.split("\n"),
        "published": article.published.isoformat(),
        "author": article.author,
        "captions": list(article.captions),
        "categories": list(article.categories),
    }
    assert shown == {"author": "", "categories": []} | expected


def test_no_frozen_page_is_left_over() -> None:
    wanted = {f"{source.id}/{layout}{ending}" for source, layout in layouts() for ending in (".html", ".json")}
    assert {path.relative_to(PAGES).as_posix() for path in PAGES.rglob("*.*")} == wanted


def test_every_era_belongs_to_a_source_of_the_registry() -> None:
    from scrapers.sources.outlets import ERAS

    assert ERAS.keys() <= SOURCES.keys()


def test_the_day_of_fetching_decides_which_era_reads_a_page() -> None:
    source = SOURCES["kaltimprov"]
    reader = platform_of(source)
    old = reader.article(frozen(source, "tables", "2021-12-31T23:59:00+00:00"), source)
    late = reader.article(frozen(source, "tables", "2022-01-01T00:00:00+00:00"), source)
    assert (old.categories, late.categories) == (("Perkebunan",), ())


def test_a_page_after_the_last_era_is_a_fault_of_its_own() -> None:
    class Ended(Era):
        source, name, until = "nttprov", "ended", dt.date(2020, 1, 1)

    from scrapers.sources.eras import WithEras

    source = SOURCES["nttprov"]
    with pytest.raises(PageError, match="no page era") as caught:
        WithEras(platform_of(replace(source, id="other")), (Ended,)).article(frozen(source, "humas"), source)
    assert caught.value.outcome is Outcome.MALFORMED


def test_eras_out_of_order_are_refused() -> None:
    class First(Era):
        source, name, until = "x", "first", dt.date(2020, 1, 1)

    class Last(Era):
        source, name = "x", "last"

    check_order((First, Last))
    with pytest.raises(ValueError, match="cannot follow"):
        check_order((Last, First))
    with pytest.raises(ValueError, match="cannot follow"):
        check_order((First, First))
