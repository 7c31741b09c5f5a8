"""The archive of everything that was received: WARC files, one gzip member a record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from scrapers.types import ArchiveRef, Response


@dataclass(frozen=True, slots=True)
class Received:
    """One answer as it came. `payload` is what the server sent, still compressed; `revisit_of` is where the body lies that a
    304 confirmed. `fetched_at` in whole seconds UTC."""

    url: str
    final_url: str
    status: int
    reason: str
    headers: Sequence[tuple[str, str]]
    payload: bytes
    fetched_at: dt.datetime
    revisit_of: ArchiveRef | None = None


class Archive:
    """A folder of WARC files. A writer always begins a new file, so what an earlier run left is never touched; what a kill
    cut off at the end of a file is skipped by readers. Safe to use from several threads."""

    def __init__(self, folder: Path, *, max_file_bytes: int = 256 * 1024 * 1024, max_body_bytes: int = 32 * 1024 * 1024) -> None:
        self.folder = folder

    def append(self, received: Received, source_id: str, role: str) -> ArchiveRef:
        """Write one answer; on the disk when this returns."""
        raise NotImplementedError

    def read(self, ref: ArchiveRef) -> Response:
        """The response at `ref`, decompressed. Raises ArchiveUnreadable."""
        raise NotImplementedError

    def responses(self) -> Iterator[tuple[str, str, Response]]:
        """(source id, role, response) of every readable record, in the order of writing: redirects (3xx), errors and retried
        answers too, so look at `status`. A 304 has the status and the body of the response that it confirmed."""
        raise NotImplementedError

    def close(self) -> None:
        """Close the file that is being written."""

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
