"""What is in the archive comes out as it went in, and a kill costs at most the record that was being written."""

from __future__ import annotations

import datetime as dt
import gzip
import os
import random
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from arahan.errors import ArchiveUnreadable
from scrapers.fetch.archive import Archive, Received
from scrapers.fetch.warc import members, read_record, write_record
from scrapers.types import ArchiveRef
from tests.helpers import REPOSITORY, environment

NOW = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
URL = "https://humas.contoh.example/berita/1?a=b"
PAGE = Received(URL, URL, 200, "OK", [("Content-Type", "text/html"), ("ETag", '"1"')], b"<p>Contoh</p>", NOW)

headers = st.tuples(
    st.from_regex(r"X-[A-Za-z0-9]{1,8}", fullmatch=True),
    st.from_regex(r"[!-~\xa1-\u04ff]([ -~\xa1-\u04ff]{0,20}[!-~])?", fullmatch=True),
)
answers = st.builds(
    Received,
    url=st.sampled_from([URL, "http://contoh.example/ж"]),
    final_url=st.just(URL),
    status=st.integers(200, 599),
    reason=st.sampled_from(["", "OK", "Not Here At All"]),
    headers=st.lists(headers, max_size=4),
    payload=st.binary(max_size=300) | st.just(b"HTTP/1.1 200 OK\r\n\r\nWARC/1.1\r\n\r\n"),
    fetched_at=st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2090, 1, 1)).map(
        lambda when: when.replace(microsecond=0, tzinfo=dt.UTC)
    ),
    revisit_of=st.none(),
    truncated=st.booleans(),
)


def filled(folder: Path, count: int) -> Path:
    with Archive(folder) as archive:
        for number in range(count):
            archive.append(replace(PAGE, payload=f"text {number}".encode()), "contoh", "page")
    return max(folder.iterdir())


def bodies(archive: Archive) -> list[bytes]:
    return [response.body for _, _, response in archive.responses()]


@given(answers, st.sampled_from(["contoh", "humas-ujung-batu"]), st.sampled_from(["page", "listing"]))
def test_a_record_there_and_back(received: Received, source_id: str, role: str) -> None:
    record = write_record(received, source_id, role)
    assert read_record(gzip.decompress(record)) == (received, source_id, role)
    assert [offset for offset, _ in members(record * 2)] == [0, len(record)]


def test_response(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        twice = [("Link", "<a>"), ("link", "<b>"), ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
        ref = archive.append(replace(PAGE, url=f"{URL}#x", payload=gzip.compress(b"hello"), headers=twice), "contoh", "listing")
        response = archive.read(ref)
        assert (response.url, response.final_url, response.status, response.body) == (f"{URL}#x", URL, 200, b"hello")
        assert (response.fetched_at, response.ref, response.unchanged) == (NOW, ref, False)
        assert response.headers["link"] == "<a>, <b>"
        assert "transfer-encoding" not in response.headers
        assert list(archive.responses()) == [("contoh", "listing", response)]


def test_other_tools_read_it(tmp_path: Path) -> None:
    """warcio itself, over the whole file, with its digests checked."""
    with filled(tmp_path, 2).open("rb") as file:
        records = [(record.rec_type, record.content_stream().read()) for record in ArchiveIterator(file, check_digests="raise")]
    assert [kind for kind, _ in records] == ["warcinfo", "response", "response"]
    assert records[2][1] == b"text 1"


def test_confirmed_response_has_the_first_body(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        first = archive.append(PAGE, "contoh", "page")
        later = NOW + dt.timedelta(days=1)
        confirmed = replace(
            PAGE, status=304, payload=b"", headers=[("ETag", '"1"'), ("Age", "3")], fetched_at=later, revisit_of=first
        )
        response = archive.read(archive.append(confirmed, "contoh", "page"))
    assert (response.body, response.status, response.unchanged, response.fetched_at) == (PAGE.payload, 200, True, later)
    assert response.headers == {"content-type": "text/html", "etag": '"1"', "age": "3"}


@pytest.mark.parametrize(
    ("status", "payload", "body"),
    [(200, b"broken", None), (404, b"broken", b""), (404, gzip.compress(b"no"), b"no"), (204, b"", b"")],
)
def test_broken_bodies(status: int, payload: bytes, body: bytes | None, tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        ref = archive.append(
            replace(PAGE, status=status, payload=payload, headers=[("Content-Encoding", "gzip")]), "contoh", "page"
        )
        assert bodies(archive) == ([] if body is None else [body])
        if body is None:
            with pytest.raises(ArchiveUnreadable):
                archive.read(ref)


@pytest.mark.parametrize(("name", "offset"), [("", 7), ("", 10**9), ("tiada", 0)])
def test_nothing_there(name: str, offset: int, tmp_path: Path) -> None:
    ref = ArchiveRef(name or filled(tmp_path, 1).name, offset)
    with pytest.raises(ArchiveUnreadable) as caught:
        Archive(tmp_path).read(ref)
    assert (caught.value.file, caught.value.offset) == (ref.file, ref.offset)


def test_first_record_is_no_answer(tmp_path: Path) -> None:
    file = filled(tmp_path, 1)
    with pytest.raises(ArchiveUnreadable, match="not an answer"):
        Archive(tmp_path).read(ArchiveRef(file.name, 0))


def test_reference_stays_inside_the_folder(tmp_path: Path) -> None:
    file = filled(tmp_path / "outside", 1)
    (tmp_path / "inside").mkdir()
    with pytest.raises(ArchiveUnreadable):
        Archive(tmp_path / "inside").read(ArchiveRef(f"../outside/{file.name}", 0))


def test_a_reader_writes_nothing(tmp_path: Path) -> None:
    with Archive(tmp_path / "none") as archive:
        assert bodies(archive) == []
    assert not (tmp_path / "none").exists()


def test_every_cut_leaves_the_whole_records(tmp_path: Path) -> None:
    file = filled(tmp_path, 3)
    whole = file.read_bytes()
    ends = [*(offset for offset, _ in members(whole)), len(whole)][1:]
    for cut in {*random.Random(5).sample(range(len(whole)), 40), *ends, 0, 1}:
        file.write_bytes(whole[:cut])
        assert bodies(Archive(tmp_path)) == [f"text {number}".encode() for number in range(sum(end <= cut for end in ends[1:]))]


def test_writing_goes_on_after_a_torn_tail(tmp_path: Path) -> None:
    file = filled(tmp_path, 2)
    torn = file.read_bytes()[:-5]
    file.write_bytes(torn)
    filled(tmp_path, 1)
    assert bodies(Archive(tmp_path)) == [b"text 0", b"text 0"]
    assert file.read_bytes() == torn


def test_damage_in_the_middle_costs_one_record(tmp_path: Path) -> None:
    file = filled(tmp_path, 3)
    data = bytearray(file.read_bytes())
    second = [offset for offset, _ in members(bytes(data))][2]
    data[second + 40 : second + 60] = bytes(20)
    file.write_bytes(data)
    assert bodies(Archive(tmp_path)) == [b"text 0", b"text 2"]


def test_full_disk_adds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Archive(tmp_path) as archive:
        archive.append(PAGE, "contoh", "page")

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            archive.append(replace(PAGE, payload=b"lost"), "contoh", "page")
        monkeypatch.undo()
        archive.append(replace(PAGE, payload=b"kept"), "contoh", "page")
        assert bodies(archive) == [PAGE.payload, b"kept"]


def test_files_are_read_in_the_order_of_writing(tmp_path: Path) -> None:
    with Archive(tmp_path, max_file_bytes=1) as archive:
        for number in range(12):
            archive.append(replace(PAGE, payload=str(number).encode()), "contoh", "page")
        assert bodies(archive) == [str(number).encode() for number in range(12)]
    assert len(list(tmp_path.iterdir())) == 12


def test_many_threads(tmp_path: Path) -> None:
    with Archive(tmp_path, max_file_bytes=4000) as archive, ThreadPoolExecutor(8) as pool:
        parts = [str(number).encode() * 50 for number in range(60)]
        refs = list(pool.map(lambda part: archive.append(replace(PAGE, payload=part), "contoh", "page"), parts))
        assert [archive.read(ref).body for ref in refs] == parts
        assert sorted(bodies(archive)) == sorted(parts)


WRITER = """
import sys
from pathlib import Path
from dataclasses import replace
from scrapers.fetch.archive import Archive
from tests.scrapers.fetch.test_archive import PAGE

with Archive(Path(sys.argv[1]), max_file_bytes=20_000) as archive:
    for number in range(10**9):
        archive.append(replace(PAGE, payload=str(number).encode() * 200), "contoh", "page")
        print(number, flush=True)
"""


def test_killed_while_writing(tmp_path: Path) -> None:
    """Everything that was acknowledged is there, in order, and nothing twice."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)], cwd=REPOSITORY, env=environment(), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        acknowledged = [int(process.stdout.readline()) for _ in range(200)]
        process.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in process.stdout if line.endswith("\n")]
    found = bodies(Archive(tmp_path))
    assert found == [str(number).encode() * 200 for number in range(len(found))]
    assert len(acknowledged) <= len(found) <= len(acknowledged) + 1
