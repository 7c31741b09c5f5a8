from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.console import Console

from arahan.settings import Settings
from tests.benchmarks import ablations, quality, written_figures
from tests.benchmarks.cases import cases
from tests.benchmarks.evaluation import page
from tests.benchmarks.markdown import keep, kept, table
from tests.benchmarks.sections import Part, bucket, buckets, kinds
from tests.evaluation import fake_scorer
from tests.evaluation.examples import ARTICLES, NEWS, ORDER, QUOTE, READING

BY_HAND = keep("errors", "Dua kesalahan, dibaca.\n")


@pytest.fixture(scope="module")
def part() -> Part:
    return Part(fake_scorer, READING, cases(fake_scorer, READING))


@pytest.fixture(scope="module")
def written(part: Part) -> str:
    return page((part, part), {"Kabar Ranu"}, f"# Old\n\n{BY_HAND}", Console(quiet=True))


def test_the_page_keeps_what_was_written_by_hand(written: str) -> None:
    assert BY_HAND in written
    assert kept(written)["errors"] == "Dua kesalahan, dibaca.\n"
    assert "# Old" not in written


def test_no_sentence_of_an_article_gets_into_the_page(written: str) -> None:
    for words in (ORDER, QUOTE, "menanam 500 pohon", "bakar sampah", "Ani Wijaya", NEWS, "membuka pasar"):
        assert words not in written


def test_a_page_written_twice_is_the_same(part: Part, written: str) -> None:
    assert page((part, part), {"Kabar Ranu"}, written, Console(quiet=True)) == written


def test_what_was_not_measured_is_said(written: str) -> None:
    assert written.count(written_figures.NONE.strip()) == len(
        [
            name
            for name in ("approaches", "by_outlet", "ablation", "learning_curve")
            if not (written_figures.FOLDER / f"{name}.json").exists()
        ]
    )


def test_kinds_are_counted_with_what_is_missed_and_spurious(part: Part) -> None:
    rows = {line.split(" | ")[0].strip("| "): line.strip("|\n ").split(" | ")[1:] for line in kinds(part).splitlines()[2:]}
    assert rows["prohibition"] == ["0", "0", "1", "0", "0", "0"]
    assert rows["commitment"] == ["0", "0", "0", "0", "0", "1"]
    assert rows["spurious"][:5] == ["0", "0", "1", "1", "0"]


def test_an_ablation_of_a_part_that_is_gone_is_an_error(part: Part) -> None:
    unknown = ablations.Ablation("no such part", {"no_such_name": None})
    with pytest.raises(AttributeError, match="no_such_name"):
        ablations.figures_without(part.scorer, part.reading, unknown)


def test_every_ablation_replaces_a_part_that_is_there() -> None:
    from pipeline.directives import extract

    assert [name for ablation in ablations.ABLATIONS for name in ablation.parts if not hasattr(extract, name)] == []


def test_figures_of_a_training_run_are_shown(tmp_path: Path) -> None:
    (tmp_path / "curve.json").write_text(json.dumps({"columns": ["articles", "F1"], "rows": [[100, 0.5]], "note": "Held out."}))
    (tmp_path / "broken.json").write_text(json.dumps({"columns": ["articles"], "rows": [[100, 0.5]]}))
    assert written_figures.section("curve", tmp_path) == "| articles | F1 |\n| --- | --- |\n| 100 | 0.500 |\n\nHeld out.\n"
    assert "cannot be read" in written_figures.section("broken", tmp_path)
    assert written_figures.section("none", tmp_path) == written_figures.NONE
    assert written_figures.others(("curve",), tmp_path) == ["broken"]


def test_ranges_of_words() -> None:
    assert buckets((3, 7)) == ["1–3", "4–7", "8 and more"]
    assert [bucket(n, (3, 7)) for n in (1, 3, 4, 7, 8, 90)] == ["1–3", "1–3", "4–7", "4–7", "8 and more", "8 and more"]


def test_a_cell_cannot_break_the_table() -> None:
    assert table(["a", "b"], [["x|y\nz", None]]).splitlines()[2] == "| x\\|y z | – |"


def test_a_calibration_error_has_a_ceiling() -> None:
    floors = {"dev.kind": 0.9, "dev.calibration_error": 0.05}
    assert quality.compare({"dev.kind": 0.95, "dev.calibration_error": 0.02}, floors) == []
    worse = quality.compare({"dev.kind": 0.8, "dev.calibration_error": 0.09}, floors)
    assert [line.split()[0] for line in worse] == ["dev.kind", "dev.calibration_error"]
    assert quality.better("dev.calibration_error", 0.02, 0.05) == 0.02
    assert quality.better("dev.kind", 0.95, 0.9) == 0.95


def test_the_main_job_is_read_back_as_the_scorer_reads_it(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.benchmarks import readings

    folders: list[Path] = []

    def load_pred(folder: str) -> tuple[dict[str, object], dict[str, object]]:
        folders.append(Path(folder))
        return {name: list((Path(folder) / name).rglob("*.parquet")) for name in ("directives",)}, {}

    monkeypatch.setattr(fake_scorer, "load_pred", load_pred, raising=False)
    found = readings.shipped("invented", ARTICLES, fake_scorer, settings, Console(quiet=True))
    assert found.found["directives"]
    assert found.version.startswith("rules-1")
    assert found.sure_rows == 1
    assert not folders[0].exists()
