from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import StringIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rich.console import Console

from arahan.errors import ArahanError, DataFileError, InputNotFound, ModelNotFound
from arahan.settings import Settings
from arahan.types import Article, Extraction
from pipeline.jobs.engine import Batch, Done, run_local
from pipeline.jobs.progress import PlainLines, expected_records, progress
from pipeline.jobs.run import Outcome, run
from pipeline.output.load import load
from pipeline.output.schema import ARTICLES, DIRECTIVES
from pipeline.output.verify import verify
from tests import rules
from tests.helpers import RELEASES, REPOSITORY, dataset_bytes, environment, release, write_jsonl

DIRECTIVES_IN_RELEASES = 18


def quiet(source: Path, output: Path, settings: Settings, resume: bool = True) -> Outcome:
    return run(source, output, settings, resume=resume, console=Console(file=StringIO()))


def test_a_run_writes_the_dataset(releases: Path, output: Path, settings: Settings) -> None:
    outcome = quiet(releases, output, settings)
    assert outcome.rows["articles"] == len(RELEASES)
    assert outcome.rows["directives"] == DIRECTIVES_IN_RELEASES
    assert outcome.rejected == ()
    assert verify(output).mismatches == ()
    assert (output / "rejected.jsonl").read_text() == ""


def test_run_json_says_what_it_was_made_with(releases: Path, output: Path, settings: Settings) -> None:
    quiet(releases, output, replace(settings, min_confidence=0.5))
    found = json.loads((output / "run.json").read_text(encoding="utf-8"))
    assert found["extractor"].startswith("rules-1+")
    assert found["counts"] == {"articles": 12, "rejected": 0, "articles_rows": 12, "directives_rows": 6, "officials_rows": 9}
    assert found["settings"]["min_confidence"] == 0.5
    assert {"extract", "extract.read", "assemble", "write", "total"} <= found["seconds"].keys()
    assert found["packages"]["pyarrow"] == pa.__version__
    assert found["peak_memory_mb"] > 1


def test_equal_runs_give_equal_bytes(releases: Path, tmp_path: Path, settings: Settings) -> None:
    for name, other in {"a": settings, "b": settings, "c": replace(settings, batch_articles=50)}.items():
        quiet(releases, tmp_path / name, other)
    assert dataset_bytes(tmp_path / "a") == dataset_bytes(tmp_path / "b") == dataset_bytes(tmp_path / "c")


def test_a_second_run_uses_the_work_of_the_first(releases: Path, output: Path, settings: Settings, reads: list[str]) -> None:
    quiet(releases, output, settings)
    before, first = dataset_bytes(output), len(reads)
    assert quiet(releases, output, settings).counts["reused"] == len(RELEASES) == first == len(reads)
    spent = json.loads((output / "run.json").read_text(encoding="utf-8"))["seconds"]
    assert spent.keys() == {"write", "total"}  # no model was loaded
    assert dataset_bytes(output) == before
    assert "reused" not in quiet(releases, output, settings, resume=False).counts
    assert len(reads) == 2 * len(RELEASES)
    assert dataset_bytes(output) == before


def test_new_articles_cost_their_own_batches_only(tmp_path: Path, output: Path, settings: Settings) -> None:
    many = [release(number) for number in range(30)]
    quiet(write_jsonl(tmp_path / "some.jsonl", many), output, settings)
    outcome = quiet(write_jsonl(tmp_path / "more.jsonl", [release(99), *many, release(98)]), output, settings)
    assert outcome.counts["articles"] == 32
    assert outcome.counts["reused"] >= 24


def test_another_version_computes_anew(releases: Path, output: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    quiet(releases, output, settings)
    monkeypatch.setattr(rules, "extractor_version", lambda: "rules-2")
    assert "reused" not in quiet(releases, output, settings).counts
    assert {version.split("+")[0] for version in load(output, DIRECTIVES)["extractor"].to_pylist()} == {"rules-2"}


def test_other_weights_compute_anew(releases: Path, output: Path, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "models" / "encoder").mkdir(parents=True)
    for weights in ("one", "other"):
        (tmp_path / "models" / "encoder" / "weights.bin").write_text(weights)
        assert "reused" not in quiet(releases, output, replace(settings, models=tmp_path / "models")).counts


def test_bad_records_are_listed_and_the_good_ones_kept(jsonl: Callable[..., Path], output: Path, settings: Settings) -> None:
    broken = {"id": "p", "text": "Artikel ini PATAH."}
    source = jsonl(release(1), "{broken", broken, {"id": "no-text"}, release(2), release(1))
    outcome = quiet(source, output, settings)
    assert [(r.record, r.error) for r in outcome.rejected] == [
        (2, "BrokenJson"),
        (3, "ExtractionFailed"),
        (4, "MissingText"),
        (6, "DuplicateId"),
    ]
    assert load(output, ARTICLES)["id"].to_pylist() == ["p", "r001", "r002"]
    assert load(output, DIRECTIVES).num_rows == 4


def test_an_empty_input_gives_an_empty_dataset(jsonl: Callable[..., Path], output: Path, settings: Settings) -> None:
    assert quiet(jsonl(), output, settings).rows == {"articles": 0, "directives": 0, "officials": 0}


def test_a_wrong_input_leaves_output_alone(tmp_path: Path, output: Path, settings: Settings) -> None:
    with pytest.raises(InputNotFound):
        quiet(tmp_path / "nothing.jsonl", output, settings)
    assert not output.exists()


@pytest.mark.parametrize("name", ["nothing.here:Extractor", "tests.rules:Nothing", "", "json:JSONDecoder"])
def test_an_extractor_that_is_none_is_said_so(releases: Path, output: Path, settings: Settings, name: str) -> None:
    with pytest.raises(ArahanError, match="cannot be used"):
        quiet(releases, output, replace(settings, extractor=name))


def test_missing_models_stop_the_run(releases: Path, output: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: object, articles: object) -> list[Extraction]:  # noqa: ARG001
        raise ModelNotFound("models/encoder is missing")

    monkeypatch.setattr(rules.Extractor, "extract", refuse)
    with pytest.raises(ModelNotFound):
        quiet(releases, output, settings)
    assert not (output / "articles").exists()


def test_workers_give_the_same_bytes(releases: Path, tmp_path: Path, settings: Settings) -> None:
    quiet(releases, tmp_path / "one", settings)
    quiet(releases, tmp_path / "two", replace(settings, workers=2))
    assert dataset_bytes(tmp_path / "one") == dataset_bytes(tmp_path / "two")


# OUTPUT/articles is what `arahan scrape` writes, and can be the input too.


@pytest.fixture
def scraped(output: Path) -> Path:
    """Articles as a scraper leaves them: with source, region and time of fetching."""
    rows = [
        {**release(n), "published": None, "source_id": "ranu", "region_code": "99.01", "fetched_at": "2021-05-06T07:08:09+00:00"}
        for n in range(3)
    ]
    (output / "articles").mkdir(parents=True)
    pq.write_table(pa.Table.from_pylist(rows), output / "articles" / "part-0.parquet")
    return output / "articles"


def test_scraped_articles_can_be_extracted_in_place(scraped: Path, output: Path, settings: Settings) -> None:
    outcome = quiet(scraped, output, settings)
    (row, *_) = load(output, ARTICLES).to_pylist()
    assert (row["source_id"], row["region_code"], str(row["fetched_at"])) == ("ranu", "99.01", "2021-05-06 07:08:09+00:00")
    assert outcome.saved == ""
    before = dataset_bytes(output)
    for source in (scraped, output):
        assert quiet(source, output, settings).rows["articles"] == 3
        assert dataset_bytes(output) == before
    assert [path.name for path in sorted(output.iterdir())] == [
        ".run",
        "articles",
        "directives",
        "officials",
        "rejected.jsonl",
        "run.json",
    ]


def test_scraped_articles_that_are_no_input_are_saved(scraped: Path, releases: Path, output: Path, settings: Settings) -> None:
    before = (scraped / "part-0.parquet").read_bytes()
    outcome = quiet(releases, output, settings)
    assert outcome.saved == str(output / "articles.replaced-1")
    assert (output / "articles.replaced-1" / "part-0.parquet").read_bytes() == before
    assert quiet(releases, output, settings).saved == ""


def test_an_empty_folder_is_nothing_to_save(releases: Path, output: Path, settings: Settings) -> None:
    (output / "articles").mkdir(parents=True)
    assert quiet(releases, output, settings).saved == ""


def test_an_article_that_breaks_the_extractor_is_not_lost_in_place(
    jsonl: Callable[..., Path], output: Path, settings: Settings
) -> None:
    quiet(jsonl(release(1), {"id": "p", "text": "PATAH"}), output, settings)
    quiet(output, output, settings)
    assert load(output, ARTICLES)["id"].to_pylist() == ["p", "r001"]


# Killed and stopped runs.


def start(source: Path, output: Path, *options: str, **variables: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "arahan", "extract", str(source), "-o", str(output), *options]
    hear = partial(
        signal.signal, signal.SIGINT, signal.SIG_DFL
    )  # a suite in the background of a shell passes on that it is ignored
    return subprocess.Popen(
        command, env=environment(**variables), cwd=REPOSITORY, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        preexec_fn=hear,
    )  # fmt: skip


def wait_for_batches(output: Path, number: int, child: subprocess.Popen[str]) -> None:
    """Until the child has finished `number` batches of its own accord."""
    for _ in range(1200):
        batches = output / ".run" / "batches"
        if batches.exists() and sum(path.suffix != ".new" for path in batches.iterdir()) >= number:
            return
        assert child.poll() is None, child.communicate()
        time.sleep(0.05)
    raise AssertionError("the child does not get on")


@pytest.mark.parametrize(("batches", "workers"), [(1, "1"), (4, "1"), (2, "2")])
def test_a_killed_run_goes_on_where_it_stopped(
    releases: Path, tmp_path: Path, settings: Settings, batches: int, workers: str, reads: list[str]
) -> None:
    output = tmp_path / "killed"
    child = start(releases, output, "--workers", workers, ARAHAN_TEST_PAUSE_S="0.15")
    wait_for_batches(output, batches, child)
    child.kill()
    child.communicate()
    assert not (output / "articles").exists()
    outcome = quiet(releases, output, settings)
    assert 0 < outcome.counts["reused"] < len(RELEASES)
    assert len(reads) == len(RELEASES) - outcome.counts["reused"]
    quiet(releases, tmp_path / "whole", settings)
    assert dataset_bytes(output) == dataset_bytes(tmp_path / "whole")


def test_ctrl_c_keeps_what_is_done_and_the_old_dataset(
    releases: Path, output: Path, jsonl: Callable[..., Path], settings: Settings
) -> None:
    quiet(jsonl(release(50)), output, settings)
    before = dataset_bytes(output)
    child = start(releases, output, ARAHAN_TEST_PAUSE_S="0.15")
    wait_for_batches(output, 3, child)
    os.kill(child.pid, signal.SIGINT)
    _, said = child.communicate(timeout=60)
    assert child.returncode == 130
    assert "the same command goes on" in said
    assert "Traceback" not in said
    assert dataset_bytes(output) == before
    assert quiet(releases, output, settings).counts["reused"] > 0


def test_a_dead_worker_is_a_clear_error(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARAHAN_TEST_DIE", "1")
    batch = Batch("k", (Article("a", "MATI"),), {"a": 1})
    with pytest.raises(ArahanError, match="a worker process died"):
        list[Done](run_local(iter([batch]), replace(settings, workers=2), "v1"))


@pytest.mark.parametrize("workers", [1, 2])
def test_an_extractor_that_cannot_be_loaded_says_why(
    releases: Path, output: Path, settings: Settings, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARAHAN_TEST_FAULT", "regions.csv")
    with pytest.raises(DataFileError, match="line 3: no such region") as caught:
        quiet(releases, output, replace(settings, workers=workers))
    assert (caught.value.path, caught.value.line) == ("regions.csv", 3)


# How far it is.


def test_plain_lines_tell_speed_and_time_left() -> None:
    lines = PlainLines(Console(file=StringIO()), total=300)
    lines(20, fresh=False)
    lines(100)
    assert lines.line(10.0) == "120 of 300 articles, 10.0 articles/s, 18 s left"
    lines.total = None
    assert lines.line(10.0) == "120 articles, 10.0 articles/s"


def test_a_terminal_gets_a_bar() -> None:
    screen = StringIO()
    with progress(Console(file=screen, force_terminal=True, width=100), 3) as advance:
        advance(1)
        advance(2, fresh=False)
    assert "3/3" in screen.getvalue()


def test_records_are_counted_beforehand(releases: Path, output: Path, settings: Settings, tmp_path: Path) -> None:
    quiet(releases, output, settings)
    assert expected_records(releases) == expected_records(output) == expected_records(output / "articles") == 12
    assert expected_records(next((output / "articles").rglob("*.parquet"))) is not None
    assert expected_records("-") is expected_records(tmp_path / "nothing") is None


def test_a_pipe_is_read_once(tmp_path: Path, output: Path, settings: Settings) -> None:
    pipe, many = tmp_path / "pipe", [release(number) for number in range(400)]  # more than a pipe holds
    os.mkfifo(pipe)
    writer = threading.Thread(target=write_jsonl, args=(pipe, many), daemon=True)
    writer.start()
    assert quiet(pipe, output, replace(settings, batch_articles=50)).rows["articles"] == len(many)
    writer.join()


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the articles that the extractor really read, in this process."""
    read, seen = rules.Extractor._read, list[str]()

    def noted(self: rules.Extractor, article: Article) -> Extraction:
        seen.append(article.id)
        return read(self, article)

    monkeypatch.setattr(rules.Extractor, "_read", noted)
    return seen
