"""Small datasets, read by rule, for the tests of what is made out of a dataset."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from arahan.settings import Settings
from pipeline.jobs.run import run
from tests.helpers import NO_MODELS, RELEASES, write_jsonl

FORMULA = {
    "id": "=r900",
    "title": '=HYPERLINK("http://contoh.example","klik")',
    "text": "-Ranu 🌳 – Bupati Ani Wijaya meminta camat menanam 500 pohon 🌳 segera.\nWarga setuju.",
    "date": "2021-03-04",
    "outlet": '@Kabar, "Ranu"',
    "url": "+62",
}


def dataset(folder: Path, releases: Iterable[Mapping[str, object]] = (*RELEASES, FORMULA)) -> Path:
    """A dataset of the twelve releases and of one whose fields begin like formulas, or of those given."""
    source = write_jsonl(folder / "releases.jsonl", releases)
    run(source, folder / "data", Settings(extractor="tests.rules:Extractor", models=NO_MODELS))
    return folder / "data"
