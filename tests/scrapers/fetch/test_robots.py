"""robots.txt in every state: what it allows, how fast, for how long."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.fetch.archive import Archive
from scrapers.fetch.robots import MAX_BYTES, read_rules
from scrapers.types import FetchFailed, Outcome
from tests.scrapers.fetch.conftest import IMPATIENT, SOURCE, MakeFetcher
from tests.scrapers.hostile import Action, HostileServer, answer, endless, raw, redirect, reset, silent

NO = b"User-agent: *\nDisallow: /\n"
HEAD = b"HTTP/1.1 200 OK\r\n\r\n"


def page_outcome(server: HostileServer, make_fetcher: MakeFetcher, *robots: Action, path: str = "/berita/1") -> Outcome:
    server.on("/robots.txt", *robots)
    url = server.on(path, answer(200, b"text"))
    try:
        make_fetcher(IMPATIENT if silent in robots else {}).get(url, SOURCE, "page")
    except FetchFailed as failure:
        outcome, told = failure.outcome, "robots.txt" in failure.reason
    else:
        outcome, told = Outcome.FETCHED, True
    assert told
    assert server.times(path) == (outcome is Outcome.FETCHED)
    return outcome


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 499])
def test_4xx_means_no_rules(status: int, server: HostileServer, make_fetcher: MakeFetcher) -> None:
    assert page_outcome(server, make_fetcher, answer(status, NO)) is Outcome.FETCHED


@pytest.mark.parametrize(
    ("robots", "outcome"),
    [
        ([answer(200, NO)], Outcome.ROBOTS),
        ([answer(500)], Outcome.ROBOTS),
        ([answer(503)], Outcome.ROBOTS),
        ([answer(429)], Outcome.ROBOTS),
        ([raw()], Outcome.ROBOTS),
        ([reset], Outcome.ROBOTS),
        ([silent], Outcome.TIMEOUT),
        ([answer(200, b"?", Content_Encoding="gzip")], Outcome.ROBOTS),
        ([redirect("http://10.0.0.1/robots.txt")], Outcome.ADDRESS),
        ([answer(200, b"User-agent: *\nCrawl-delay: 86400")], Outcome.ROBOTS),
        ([answer(200, b"User-agent: arahan\nDisallow: /berita\nUser-agent: *\nAllow: /")], Outcome.ROBOTS),
        ([answer(200, b"User-agent: *\nDisallow: /\nUser-agent: arahan\nDisallow: /admin")], Outcome.FETCHED),
        ([answer(200, b"User-agent: *\nDisallow: /ber\nAllow: /berita/")], Outcome.FETCHED),
        ([answer(200, b"User-agent: *\nDisallow: /*/1$")], Outcome.ROBOTS),
        ([answer(200, b"\xef\xbb\xbf" + NO)], Outcome.ROBOTS),
        ([answer(200, b"\xff\xfe\x00 no text at all")], Outcome.FETCHED),
        ([answer(200, b"<html>a page for everything</html>")], Outcome.FETCHED),
        ([answer(200)], Outcome.FETCHED),
        ([answer(503), answer(200, b"")], Outcome.FETCHED),
        ([endless(HEAD, b"User-agent: *\nAllow: /\n" * 100)], Outcome.FETCHED),
        ([endless(HEAD + NO, b"# more and more\n" * 100)], Outcome.ROBOTS),
    ],
)
def test_states(robots: Sequence[Action], outcome: Outcome, server: HostileServer, make_fetcher: MakeFetcher) -> None:
    assert page_outcome(server, make_fetcher, *robots) is outcome


@pytest.mark.parametrize(("hops", "outcome"), [(5, Outcome.ROBOTS), (6, Outcome.FETCHED)])
def test_redirects(hops: int, outcome: Outcome, server: HostileServer, make_fetcher: MakeFetcher) -> None:
    """Five are followed; behind more there might as well be nothing."""
    for number in range(1, hops):
        server.on(f"/{number}", redirect(f"/{number + 1}"))
    server.on(f"/{hops}", answer(200, NO))
    assert page_outcome(server, make_fetcher, redirect("/1")) is outcome
    assert server.times("/6") == 0


def test_rules_after_500_kib_do_not_count() -> None:
    padding = b"#\n" * (MAX_BYTES // 2 - 10)
    cut = b"User-agent: *\n" + padding + b"Disallow: /berita/admin"
    assert len(cut) > MAX_BYTES
    assert read_rules(cut).check("http://contoh.example/berita/1", 300) == 0
    with pytest.raises(FetchFailed):
        read_rules(cut.replace(padding, padding[:-80])).check("http://contoh.example/berita/admin", 300)


@pytest.mark.parametrize(
    ("text", "pause_s"),
    [
        ("Crawl-delay: 7", 7.0),
        ("Crawl-delay: 1", 2.5),
        ("Crawl-delay: nonsense", 2.5),
        ("Crawl-delay: -1", 2.5),
        ("Request-rate: 1/9", 9.0),
    ],
)
def test_the_larger_pause_counts(text: str, pause_s: float, server: HostileServer, make_fetcher: MakeFetcher) -> None:
    waits: list[float] = []
    server.on("/robots.txt", answer(200, f"User-agent: *\n{text}\n".encode()))
    fetcher = make_fetcher(clock=lambda: 0.0, sleep=waits.append)
    fetcher.get(server.on("/a", answer()), replace(SOURCE, floor_s=2.5), "page")
    assert waits == [pause_s]


def test_asked_once_a_day_and_after_a_failure_sooner(server: HostileServer, make_fetcher: MakeFetcher) -> None:
    now_s = 0.0
    server.on("/robots.txt", answer(404), answer(500), answer(500), answer(404))
    fetcher = make_fetcher({"robots_hours": 99.0}, clock=lambda: now_s)
    url = server.on("/a", answer())
    day_s = 24 * 3600.0
    seen = []
    for now_s in (0.0, day_s - 1, day_s, day_s + 599, day_s + 600):  # noqa: B007  # the clock reads it
        with suppress(FetchFailed):
            fetcher.get(url, SOURCE, "page")
        seen.append((server.times("/robots.txt"), server.times("/a")))
    assert seen == [(1, 1), (1, 2), (3, 2), (3, 2), (4, 3)]


def test_a_host_that_a_redirect_leads_to_has_rules_of_its_own(server: HostileServer, make_fetcher: MakeFetcher) -> None:
    with HostileServer() as other:
        other.on("/robots.txt", answer(200, NO))
        url = server.on("/a", redirect(other.on("/b", answer(200, b"text"))))
        with pytest.raises(FetchFailed) as caught:
            make_fetcher().get(url, SOURCE, "page")
        assert caught.value.outcome is Outcome.ROBOTS
        assert other.times("/b") == 0


def test_in_the_archive_under_its_role(server: HostileServer, make_fetcher: MakeFetcher, archive: Archive) -> None:
    page_outcome(server, make_fetcher, answer(200, NO))
    assert [(source, role, found.body) for source, role, found in archive.responses()] == [("contoh", "robots", NO)]


def test_second_run_takes_no_second_copy(server: HostileServer, make_fetcher: MakeFetcher) -> None:
    server.on("/robots.txt", answer(200, NO, ETag='"1"'), answer(304))
    for _ in range(2):
        with pytest.raises(FetchFailed, match="disallowed"):
            make_fetcher().get(server.url("/a"), SOURCE, "page")
    assert server.asked[-1].headers["if-none-match"] == '"1"'


WORDS = [b"User-agent:", b"*", b"Crawl-delay:", b"1e999", b"\n", b"\r", b"Allow: /", b"\xff"]


@given(st.binary(max_size=400) | st.lists(st.sampled_from(WORDS)).map(b" ".join))
def test_any_bytes_are_rules(body: bytes) -> None:
    with suppress(FetchFailed):
        assert 0 <= read_rules(body).check("http://contoh.example/berita/1", 300) <= 300
