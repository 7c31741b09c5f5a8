"""Every way a server can fail has its name, and ends by itself."""

from __future__ import annotations

import socket
import time
import zlib
from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scrapers.fetch.archive import Archive
from scrapers.types import FetchFailed, Outcome
from tests.scrapers.fetch.conftest import IMPATIENT, SOURCE, MakeFetcher, Notes
from tests.scrapers.hostile import Action, HostileServer, answer, bomb, endless, raw, redirect, reset, silent

HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
MIB = 1024 * 1024
CAPS = {"max_compressed_bytes": MIB, "max_body_bytes": 2 * MIB}

CASES: dict[str, tuple[Sequence[Action], Outcome]] = {
    "401": ([answer(401, b"who are you")], Outcome.UNAUTHORISED),
    "403": ([answer(403)], Outcome.FORBIDDEN),
    "404": ([answer(404, b"no such page")], Outcome.GONE),
    "410": ([answer(410)], Outcome.GONE),
    "418": ([answer(418)], Outcome.CLIENT_ERROR),
    "429 for ever": ([answer(429)], Outcome.RATE_LIMITED),
    "429, much later": ([answer(429, Retry_After="86400")], Outcome.RATE_LIMITED),
    "500 for ever": ([answer(500)], Outcome.SERVER_ERROR),
    "599": ([answer(599)], Outcome.SERVER_ERROR),
    "304 unasked": ([answer(304)], Outcome.MALFORMED),
    "300": ([answer(300)], Outcome.REDIRECTS),
    "302 to nowhere": ([answer(302)], Outcome.REDIRECTS),
    "302 to nonsense": ([redirect("http://[::1")], Outcome.REDIRECTS),
    "302 to a file": ([redirect("file:///etc/hostname")], Outcome.ADDRESS),
    "302 to itself": ([redirect("/page")], Outcome.REDIRECTS),
    "404 with an endless body": ([endless(b"HTTP/1.1 404 No\r\n\r\n", bytes(65536))], Outcome.GONE),
    "silent": ([silent], Outcome.TIMEOUT),
    "slow drip of the body": ([endless(HEAD + b"Content-Length: 9999\r\n\r\n", b"x", 0.05)], Outcome.TIMEOUT),
    "slow drip of the headers": ([endless(HEAD, b"X-Drip: x\r\n", 0.05)], Outcome.TIMEOUT),
    "slow drip inside a header": ([endless(HEAD + b"X-Drip: ", b"x", 0.05)], Outcome.TIMEOUT),
    "slow drip of chunks": ([endless(CHUNKED, b"1\r\nx\r\n", 0.05)], Outcome.TIMEOUT),
    "stops in the middle": ([raw(HEAD + b"Content-Length: 9999\r\n\r\nsome", b"", pause_s=2.0)], Outcome.TIMEOUT),
    "hangs up at once": ([raw()], Outcome.CUT),
    "hangs up in the head": ([raw(HEAD + b"Content-Ty")], Outcome.CUT),
    "hangs up in the body": ([raw(HEAD + b"Content-Length: 9999\r\n\r\nsome")], Outcome.CUT),
    "hangs up in a chunk": ([raw(CHUNKED + b"ff\r\nsome")], Outcome.CUT),
    "reset": ([reset], Outcome.CUT),
    "Content-Length too small": ([answer(200, bytes(5000), Content_Length="1000")], Outcome.CUT),
    "Content-Length zero": ([answer(200, bytes(5000), Content_Length="0")], Outcome.CUT),
    "Content-Length no number": ([answer(200, b"text", Content_Length="-4")], Outcome.MALFORMED),
    "two Content-Lengths": ([raw(HEAD + b"Content-Length: 4\r\nContent-Length: 2\r\n\r\ntext")], Outcome.MALFORMED),
    "no HTTP": ([raw(b"220 mail.contoh.example ESMTP\r\n\r\n", pause_s=1.0)], Outcome.MALFORMED),
    "no chunks": ([raw(CHUNKED + b"zz\r\nnot a chunk\r\n", pause_s=1.0)], Outcome.MALFORMED),
    "endless headers": ([endless(HEAD, b"X-More: and more\r\n" * 100)], Outcome.TOO_LARGE),
    "one endless header": ([endless(HEAD + b"X-More: ", b"x" * 4096)], Outcome.TOO_LARGE),
    "endless interim answers": ([endless(b"", b"HTTP/1.1 100 Continue\r\nX-More: x\r\n\r\n" * 100)], Outcome.TOO_LARGE),
    "50 MB announced": ([endless(HEAD + b"Content-Length: 52428800\r\n\r\n", b"x" * 65536)], Outcome.TOO_LARGE),
    "50 MB unannounced": ([endless(CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n")], Outcome.TOO_LARGE),
    "endless without length": ([endless(HEAD + b"\r\n", b"x" * 65536)], Outcome.TOO_LARGE),
    "gzip bomb": ([bomb(50 * MIB)], Outcome.TOO_LARGE),
    "gzip bomb in a gzip": ([bomb(50 * MIB, layers=2)], Outcome.TOO_LARGE),
    "gzip that is none": ([answer(200, b"<html>plain</html>", Content_Encoding="gzip")], Outcome.ENCODING),
    "gzip that ends early": ([answer(200, zlib.compress(bytes(9999))[:-9], Content_Encoding="deflate")], Outcome.ENCODING),
    "unasked encoding": ([answer(200, b"\x0b\x02\x80", Content_Encoding="br")], Outcome.ENCODING),
    "many encodings": ([answer(200, b"x", Content_Encoding="gzip, gzip, gzip, gzip")], Outcome.ENCODING),
}


@pytest.mark.parametrize("name", CASES)
def test_every_failure_has_its_name(name: str, server: HostileServer, make_fetcher: MakeFetcher, archive: Archive) -> None:
    actions, outcome = CASES[name]
    url = server.on("/page", *actions)
    started_s = time.monotonic()
    with pytest.raises(FetchFailed) as caught:
        make_fetcher(CAPS | (IMPATIENT if outcome is Outcome.TIMEOUT else {})).get(url, SOURCE, "page")
    assert caught.value.outcome is outcome, caught.value
    assert caught.value.url == url
    assert time.monotonic() - started_s < 10
    server.on("/page", answer(200, b"well again"))
    assert make_fetcher(CAPS).get(url, SOURCE, "page").body == b"well again"
    assert [role for _, role, _ in archive.responses()][-1] == "page"


def test_loop_over_several_pages(server: HostileServer, make_fetcher: MakeFetcher) -> None:
    server.on("/b", redirect("/c"))
    server.on("/c", redirect("/a"))
    with pytest.raises(FetchFailed, match="a loop") as caught:
        make_fetcher().get(server.on("/a", redirect("/b")), SOURCE, "page")
    assert caught.value.outcome is Outcome.REDIRECTS


def test_too_many_redirects(server: HostileServer, make_fetcher: MakeFetcher) -> None:
    for number in range(9):
        server.on(f"/{number}", redirect(f"/{number + 1}"))
    with pytest.raises(FetchFailed, match="more than 5") as caught:
        make_fetcher().get(server.url("/0"), SOURCE, "page")
    assert caught.value.outcome is Outcome.REDIRECTS
    assert server.times("/5") == 1
    assert server.times("/6") == 0


def test_refused(make_fetcher: MakeFetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(FetchFailed) as caught:
        make_fetcher().get(f"http://127.0.0.1:{port}/", SOURCE, "page")
    assert caught.value.outcome is Outcome.REFUSED


def test_silent_before_tls(server: HostileServer, make_fetcher: MakeFetcher) -> None:
    with pytest.raises(FetchFailed) as caught:
        make_fetcher({"connect_s": 0.2}).get(server.url("/").replace("http:", "https:"), SOURCE, "page")
    assert caught.value.outcome is Outcome.TIMEOUT


PARTS = [
    b"HTTP/1.1 200 OK\r\n",
    b"HTTP/1.1 200\r\n",
    b"HTTP/1.0 302 Found\r\n",
    b"HTTP/1.1 304 \xe4\r\n",
    b"HTTP/1.1 101 Up\r\n",
    b"HTTP/2 200\r\n",
    b"Location: //[\r\n",
    b"Location: \xff\xfe\r\n",
    b"Content-Length: 3\r\n",
    b"Content-Length: 99999999999999999999\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Content-Encoding: deflate\r\n",
    b"Retry-After: \xb2\r\n",
    b"ETag: \x01\xe9\r\n",
    b"X: \x1c\x0b\x85 y\r\n",
    b": nameless\r\n",
    b"\r\n",
    b"3\r\nabc\r\n",
    b"0\r\n\r\n",
    b"abc",
]
answers = st.lists(st.sampled_from(PARTS) | st.binary(max_size=20), max_size=12).map(b"".join)


@given(start=st.sampled_from(PARTS[:4]), rest=answers)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_end_with_a_name(
    start: bytes, rest: bytes, server: HostileServer, make_fetcher: MakeFetcher, archive: Archive, memory: Notes
) -> None:
    """Whatever comes, it is an answer that the archive gives back, or a failure; twice, the second time with conditions."""
    fetcher = make_fetcher({"retries": 0})
    url = server.on("/page", raw(start + rest))
    for _ in range(2):
        with suppress(FetchFailed):
            response = fetcher.get(url, SOURCE, "page")
            assert response.ref
            assert archive.read(response.ref) == response
    memory.clear()
    fetcher.close()
