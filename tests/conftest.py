from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
import structlog

from arahan.settings import Settings
from tests.helpers import NO_MODELS, RELEASES, write_jsonl

# No time limit an example: the machines that run the suite are busy. The same examples on every run.
hypothesis.settings.register_profile("arahan", deadline=None, max_examples=60, derandomize=True, database=None)
hypothesis.settings.load_profile("arahan")


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("ARAHAN_")]:
        monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _quiet_logs() -> Iterator[None]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    yield
    structlog.reset_defaults()


@pytest.fixture
def settings() -> Settings:
    """The rule extractor, which needs no models, and batches so small that a few articles make several."""
    return Settings(extractor="tests.rules:Extractor", batch_articles=2, models=NO_MODELS)


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    """Twelve releases as JSON Lines."""
    return write_jsonl(tmp_path / "releases.jsonl", RELEASES)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def jsonl(tmp_path: Path) -> Callable[..., Path]:
    """Writes records to a JSON Lines file of its own."""
    return lambda *records: write_jsonl(tmp_path / "input.jsonl", records)
