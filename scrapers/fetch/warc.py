"""One answer as a WARC record, there and back; pure."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Protocol

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scrapers.types import ArchiveRef

_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_MAGIC = b"\x1f\x8b\x08"
_PIECE = 64 * 1024
_DATE = "%Y-%m-%dT%H:%M:%SZ"
# The payload is kept without the framing of the transfer, so its header must not stand there in force.
_RENAMED = {"transfer-encoding": "X-Archive-Orig-Transfer-Encoding"}


@dataclass(frozen=True, slots=True)
class Received:
    """One answer as it came. `payload` is what the server sent, still compressed, without chunk framing. `fetched_at` is in
    whole seconds UTC. `revisit_of` is where the body lies that a 304 confirmed. `truncated`: only the beginning was read."""

    url: str
    final_url: str
    status: int
    reason: str
    headers: Sequence[tuple[str, str]]
    payload: bytes
    fetched_at: dt.datetime
    revisit_of: ArchiveRef | None = None
    truncated: bool = False


class _Exact(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    """Headers as they came; warcio would rewrite those beyond ASCII."""

    def compute_headers_buffer(self, header_filter: object = None) -> None:  # noqa: ARG002
        self.headers_buff = self.to_bytes()


class Readable(Protocol):
    """Bytes in memory or a mapped file."""

    def __len__(self) -> int:
        """Bytes."""

    def __getitem__(self, part: slice, /) -> bytes:
        """A part of them."""

    def find(self, sub: bytes, start: int, /) -> int:
        """Where `sub` stands first, or -1."""


def write_record(received: Received, source_id: str, role: str) -> bytes:
    """A gzip member with one record."""
    fields = {
        "WARC-Date": received.fetched_at.astimezone(dt.UTC).strftime(_DATE),
        "Arahan-Source": source_id,
        "Arahan-Role": role,
        "Arahan-Requested": received.url,
    }
    if received.truncated:
        fields["WARC-Truncated"] = "length"
    if received.revisit_of:
        fields |= {"WARC-Profile": _NOT_MODIFIED, "WARC-Refers-To-Target-URI": received.final_url}
        fields["Arahan-Refers-To"] = f"{received.revisit_of.file}:{received.revisit_of.offset}"
    headers = [(_RENAMED.get(name.lower(), name), value) for name, value in received.headers]
    return _member(
        lambda writer: writer.create_warc_record(
            received.final_url,
            "revisit" if received.revisit_of else "response",
            payload=BytesIO(received.payload),
            length=len(received.payload),
            http_headers=_Exact(f"{received.status} {received.reason}".rstrip(), headers, protocol="HTTP/1.1"),
            warc_headers_dict=fields,
        )
    )


def write_info(file: str, software: str) -> bytes:
    """The record at the beginning of a file."""
    return _member(lambda writer: writer.create_warcinfo_record(file, {"software": software, "format": "WARC File Format 1.1"}))


def _member(make: Callable[[WARCWriter], object]) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    writer.write_record(make(writer))
    return out.getvalue()


def read_record(plain: bytes) -> tuple[Received, str, str] | None:
    """A decompressed record as (answer, source id, role); None when it is not an answer. Raises ValueError when damaged."""
    record = next(iter(ArchiveIterator(BytesIO(plain))), None)
    if record is None or record.rec_type not in ("response", "revisit") or record.http_headers is None:
        return None
    field, http = record.rec_headers.get_header, record.http_headers
    refers = (field("Arahan-Refers-To") or "").rpartition(":")
    received = Received(
        url=field("Arahan-Requested"),
        final_url=field("WARC-Target-URI"),
        status=int(http.get_statuscode()),
        reason=http.statusline.partition(" ")[2],
        headers=[(str(name), str(value)) for name, value in http.headers],
        payload=record.raw_stream.read(),
        fetched_at=dt.datetime.strptime(field("WARC-Date"), _DATE).replace(tzinfo=dt.UTC),
        revisit_of=ArchiveRef(refers[0], int(refers[2])) if refers[0] else None,
        truncated=bool(field("WARC-Truncated")),
    )
    return received, field("Arahan-Source"), field("Arahan-Role")


def read_member(data: Readable, start: int) -> tuple[bytes, int] | None:
    """The gzip member at `start`, decompressed, and where it ends; None when it is torn or damaged."""
    engine, plain, at = zlib.decompressobj(31), bytearray(), start
    try:
        while not engine.eof and at < len(data):
            plain += engine.decompress(data[at : at + _PIECE])
            at += _PIECE
    except zlib.error:
        return None
    return (bytes(plain), min(at, len(data)) - len(engine.unused_data)) if engine.eof else None


def members(data: Readable) -> Iterator[tuple[int, bytes]]:
    """(offset, decompressed bytes) of every whole gzip member; a torn tail or a damaged place is stepped over."""
    start = 0
    while (start := data.find(_MAGIC, start)) >= 0:
        found = read_member(data, start)
        if found:
            yield start, found[0]
        start = found[1] if found else start + 1
