from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import sys
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline.input.read
import pipeline.input.records
from arahan.errors import InputNotFound
from arahan.types import Article, Rejected
from pipeline.input.read import read_articles
from pipeline.input.records import to_article

GOOD = {"id": "a1", "title": "Rapat di Lembayung", "text": "Bupati Lembayung meminta camat turun ke desa.", "date": "2021-03-04"}


def write(path: Path, *lines: str | bytes) -> Path:
    path.write_bytes(b"".join((line.encode() if isinstance(line, str) else line) + b"\n" for line in lines))
    return path


def outcome(path: Path) -> list[str]:
    """Ids of the articles, error names of the rejected, in order."""
    return [item.id if isinstance(item, Article) else item.error for item in read_articles(path)]


def record(**changes: object) -> str:
    return json.dumps({**GOOD, **changes})


def test_reads_every_field(tmp_path: Path) -> None:
    more = {"url": "https://lembayung.example/1", "outlet": "Pemkab Lembayung", "region_code": "99.01"}
    more["fetched_at"] = "2021-03-05T01:02:03Z"
    [article] = read_articles(write(tmp_path / "in.jsonl", record(**more)))
    assert article == Article(
        id="a1", text=GOOD["text"], title=GOOD["title"], published=dt.date(2021, 3, 4), url=more["url"], outlet=more["outlet"],
        region_code="99.01", fetched_at=dt.datetime(2021, 3, 5, 1, 2, 3, tzinfo=dt.UTC),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ('{"id": "x", "text": "terputus', "BrokenJson"),
        ("[" * 100_000, "BrokenJson"),
        ('{"id": "x", "text": ' + "9" * 5000 + "}", "BrokenJson"),
        ('["x", "teks"]', "NotAnObject"),
        ("null", "NotAnObject"),
        ('{"text": "tanpa nomor"}', "MissingId"),
        ('{"id": "  ", "text": "nomor kosong"}', "UnusableId"),
        ('{"id": true, "text": "nomor salah"}', "UnusableId"),
        ('{"id": 1.5, "text": "nomor salah"}', "UnusableId"),
        ('{"id": "x"}', "MissingText"),
        ('{"id": "x", "text": null}', "MissingText"),
        ('{"id": "x", "text": ["a"]}', "UnusableText"),
        ('{"id": "x", "text": " \\n\\t"}', "EmptyText"),
        (record(), "DuplicateId"),
        (b'{"id": "x", "text": "\xff\xfe"}', "UndecodableLine"),
        (b"\x00\x01\x02", "BrokenJson"),
    ],
)
def test_a_bad_record_is_rejected_and_stops_nothing(tmp_path: Path, line: str | bytes, error: str) -> None:
    path = write(tmp_path / "in.jsonl", record(), line, record(id="a2"))
    first, bad, last = read_articles(path)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(bad, Rejected)
    assert (bad.record, bad.error) == (2, error)
    assert bad.reason.strip()


def test_the_rejected_record_keeps_its_id(tmp_path: Path) -> None:
    [bad] = read_articles(write(tmp_path / "in.jsonl", record(id="a9", text="")))
    assert isinstance(bad, Rejected)
    assert bad.id == "a9"


def test_a_rejected_record_does_not_use_up_its_id(tmp_path: Path) -> None:
    assert outcome(write(tmp_path / "in.jsonl", record(text=""), record(), record())) == ["EmptyText", "a1", "DuplicateId"]


def test_numbers_serve_as_ids(tmp_path: Path) -> None:
    assert outcome(write(tmp_path / "in.jsonl", record(id=7), record(id="7"))) == ["7", "DuplicateId"]


def test_blank_lines_are_counted_but_no_records(tmp_path: Path) -> None:
    items = list(read_articles(write(tmp_path / "in.jsonl", "", record(), "   ", "{}")))
    assert [item.id for item in items] == ["a1", ""]
    assert isinstance(items[1], Rejected)
    assert items[1].record == 4


def test_text_over_the_limit_is_rejected_and_at_the_limit_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.input.records, "MAX_TEXT_CHARS", 50)
    assert outcome(write(tmp_path / "in.jsonl", record(text="a" * 50), record(id="a2", text="a" * 51))) == ["a1", "TextTooLong"]


def test_two_megabytes_of_one_sentence_are_read(tmp_path: Path) -> None:
    text = "Kepala dinas meminta " + "camat dan lurah " * 125_000
    [article] = read_articles(write(tmp_path / "in.jsonl", record(text=text)))
    assert isinstance(article, Article)
    assert article.text == text


def test_a_line_that_never_ends_is_rejected_without_losing_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.input.read, "MAX_LINE_BYTES", 200)
    assert outcome(write(tmp_path / "in.jsonl", record(), "x" * 1001, record(id="a2"))) == ["a1", "LineTooLong", "a2"]


def test_characters_and_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    text = "Satu\r\ndua\rtiga\n\x0bempat\x07 \u2028lima 👩‍🌾🎉 \u200benam\x00"
    [article] = read_articles(write(tmp_path / "in.jsonl", record(text=text)))
    assert isinstance(article, Article)
    assert article.text == text


def test_a_lone_surrogate_becomes_one_replacement_character(tmp_path: Path) -> None:
    notes = Counter[str]()
    [article] = read_articles(write(tmp_path / "in.jsonl", r'{"id": "a", "text": "se\ud83dhat \ud83c\udf89"}'), notes)
    assert isinstance(article, Article)
    assert article.text == "se\ufffdhat 🎉"
    assert notes == {"lone_surrogates": 1}


def test_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", b"\xef\xbb\xbf" + record().encode() + b"\r", record(id="a2") + "\r")
    assert outcome(path) == ["a1", "a2"]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2021-01-05", dt.date(2021, 1, 5)),
        ("2021-01-05T23:30:00+07:00", dt.date(2021, 1, 5)),
        ("2021-01-05 08:00:00", dt.date(2021, 1, 5)),
        (" 2021-01-05 ", dt.date(2021, 1, 5)),
        ("", None),
        (None, None),
    ],
)
def test_dates(tmp_path: Path, date: str | None, expected: dt.date | None) -> None:
    notes = Counter[str]()
    [article] = read_articles(write(tmp_path / "in.jsonl", record(date=date)), notes)
    assert isinstance(article, Article)
    assert article.published == expected
    assert not notes


@pytest.mark.parametrize(
    "date", ["kemarin", "05/01/2021", "2021-02-30", 20210105, ["2021-01-05"], "2021-01-052", "0001-01-01", "9999-12-31"]
)
def test_a_bad_date_is_unknown_and_counted(tmp_path: Path, date: object) -> None:
    notes = Counter[str]()
    [article] = read_articles(write(tmp_path / "in.jsonl", record(date=date)), notes)
    assert isinstance(article, Article)
    assert article.published is None
    assert notes == {"unknown_date": 1}


def test_an_optional_field_of_a_wrong_type_is_empty_and_counted(tmp_path: Path) -> None:
    notes = Counter[str]()
    [article] = read_articles(write(tmp_path / "in.jsonl", record(title=None, outlet={"name": "x"})), notes)
    assert isinstance(article, Article)
    assert (article.title, article.outlet) == ("", "")
    assert notes == {"unusable_outlet": 1}


def test_an_empty_file_has_no_articles(tmp_path: Path) -> None:
    assert outcome(write(tmp_path / "in.jsonl")) == []


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((record() + "\n" + record(id="b")).encode())))
    assert [item.id for item in read_articles("-")] == ["a1", "b"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (bytes(range(256)) * 8, "neither UTF-8 text nor parquet"),
        ((record() + "\n").encode("utf-16"), "neither UTF-8 text nor parquet"),
        (b"PAR1 and then something else", "cannot be read as parquet"),
        (gzip.compress(record().encode()), r"in\.bin is compressed.*gunzip"),
    ],
)
def test_a_file_of_another_kind_has_a_clear_message(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "in.bin"
    path.write_bytes(content)
    with pytest.raises(InputNotFound, match=says):
        list(read_articles(path))


def test_a_missing_file_has_a_clear_message(tmp_path: Path) -> None:
    with pytest.raises(InputNotFound, match="does not exist"):
        list(read_articles(tmp_path / "no.jsonl"))


def parquet(path: Path, rows: list[dict[str, object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows), path)
    return path


def test_parquet_file(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"id": "p1", "text": "satu", "published": dt.date(2020, 2, 1)}]
    rows += [{"id": "p1", "text": "dua"}, {"id": "p3", "text": None}]
    first, second, third = read_articles(parquet(tmp_path / "in.parquet", rows))
    assert first == Article(id="p1", text="satu", published=dt.date(2020, 2, 1))
    assert isinstance(second, Rejected)
    assert (second.record, second.error) == (2, "DuplicateId")
    assert isinstance(third, Rejected)
    assert (third.record, third.error) == (3, "MissingText")


def test_folder_with_partitions_is_read_in_path_order_past_a_broken_file(tmp_path: Path) -> None:
    parquet(tmp_path / "year=2021" / "part-0.parquet", [{"id": "n", "text": "baru"}])
    parquet(tmp_path / "year=2020" / "part-0.parquet", [{"id": "o", "text": "lama"}])
    (tmp_path / "year=2020" / "part-1.parquet").write_bytes(b"rusak")
    parquet(tmp_path / "year=2020" / ".part-2.parquet", [{"id": "h", "text": "tersembunyi"}])
    (tmp_path / "catatan.txt").write_text("bukan data")
    assert outcome(tmp_path) == ["o", "UnreadableFile", "n"]


def test_a_whole_output_folder_gives_its_articles(tmp_path: Path) -> None:
    parquet(tmp_path / "articles" / "year=2021" / "a.parquet", [{"id": "x", "text": "isi"}])
    parquet(tmp_path / "directives" / "year=2021" / "d.parquet", [{"directive_id": "y"}])
    assert outcome(tmp_path) == ["x"]


def test_parquet_without_the_columns_has_a_clear_message(tmp_path: Path) -> None:
    with pytest.raises(InputNotFound, match="no column text"):
        list(read_articles(parquet(tmp_path / "in.parquet", [{"id": "x", "isi": "y"}])))


def test_a_folder_without_parquet_has_a_clear_message(tmp_path: Path) -> None:
    with pytest.raises(InputNotFound, match="holds no parquet file"):
        list(read_articles(tmp_path))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "text", "date", "title"]), inner),
    max_leaves=8,
)


@given(JSON)
def test_any_value_is_an_article_or_a_reason(value: object) -> None:
    found = to_article(1, value, set(), Counter())
    if isinstance(found, Rejected):
        assert found.reason
    else:
        assert found.id
        assert isinstance(value, dict)
        assert len(found.text) == len(value["text"])
        found.text.encode()


@given(st.lists(st.binary(max_size=40), min_size=3, max_size=6))
def test_any_bytes_between_good_records_lose_none(tmp_path_factory: pytest.TempPathFactory, junk: list[bytes]) -> None:
    lines = [record()] + [line.replace(b"\n", b" ") for line in junk] + [record(id="last")]
    path = write(tmp_path_factory.mktemp("junk") / "in.jsonl", *lines)
    found = [item.id for item in read_articles(path) if isinstance(item, Article)]
    assert found == ["a1", "last"]


def test_a_column_that_stands_twice_has_a_clear_message(tmp_path: Path) -> None:
    path = tmp_path / "in.parquet"
    pq.write_table(pa.table([["a"], ["Bupati meminta camat hadir."], ["b"]], names=["id", "text", "id"]), path)
    with pytest.raises(InputNotFound, match="has more than one column id"):
        list(read_articles(path))
    [bad] = read_articles(tmp_path)
    assert isinstance(bad, Rejected)
    assert bad.reason == "in.parquet: has more than one column id"
