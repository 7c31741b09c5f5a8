"""arahan sources list, show, probe."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from arahan.cli import app
from arahan.errors import ArahanError, DataFileError, InputNotFound, SourceNotFound
from scrapers.demo import running
from scrapers.sources.registry import load_registry


def sources(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["sources", *map(str, arguments)])


def rows(result: Result) -> list[list[str]]:
    assert result.exit_code == 0, result.output
    return [line.split("\t") for line in result.stdout.splitlines()]


def coverage(output: Path, days: list[dict[str, object]]) -> None:
    schema = pa.schema(
        {
            "source_id": pa.string(),
            "day": pa.date32(),
            "fetched": pa.int32(),
            "unchanged": pa.int32(),
            "failed": pa.int32(),
            "failures": pa.map_(pa.string(), pa.int32()),
            "last_success": pa.timestamp("us", "UTC"),
        }
    )
    pq.write_table(pa.Table.from_pylist(days, schema=schema), output / "coverage.parquet")


def test_list_shows_every_source() -> None:
    header, *found = rows(sources("list"))
    assert header == ["id", "region", "kind", "platform", "status", "address"]
    assert {row[0] for row in found} == load_registry().keys()
    assert [row[1] for row in found] == sorted(source.region_code for source in load_registry().values())


def test_list_can_be_narrowed_to_a_region_and_a_status() -> None:
    found = rows(sources("list", "--region", "53"))[1:]
    assert {row[1][:2] for row in found} == {"53"}
    assert {"nttprov", "seputar-ntt", "kupangkota"} <= {row[0] for row in found}
    assert [row[0] for row in rows(sources("list", "--region", "53.71"))[1:]] == ["kupangkota"]
    assert rows(sources("list", "--status", "verified"))[1:] == []


def test_list_with_a_ledger_tells_nothing_found_from_not_looked_at(tmp_path: Path) -> None:
    when = dt.datetime(2024, 5, 6, 7, 8, tzinfo=dt.UTC)
    first = {"source_id": "nttprov", "day": dt.date(2024, 5, 6), "fetched": 3, "unchanged": 0, "failed": 1}
    second = {"source_id": "nttprov", "day": dt.date(2024, 5, 7), "fetched": 0, "unchanged": 2, "failed": 2}
    ended = [{"failures": {"timeout": 1}, "last_success": when}, {"failures": {"timeout": 1, "tls": 1}, "last_success": when}]
    coverage(tmp_path, [first | ended[0], second | ended[1]])
    header, *found = rows(sources("list", "--region", "53", "-o", tmp_path))
    assert header == ["id", "region", "status", "last day", "last success", "fetched", "unchanged", "failed", "failures"]
    seen = {row[0]: row for row in found}
    assert seen["nttprov"][3:] == ["2024-05-07", "2024-05-06 07:08", "3", "2", "3", "timeout 2, tls 1"]
    assert set(seen["kupangkota"][3:]) == {""}


def test_list_says_when_there_is_no_ledger(tmp_path: Path) -> None:
    assert isinstance(sources("list", "-o", tmp_path).exception, InputNotFound)
    (tmp_path / "coverage.parquet").write_text("not a table", encoding="utf-8")
    assert isinstance(sources("list", "-o", tmp_path).exception, DataFileError)


def test_show_prints_a_declaration_that_reads_as_the_source(tmp_path: Path) -> None:
    for id in ("kaltimprov", "setkab", "kupangkota"):
        result = sources("show", id)
        path = tmp_path / f"{id}.toml"
        path.write_text(result.stdout, encoding="utf-8")
        assert load_registry(path)[id] == load_registry()[id]
    assert "# page era tables, until 2021-12-31" in sources("show", "kaltimprov").stdout
    assert isinstance(sources("show", "nttpro").exception, SourceNotFound)


def test_a_registry_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[ranu]\nname = "Ranu"\nplatform = "feed"\nurl = "https://ranu.example/"\n', encoding="utf-8")
    assert [row[0] for row in rows(sources("list", "--registry", path))[1:]] == ["ranu"]


def test_probe_prints_a_declaration(tmp_path: Path) -> None:
    with running() as demo:
        result = sources("probe", demo.homes["kabar"], "--allow-loopback")
    assert result.exit_code == 0, result.output
    path = tmp_path / "probed.toml"
    path.write_text(result.stdout, encoding="utf-8")
    (source,) = load_registry(path).values()
    assert (source.platform, source.url, source.status) == ("feed", demo.homes["kabar"], "verified")
    assert json.loads(json.dumps(dict(source.options))) == {"feeds": ["/feed/"], "paged": "paged"}


def test_probe_names_what_went_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARAHAN_CONTACT", "humas@contoh.example")
    refused = sources("probe", "http://127.0.0.1:9/")
    assert (refused.exit_code, "address" in refused.stderr) == (1, True)
    monkeypatch.delenv("ARAHAN_CONTACT")
    assert isinstance(sources("probe", "https://contoh.example/").exception, ArahanError)
