from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

mpl.use("agg")

from notebooks import toolbox
from tests.small import dataset


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return dataset(tmp_path_factory.mktemp("made"))


def test_the_dataset_is_the_one_of_the_environment(made: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ARAHAN_DATA", str(made))
    assert toolbox.data_folder() == made.resolve()
    monkeypatch.setenv("ARAHAN_DATA", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="make extract"):
        toolbox.data_folder()


def test_tables_come_as_plain_python(made: Path) -> None:
    frame = toolbox.load("directives", made)
    assert {type(value) for value in frame["quantities"]} == {list}
    assert set(frame["kind"]) == {"instruction", "appeal"}
    assert (frame["year"] % 1 == 0).all()
    assert frame["published"].dt.year.dropna().isin([2019, 2020, 2021]).all()
    assert toolbox.load("coverage", made).empty


def test_the_source_line_counts(made: Path) -> None:
    frame = toolbox.load("directives", made)
    line = toolbox.described(frame)
    assert f"{len(frame)} rows from 2 outlets, published 2019-" in line
    assert "1 row from 1 outlet," in toolbox.described(frame[frame["published"].notna()].iloc[:1])
    assert "no such rows" in toolbox.described(frame.iloc[:0])


def test_wilson_interval_of_a_known_case() -> None:
    low, high = toolbox.wilson(8, 10)  # Newcombe 1998 and every table: 0.490 to 0.943
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)


@given(st.integers(0, 10_000).flatmap(lambda judged: st.tuples(st.integers(0, judged), st.just(judged))))
def test_wilson_interval_holds_the_share(case: tuple[int, int]) -> None:
    right, judged = case
    low, high = toolbox.wilson(right, judged)
    share = right / judged if judged else 0.5
    assert 0 <= low <= share + 1e-12
    assert share - 1e-12 <= high <= 1


@given(st.integers(0, 10**6))
def test_a_sample_is_never_larger_than_what_it_is_drawn_from(rows: int) -> None:
    assert 0 <= toolbox.sample_size(rows) <= min(rows, 97)
    assert toolbox.sample_size(rows, 0.05) >= toolbox.sample_size(rows)


def test_samples_are_the_same_for_everybody_and_grow(made: Path) -> None:
    frame = toolbox.load("directives", made)
    small, large = toolbox.drawn(frame, 3), toolbox.drawn(frame.iloc[::-1], 7)
    assert set(small["directive_id"]) < set(large["directive_id"])
    assert len(large) == 7
    assert set(toolbox.drawn(frame, 3, seed="b")["directive_id"]) != set(small["directive_id"])


def test_records_are_judged_by_kind_and_half_the_action(tmp_path: Path) -> None:
    text = "Bupati meminta camat menanam pohon. Bupati mengajak warga menjaga pasar."
    first, second = {"kind": "instruction", "action": [21, 34]}, {"kind": "appeal", "action": [58, 71]}
    gold = {"id": "a", "text": text, "directives": [first, second]}
    lines = [json.dumps(record) for record in (gold, gold | {"id": "b", "text": "edited"})]
    (tmp_path / "gold.jsonl").write_text("\n".join(lines), encoding="utf-8")
    rows = [("1", "a", "instruction", 21, 34), ("2", "a", "instruction", 21, 26)]
    rows += [("3", "a", "target", 58, 71), ("4", "b", "appeal", 58, 71)]
    directives = pd.DataFrame(rows, columns=["directive_id", "article_id", "kind", "action_start", "action_end"])
    articles = pd.DataFrame({"id": ["a", "b"], "text": [text, "other"]})
    judged = toolbox.judged_by(tmp_path / "gold.jsonl", directives, articles)
    assert judged.to_dict() == {"1": True, "2": False, "3": False}
    assert toolbox.judged_by(tmp_path / "gold.jsonl", directives, articles.drop(columns="text")).empty


def test_a_commitment_is_reported_never_judged() -> None:
    row = {"issuer_name": "Ani Wijaya", "issuer_role": "Bupati", "outlet": "Kabar Ranu", "published": dt.datetime(2021, 3, 4)}
    assert toolbox.reported(row) == "Ani Wijaya, Bupati; reported by Kabar Ranu on 2021-03-04"
    nobody = {"issuer_name": "", "issuer_role": "", "outlet": "", "published": pd.NaT}
    assert toolbox.reported(nobody) == "unnamed issuer; reported by an unnamed outlet on an unknown day"


def test_marks_for_displacy_do_not_overlap(made: Path) -> None:
    for row in toolbox.load("directives", made).to_dict("records"):
        marks = toolbox.ents(row)
        assert [row["evidence"][mark["start"] : mark["end"]] for mark in marks] == [row["cue"], row["action"]]
        assert marks[0]["end"] <= marks[1]["start"]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_network_has_the_edges_it_is_given(count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARAHAN_FIGURES", str(tmp_path))
    edges = pd.DataFrame([("bupati", f"camat {n}", n + 1) for n in range(count)], columns=["issuer", "addressee", "n"])
    graph = toolbox.network(edges, "Who directs whom", "Source: invented", "net")
    assert graph.number_of_edges() == count
    assert (tmp_path / "net.png").stat().st_size > 1000
