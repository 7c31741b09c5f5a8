from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from scrapers.bounds import PATIENCE
from scrapers.types import Outcome, Response
from tests.scrapers.conftest import Bench
from tests.scrapers.site import BASE, Site, Stop, release, text_of

MakeBench = Callable[..., Bench]
TEN = [release(number) for number in reversed(range(10))]
PATHS = sorted(article.path for article in TEN)


def ten(**changes: object) -> Site:
    return Site([replace(article) for article in TEN], **changes)  # type: ignore[arg-type]


def paths(*numbers: int) -> list[str]:
    return [f"/berita/{number}" for number in numbers]


@pytest.mark.parametrize("whole", [False, True], ids=["pages", "in listings"])
@pytest.mark.parametrize("kind", [{"newest_first": True}, {"newest_first": False}, {"exhaustive": True}], ids=str)
def test_every_article_comes_once(bench_of: MakeBench, whole: bool, kind: dict[str, bool]) -> None:
    bench = bench_of(ten(whole=whole, **kind))
    tally = bench.crawl()
    assert bench.articles() == {article.path: article.text for article in TEN}
    assert (tally.counts["new"], tally.counts["found"], tally.problems, tally.complete) == (10, 10, [], True)
    assert sorted(bench.fetcher.pages()) == ([] if whole else PATHS)


@pytest.mark.parametrize("kind", [{}, {"versions": False}, {"newest_first": False}, {"exhaustive": True}], ids=str)
def test_a_second_run_asks_for_no_page_and_gets_no_body(bench_of: MakeBench, kind: dict[str, bool]) -> None:
    bench = bench_of(ten(**kind))
    bench.crawl()
    bench.fetcher.calls.clear()
    tally = bench.crawl()
    assert tally.complete
    assert not any(body for _, _, body in bench.fetcher.calls)
    assert bench.fetcher.pages() == []
    assert tally.counts["new"] == tally.counts["edited"] == 0
    assert len(bench.revisions()) == 10


def test_a_list_that_begins_with_the_newest_is_read_as_far_as_it_is_new(bench_of: MakeBench) -> None:
    bench = bench_of(ten())
    bench.crawl()
    bench.site.articles[:0] = [release(number) for number in (14, 13, 12, 11, 10)]
    bench.fetcher.calls.clear()
    assert bench.crawl().counts["new"] == 5
    assert [path for role, path, _ in bench.fetcher.calls if role == "listing"] == ["/daftar", "/daftar?hal=2", "/daftar?hal=3"]
    assert len(bench.articles()) == 15


@pytest.mark.parametrize("kill_at", range(1, 14))
def test_a_crawl_that_is_cut_off_is_made_good(bench_of: MakeBench, kill_at: int) -> None:
    bench = bench_of(ten())
    bench.fetcher.kill_at = kill_at
    with pytest.raises(Stop):
        bench.crawl()
    bench.site.articles.insert(0, release(10))
    bench.fetcher.kill_at = None
    assert bench.crawl().complete
    assert sorted(bench.articles()) == sorted([*PATHS, "/berita/10"])
    assert len(bench.revisions()) == 11
    bench.fetcher.calls.clear()
    bench.crawl()
    assert [path for _, path, _ in bench.fetcher.calls] == ["/daftar"]


def test_a_cut_off_update_does_not_hide_what_lies_between(bench_of: MakeBench) -> None:
    bench = bench_of(ten())
    bench.crawl()
    bench.site.articles[:0] = [release(number) for number in reversed(range(10, 20))]
    bench.fetcher.calls.clear()
    bench.fetcher.kill_at = 5  # the newest three are read, seven are not
    with pytest.raises(Stop):
        bench.crawl()
    bench.fetcher.kill_at = None
    assert bench.crawl().complete
    assert len(bench.articles()) == 20


def test_an_edit_is_another_revision_and_both_are_kept(bench_of: MakeBench) -> None:
    bench = bench_of(ten())
    bench.crawl()
    edited = bench.site.get("/berita/8")
    edited.text, edited.version = "Diralat: rapat ditunda.", "2"
    assert bench.crawl().counts["edited"] == 1
    assert bench.fetcher.pages()[-1:] == ["/berita/8"]
    texts = [text for _, _, url, _, text, *_ in bench.revisions() if url.endswith("/8")]
    assert texts == [text_of(8), "Diralat: rapat ditunda."]
    edited.text, edited.version = text_of(8), "3"  # back to what it was: a third one
    bench.crawl()
    assert len(bench.revisions()) == 12


def test_a_new_version_with_the_same_text_is_no_revision(bench_of: MakeBench) -> None:
    bench = bench_of(ten())
    bench.crawl()
    edited = bench.site.get("/berita/9")
    edited.text, edited.version = edited.text.replace("\n", " \r\n\n  ").replace(" ", "\u00a0", 3), "2"
    bench.fetcher.pages()
    tally = bench.crawl()
    assert bench.fetcher.pages() == ["/berita/9"]
    assert tally.counts["edited"] == 0
    bench.crawl()
    assert bench.fetcher.pages() == []


def test_an_article_that_a_complete_list_lacks_is_asked_for_once(bench_of: MakeBench) -> None:
    bench = bench_of(ten(exhaustive=True))
    bench.crawl()
    bench.site.get("/berita/4").public = bench.site.get("/berita/4").listed = False
    bench.site.get("/berita/5").listed = False  # still there
    tally = bench.crawl()
    assert bench.removed() == ["/berita/4"]
    assert (tally.counts["removed"], tally.problems) == (1, [])
    assert len(bench.articles()) == 10
    bench.fetcher.calls.clear()
    bench.crawl()
    assert {role for role, _, _ in bench.fetcher.calls} == {"listing"}


def test_an_article_that_comes_back_is_not_marked_any_more(bench_of: MakeBench) -> None:
    bench = bench_of(ten(exhaustive=True))
    bench.crawl()
    gone = bench.site.get("/berita/4")
    gone.public = gone.listed = False
    bench.crawl()
    gone.public = gone.listed = True
    bench.crawl()
    assert bench.removed() == []
    assert len(bench.revisions()) == 10
    gone.public = gone.listed = False  # and goes again
    bench.crawl()
    assert bench.removed() == ["/berita/4"]


def test_a_list_that_could_not_be_read_whole_proves_nothing(bench_of: MakeBench) -> None:
    bench = bench_of(ten(exhaustive=True))
    bench.crawl()
    bench.fetcher.failures["/daftar?hal=2"] = Outcome.SERVER_ERROR
    bench.fetcher.calls.clear()
    tally = bench.crawl()
    assert not tally.complete
    assert {role for role, _, _ in bench.fetcher.calls} == {"listing"}
    assert bench.removed() == []


def test_a_page_that_is_gone_marks_its_article(bench_of: MakeBench) -> None:
    bench = bench_of(ten())
    bench.crawl()
    gone = bench.site.get("/berita/9")
    gone.public, gone.version = False, "2"
    tally = bench.crawl()
    assert bench.removed() == ["/berita/9"]
    assert [problem.outcome for problem in tally.problems] == [Outcome.GONE]


def test_a_page_that_leads_to_the_front_page_is_gone(bench_of: MakeBench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = bench_of(ten(exhaustive=True))
    bench.crawl()
    bench.site.get("/berita/4").listed = False
    get = bench.fetcher.get

    def to_front(url: str, *more: Any) -> Response:  # noqa: ANN401
        response = get(url, *more)
        return replace(response, final_url=f"{BASE}/") if url.endswith("/4") else response

    monkeypatch.setattr(bench.fetcher, "get", to_front)
    bench.crawl()
    assert bench.removed() == ["/berita/4"]


def test_what_failed_is_tried_again_though_its_listing_is_not_read_any_more(bench_of: MakeBench) -> None:
    bench = bench_of(ten())
    bench.fetcher.failures["/berita/2"] = Outcome.SERVER_ERROR
    first = bench.crawl()
    assert first.complete
    assert [(p.url, p.outcome) for p in first.problems] == [(f"{BASE}/berita/2", Outcome.SERVER_ERROR)]
    bench.fetcher.failures.clear()
    bench.fetcher.pages()
    bench.crawl()
    assert bench.fetcher.pages() == ["/berita/2"]
    assert len(bench.articles()) == 10


def test_what_cannot_be_read_is_not_asked_for_at_every_run(bench_of: MakeBench) -> None:
    bench = bench_of(ten())
    bench.site.get("/berita/2").text = ""
    bench.site.get("/berita/3").text = "KACAU"
    tally = bench.crawl()
    assert {(p.url[-1], p.outcome) for p in tally.problems} == {("2", Outcome.NO_TEXT), ("3", Outcome.MALFORMED)}
    bench.fetcher.pages()
    bench.crawl()
    assert bench.fetcher.pages() == []
    bench.site.get("/berita/2").text = "Sekarang ada."
    bench.later(days=8)
    bench.crawl()
    assert sorted(bench.fetcher.pages()) == paths(2, 3)
    assert bench.articles()["/berita/2"] == "Sekarang ada."


def test_articles_without_text_in_a_listing_are_listed_as_failures(bench_of: MakeBench) -> None:
    bench = bench_of(ten(whole=True))
    bench.site.get("/berita/2").text = " \n "
    tally = bench.crawl()
    assert [(p.url[-1], p.outcome) for p in tally.problems] == [("2", Outcome.NO_TEXT)]
    assert bench.ledger()["no-text"] == 1
    assert len(bench.articles()) == 9


def test_since_leaves_older_articles_and_the_rest_of_the_list_alone(bench_of: MakeBench) -> None:
    bench = bench_of(ten())  # 2024-01-01 to 2024-01-03
    bench.crawl(since=dt.date(2024, 1, 3))
    assert sorted(bench.articles()) == paths(7, 8, 9)
    assert "/daftar?hal=3" not in [path for _, path, _ in bench.fetcher.calls]
    bench.fetcher.calls.clear()
    bench.crawl(since=dt.date(2024, 1, 3))
    assert [path for _, path, _ in bench.fetcher.calls] == ["/daftar"]
    bench.crawl()
    assert len(bench.articles()) == 10


def test_since_works_where_only_the_pages_have_dates(bench_of: MakeBench) -> None:
    bench = bench_of(ten(dates=False))
    bench.crawl(since=dt.date(2024, 1, 3))
    listings = [path for role, path, _ in bench.fetcher.calls if role == "listing"]
    assert listings == ["/daftar", "/daftar?hal=2"]  # the second held older ones only
    assert set(paths(7, 8, 9)) <= set(bench.articles())


def test_a_later_since_leaves_no_gap(bench_of: MakeBench) -> None:
    bench = bench_of(ten())
    bench.crawl()
    bench.site.articles[:0] = [release(number) for number in reversed(range(10, 30))]
    bench.crawl(since=dt.date(2024, 1, 9))  # numbers 28 and 29
    assert len(bench.articles()) < 15
    bench.crawl()
    assert len(bench.articles()) == 30


def test_limit_takes_the_first_articles_only(bench_of: MakeBench) -> None:
    for whole in (False, True):
        bench = bench_of(ten(whole=whole), name=f"whole-{whole}")
        for _ in range(2):
            assert not bench.crawl(limit=4).complete
            assert sorted(bench.articles()) == paths(6, 7, 8, 9)
        bench.crawl()
        assert len(bench.articles()) == 10


def test_known_articles_without_versions_are_asked_again_after_some_time(bench_of: MakeBench) -> None:
    bench = bench_of(ten(versions=False))
    bench.now = dt.datetime(2024, 1, 5, tzinfo=dt.UTC)
    bench.crawl()
    bench.site.get("/berita/9").text = "Diralat."
    bench.fetcher.pages()
    bench.crawl()
    assert bench.fetcher.pages() == []
    bench.later(days=1)
    bench.crawl()
    assert sorted(bench.fetcher.pages()) == paths(4, 5, 6, 7, 8, 9)  # an edit on the first page: the second is read too
    assert bench.articles()["/berita/9"] == "Diralat."
    bench.later(days=60)
    bench.crawl()
    assert bench.fetcher.pages() == []


def test_recheck_asks_for_everything_again(bench_of: MakeBench) -> None:
    bench = bench_of(ten())
    bench.crawl()
    bench.site.get("/berita/0").text = "Diralat."  # and the site tells nobody
    bench.fetcher.pages()
    bench.crawl(recheck=True)
    assert sorted(bench.fetcher.pages()) == PATHS
    assert bench.articles()["/berita/0"] == "Diralat."


def listing_of(*next_: str, names: tuple[str, ...] = ()) -> bytes:
    named = [{"url": BASE + name, "version": "1"} for name in names]
    return json.dumps({"articles": named, "next": [BASE + path for path in next_], "newest_first": False}).encode()


def test_listings_that_name_each_other_end(bench_of: MakeBench) -> None:
    site = ten()
    site.routes = {
        "/daftar": lambda: (200, listing_of("/a", "/b", "/daftar")),
        "/a": lambda: (200, listing_of("/b", "/a#x", names=("/berita/1",))),
        "/b": lambda: (200, listing_of("/a", "/daftar", names=("/berita/1", "/berita/2"))),
    }
    bench = bench_of(site)
    assert bench.crawl().complete
    assert sorted(path for role, path, _ in bench.fetcher.calls if role == "listing") == ["/a", "/b", "/daftar"]
    assert sorted(bench.articles()) == paths(1, 2)


def test_a_calendar_without_end_ends(bench_of: MakeBench) -> None:
    site = ten()
    for number in range(50):
        body = listing_of(f"/bulan/{number + 1}")
        site.routes[f"/bulan/{number}"] = lambda body=body: (200, body)
    bench = bench_of(site, options={"starts": (f"{BASE}/bulan/0",)})
    tally = bench.crawl(max_barren=10)
    assert len(bench.fetcher.calls) == 11
    assert [p.reason for p in tally.problems] == ["10 listing pages in a row that name nothing new"]
    bench.fetcher.calls.clear()
    tally = bench.crawl(max_listings=5)
    assert len(bench.fetcher.calls) == 5
    assert not tally.complete


def test_the_end_of_paging_is_no_failure(bench_of: MakeBench) -> None:
    site = ten(per_page=10)
    site.routes["/daftar"] = lambda: (200, listing_of("/daftar?hal=9", names=tuple(PATHS)))
    site.routes["/daftar?hal=9"] = lambda: (404, b"")
    tally = bench_of(site).crawl()
    assert (tally.problems, tally.complete, tally.counts["absent"]) == ([], True, 1)


def test_a_missing_part_of_an_index_is_a_failure(bench_of: MakeBench) -> None:
    site = ten()
    site.routes["/daftar"] = lambda: (200, listing_of("/a", "/b"))
    site.routes["/a"] = lambda: (200, listing_of(names=("/berita/1",)))
    tally = bench_of(site).crawl()
    assert [(p.outcome, tally.complete) for p in tally.problems] == [(Outcome.GONE, False)]


@pytest.mark.parametrize("outcome", [Outcome.RATE_LIMITED, Outcome.TIMEOUT, Outcome.REFUSED])
def test_a_host_that_fails_again_and_again_is_left_alone(bench_of: MakeBench, outcome: Outcome) -> None:
    bench = bench_of(ten(per_page=10))
    bench.fetcher.failures = dict.fromkeys(PATHS, outcome)
    tally = bench.crawl()
    assert len(bench.fetcher.pages()) == PATIENCE[outcome] == len(tally.problems) == bench.ledger()[outcome]
    assert not tally.complete
    bench.fetcher.failures.clear()
    assert bench.crawl().complete
    assert len(bench.articles()) == 10


def test_failures_of_single_pages_do_not_end_a_crawl(bench_of: MakeBench) -> None:
    bench = bench_of(ten(per_page=10))
    bench.fetcher.failures = dict.fromkeys(PATHS[::2], Outcome.TIMEOUT)
    assert bench.crawl().complete
    assert len(bench.articles()) == 5


def test_the_ledger_tells_nothing_found_from_not_looked_at(bench_of: MakeBench) -> None:
    bench = bench_of(Site([]))
    bench.crawl()
    assert bench.ledger() == {"fetched": 1, "listings": 1}
    failing = bench_of(Site([]), name="failing")
    failing.fetcher.failures["/daftar"] = Outcome.ROBOTS
    failing.crawl()
    assert failing.ledger() == {"robots": 1}
