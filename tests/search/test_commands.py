"""arahan index, search, reports."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from arahan.cli import app
from arahan.errors import ArahanError
from search import memory, stem
from search.errors import BadQuery, BadReport, DatasetMissing, ExtraMissing, IndexMissing
from tests.search.made import directive, write


def arahan(*arguments: object) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


def said(*arguments: object) -> str:
    result = arahan(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = write(tmp_path_factory.mktemp("commands") / "data", [directive(n) for n in range(20)])
    assert "20 directives" in said("index", output, "--no-meaning")
    return output


def test_index_says_what_it_did(data: Path) -> None:
    assert "0 added, 0 changed, 0 removed" in said("index", data, "--no-meaning")
    assert "20 added" in said("index", data, "--no-meaning", "--fresh")


def test_a_readable_list(data: Path) -> None:
    shown = said("search", "dibangun", "-o", data, "--region", "91.01")
    assert shown.startswith("3 directives, by words; page 1 of 1")
    assert "Ani Wijaya, Bupati Lembah Ranu → camat" in shown
    assert "membangun jembatan gantung" in shown


def test_json_has_facets_and_every_facet_is_an_option(data: Path) -> None:
    everything = json.loads(said("search", "-o", data, "--json"))
    assert everything["total"] == 20
    for name, values in everything["facets"].items():
        for value in values:
            assert json.loads(said("search", "-o", data, f"--{name}", value["value"], "--json"))["total"] == value["count"]


def test_csv_is_read_back(data: Path) -> None:
    lines = list(csv.DictReader(io.StringIO(said("search", "-o", data, "--csv", "--size", "5", "--sort", "date"))))
    assert [line["directive_id"] for line in lines] == ["d0019", "d0018", "d0017", "d0016", "d0015"]
    assert lines[0]["action"] == "menanam 500 pohon"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("search", "sampah", "--sort", "size"), BadQuery),
        (("search", "sampah", "--since", "kemarin"), BadQuery),
        (("reports", "accept", 99, "--remove"), BadReport),
        (("reports", "accept", 99), BadReport),
    ],
)
def test_wrong_use_is_named(data: Path, arguments: tuple[str, ...], error: type[ArahanError]) -> None:
    command = [*arguments, "-o", data] if arguments[0] == "search" else [*arguments[:2], data, *arguments[2:]]
    assert isinstance(arahan(*command).exception, error)


def test_what_is_missing_is_named(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(arahan("index", tmp_path, "--no-meaning").exception, DatasetMissing)
    assert isinstance(arahan("search", "x", "-o", tmp_path).exception, IndexMissing)
    for remembered in (stem._snowball, stem.stem, stem._terms):
        remembered.cache_clear()
    memory.forget()
    monkeypatch.setitem(sys.modules, "snowballstemmer", None)
    missing = arahan("search", "kwzdfgh", "-o", data).exception
    assert isinstance(missing, ExtraMissing)
    assert "pip install 'arahan[serve]'" in str(missing)


def test_a_report_from_filing_to_the_index(tmp_path: Path) -> None:
    from search.reports import file_report

    output = write(tmp_path / "data", [directive(n) for n in range(4)])
    said("index", output, "--no-meaning")
    wrong, fine = (file_report(output, f"d000{n}", "other", "salah\n\x1b[31m") for n in (1, 2))
    listed = said("reports", "list", output, "--state", "open")
    assert "d0001" in listed
    assert "\x1b" not in listed
    assert "run arahan index" in said("reports", "accept", output, wrong, "--remove")
    assert said("reports", "reject", output, fine) == f"report {fine}: rejected\n"
    assert "3 directives" in said("index", output, "--no-meaning")
    assert [line.split()[2] for line in said("reports", "list", output).splitlines()[::2]] == ["applied", "rejected"]
