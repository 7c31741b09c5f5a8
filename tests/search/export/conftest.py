from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from arahan.settings import Settings
from pipeline.run import run
from tests.helpers import NO_MODELS, RELEASES, write_jsonl

FORMULA = {
    "id": "=r900",
    "title": '=HYPERLINK("http://contoh.example","klik")',
    "text": "-Ranu – Bupati Ani Wijaya meminta camat menanam 500 pohon 🌳.\nWarga setuju.",
    "date": "2021-03-04",
    "outlet": "@Kabar, \"Ranu\"",
    "url": "+62",
}


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of the twelve releases and one whose fields begin like formulas, read by rule."""
    folder = tmp_path_factory.mktemp("made")
    releases = write_jsonl(folder / "releases.jsonl", [*RELEASES, FORMULA])
    run(releases, folder / "data", Settings(extractor="tests.rules:Extractor", models=NO_MODELS))
    return folder / "data"


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset without rows."""
    folder = tmp_path_factory.mktemp("empty")
    releases = write_jsonl(folder / "releases.jsonl", [])
    run(releases, folder / "data", Settings(extractor="tests.rules:Extractor", models=NO_MODELS))
    assert sum(pq.read_metadata(path).num_rows for path in (folder / "data" / "directives").rglob("*.parquet")) == 0
    return folder / "data"
