"""The archive of everything that was received: WARC files, one gzip member a record."""

from __future__ import annotations

import mmap
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from threading import Lock
from types import TracebackType

import arahan
from arahan.errors import ArchiveUnreadable
from scrapers.fetch.decode import BadEncoding, BodyTooLarge, decode
from scrapers.fetch.warc import Readable, Received, members, read_member, read_record, write_info, write_record
from scrapers.types import ArchiveRef, Response

__all__ = ["Archive", "Received"]
_PATTERN = "arahan-*.warc.gz"


class Archive:
    """A folder of WARC files. A writer always begins a new file, so what an earlier run left is never touched; what a kill
    cut off at the end of a file is stepped over by readers. Safe to use from several threads, by one process at a time."""

    def __init__(self, folder: Path, *, max_file_bytes: int = 256 * 1024 * 1024, max_body_bytes: int = 32 * 1024 * 1024) -> None:
        """A new file follows after `max_file_bytes`. `max_body_bytes` caps what reading decompresses."""
        self.folder, self._max_file, self._max_body = folder, max_file_bytes, max_body_bytes
        self._lock = Lock()
        self._file: FileIO | None = None

    def append(self, received: Received, source_id: str, role: str) -> ArchiveRef:
        """Write one answer; it is on the disk when this returns. Raises OSError, and then nothing was added."""
        record = write_record(received, source_id, role)
        with self._lock:
            file = self._writable()
            offset = file.tell()
            _add(file, record)
            return ArchiveRef(Path(str(file.name)).name, offset)

    def read(self, ref: ArchiveRef) -> Response:
        """The response at `ref`, decompressed. Raises ArchiveUnreadable."""
        plain = self._member(ref)
        return self._response(plain, ref)[2]

    def responses(self) -> Iterator[tuple[str, str, Response]]:
        """(source id, role, response) of every readable record, in the order of writing: redirects (3xx), errors and retried
        answers too, so look at `status`. A 304 has the status and the body of the response that it confirmed."""
        for path in sorted(self.folder.glob(_PATTERN)):
            with _mapped(path) as data:
                for offset, plain in members(data):
                    try:
                        yield self._response(plain, ArchiveRef(path.name, offset))
                    except ArchiveUnreadable:
                        continue  # a file's first record, or a body that never decompressed

    def close(self) -> None:
        """Close the file that is being written."""
        with self._lock:
            if self._file:
                self._file.close()
                self._file = None

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _writable(self) -> FileIO:
        if self._file and self._file.tell() >= self._max_file:
            self._file.close()
            self._file = None
        if self._file is None:
            self._file = _begin(self.folder)
        return self._file

    def _member(self, ref: ArchiveRef) -> bytes:
        try:
            with _mapped(self.folder / Path(ref.file).name) as data:
                found = read_member(data, ref.offset)
        except OSError as error:
            raise ArchiveUnreadable(ref.file, ref.offset, str(error)) from error
        if found is None:
            raise ArchiveUnreadable(ref.file, ref.offset, "no whole record there")
        return found[0]

    def _response(self, plain: bytes, ref: ArchiveRef) -> tuple[str, str, Response]:
        try:
            found = read_record(plain)
            if found is None:
                raise ValueError("not an answer")
            received, source_id, role = found
            body = self._body(received)
        except (ValueError, TypeError) as error:  # warcio gives None where a field is missing
            raise ArchiveUnreadable(ref.file, ref.offset, str(error)) from error
        headers = _joined(received)
        response = Response(received.url, received.final_url, received.status, headers, body, received.fetched_at, ref=ref)
        return source_id, role, self._confirmed(response, received.revisit_of) if received.revisit_of else response

    def _body(self, received: Received) -> bytes:
        """Error pages are not read by anyone, so theirs may be broken."""
        if received.status in (204, 304):
            return b""
        encoding = _joined(received).get("content-encoding", "")
        try:
            return decode(received.payload, encoding, self._max_body, whole=not received.truncated)
        except (BadEncoding, BodyTooLarge):
            if 200 <= received.status < 300:
                raise
            return b""

    def _confirmed(self, answer: Response, ref: ArchiveRef) -> Response:
        first = self.read(ref)
        headers = {**first.headers, **answer.headers}
        return Response(
            answer.url, answer.final_url, first.status, headers, first.body, answer.fetched_at, unchanged=True, ref=answer.ref
        )


def _joined(received: Received) -> Mapping[str, str]:
    headers: dict[str, str] = {}
    for name, value in received.headers:
        key = name.lower()
        headers[key] = f"{headers[key]}, {value}" if key in headers else value
    return headers


def _begin(folder: Path) -> FileIO:
    """A new file, its name after all that are there; the token keeps references to a file that was deleted from meaning it."""
    folder.mkdir(parents=True, exist_ok=True)
    last = max((int(path.name.split("-")[1].split(".")[0]) for path in folder.glob(_PATTERN)), default=0)
    file = (folder / f"arahan-{last + 1:06}-{secrets.token_hex(4)}.warc.gz").open("xb", buffering=0)
    _add(file, write_info(Path(str(file.name)).name, f"arahan/{arahan.__version__}"))
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return file


def _add(file: FileIO, record: bytes) -> None:
    """Append durably; when that fails (a full disk), leave the file as it was."""
    end = file.tell()
    try:
        rest = memoryview(record)
        while rest:
            rest = rest[file.write(rest) :]
        os.fsync(file.fileno())
    except OSError:
        file.seek(end)
        file.truncate()
        raise


@contextmanager
def _mapped(path: Path) -> Iterator[Readable]:
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size == 0:
            yield b""
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield data
