from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import shutil
from pathlib import Path

import frictionless
import mlcroissant
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from arahan.errors import InputNotFound
from pipeline.output.schema import TABLES
from pipeline.output.verify import verify
from scrapers.store.tables import COVERAGE
from search.errors import DatasetMissing
from search.export.about import About, BadExport
from search.export.publish import export
from search.export.tables import cell
from tests.helpers import arahan
from tests.small import FORMULA

ALL = (*TABLES, COVERAGE)
ABOUT = About(title="Arahan Ranu", creator="Kabar Ranu", contact="koreksi@contoh.example", url="https://contoh.example/data")


@pytest.fixture(scope="module")
def published(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published") / "out"
    export(made, folder, ALL, ABOUT)
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_same_dataset_gives_the_same_bytes_over_an_earlier_export(made: Path, published: Path, tmp_path: Path) -> None:
    export(made, tmp_path / "out", ALL, About())
    export(made, tmp_path / "out", ALL, ABOUT)
    assert content(tmp_path / "out") == content(published)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_draft_that_a_kill_left_does_no_harm(made: Path, published: Path, tmp_path: Path) -> None:
    (tmp_path / "out.part" / "articles").mkdir(parents=True)
    (tmp_path / "out.part" / "articles" / "strange").write_text("x")
    export(made, tmp_path / "out", ALL, ABOUT)
    assert content(tmp_path / "out") == content(published)


def test_a_folder_with_other_files_is_refused_and_kept(made: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(BadExport, match="other files"):
        export(made, tmp_path, ALL, ABOUT)
    assert content(tmp_path) == {"letter.txt": b"dear"}


def test_rows_are_those_of_the_dataset(made: Path, published: Path) -> None:
    for name in ("directives", "officials"):
        pd.testing.assert_frame_equal(pd.read_parquet(published / name), pd.read_parquet(made / name))
        assert len(rows(published / "csv" / f"{name}.csv")) == len(pd.read_parquet(made / name)) > 0
    whole = pd.read_parquet(made / "articles")
    pd.testing.assert_frame_equal(pd.read_parquet(published / "articles"), whole.drop(columns="text"))


def test_full_texts_stay_out(published: Path) -> None:
    assert not any("(Humas)" in path.read_bytes().decode("utf-8", "replace") for path in published.rglob("*") if path.is_file())
    with pytest.raises(InputNotFound, match="texts"):
        verify(published)


def test_with_texts_every_span_is_found_again(made: Path, tmp_path: Path) -> None:
    export(made, tmp_path / "out", ALL, ABOUT, with_texts=True)
    verdict = verify(tmp_path / "out")
    assert verdict.mismatches == ()
    assert verdict.checked["directives"] > 10


def test_formulas_are_neutralised_in_csv_only(published: Path) -> None:
    article = next(row for row in rows(published / "csv" / "articles.csv") if row["outlet"].endswith('"Ranu"'))
    assert (article["id"], article["title"], article["url"]) == ("'=r900", "'" + str(FORMULA["title"]), "'+62")
    assert FORMULA["title"] in set(pd.read_parquet(published / "articles")["title"])


@given(st.text())
def test_no_cell_of_text_begins_like_a_formula(text: str) -> None:
    shown, bare = cell(text), text.replace("\0", "")
    assert shown in (bare, f"'{bare}")
    assert not shown.lstrip(" ").startswith(tuple("=+-@\t\r\n＝＋－＠"))


def test_cells() -> None:
    moment = dt.datetime(2021, 3, 4, 5, tzinfo=dt.UTC)
    shown = [cell(value) for value in (None, True, -3, 0.75, moment, moment.date())]
    assert shown == ["", "true", "-3", "0.75", "2021-03-04T05:00:00Z", "2021-03-04"]
    assert json.loads(cell([{"text": "500 pohon", "value": 500.0}])) == [{"text": "500 pohon", "value": 500.0}]


def test_hashes(published: Path) -> None:
    sums = dict(reversed(line.split("  ")) for line in (published / "SHA256SUMS").read_text().splitlines())
    others = {name: data for name, data in content(published).items() if name != "SHA256SUMS"}
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in others.items()}
    package = json.loads((published / "datapackage.json").read_text())
    for resource in package["resources"]:
        assert resource["hash"] == f"sha256:{sums[resource['path']]}"
        assert resource["bytes"] == len(others[resource["path"]])


def frictionless_errors(folder: Path) -> list[object]:
    report = frictionless.validate(str(folder / "datapackage.json"))
    return [*report.errors, *(error for task in report.tasks for error in task.errors)]


def test_frictionless_accepts_the_package_and_every_row(published: Path) -> None:
    assert frictionless_errors(published) == []
    resource = frictionless.Package(str(published / "datapackage.json")).get_resource("directives")
    first = resource.read_rows()[0]
    assert isinstance(first["addressees"], list)
    assert isinstance(first["direct_quote"], bool)
    assert isinstance(first["action_start"], int)


def test_frictionless_notices_a_changed_file(made: Path, tmp_path: Path) -> None:
    export(made, tmp_path / "out", ALL, ABOUT)
    table = tmp_path / "out" / "csv" / "directives.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("instruction", "instruktion"), encoding="utf-8")
    assert frictionless_errors(tmp_path / "out") != []


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib about itself
def test_croissant_can_be_read_by_its_own_library(
    published: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.chdir(published)
    dataset = mlcroissant.Dataset("croissant.json")
    assert dataset.metadata.issues.errors == dataset.metadata.issues.warnings == set()
    assert caplog.records == []
    found = [record["directives/directive_id"].decode() for record in dataset.records("directives")]
    assert found == [row["directive_id"] for row in rows(published / "csv" / "directives.csv")]


def test_the_card_has_a_head_that_hubs_read(published: Path) -> None:
    card = (published / "README.md").read_text(encoding="utf-8")
    head = yaml.safe_load(card.split("---")[1])
    assert (head["pretty_name"], head["language"], head["license"]) == ("Arahan Ranu", ["id"], "cc-by-4.0")
    for config in head["configs"]:
        assert list(published.glob(config["data_files"]))
    assert all(f"`{column.name}`" in card for table in TABLES for column in table.columns if column.name != "text")


def test_the_datasheet_says_where_to_report_errors(published: Path) -> None:
    sheet = (published / "DATASHEET.md").read_text(encoding="utf-8")
    for section in ("Motivation", "Collection", "Annotation", "Known biases", "Personal data", "Corrections"):
        assert f"## {section}" in sheet
    assert "koreksi@contoh.example" in sheet
    assert "$" not in sheet


def test_a_dataset_without_rows_can_be_published(empty: Path, tmp_path: Path) -> None:
    assert export(empty, tmp_path / "out", ALL, About()).rows == {"articles": 0, "directives": 0, "officials": 0}
    assert frictionless_errors(tmp_path / "out") == []


def test_what_was_looked_at_is_published_where_it_is_known(made: Path, tmp_path: Path) -> None:
    counts = dict.fromkeys(("tried", "fetched", "unchanged", "failed", "listings", "found", "new", "edited", "removed"), 1)
    day = {"source_id": "ranu", "day": dt.date(2024, 5, 1), "failures": [("timeout", 1)], "last_success": None} | counts
    shutil.copytree(made, tmp_path / "data")
    pq.write_table(pa.Table.from_pylist([day], COVERAGE.schema), tmp_path / "data" / "coverage.parquet")
    assert export(tmp_path / "data", tmp_path / "out", ALL, ABOUT).rows["coverage"] == 1
    assert frictionless_errors(tmp_path / "out") == []
    assert rows(tmp_path / "out" / "csv" / "coverage.csv")[0]["failures"] == '[["timeout",1]]'
    (tmp_path / "data" / "coverage.parquet").write_bytes(b"no parquet")
    with pytest.raises(DatasetMissing, match="coverage cannot be read"):
        export(tmp_path / "data", tmp_path / "out", ALL, ABOUT)
    assert frictionless_errors(tmp_path / "out") == []


def test_what_is_no_dataset_and_what_is_no_licence(tmp_path: Path) -> None:
    with pytest.raises(DatasetMissing, match="arahan extract"):
        export(tmp_path, tmp_path / "out", ALL, ABOUT)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(BadExport, match="CC0"):
        About(license="mine")


def test_the_command(made: Path, tmp_path: Path) -> None:
    done = arahan("export", made, "-o", tmp_path / "out", "--title", "Arahan Ranu", "--date", "2026-01-02", "--with-texts")
    assert done.returncode == 0, done.stderr
    assert "directives" in done.stdout
    assert json.loads((tmp_path / "out" / "croissant.json").read_text())["datePublished"] == "2026-01-02"
    assert arahan("verify", tmp_path / "out").returncode == 0
    assert arahan("export", tmp_path, "-o", tmp_path / "none").returncode == 2
