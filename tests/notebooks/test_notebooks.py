"""The notebooks run on datasets that are small, empty, or published without texts. `make notebooks` runs them on real ones."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.output.schema import TABLES
from search.export.about import About
from search.export.publish import export
from tests.helpers import REPOSITORY
from tests.small import dataset

NOTEBOOKS = sorted((REPOSITORY / "notebooks").glob("*.ipynb"))


def test_every_notebook_runs_on_small_and_empty_datasets_and_on_an_export(tmp_path: Path) -> None:
    for name in ("few", "empty"):
        (tmp_path / name).mkdir()
    few, empty = dataset(tmp_path / "few"), dataset(tmp_path / "empty", [])
    export(few, tmp_path / "published", TABLES, About())
    places = [few, empty, tmp_path / "published"]
    figures = {"ARAHAN_FIGURES": str(tmp_path / "figures"), "PYTHONPATH": str(REPOSITORY), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.notebooks.cells", *map(str, places)],
        cwd=REPOSITORY / "notebooks", env=os.environ | figures, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list((tmp_path / "figures").glob("*.png"))) > 15


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_kept_without_outputs(path: Path) -> None:
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        assert not cell.get("outputs"), "clear the outputs before you commit"
        assert cell.get("execution_count") is None


def test_there_are_five() -> None:
    assert [path.stem[0] for path in NOTEBOOKS] == ["1", "2", "3", "4", "5"]
