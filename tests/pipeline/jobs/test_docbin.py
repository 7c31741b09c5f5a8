"""`arahan annotate`: what spaCy reads back, by the shipped models."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from arahan.errors import InputNotFound
from arahan.settings import Settings
from pipeline.jobs.docbin import write_docs
from tests.helpers import write_jsonl

TEXT = (
    "LEMBAH RANU – Bupati Lembah Ranu Ani Wijaya meminta para camat membersihkan saluran air sebelum musim hujan.\n"
    "“Kami bangga,” katanya.\n(Humas)"
)


def read(folder: Path) -> list[Doc]:
    vocabulary = spacy.blank("id").vocab
    return [doc for path in sorted(folder.glob("*.spacy")) for doc in DocBin().from_disk(path).get_docs(vocabulary)]


def test_documents_come_back_with_their_spans(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "input.jsonl", [{"id": "a", "title": "Camat diminta", "text": TEXT}, {"id": "b"}])
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "part-0001.spacy").write_bytes(b"of an earlier, longer input")
    assert write_docs(source, tmp_path / "docs", Settings()) == (1, 1)
    (doc,) = read(tmp_path / "docs")
    assert doc.text == TEXT
    assert "membersihkan saluran air" in doc.spans["directives"][0].text
    assert {span.text for span in doc.spans["officials"]} == {"Ani Wijaya"}
    assert [span.text for span in doc.spans["quotes"]] == ["Kami bangga,"]
    assert doc._.directives[0]["issuer"] == "Ani Wijaya"
    assert doc._.officials[0]["name"] == "Ani Wijaya"


def test_a_wrong_input_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(InputNotFound):
        write_docs(tmp_path / "nothing.jsonl", tmp_path / "docs", Settings())
    assert not (tmp_path / "docs").exists()
