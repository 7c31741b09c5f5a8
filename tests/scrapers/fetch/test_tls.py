"""A certificate that does not hold is an error by name; one that does is believed for its host alone."""

from __future__ import annotations

import datetime as dt
import ssl
from collections.abc import Iterator

import pytest
import trustme

from scrapers.types import FetchFailed, Outcome
from tests.scrapers.fetch.conftest import SOURCE, MakeFetcher
from tests.scrapers.hostile import HostileServer, answer, raw, redirect

HOST = "humas.contoh.example"
AUTHORITY = trustme.CA()
EXPIRED = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def to_loopback(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


def serving(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    AUTHORITY.configure_trust(context)
    return context


@pytest.fixture
def secure() -> Iterator[HostileServer]:
    with HostileServer(serving(AUTHORITY.issue_cert(HOST))) as running:
        running.on("/page", answer(200, b"yes"))
        yield running


def test_good_certificate(secure: HostileServer, server: HostileServer, make_fetcher: MakeFetcher) -> None:
    fetcher = make_fetcher(resolve=to_loopback, tls=trusting())
    assert fetcher.get(secure.url("/page", HOST), SOURCE, "page").body == b"yes"
    away = server.on("/page", redirect(secure.url("/page", HOST)))
    assert fetcher.get(away, SOURCE, "page").final_url == secure.url("/page", HOST)


@pytest.mark.parametrize(
    "certificate",
    [
        AUTHORITY.issue_cert("lain.contoh.example"),
        AUTHORITY.issue_cert(HOST, not_before=EXPIRED, not_after=EXPIRED + dt.timedelta(days=9)),
        trustme.CA().issue_cert(HOST),
    ],
    ids=["another host's", "expired", "of an unknown authority"],
)
def test_bad_certificates(certificate: trustme.LeafCert, make_fetcher: MakeFetcher) -> None:
    with HostileServer(serving(certificate)) as server, pytest.raises(FetchFailed) as caught:
        make_fetcher(resolve=to_loopback, tls=trusting()).get(server.url("/page", HOST), SOURCE, "page")
    assert caught.value.outcome is Outcome.TLS
    assert "certificate" in caught.value.reason
    assert not server.asked


def test_usual_authorities_only_without_a_context(secure: HostileServer, make_fetcher: MakeFetcher) -> None:
    with pytest.raises(FetchFailed) as caught:
        make_fetcher(resolve=to_loopback).get(secure.url("/page", HOST), SOURCE, "page")
    assert caught.value.outcome is Outcome.TLS


def test_a_connection_serves_its_own_name_only(secure: HostileServer, make_fetcher: MakeFetcher) -> None:
    """Two names at one address: the second is not let in on the certificate of the first."""
    fetcher = make_fetcher(resolve=to_loopback, tls=trusting())
    fetcher.get(secure.url("/page", HOST), SOURCE, "page")
    with pytest.raises(FetchFailed) as caught:
        fetcher.get(secure.url("/page", "lain.contoh.example"), SOURCE, "page")
    assert caught.value.outcome is Outcome.TLS


def test_no_tls_on_the_other_side(make_fetcher: MakeFetcher) -> None:
    with HostileServer(greeting=b"HTTP/1.1 400 Bad Request\r\n\r\n") as plain, pytest.raises(FetchFailed) as caught:
        make_fetcher().get(plain.url("/page").replace("http:", "https:"), SOURCE, "page")
    assert caught.value.outcome is Outcome.TLS


@pytest.mark.parametrize("framing", [b"Content-Length: 99\r\n\r\nyes", b"Transfer-Encoding: chunked\r\n\r\n63\r\nyes"])
def test_cut_inside_tls(framing: bytes, secure: HostileServer, make_fetcher: MakeFetcher) -> None:
    secure.on("/cut", raw(b"HTTP/1.1 200 OK\r\n" + framing))
    with pytest.raises(FetchFailed) as caught:
        make_fetcher(resolve=to_loopback, tls=trusting()).get(secure.url("/cut", HOST), SOURCE, "page")
    assert caught.value.outcome is Outcome.CUT
