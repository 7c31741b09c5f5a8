"""What a fetcher does with servers that mean well."""

from __future__ import annotations

import datetime as dt
import gzip
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from scrapers.fetch.archive import Archive
from scrapers.fetch.client import HttpFetcher
from scrapers.types import FetchFailed, Outcome
from tests.scrapers.fetch.conftest import SOURCE, MakeFetcher, Notes, quick
from tests.scrapers.hostile import Action, HostileServer, Talk, answer, bomb, raw, redirect, reset, silent

PAGE = b"<p>Bupati Contoh minta warga memilah sampah.</p>"


@pytest.mark.parametrize(
    ("sent", "coding"),
    [
        (PAGE, "identity"),
        (gzip.compress(PAGE), "gzip"),
        (gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:]), "x-gzip"),
        (zlib.compress(PAGE), "deflate"),
        (zlib.compress(PAGE, wbits=-15), "deflate"),
        (gzip.compress(gzip.compress(PAGE)), "gzip, gzip"),
    ],
)
def test_body_arrives_decompressed(sent: bytes, coding: str, server: HostileServer, fetcher: HttpFetcher) -> None:
    url = server.on("/page", answer(200, sent, Content_Encoding=coding, X_WP_Total="250"))
    response = fetcher.get(url, SOURCE, "page")
    assert response.body == PAGE
    assert response.headers["x-wp-total"] == "250"
    assert (response.url, response.final_url, response.status, response.unchanged) == (url, url, 200, False)
    assert abs((dt.datetime.now(dt.UTC) - response.fetched_at).total_seconds()) < 60


@pytest.mark.parametrize(
    "framing", [b"Content-Length: 48\r\n\r\n%s\r\n", b"\r\n%s", b"Transfer-Encoding: chunked\r\n\r\n30\r\n%s\r\n0\r\n\r\n"]
)
def test_every_framing(framing: bytes, server: HostileServer, fetcher: HttpFetcher) -> None:
    """Also one more line end than announced, as some old servers send it."""
    url = server.on("/page", raw(b"HTTP/1.1 200 OK\r\n" + framing % PAGE))
    assert fetcher.get(url, SOURCE, "page").body == PAGE


def test_says_who_it_is(server: HostileServer, make_fetcher: MakeFetcher) -> None:
    fetcher = make_fetcher({"user_agent": "arahan/9 (+humas@contoh.example)"})
    fetcher.get(server.on("/page", answer()), SOURCE, "page")
    assert {asked.headers["user-agent"] for asked in server.asked} == {"arahan/9 (+humas@contoh.example)"}


def test_keeps_no_cookies_and_sends_no_password(server: HostileServer, fetcher: HttpFetcher) -> None:
    server.on("/page", answer(200, PAGE, Set_Cookie="seen=1"))
    for _ in range(2):
        fetcher.get(server.url("/page#part").replace("//", "//user:secret@"), SOURCE, "page")
    assert server.times("/page") == 2
    assert not any({"cookie", "authorization"} & set(asked.headers) for asked in server.asked)


def test_connections_are_used_again_unless_spoilt(server: HostileServer, fetcher: HttpFetcher) -> None:
    ports: list[int] = []

    def noted(talk: Talk) -> bool:
        ports.append(talk.socket.getpeername()[1])
        return answer(200, PAGE)(talk)

    def spoilt(talk: Talk) -> bool:
        ports.append(talk.socket.getpeername()[1])
        return raw(b"HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\nno\r\nHTTP/1.1 200 OK\r\n\r\nnot asked for", keep=True)(talk)

    for number in range(2):
        fetcher.get(server.on(f"/{number}", noted), SOURCE, "page")
    with pytest.raises(FetchFailed):
        fetcher.get(server.on("/spoilt", spoilt), SOURCE, "page")
    assert fetcher.get(server.url("/0"), SOURCE, "page").body == PAGE
    assert ports[0] == ports[1] == ports[2] != ports[3]


@pytest.mark.parametrize("first", [answer(503), answer(500), answer(429, Retry_After="1"), reset, raw(), silent])
def test_transient_failures_are_asked_again(first: Action, server: HostileServer, make_fetcher: MakeFetcher) -> None:
    url = server.on("/page", first, answer(200, PAGE))
    assert make_fetcher({"read_s": 1.0} if first is silent else {}).get(url, SOURCE, "page").body == PAGE
    assert server.times("/page") == 2


@pytest.mark.parametrize(("status", "times"), [(401, 1), (403, 1), (404, 1), (410, 1), (418, 1), (429, 4), (500, 4), (503, 4)])
def test_how_often_it_asks(status: int, times: int, server: HostileServer, make_fetcher: MakeFetcher) -> None:
    fetcher = make_fetcher({"retries": 3})
    with pytest.raises(FetchFailed) as caught:
        fetcher.get(server.on("/page", answer(status)), SOURCE, "page")
    assert server.times("/page") == times
    assert caught.value.status == status


def test_retry_after_rules_the_wait(server: HostileServer, make_fetcher: MakeFetcher) -> None:
    waits: list[float] = []
    in_30_s = (dt.datetime.now(dt.UTC) + dt.timedelta(seconds=30)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    for number, header in enumerate(("17", in_30_s, "120", "121")):
        with pytest.raises(FetchFailed, match=f"Retry-After: {header}"):
            make_fetcher(sleep=waits.append).get(server.on(f"/{number}", answer(503, Retry_After=header)), SOURCE, "page")
    assert waits == [17, pytest.approx(28, abs=3), 120]
    assert server.times("/3") == 1


def test_a_wait_can_be_ended_from_outside(server: HostileServer, make_fetcher: MakeFetcher) -> None:
    class Stopped(Exception):
        pass

    def stop(_: float) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        make_fetcher(sleep=stop).get(server.on("/page", answer(503)), SOURCE, "page")
    assert server.times("/page") == 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_wants_rest_is_left_alone(status: int, server: HostileServer, make_fetcher: MakeFetcher) -> None:
    now_s = 0.0
    fetcher = make_fetcher(clock=lambda: now_s)
    url = server.on("/page", answer(status, Retry_After="3600"), answer(200, PAGE))
    for now_s in (0.0, 3000.0):  # noqa: B007  # the clock reads it
        with pytest.raises(FetchFailed) as caught:
            fetcher.get(url, SOURCE, "page")
        assert caught.value.status == status
    assert server.times("/page") == 1
    now_s = 3600.0
    assert fetcher.get(url, SOURCE, "page").body == PAGE


def test_redirects_are_followed_and_archived(server: HostileServer, fetcher: HttpFetcher, archive: Archive) -> None:
    server.on("/b", redirect("c?d=1#part", 301))
    server.on("/c?d=1", answer(200, PAGE))
    response = fetcher.get(server.on("/a", redirect(server.url("/b"), 308)), SOURCE, "page")
    assert (response.url, response.final_url) == (server.url("/a"), server.url("/c?d=1"))
    pages = [(found.status, found.final_url) for _, role, found in archive.responses() if role == "page"]
    assert pages == [(308, server.url("/a")), (301, server.url("/b")), (200, server.url("/c?d=1"))]


def changing(talk: Talk) -> bool:
    """A page with validators."""
    known = talk.asked.headers.get("if-none-match") == '"v1"' or talk.asked.headers.get("if-modified-since") == "yesterday"
    return (
        answer(304, ETag='"v1"', Date="later")(talk)
        if known
        else answer(200, PAGE, ETag='"v1"', Last_Modified="yesterday", Content_Type="text/html")(talk)
    )


def test_second_time_no_body(server: HostileServer, make_fetcher: MakeFetcher, archive: Archive, memory: Notes) -> None:
    server.on("/new", changing)
    url = server.on("/page", redirect("/new"))
    first = make_fetcher().get(url, SOURCE, "page")
    assert archive.read(memory[server.url("/new")].ref) == first
    second = make_fetcher().get(url, SOURCE, "page")
    assert second.unchanged
    assert second.ref != first.ref
    assert replace(second, unchanged=False, ref=first.ref, headers={}, fetched_at=first.fetched_at) == replace(first, headers={})
    assert (second.headers["content-type"], second.headers["date"]) == ("text/html", "later")
    assert [found for _, _, found in archive.responses()][-1] == second
    assert memory[server.url("/new")].ref == first.ref


def test_lost_archive_means_asking_without_conditions(
    server: HostileServer, make_fetcher: MakeFetcher, archive: Archive, memory: Notes
) -> None:
    url = server.on("/page", changing)
    first = make_fetcher().get(url, SOURCE, "page")
    archive.close()
    for path in archive.folder.iterdir():
        path.unlink()
    again = make_fetcher().get(url, SOURCE, "page")
    assert (again.unchanged, again.body) == (False, first.body)
    assert archive.read(memory[url].ref) == again


def test_nothing_is_remembered_that_is_not_in_the_archive(
    server: HostileServer, make_fetcher: MakeFetcher, archive: Archive, memory: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.on("/page", changing)
    fetcher = make_fetcher()
    fetcher.get(server.on("/other", answer()), SOURCE, "page")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive, "append", full)
    with pytest.raises(OSError, match="No space"):
        fetcher.get(url, SOURCE, "page")
    assert url not in memory


@pytest.mark.parametrize("validators", [{}, {"ETag": '"\xe9"'}])
def test_no_conditions_without_usable_validators(validators: dict[str, str], server: HostileServer, fetcher: HttpFetcher) -> None:
    url = server.on("/page", answer(200, PAGE, **validators))
    for _ in range(2):
        assert fetcher.get(url, SOURCE, "page").body == PAGE
    assert not any("if-none-match" in asked.headers for asked in server.asked)


def test_bad_body_is_archived_all_the_same(server: HostileServer, fetcher: HttpFetcher, archive: Archive) -> None:
    url = server.on("/page", answer(200, b"no gzip at all", Content_Encoding="gzip"))
    with pytest.raises(FetchFailed):
        fetcher.get(url, SOURCE, "page")
    archive.close()
    text = b"".join(gzip.decompress(path.read_bytes()) for path in archive.folder.iterdir())
    assert b"no gzip at all" in text


def test_hosts_side_by_side_but_one_request_at_a_time_to_each(make_fetcher: MakeFetcher) -> None:
    busy: dict[int, int] = {}
    most: list[int] = []

    def count(talk: Talk) -> bool:
        port = talk.socket.getsockname()[1]
        busy[port] = busy.get(port, 0) + 1
        most.append(busy[port])
        talk.wait(0.02)
        busy[port] -= 1
        return answer(200, PAGE)(talk)

    fetcher = make_fetcher()
    with HostileServer() as one, HostileServer() as two, ThreadPoolExecutor(8) as pool:
        urls = [server.on(f"/{number}", count) for number in range(8) for server in (one, two)]
        bodies = list(pool.map(lambda url: fetcher.get(url, SOURCE, "page").body, urls))
    assert bodies == [PAGE] * 16
    assert max(most) == 1


def test_floor_between_requests(server: HostileServer, make_fetcher: MakeFetcher) -> None:
    """robots.txt and two pages; the clock of the test stands still."""
    waits: list[float] = []
    fetcher = make_fetcher(clock=lambda: 100.0, sleep=waits.append)
    for path in ("/a", "/b"):
        fetcher.get(server.on(path, answer()), replace(SOURCE, floor_s=2.5), "page")
    assert waits == [2.5, 2.5]


def test_small_archive_files(server: HostileServer, tmp_path: Path, memory: Notes) -> None:
    with Archive(tmp_path / "small", max_file_bytes=1) as archive, HttpFetcher(archive, memory, quick()) as fetcher:
        bodies = [fetcher.get(server.on(f"/{number}", answer(200, PAGE)), SOURCE, "page").body for number in range(3)]
        assert len(list(archive.folder.iterdir())) == 4
        assert [found.body for _, role, found in archive.responses() if role == "page"] == bodies


def test_bomb_stops_early(server: HostileServer, make_fetcher: MakeFetcher, archive: Archive) -> None:
    """Nothing of it stays, in memory or on the disk."""
    url = server.on("/page", bomb(60 * 1024 * 1024))
    with pytest.raises(FetchFailed) as caught:
        make_fetcher({"max_body_bytes": 100_000}).get(url, SOURCE, "page")
    assert caught.value.outcome is Outcome.TOO_LARGE
    assert sum(path.stat().st_size for path in archive.folder.iterdir()) < 5000
