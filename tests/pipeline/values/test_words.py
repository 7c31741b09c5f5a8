"""The words beside numbers and times: a faulty row is named, and every list is used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from arahan.errors import DataFileError
from pipeline.values import words
from pipeline.vocabulary.datafile import FOLDER, numbered_rows
from tests.helpers import REPOSITORY


@pytest.mark.parametrize("row", ["dulu,bygone", ",past", "silam,past"])
def test_a_faulty_row_is_named_with_file_and_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str) -> None:
    lines = (FOLDER / words.FILE).read_text(encoding="utf-8").splitlines()
    (tmp_path / words.FILE).write_text("\n".join([*lines, row]) + "\n", encoding="utf-8")
    monkeypatch.setattr(words, "numbered_rows", lambda name, columns: numbered_rows(name, columns, tmp_path))
    with pytest.raises(DataFileError) as caught:
        words._words.__wrapped__()
    assert caught.value.line == len(lines) + 1
    assert words.FILE in str(caught.value)


def test_every_list_has_words_and_is_asked_for() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "pipeline" / "values").glob("*.py"))
    assert set(re.findall(r"\bany_of\([\"']([\w-]+)[\"']\)", code)) == set(words.USES)
    assert all(words.any_of(use) != "(?:)" for use in words.USES)
