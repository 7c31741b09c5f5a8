from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from scrapers.types import Outcome, Response, Scraped, Source
from tests.scrapers.conftest import Bench
from tests.scrapers.site import JsonTest, Site, release

MakeBench = Callable[..., Bench]


def lived(bench: Bench) -> Bench:
    """Articles, an edit, a removal, a failure, a page that cannot be read."""
    bench.site.articles = [release(number) for number in reversed(range(10))]
    bench.site.get("/berita/3").text = "KACAU"
    bench.fetcher.failures["/berita/5"] = Outcome.SERVER_ERROR
    bench.crawl()
    bench.fetcher.failures.clear()
    bench.site.get("/berita/8").text, bench.site.get("/berita/8").version = "Diralat.", "2"
    bench.site.get("/berita/4").public = bench.site.get("/berita/4").listed = False
    bench.crawl()
    bench.crawl()
    return bench


def state_of(bench: Bench) -> list[object]:
    articles = bench.rows("SELECT * FROM article ORDER BY id")
    return [bench.revisions(), articles, bench.rows("SELECT * FROM address ORDER BY key"), bench.ledger()]


def test_the_archive_gives_the_same_articles(bench_of: MakeBench) -> None:
    for whole in (False, True):
        bench = lived(bench_of(Site(whole=whole, exhaustive=True), name=f"whole-{whole}"))
        before = state_of(bench)
        assert len(bench.revisions()) == 10 + whole  # pages are read otherwise than listings
        assert bench.removed() == ["/berita/4"]
        calls = len(bench.fetcher.calls)
        bench.reparse()
        assert state_of(bench) == before
        assert len(bench.fetcher.calls) == calls


def test_the_archive_is_enough(bench_of: MakeBench) -> None:
    bench = lived(bench_of(Site(exhaustive=True)))
    revisions, removed = bench.revisions(), bench.removed()
    with bench.state.transaction() as db:
        for table in ("article", "address", "revision", "source", "pending"):
            db.execute(f"DELETE FROM {table}")
    tally = bench.reparse()[0]
    assert (bench.revisions(), bench.removed()) == (revisions, removed)
    assert tally.counts["new"] == 9
    assert [problem.outcome for problem in tally.problems] == [Outcome.MALFORMED]


def test_what_listings_held_and_the_run_left_out_stays_out(bench_of: MakeBench) -> None:
    bench = bench_of(Site([release(number) for number in reversed(range(10))], whole=True))
    bench.crawl(limit=4)
    before = bench.revisions()
    bench.reparse()
    assert bench.revisions() == before
    bench.crawl()
    assert len(bench.revisions()) == 10
    bench.reparse()
    assert len(bench.revisions()) == 10


def test_articles_whose_archive_is_gone_are_kept(bench_of: MakeBench) -> None:
    bench = lived(bench_of(Site(exhaustive=True, tags=False)))
    before = state_of(bench)
    bench.archive.close()
    for path in bench.archive.folder.iterdir():
        path.unlink()
    assert bench.reparse() == []
    assert state_of(bench) == before
    bench.site.articles.insert(0, release(10))
    bench.crawl()
    bench.reparse()  # one article of which there is an archive, nine of which there is none
    assert len(bench.articles()) == 10


def test_a_better_reader_gives_better_texts(bench_of: MakeBench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = lived(bench_of(Site(exhaustive=True)))
    read = JsonTest.article

    def loud(self: JsonTest, response: Response, source: Source) -> Scraped:
        found = read(self, response, source)
        return replace(found, text=found.text.upper())

    monkeypatch.setattr(JsonTest, "article", loud)
    bench.reparse()
    assert all(text == text.upper() for text in bench.articles().values())
    assert len(bench.revisions()) == 10
