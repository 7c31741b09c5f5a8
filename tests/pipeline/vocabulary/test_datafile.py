from __future__ import annotations

from pathlib import Path

import pytest

from arahan.errors import DataFileError
from pipeline.vocabulary import datafile


def write(folder: Path, text: str | bytes) -> str:
    (folder / "t.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return "t.csv"


def test_rows_skip_comments_and_blank_lines_and_strip_cells(tmp_path: Path) -> None:
    name = write(tmp_path, '# months\nword,month\n\nmaret , 3\n"mei, kelima",5\n')
    assert datafile.rows(name, ("word", "month"), tmp_path) == [
        {"word": "maret", "month": "3"},
        {"word": "mei, kelima", "month": "5"},
    ]


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("word,number\nsatu,1\n", 1, "header"),
        ("word,month\nsatu,1\ndua\n", 3, "1 cells"),
        ("# c\nword,month\n\nsatu,1,x\n", 4, "3 cells"),
        (b"word,month\nsatu,1\n\xff\xfe,2\n", 3, "UTF-8"),
        ("", 1, "header"),
    ],
)
def test_faulty_file_is_reported_with_its_line(tmp_path: Path, content: str | bytes, line: int, reason: str) -> None:
    with pytest.raises(DataFileError) as caught:
        datafile.rows(write(tmp_path, content), ("word", "month"), tmp_path)
    assert caught.value.line == line
    assert reason in caught.value.reason
    assert "t.csv" in str(caught.value)


def test_missing_file_is_a_data_file_error(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"gone\.csv"):
        datafile.rows("gone.csv", ("a",), tmp_path)
