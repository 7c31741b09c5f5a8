from __future__ import annotations

import gzip
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.fetch.decode import BadEncoding, BodyTooLarge, Decoder, decode


def raw_deflate(data: bytes) -> bytes:
    return zlib.compress(data, wbits=-15)


def halves(data: bytes) -> bytes:
    """Two gzip members, and padding after them."""
    return gzip.compress(data[:9]) + gzip.compress(data[9:]) + bytes(7)


CODINGS = {
    "gzip": gzip.compress,
    "x-gzip": halves,
    "deflate": zlib.compress,
    "Deflate": raw_deflate,
    "identity": bytes,
    "": bytes,
}


@given(st.sampled_from(sorted(CODINGS)), st.binary(max_size=500), st.integers(1, 40))
def test_any_pieces_give_the_whole(coding: str, data: bytes, size: int) -> None:
    sent = CODINGS[coding](data)
    decoder = Decoder(coding, 500)
    found = b"".join(decoder.feed(sent[start : start + size]) for start in range(0, len(sent), size))
    decoder.finish()
    assert found == data == decode(sent, coding, 500)


@given(st.sampled_from(["gzip", "deflate", "gzip, deflate"]), st.binary(max_size=200))
def test_any_bytes_are_answered(coding: str, data: bytes) -> None:
    with suppress(BadEncoding, BodyTooLarge):
        assert len(decode(data, coding, 1000)) <= 1000


@given(st.sampled_from(["gzip", "deflate"]), st.binary(min_size=1, max_size=300), st.data())
def test_a_cut_is_noticed(coding: str, data: bytes, pick: st.DataObject) -> None:
    sent = CODINGS[coding](data)
    part = sent[: pick.draw(st.integers(1, len(sent) - 1))]
    with pytest.raises(BadEncoding):
        decode(part, coding, 1000)
    assert data.startswith(decode(part, coding, 1000, whole=False))


@pytest.mark.parametrize("coding", sorted(CODINGS))
def test_limit(coding: str) -> None:
    assert decode(CODINGS[coding](b"x" * 1000), coding, 1000) == b"x" * 1000
    with pytest.raises(BodyTooLarge):
        decode(CODINGS[coding](b"x" * 1001), coding, 1000)


def test_bomb_under_a_small_layer() -> None:
    """The inner layer is small, what comes out of it is not."""
    with pytest.raises(BodyTooLarge):
        decode(gzip.compress(gzip.compress(bytes(10**7))), "gzip, gzip", 10**6)


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip, br", "gzip, gzip, gzip, gzip"])
def test_unknown(coding: str) -> None:
    with pytest.raises(BadEncoding):
        decode(b"", coding, 10)


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_nothing_at_all_is_an_empty_body(coding: str) -> None:
    assert decode(b"", coding, 10) == b""
