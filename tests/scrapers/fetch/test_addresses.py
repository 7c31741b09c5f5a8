"""Only public addresses are asked, at every hop, whatever the names say."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.fetch.address import is_public
from scrapers.types import FetchFailed, Outcome
from tests.scrapers.fetch.conftest import SOURCE, MakeFetcher
from tests.scrapers.hostile import HostileServer, answer, redirect

PUBLIC = ["8.8.8.8", "103.10.66.1", "36.66.1.1", "2001:4860:4860::8888", "2404:6800::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
PRIVATE = re.findall(
    r"\S+",
    """
    0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.254 127.0.0.1 127.9.9.9 169.254.1.1 169.254.169.254 172.16.0.1
    172.31.255.255 192.0.0.1 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.9 224.0.0.1
    239.1.2.3 240.0.0.1 255.255.255.255 168.63.129.16 100.100.100.200 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1
    ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 2002:7f00:1::
    2002:a00:1:: 2001:0:0:0:0:0:0:1 2001:db8::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 100::1
    3fff::1 5f00::1 4000::1 ::ffff:0:127.0.0.1
    """,
)

LOOPBACK = {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"}


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", [*PRIVATE, "", "contoh.example", "1.2.3", "0x7f.1", "1.2.3.4/8"])
def test_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", sorted(set(PRIVATE) - LOOPBACK))
def test_the_switch_is_for_loopback_alone(address: str) -> None:
    assert not is_public(address, allow_loopback=True)


@pytest.mark.parametrize("address", sorted(LOOPBACK))
def test_loopback_with_the_switch(address: str) -> None:
    assert is_public(address, allow_loopback=True)


@given(st.ip_addresses(v=4))
def test_every_wrapping_is_as_public_as_what_is_inside(address: ipaddress.IPv4Address) -> None:
    wrapped = [f"::ffff:{address}", f"64:ff9b::{address}"]
    assert {is_public(each) for each in wrapped} == {is_public(str(address))}


@given(st.ip_addresses())
def test_never_public_against_the_standard_library(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
        mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
        assert is_public(str(address)) is bool(mapped and is_public(str(mapped)))


@given(st.text(max_size=60))
def test_any_text_is_answered(text: str) -> None:
    assert is_public(text) in (True, False)


def test_loopback_needs_the_switch(server: HostileServer, make_fetcher: MakeFetcher) -> None:
    url = server.on("/page", answer())
    for form in ("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]"):
        with pytest.raises(FetchFailed) as caught:
            make_fetcher({"allow_loopback": False}).get(url.replace("127.0.0.1", form), SOURCE, "page")
        assert caught.value.outcome is Outcome.ADDRESS, caught.value
    assert not server.asked


@pytest.mark.parametrize(
    "target", ["http://10.0.0.1/", "http://169.254.169.254/latest/", "http://[fd00::1]/", "http://192.168.1.1:8080/"]
)
def test_redirect_to_a_private_address(target: str, server: HostileServer, make_fetcher: MakeFetcher) -> None:
    with pytest.raises(FetchFailed) as caught:
        make_fetcher().get(server.on("/page", redirect(target)), SOURCE, "page")
    assert caught.value.outcome is Outcome.ADDRESS
    assert target.rstrip("/") in caught.value.reason


def test_names_are_judged_by_where_they_lead(make_fetcher: MakeFetcher) -> None:
    fetcher = make_fetcher(resolve=lambda _host, _port: ["10.1.2.3", "fd00::1"])
    with pytest.raises(FetchFailed, match=r"10\.1\.2\.3, fd00::1") as caught:
        fetcher.get("http://intranet.contoh.example/", SOURCE, "page")
    assert caught.value.outcome is Outcome.ADDRESS


def test_connects_to_the_address_that_was_checked(server: HostileServer, make_fetcher: MakeFetcher) -> None:
    """Each name is resolved once a connection; one that answers otherwise the next time is judged again."""
    server.on("/page", answer(200, b"yes", Connection="close"))
    server.on("/robots.txt", answer(404, Connection="close"))
    answers = iter([["127.0.0.1"], ["10.0.0.1", "127.0.0.1"], ["169.254.169.254"]])
    asked: list[str] = []

    def rebinding(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return next(answers)

    fetcher = make_fetcher(resolve=rebinding)
    url = server.url("/page", host="humas.contoh.example")
    assert fetcher.get(url, SOURCE, "page").body == b"yes"
    with pytest.raises(FetchFailed) as caught:
        fetcher.get(url, SOURCE, "page")
    assert caught.value.outcome is Outcome.ADDRESS
    assert asked == ["humas.contoh.example"] * 3
    assert {request.headers["host"] for request in server.asked} == {f"humas.contoh.example:{server.port}"}


def test_second_address_when_the_first_is_dead(server: HostileServer, make_fetcher: MakeFetcher) -> None:
    fetcher = make_fetcher(resolve=lambda _host, _port: ["::1", "127.0.0.1"])
    server.on("/page", answer(200, b"yes"))
    assert fetcher.get(server.url("/page", host="humas.contoh.example"), SOURCE, "page").body == b"yes"


@pytest.mark.parametrize("error", [OSError(-2, "Name or service not known"), UnicodeError("label too long")])
def test_unknown_host(error: Exception, make_fetcher: MakeFetcher) -> None:
    def fail(_host: str, _port: int) -> Sequence[str]:
        raise error

    with pytest.raises(FetchFailed) as caught:
        make_fetcher(resolve=fail).get("http://tiada.contoh.example/", SOURCE, "page")
    assert caught.value.outcome is Outcome.UNKNOWN_HOST


@pytest.mark.parametrize(
    "url", ["ftp://contoh.example/", "file:///etc/hostname", "javascript:alert(1)", "", "http://", "//contoh", "http://[::1"]
)
def test_only_http_and_https(url: str, make_fetcher: MakeFetcher) -> None:
    with pytest.raises(FetchFailed) as caught:
        make_fetcher().get(url, SOURCE, "page")
    assert caught.value.outcome is Outcome.ADDRESS
