"""`arahan annotate` with the shipped models: documents on disk, and what could not be one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin

from arahan.settings import Settings
from pipeline.annotation import bridge  # noqa: F401  registers what the documents carry
from pipeline.jobs.docbin import write_docs

TEXT = "Bupati Lembah Ranu Ani Wijaya meminta seluruh\u00a0camat membersihkan saluran air.\r\nWarga diimbau ikut serta."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    (folder / "part-0007.spacy").write_bytes(b"of an earlier, longer run")
    source = folder / "in.jsonl"
    source.write_text("\n".join(json.dumps(r) for r in ({"id": "a1", "text": TEXT}, {"id": "a2", "text": ""})), encoding="utf-8")
    written, rejected = write_docs(source, folder, Settings())
    assert (written, [r.id for r in rejected]) == (1, ["a2"])
    return folder


def test_the_documents_have_the_text_and_what_was_found_in_it(folder: Path) -> None:
    (doc,) = DocBin(store_user_data=True).from_disk(folder / "part-0000.spacy").get_docs(spacy.blank("id").vocab)
    assert doc.text == TEXT
    assert any(span.text == "membersihkan saluran air" for span in doc.spans["directives"])
    assert doc._.officials[0]["name"] == "Ani Wijaya"


def test_nothing_is_left_of_an_earlier_run_and_what_was_rejected_is_listed(folder: Path) -> None:
    assert [path.name for path in folder.glob("part-*")] == ["part-0000.spacy"]
    assert json.loads((folder / "rejected.jsonl").read_text())["reason"] == "the text is empty"
