"""Content-Encoding, undone piece by piece, so that a bomb is noticed long before it has unfolded."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

ACCEPTED = "gzip, deflate"
_GZIP, _ZLIB, _RAW = 31, 15, -15  # window bits of the three wrappings
_MAGIC = b"\x1f\x8b"
_PIECE = 256 * 1024
_LAYERS = 3


class BadEncoding(ValueError):
    """The bytes are not what Content-Encoding says, or the encoding is none that was asked for."""


class BodyTooLarge(ValueError):
    """More decompressed bytes than allowed."""


class Decoder:
    """Undoes `encoding` (the header's value). At most `limit` bytes come out, then BodyTooLarge is raised."""

    def __init__(self, encoding: str, limit: int) -> None:
        names = [name for part in encoding.lower().split(",") if (name := part.strip()) not in ("", "identity")]
        if len(names) > _LAYERS:
            raise BadEncoding(f"{len(names)} encodings on top of each other")
        self._layers = [_Layer(name, limit) for name in reversed(names)]
        self._left = limit

    def feed(self, data: bytes) -> bytes:
        """The next decoded bytes. Raises BadEncoding, BodyTooLarge."""
        pieces = [data]
        for layer in self._layers:
            pieces = [out for piece in pieces for out in layer.feed(piece)]
        self._left -= sum(map(len, pieces))
        if self._left < 0:
            raise BodyTooLarge("more than allowed after decompression")
        return b"".join(pieces)

    def finish(self) -> None:
        """Raises BadEncoding when the data ended too early."""
        for layer in self._layers:
            layer.finish()


class _Layer:
    def __init__(self, name: str, limit: int) -> None:
        if name not in ("gzip", "x-gzip", "deflate"):
            raise BadEncoding(f"unknown encoding {name[:40]!r}")
        self._deflate, self._left, self._waiting = name == "deflate", limit, b""
        self._engine = None if self._deflate else zlib.decompressobj(_GZIP)
        self._begun = self._over = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        data, self._waiting = self._waiting + data, b""
        if self._engine is None and len(data) > 1:
            self._engine = zlib.decompressobj(_ZLIB if _is_zlib(data) else _RAW)
        while data and not self._over:
            self._begun = True
            if self._engine is None or (self._engine.eof and len(data) < len(_MAGIC)):
                self._waiting = data  # too little to see what it is
                return
            if self._engine.eof and not self._next_member(data):
                return
            yield self._inflate(data)
            data = self._engine.unconsumed_tail or self._engine.unused_data

    def _next_member(self, data: bytes) -> bool:
        """A gzip body may have several members; what else follows the end is padding."""
        self._over = self._deflate or not data.startswith(_MAGIC)
        if not self._over:
            self._engine = zlib.decompressobj(_GZIP)
        return not self._over

    def _inflate(self, data: bytes) -> bytes:
        assert self._engine is not None
        try:
            out = self._engine.decompress(data, _PIECE)
        except zlib.error as error:
            raise BadEncoding(f"broken compression: {error}") from error
        self._left -= len(out)
        if self._left < 0:
            raise BodyTooLarge("more than allowed after decompression")
        return out

    def finish(self) -> None:
        """An empty body is fine: some servers name an encoding and send nothing."""
        if self._begun and (self._engine is None or not self._engine.eof):
            raise BadEncoding("compressed data ended too early")


def _is_zlib(data: bytes) -> bool:
    """Whether it begins as RFC 1950 has it; many servers send RFC 1951 alone and call both deflate."""
    return data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0


def decode(payload: bytes, encoding: str, limit: int, *, whole: bool = True) -> bytes:
    """All of a body at once; with `whole` false it may end early. Raises BadEncoding, BodyTooLarge."""
    decoder = Decoder(encoding, limit)
    body = decoder.feed(payload)
    if whole:
        decoder.finish()
    return body
