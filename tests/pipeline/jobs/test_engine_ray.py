"""The same dataset by Ray as by processes of this machine; errors keep their names."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from arahan.errors import ArahanError
from arahan.settings import Settings
from pipeline.jobs.engines import engine_named
from pipeline.jobs.run import Outcome, run
from tests.helpers import RELEASES, dataset_bytes, release

ray = pytest.importorskip("ray", reason="the extra ray is not installed")


def by(engine: str, source: Path, output: Path, settings: Settings) -> Outcome:
    return run(source, output, settings, engine=engine, console=Console(file=StringIO()))


def test_ray_writes_the_bytes_that_this_machine_writes(releases: Path, tmp_path: Path, settings: Settings) -> None:
    by("local", releases, tmp_path / "local", settings)
    outcome = by("ray", releases, tmp_path / "ray", replace(settings, workers=2))
    assert outcome.rows["articles"] == len(RELEASES)
    assert dataset_bytes(tmp_path / "ray") == dataset_bytes(tmp_path / "local")
    assert by("local", releases, tmp_path / "ray", settings).counts["reused"] == len(RELEASES)


def test_an_unknown_engine_is_said_so() -> None:
    with pytest.raises(ArahanError, match="there are local, ray"):
        engine_named("spark")


def test_nothing_to_do_starts_no_cluster(
    releases: Path, output: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    by("local", releases, output, settings)
    monkeypatch.setenv("RAY_ADDRESS", "no.such.cluster:1")
    assert by("ray", releases, output, settings).counts["reused"] == len(RELEASES)


def test_without_ray_output_is_left_alone(
    releases: Path, output: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ArahanError, match="needs the extra ray"):
        by("ray", releases, output, settings)
    assert not output.exists()


# From here on one cluster, because starting one takes longer than the work.


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    """A cluster of one processor that somebody else started."""
    ray.init(address="local", num_cpus=1, include_dashboard=False, log_to_driver=False, logging_level="error")
    yield
    ray.shutdown()


@pytest.mark.usefixtures("cluster")
def test_a_cluster_with_fewer_processors_than_workers_does_the_work(releases: Path, output: Path, settings: Settings) -> None:
    assert by("ray", releases, output, replace(settings, workers=3)).rows["articles"] == len(RELEASES)
    assert ray.is_initialized()  # it was there before, and stays


@pytest.mark.usefixtures("cluster")
def test_an_article_that_fails_is_listed_and_the_others_are_kept(
    jsonl: Callable[..., Path], output: Path, settings: Settings
) -> None:
    source = jsonl(release(1), {"id": "p", "text": "Artikel ini PATAH."}, release(2))
    outcome = by("ray", source, output, settings)
    assert [(r.record, r.error) for r in outcome.rejected] == [(2, "ExtractionFailed")]
    assert outcome.rows["articles"] == 3


@pytest.mark.usefixtures("cluster")
def test_an_error_of_a_worker_keeps_its_name(releases: Path, output: Path, settings: Settings) -> None:
    with pytest.raises(ArahanError, match=r"model|missing"):
        by("ray", releases, output, replace(settings, extractor="pipeline.directives.extract:Extractor", models=output / "none"))
