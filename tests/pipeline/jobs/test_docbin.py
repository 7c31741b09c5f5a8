"""`arahan annotate` with the shipped models: what spaCy reads back, and what could not be a document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from arahan.errors import InputNotFound
from arahan.settings import Settings
from pipeline.jobs.docbin import write_docs
from tests.helpers import write_jsonl

TEXT = (
    "LEMBAH RANU – Bupati Lembah Ranu Ani Wijaya meminta seluruh\u00a0camat membersihkan saluran air sebelum musim hujan.\r\n"
    "“Kami bangga,” katanya.\n(Humas)"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    (folder / "part-0007.spacy").write_bytes(b"of an earlier, longer run")
    source = write_jsonl(folder / "in.jsonl", [{"id": "a1", "title": "Camat diminta", "text": TEXT}, {"id": "a2", "text": ""}])
    written, rejected = write_docs(source, folder, Settings())
    assert (written, [r.id for r in rejected]) == (1, ["a2"])
    return folder


def test_documents_come_back_with_their_text_and_spans(folder: Path) -> None:
    (doc,) = _read(folder)
    assert doc.text == TEXT
    assert "membersihkan saluran air" in doc.spans["directives"][0].text
    assert {span.text for span in doc.spans["officials"]} == {"Ani Wijaya"}
    assert [span.text for span in doc.spans["quotes"]] == ["Kami bangga,"]
    assert doc._.directives[0]["issuer"] == "Ani Wijaya"
    assert doc._.officials[0]["name"] == "Ani Wijaya"


def test_nothing_is_left_of_an_earlier_run_and_what_was_rejected_is_listed(folder: Path) -> None:
    assert [path.name for path in folder.glob("part-*")] == ["part-0000.spacy"]
    assert json.loads((folder / "rejected.jsonl").read_text())["reason"] == "the text is empty"


def test_a_wrong_input_leaves_the_folder_alone(tmp_path: Path) -> None:
    with pytest.raises(InputNotFound):
        write_docs(tmp_path / "nothing.jsonl", tmp_path / "docs", Settings())
    assert not (tmp_path / "docs").exists()


def _read(folder: Path) -> list[Doc]:
    vocabulary = spacy.blank("id").vocab
    return [doc for path in sorted(folder.glob("*.spacy")) for doc in DocBin().from_disk(path).get_docs(vocabulary)]
