"""An archived page, read from the web archive that `arahan scrape` wrote."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

MAX_BYTES = 5_000_000
_PLACE = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]{0,200}\.warc(?:\.gz)?):(\d{1,15})")
_CHARSET = re.compile(r"charset=[\"']?([A-Za-z0-9._-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Original:
    """A body and a harmless content type for it."""

    body: bytes
    content_type: str


def original(output: Path, archived: str) -> Original | None:
    """The response at FILE:OFFSET of OUTPUT/archive; None when it is not there or no text."""
    match = _PLACE.fullmatch(archived)
    path = output / "archive" / match[1] if match else None
    if match is None or path is None or not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            file.seek(int(match[2]))
            return _read(file)
    except Exception:  # a damaged archive is as good as none
        return None


def _read(file: io.BufferedReader) -> Original | None:
    for record in ArchiveIterator(file):
        if record.rec_type != "response":
            return None
        given = (record.http_headers.get_header("content-type") or "") if record.http_headers else ""
        body = record.content_stream().read(MAX_BYTES)
        kind = "text/html" if "html" in given.lower() else "text/plain"
        charset = _CHARSET.search(given)
        return Original(body, f"{kind}; charset={charset[1]}" if charset else f"{kind}; charset=utf-8")
    return None
