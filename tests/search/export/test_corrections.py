from __future__ import annotations

import contextlib
import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arahan.types import KINDS
from search.errors import DatasetMissing
from search.export import brat, label_studio
from search.export.annotate import annotated, export_annotations
from search.export.corrections import BadCorrections, read_corrections
from search.export.regions import join
from tests.helpers import REPOSITORY, arahan

Record = dict[str, Any]
GOLD = [json.loads(line) for line in (REPOSITORY / "samples" / "gold.jsonl").read_text(encoding="utf-8").splitlines()]


def submitted(task: Record) -> Record:
    """What Label Studio exports when somebody submits the prediction as it is."""
    task = copy.deepcopy(task)
    result = task["predictions"][0]["result"]
    return {"id": 7, "data": task["data"], "annotations": [{"id": 1, "was_cancelled": False, "result": result}]}


def through_label_studio(record: Record) -> Record | None:
    return label_studio.read(json.loads(json.dumps(submitted(label_studio.task(record)))))


def through_brat(record: Record) -> list[Record]:
    return join(*brat.parse(record["text"], brat.standoff(record)))


def in_order(directives: list[Record]) -> list[Record]:
    return sorted(directives, key=lambda d: (d["evidence"], d["action"]))


@pytest.mark.parametrize("record", GOLD, ids=lambda record: record["id"])
def test_the_samples_annotation_comes_back_as_it_was(record: Record) -> None:
    back = through_label_studio(record)
    assert back == {**{name: record[name] for name in label_studio.META}, "officials": record["officials"],
                    "directives": in_order(record["directives"])}  # fmt: skip
    assert through_brat(record) == in_order(record["directives"])


WORDS = st.text("ab 🌳é|\"'<&:;{}", max_size=6)


@st.composite
def records(draw: st.DrawFn) -> Record:
    text = draw(st.text("ab 🌳\n\té“.", min_size=1, max_size=60).filter(str.strip))
    letters = [place for place, char in enumerate(text) if not char.isspace()]

    def span(low: int = 0, high: int = len(text)) -> list[int]:
        inside = [place for place in letters if low <= place < high]
        start, end = sorted((draw(st.sampled_from(inside)), draw(st.sampled_from(inside))))
        return [start, end + 1]

    def directive() -> Record:
        evidence = span()
        deadline = {"span": span(), "iso": draw(st.sampled_from(["2021", "2021-06-30"]))}
        quantity = {"span": span(), "value": draw(st.floats(allow_nan=False, allow_infinity=False)), "unit": draw(WORDS)}
        return {
            "kind": draw(st.sampled_from(KINDS)),
            "evidence": evidence,
            "cue": draw(st.sampled_from([None, span()])),
            "action": span(*evidence),
            "issuer": {"name": draw(WORDS), "role": draw(WORDS)},
            "addressees": [span() for _ in range(draw(st.integers(0, 3)))],
            "sectors": draw(st.lists(st.sampled_from(["desa", "kesehatan", "agama"]), unique=True)),
            "quantities": draw(st.sampled_from([[], [quantity], [quantity, quantity]])),
            "deadline": draw(st.sampled_from([None, deadline])),
        }

    found = in_order([directive() for _ in range(draw(st.integers(0, 4)))])
    return {"id": "a/1", "title": "T", "text": text, "date": "", "url": "", "outlet": "", "officials": [], "directives": found}


@given(records())
def test_nothing_is_lost_on_the_way_there_and_back(record: Record) -> None:
    assert through_label_studio(record) == record
    assert through_brat(record) == record["directives"]


def test_a_dataset_goes_out_and_comes_back(made: Path, tmp_path: Path) -> None:
    expected = list(annotated(made))
    for record in expected:
        for directive in record["directives"]:
            assert record["text"][slice(*directive["action"])] in record["text"][slice(*directive["evidence"])]
            assert record["text"][slice(*directive["cue"])] in ("meminta", "mengajak")
            assert directive["addressees"]
    export_annotations(made, tmp_path / "brat", "brat")
    assert sorted(read_corrections(tmp_path / "brat").records, key=lambda r: r["id"]) == expected
    export_annotations(made, tmp_path / "tasks", "label-studio")
    tasks = json.loads((tmp_path / "tasks" / "tasks.json").read_text(encoding="utf-8"))
    (tmp_path / "project.json").write_text(json.dumps([submitted(task) for task in tasks]), encoding="utf-8")
    assert read_corrections(tmp_path / "project.json").records == expected
    assert len(expected) == 13


def test_one_file_of_brat_and_its_edited_lines(made: Path, tmp_path: Path) -> None:
    export_annotations(made, tmp_path, "brat")
    path = next(path for path in tmp_path.glob("*.ann") if path.read_text(encoding="utf-8"))
    path.write_text(path.read_text(encoding="utf-8") + "#99\tAnnotatorNotes T1\tnot sure about this one\n", encoding="utf-8")
    (record,) = read_corrections(path).records
    assert record["outlet"]
    path.write_text(path.read_text(encoding="utf-8").replace("meminta", "menyuruh"), encoding="utf-8")
    (fault,) = read_corrections(path).faults
    assert "does not stand at" in str(fault)


def test_only_what_was_submitted_is_taken_and_the_last_submission_counts() -> None:
    task = submitted(label_studio.task(GOLD[0]))
    untouched = {"data": task["data"], "annotations": [], "predictions": [{"result": []}]}
    cancelled = {**task, "annotations": [{**task["annotations"][0], "was_cancelled": True}]}
    emptied = {**task, "annotations": [*task["annotations"], {"result": []}]}
    assert label_studio.read(untouched) is label_studio.read(cancelled) is None
    assert (label_studio.read(emptied) or {})["directives"] == []


def test_offsets_in_utf16_units_are_understood() -> None:
    text = "🌳🌳 Bupati meminta camat hadir."
    assert label_studio.place(text, {"start": 10, "end": 16, "text": "meminta"[:6]}) == (10, 16)
    assert label_studio.place(text, {"start": 12, "end": 19, "text": "meminta"}) == (10, 17)
    with pytest.raises(ValueError, match="is not 'menyuruh'"):
        label_studio.place(text, {"start": 12, "end": 19, "text": "menyuruh"})


def test_an_action_that_nobody_linked_takes_the_evidence_around_it_and_its_cue() -> None:
    text = "Bupati meminta camat hadir. Warga senang."
    spans = {"instruction": (21, 26), "evidence": (0, 27), "cue": (7, 14)}
    results = [
        {"id": label, "type": "labels", "from_name": "span", "value": {"start": start, "end": end, "labels": [label]}}
        for label, (start, end) in spans.items()
    ]
    (directive,) = label_studio.annotated({"id": "a", "text": text}, results)["directives"]
    assert (directive["evidence"], directive["cue"], directive["action"]) == ([0, 27], [7, 14], [21, 26])


def test_a_faulty_task_is_named_and_the_others_are_taken(tmp_path: Path) -> None:
    good, outside, alone = (submitted(label_studio.task(record)) for record in GOLD[:3])
    region = next(r for r in outside["annotations"][0]["result"] if r["type"] == "labels")
    region["value"] |= {"end": 1_000_000, "text": None}
    results = alone["annotations"][0]["result"]
    results[:] = [r for r in results if r.get("value", {}).get("labels") != ["evidence"] and r["type"] != "relation"]
    empty = {"annotations": [{"result": []}]}
    broken = [good, outside, alone, empty, "no task", empty | {"data": {"id": "", "text": "x"}}]
    (tmp_path / "project.json").write_text(json.dumps(broken), encoding="utf-8")
    outcome = read_corrections(tmp_path / "project.json")
    assert [record["id"] for record in outcome.records] == [GOLD[0]["id"]]
    assert [fault.place for fault in outcome.faults] == [f"task {number}" for number in range(2, 7)]


@given(st.binary(max_size=200))
def test_any_bytes_end_with_a_name(data: bytes) -> None:
    with contextlib.suppress(ValueError):
        brat.parse("Bupati meminta camat hadir.", data.decode("utf-8", "replace"))


NAMES = st.sampled_from(["data", "text", "annotations", "result", "type", "value", "id"])
LEAVES = st.none() | st.booleans() | st.integers() | st.text("abT1", max_size=4)
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4))


@given(JSON)
def test_any_json_ends_with_a_name(tmp_path_factory: pytest.TempPathFactory, document: object) -> None:
    path = tmp_path_factory.mktemp("any") / "project.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    outcome = read_corrections(path)
    assert len(outcome.records) + len(outcome.faults) + outcome.untouched == (len(document) if isinstance(document, list) else 1)


def test_files_that_are_no_corrections(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    for place in (tmp_path, tmp_path / "letter.txt", tmp_path / "none.json"):
        with pytest.raises(BadCorrections):
            read_corrections(place)


def test_an_export_without_texts_cannot_be_annotated(made: Path, tmp_path: Path) -> None:
    assert arahan("export", made, "-o", tmp_path / "out").returncode == 0
    with pytest.raises(DatasetMissing, match="--with-texts"):
        export_annotations(tmp_path / "out", tmp_path / "tasks", "label-studio")


def test_the_commands(made: Path, tmp_path: Path) -> None:
    assert arahan("export", made, "-o", tmp_path / "brat", "--format", "brat").returncode == 0
    done = arahan("import-corrections", tmp_path / "brat")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 13)
    next(tmp_path.glob("brat/*.ann")).write_text("nonsense", encoding="utf-8")
    assert arahan("import-corrections", tmp_path / "brat", "-o", tmp_path / "c.jsonl").returncode == 1
    assert len((tmp_path / "c.jsonl").read_text(encoding="utf-8").splitlines()) == 12
