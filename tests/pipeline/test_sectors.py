from __future__ import annotations

from pathlib import Path

import pytest

import pipeline.sectors
from arahan.errors import DataFileError
from pipeline import datafile
from pipeline.sectors import blended

NOTHING = dict.fromkeys(("pertanian", "pendidikan", "keuangan", "pemerintahan-umum", "lingkungan-hidup"), 0.05)
IRRIGATION = "Petani diminta menanam padi serempak."


def test_the_sentence_weighs_more_than_a_title_about_something_else() -> None:
    assert blended(NOTHING, IRRIGATION, IRRIGATION, "Bupati Tinjau Sekolah")[0] == "pertanian"


def test_a_long_context_does_not_drown_the_sentence() -> None:
    around = f"Guru, siswa, sekolah, kurikulum, PAUD, dan beasiswa dibahas. {IRRIGATION}"
    assert "pertanian" in blended(NOTHING, IRRIGATION, around)


def test_there_is_always_one_sector_and_never_more_than_three() -> None:
    assert len(blended(NOTHING, "Segera diselesaikan.")) == 1
    assert len(blended(dict.fromkeys(NOTHING, 0.99), IRRIGATION)) == 3


def test_a_broad_sector_needs_more_than_another() -> None:
    marks = NOTHING | {"pendidikan": 0.9, "keuangan": 0.6}
    assert blended(marks, "Segera diselesaikan.") == ("pendidikan",)
    assert blended(marks | {"keuangan": 0.05, "lingkungan-hidup": 0.6}, "Segera diselesaikan.") == (
        "pendidikan",
        "lingkungan-hidup",
    )


def test_the_third_sector_needs_more_than_the_second() -> None:
    marks = NOTHING | {"pendidikan": 0.9, "pertanian": 0.6, "lingkungan-hidup": 0.59}
    assert blended(marks, "Segera diselesaikan.") == ("pendidikan", "pertanian")


def test_a_weight_that_is_no_number_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sector_broad.csv").write_text("sector,less\nkeuangan,much\n", encoding="utf-8")
    monkeypatch.setattr(pipeline.sectors, "numbered_rows", lambda name, columns: datafile.numbered_rows(name, columns, tmp_path))
    pipeline.sectors._broad.cache_clear()
    with pytest.raises(DataFileError, match="much"):
        blended(NOTHING, IRRIGATION)
    pipeline.sectors._broad.cache_clear()
