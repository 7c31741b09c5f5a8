"""One request and its answer, within the caps."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from scrapers.fetch.connect import CheckedStream, CheckedTransport
from scrapers.fetch.decode import ACCEPTED, BadEncoding, BodyTooLarge, Decoder
from scrapers.fetch.settings import MIB, FetchSettings
from scrapers.fetch.transfer import Transfer, under
from scrapers.fetch.warc import Received
from scrapers.types import FetchFailed, Outcome

_NO_BODY = (204, 304)
_LINE_END = 2  # some old servers send one more line end than Content-Length counts
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer, and what is wrong with it nevertheless."""

    received: Received
    fault: FetchFailed | None = None


class Exchanger:
    """Sends requests. Keeps nothing between them but open connections: no cookies, no credentials."""

    def __init__(self, transport: CheckedTransport, settings: FetchSettings) -> None:
        self._transport, self._settings = transport, settings

    def ask(self, asked: str, hop: httpx.URL, conditions: Mapping[str, str], first_bytes: int = 0) -> Answer:
        """The answer to a GET of `hop`, on the way to which `asked` led. With `first_bytes`, a body is read so far and no
        further; other bodies above the caps raise. Raises FetchFailed."""
        settings = self._settings
        transfer = Transfer(str(hop), time.monotonic() + settings.transfer_s, settings.max_header_bytes)
        with under(transfer), _named(transfer):
            response = self._transport.handle_request(self._request(hop, conditions))
            try:
                status = response.status_code
                reader = _Reader(transfer, response, settings, first_bytes if 200 <= status < 300 else MIB)
                reader.read()
            finally:
                _spoil(transfer, response)
                response.close()
        return Answer(_received(asked, str(hop), response, reader), reader.fault)

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def _request(self, hop: httpx.URL, conditions: Mapping[str, str]) -> httpx.Request:
        settings = self._settings
        headers = {"User-Agent": settings.user_agent, "Accept": _ACCEPT, "Accept-Encoding": ACCEPTED, "Accept-Language": "id"}
        timeout = httpx.Timeout(settings.read_s, connect=settings.connect_s).as_dict()
        return httpx.Request("GET", hop, headers={**headers, **conditions}, extensions={"timeout": timeout})


class _Reader:
    """Reads a body under its caps; `first_bytes` (0: all) is where to stop without complaint."""

    def __init__(self, transfer: Transfer, response: httpx.Response, settings: FetchSettings, first_bytes: int) -> None:
        self._transfer, self._response, self._settings, self._first = transfer, response, settings, first_bytes
        self.payload, self.truncated = bytearray(), False
        self.fault: FetchFailed | None = None

    def read(self) -> None:
        """Fill `payload`. Raises FetchFailed: TOO_LARGE, CUT, TIMEOUT."""
        declared = _declared(self._response)
        if declared and declared > self._settings.max_compressed_bytes and not self._first:
            raise self._transfer.fail(Outcome.TOO_LARGE, f"{declared} bytes announced")
        decoder = self._decoder()
        body_bytes = 0
        for piece in self._response.iter_raw():
            self.payload += piece
            body_bytes += self._decoded(decoder, piece)
            if self._first and max(body_bytes, len(self.payload)) >= self._first:
                self.truncated = True
                return
            if len(self.payload) > self._settings.max_compressed_bytes:
                raise self._transfer.fail(Outcome.TOO_LARGE, f"more than {self._settings.max_compressed_bytes} bytes")
        self._finish(decoder)
        if declared is not None and self._transfer.body_bytes > declared + _LINE_END:
            raise self._transfer.fail(Outcome.CUT, f"more bytes than the {declared} of Content-Length")

    def _decoder(self) -> Decoder | None:
        """None when the body will not be looked at: that of an error page, or one in an unknown encoding."""
        if not 200 <= self._response.status_code < 300:
            return None
        try:
            return Decoder(self._response.headers.get("content-encoding", ""), self._settings.max_body_bytes)
        except BadEncoding as error:
            self.fault = self._transfer.fail(Outcome.ENCODING, str(error))
            return None

    def _decoded(self, decoder: Decoder | None, piece: bytes) -> int:
        if decoder is None or self.fault:
            return 0
        try:
            return len(decoder.feed(piece))
        except BodyTooLarge as error:
            raise self._transfer.fail(Outcome.TOO_LARGE, str(error)) from error
        except BadEncoding as error:
            self.fault = self._transfer.fail(Outcome.ENCODING, str(error))
            return 0

    def _finish(self, decoder: Decoder | None) -> None:
        try:
            if decoder and not self.fault:
                decoder.finish()
        except BadEncoding as error:
            self.fault = self._transfer.fail(Outcome.ENCODING, str(error))


def _declared(response: httpx.Response) -> int | None:
    """The Content-Length that frames the body, None when something else does."""
    value = response.headers.get("content-length", "")
    if response.status_code in _NO_BODY or "transfer-encoding" in response.headers or not value.isdecimal():
        return None
    return int(value)


def _spoil(transfer: Transfer, response: httpx.Response) -> None:
    """Bytes after the end of a body would be taken for the next answer: such a connection is not used again."""
    declared = 0 if response.status_code in _NO_BODY else _declared(response)
    stream = response.extensions.get("network_stream")
    if declared is not None and transfer.body_bytes > declared and isinstance(stream, CheckedStream):
        stream.spoilt = True


def _received(asked: str, hop: str, response: httpx.Response, reader: _Reader) -> Received:
    return Received(
        url=asked,
        final_url=hop,
        status=response.status_code,
        reason=response.extensions.get("reason_phrase", b"").decode("ascii", "replace").replace("\ufffd", "?"),
        headers=[(_text(name), _text(value)) for name, value in response.headers.raw],
        payload=bytes(reader.payload),
        fetched_at=dt.datetime.now(dt.UTC).replace(microsecond=0),
        truncated=reader.truncated,
    )


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


@contextmanager
def _named(transfer: Transfer) -> Iterator[None]:
    """What httpx says of answers that are no HTTP: cut when the server had hung up, malformed when not."""
    try:
        yield
    except httpx.ProtocolError as error:
        raise transfer.fail(Outcome.CUT if transfer.ended else Outcome.MALFORMED, str(error)) from error
    except httpx.TransportError as error:
        raise transfer.fail(Outcome.CUT, str(error)) from error
