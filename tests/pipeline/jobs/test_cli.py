from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import arahan as package
from arahan.cli import main
from arahan.errors import ArahanError
from arahan.settings import Settings, load_settings
from tests.helpers import RULES, arahan, release

WIDE = {"COLUMNS": "120"}
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """`arahan ARGUMENTS` in this process: exit status, standard output, standard error."""

    def run(*arguments: object) -> tuple[int, str, str]:
        for name, value in {**RULES, **WIDE}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.argv", ["arahan", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), *capsys.readouterr()

    return run


def test_extract_prints_tables_and_where_the_files_are(releases: Path, output: Path, call: Call) -> None:
    status, said, _ = call("extract", releases, "-o", output)
    assert status == 0
    for words in ("instruction", "lingkungan-hidup", "Ani Wijaya, Bupati", f"{output}/directives/", "12 articles, 18 directives"):
        assert words in said
    assert call("verify", output) == (0, "12 articles, 18 directives, 9 officials checked, 0 mismatches\n", "")


def test_rejected_records_are_listed_and_the_status_is_1(jsonl: Callable[..., Path], output: Path) -> None:
    done = arahan("-v", "extract", jsonl(release(1), "{", {"id": "leer", "text": " "}), "-o", output, "--html")
    assert done.returncode == 1
    assert "record 2 (no id): not JSON" in done.stdout
    assert "record 3 leer: the text is empty" in done.stdout
    assert "articles=1" in done.stderr
    assert (output / "html" / "index.html").exists()


def test_standard_input_is_an_input(output: Path) -> None:
    done = arahan("extract", "-", "-o", output, "--min-confidence", "0.5", stdin=json.dumps(release(1)) + "\n")
    assert done.returncode == 0, done.stderr
    assert "1 articles, 1 directives" in done.stdout


def test_what_was_put_right_in_records_is_said(jsonl: Callable[..., Path], output: Path, call: Call) -> None:
    odd = [{**release(1), "date": "14 Juni 2021"}, {**release(2), "date": "14/6/2021", "outlet": 7}]
    status, said, _ = call("extract", jsonl(*odd), "-o", output)
    assert status == 0
    assert "2 records have a date that is not like 2021-06-30; they count as undated" in said
    assert "1 records have no string as outlet; it counts as empty" in said


def test_an_empty_input_is_said_so(jsonl: Callable[..., Path], output: Path, call: Call) -> None:
    status, said, _ = call("extract", jsonl(), "-o", output)
    assert status == 0
    assert "The input holds no articles" in said


def test_verify_lists_what_is_wrong(releases: Path, output: Path, call: Call) -> None:
    call("extract", releases, "-o", output)
    path = sorted((output / "articles").rglob("*.parquet"))[-1]
    pq.write_table(pq.ParquetFile(path).read().slice(1), path)
    status, said, _ = call("verify", output)
    assert status == 1
    assert "its article is missing" in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("extract", "missing.jsonl", "-o", "OUTPUT"), "arahan: missing.jsonl does not exist"),
        (("extract", "", "-o", "OUTPUT"), "INPUT: is empty"),
        (("annotate", "missing.jsonl", "-o", "OUTPUT"), "arahan: missing.jsonl does not exist"),
        (("extract", "README.md"), "Missing option"),
        (("extract", "INPUT", "-o", "OUTPUT", "--engine", "spark"), "'spark' is not one of"),
        (("extract", "INPUT", "-o", "OUTPUT", "--workers", "0"), "Invalid value for '--workers'"),
        (("extract", "INPUT", "-o", "INPUT"), "is a file; OUTPUT must be a folder"),
        (("extract", "INPUT", "-o", "/dev/null/data"), "arahan: /dev/null/data cannot be written: Not a directory"),
        (("verify", "OUTPUT"), "is no dataset"),
        (("harvest",), "No such command"),
    ],
)
def test_wrong_use_is_one_message_and_status_2(
    releases: Path, output: Path, arguments: tuple[str, ...], message: str, call: Call
) -> None:
    given = [str({"INPUT": releases, "OUTPUT": output}.get(argument, argument)) for argument in arguments]
    status, _, said = call(*given)
    assert status == 2
    assert message in said
    assert not output.exists()


@pytest.mark.parametrize("command", [[], ["extract"], ["verify"], ["docs"], ["version"]])
def test_help_on_every_level(command: list[str], call: Call) -> None:
    status, said, _ = call(*command, "--help")
    assert status == 0
    assert "Usage:" in said
    assert not command or "Examples:\n    arahan " in said


def test_every_option_explains_itself(call: Call) -> None:
    _, said, _ = call("extract", "--help")
    for option in ("--output", "--workers", "--engine", "--resume / --no-resume", "--html", "--min-confidence"):
        assert option in said


def test_version(call: Call) -> None:
    assert call("version") == (0, f"{package.__version__}\n", "")


def test_a_disk_that_fails_is_one_message_and_status_1(
    releases: Path, output: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "part-0.parquet")

    monkeypatch.setattr("pyarrow.parquet.write_table", full)
    status, _, said = call("extract", releases, "-o", output)
    assert (status, said) == (1, "arahan: No space left on device: part-0.parquet\n")


def test_settings_come_from_the_environment_and_options_go_first() -> None:
    environment = {"ARAHAN_WORKERS": "3", "ARAHAN_MODELS": "/elsewhere", "ARAHAN_MIN_CONFIDENCE": "0.25", "OTHER": "1"}
    assert load_settings(environment) == Settings(workers=3, models=Path("/elsewhere"), min_confidence=0.25)
    assert load_settings(environment, workers=1, min_confidence=None).workers == 1
    assert load_settings(environment, min_confidence=None).min_confidence == 0.25


@pytest.mark.parametrize(
    ("name", "value"),
    [("WORKERS", "0"), ("WORKERS", "many"), ("THREADS", "-1"), ("MIN_CONFIDENCE", "2"), ("BATCH_ARTICLES", "-1")],
)
def test_a_bad_variable_is_named(name: str, value: str) -> None:
    with pytest.raises(ArahanError, match=f"ARAHAN_{name}='{value}'"):
        load_settings({f"ARAHAN_{name}": value})


def test_threads_are_shared_out() -> None:
    assert Settings(threads=3).threads_each == 3
    assert Settings(workers=10_000).threads_each == 1
