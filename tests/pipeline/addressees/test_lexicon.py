"""The word lists behind addressees: a faulty row is named, and every list is used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from arahan.errors import DataFileError
from pipeline.addressees import lexicon
from pipeline.vocabulary.datafile import FOLDER, numbered_rows
from tests.helpers import REPOSITORY


@pytest.mark.parametrize(
    ("file", "row", "function"),
    [
        ("addressee_frames.csv", "mohon,plea", "_roles"),
        ("addressee_frames.csv", ",lead", "_roles"),
        ("addressee_patterns.csv", "lurah,village", "_patterns"),
        ("addressee_patterns.csv", ",human", "_patterns"),
        ("addressee_patterns.csv", "(?:lurah,human", "_patterns"),
    ],
)
def test_a_faulty_row_is_named_with_file_and_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, row: str, function: str
) -> None:
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
    (tmp_path / file).write_text("\n".join([*lines, row]) + "\n", encoding="utf-8")
    monkeypatch.setattr(lexicon, "numbered_rows", lambda name, columns: numbered_rows(name, columns, tmp_path))
    with pytest.raises(DataFileError) as caught:
        getattr(lexicon, function).__wrapped__()
    assert caught.value.line == len(lines) + 1
    assert file in str(caught.value)


def test_every_list_has_words_and_is_asked_for() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "pipeline" / "addressees").glob("*.py"))
    assert set(re.findall(r"\brole\([\"']([\w-]+)[\"']\)", code)) == set(lexicon.ROLES)
    assert set(re.findall(r"\bany_of\([\"']([\w-]+)[\"']\)", code)) == set(lexicon.USES)
    assert all(lexicon.role(name) for name in lexicon.ROLES)
    assert all(lexicon.any_of(use) != "(?:)" for use in lexicon.USES)
