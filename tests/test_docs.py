from __future__ import annotations

from pathlib import Path

import pytest

from arahan.reference import pages, write_docs
from tests.helpers import REPOSITORY


@pytest.mark.parametrize("name", ["schema.md", "cli.md"])
def test_generated_pages_are_up_to_date(name: str) -> None:
    assert (REPOSITORY / "docs" / name).read_text(encoding="utf-8") == pages()[name], "run `make docs`"


def test_they_can_be_written_elsewhere(tmp_path: Path) -> None:
    assert sorted(path.name for path in write_docs(tmp_path / "docs")) == ["cli.md", "schema.md"]


def test_every_dependency_has_its_reason() -> None:
    import tomllib

    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [*project["dependencies"], *(n for extra in project["optional-dependencies"].values() for n in extra)]
    decisions = (REPOSITORY / "docs" / "decisions.md").read_text(encoding="utf-8")
    for requirement in needed:
        assert f"| `{requirement}` |" in decisions


def test_every_make_target_is_in_its_help() -> None:
    text = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    promised = ["extract", "test", "scrape", "serve", "notebooks", "train", "eval", "bench"]
    phony = next(line for line in text.splitlines() if line.startswith(".PHONY:")).split()[1:]
    assert set(promised) <= set(phony)
