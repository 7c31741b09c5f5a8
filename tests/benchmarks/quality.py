"""Score what ships, and hold it against the floors in git: `make eval`.

    python -m tests.benchmarks.quality --data ../shared/data            # figures, and exit 1 when one is below its floor
    python -m tests.benchmarks.quality --data ../shared/data --raise    # write better figures into floors.json
    python -m tests.benchmarks.quality --data ../shared/data --lower    # the same for worse ones: say so in the commit

The floors hold for the very test files whose hashes stand beside them; for a calibration error the floor is a ceiling. What needs
a missing file is named and left out. Without --only, docs/evaluation.md is written anew as well.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks import evaluation

FLOORS = Path(__file__).with_name("floors.json")
TOLERANCE = 0.002  # the last digit differs between processors
CEILING = "calibration_error"  # the less the better, so its floor is a ceiling
Figures = dict[str, float]


def language_package(data: Path) -> Figures:
    """Tokens, sentences, UPOS, lemmas, UAS and LAS from raw text on both treebanks' test parts, in percent."""
    from models.training.stanza_eval import stanza_figures

    return {f"{package}.{name}": value for package, row in stanza_figures(data).items() for name, value in row.items()}


def entities(data: Path) -> Figures:
    """Entity F1 on NERGrit's validation part, in [0, 1]."""
    from models.training.entities_eval import figures

    return figures(data)


def directives(data: Path) -> Figures:
    """The benchmark's own scorer over the main job's output on dev.jsonl, and the calibration error of its confidence."""
    return directive_figures(data, "dev")


def held_out_directives(data: Path) -> Figures:
    """The same on the articles of train.jsonl that the directive model did not learn from."""
    return directive_figures(data, "held out")


def directive_figures(data: Path, name: str) -> Figures:
    """Figures of a part of the benchmark, read once for these and for docs/evaluation.md."""
    part = evaluation.part(data, name)
    found = {**part.figures, CEILING: part.calibration_error}
    return {f"{name.split()[0]}.{figure}": value for figure, value in found.items()}


PARTS: Mapping[str, tuple[Callable[[Path], Figures], tuple[str, ...]]] = {
    "language package": (language_package, ("ud/id_csui-ud-test.conllu", "ud/id_gsd-ud-test.conllu")),
    "entities": (entities, ("ner/nergrit_ner-grit.valid.tsv",)),
    "directives": (directives, ("../bench/dev.jsonl",)),
    "held-out directives": (held_out_directives, ("../bench/train.jsonl",)),
}


def file_hash(path: Path) -> str:
    """SHA-256 of a test file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def compare(figures: Figures, floors: Mapping[str, float]) -> list[str]:
    """A line for each figure worse than its floor, and for each floor without its figure."""
    worse = [
        f"{name} is {value:.4f}, its {'ceiling' if is_ceiling(name) else 'floor'} {floors[name]:.4f}"
        for name, value in figures.items()
        if name in floors and _loss(name, value, floors[name]) > TOLERANCE * max(1.0, floors[name])
    ]
    return worse + [f"{name} has a floor and no figure" for name in floors if name not in figures]


def is_ceiling(name: str) -> bool:
    """Whether a figure is better the smaller it is."""
    return name.endswith(CEILING)


def better(name: str, value: float, floor: float) -> float:
    """Of a figure and its floor the one that is harder to reach."""
    return min(value, floor) if is_ceiling(name) else max(value, floor)


def _loss(name: str, value: float, floor: float) -> float:
    return value - floor if is_ceiling(name) else floor - value


def show(console: Console, part: str, figures: Figures, floors: Mapping[str, float]) -> None:
    """A table of figures and floors."""
    table = Table("figure", "value", "floor", title=part)
    for name, value in figures.items():
        table.add_row(name, f"{value:.4f}", f"{floors[name]:.4f}" if name in floors else "-")
    console.print(table)


def main() -> int:
    """Command line; 1 when a figure is below its floor or a test file is not the one the floors are for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--only", choices=list(PARTS), action="append")
    parser.add_argument("--raise", dest="up", action="store_true")
    parser.add_argument("--lower", dest="down", action="store_true")
    o = parser.parse_args()
    console, faults = Console(), list[str]()
    stored = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"hashes": {}, "floors": {}}
    for part in o.only or PARTS:
        measure, files = PARTS[part]
        if missing := [f for f in files if not (o.data / f).exists()]:
            console.print(f"{part}: left out, {o.data / missing[0]} is not there")
            continue
        hashes = {f: file_hash(o.data / f) for f in files}
        faults += [
            f"{f} is not the file that the floors were set on" for f in files if stored["hashes"].get(f, hashes[f]) != hashes[f]
        ]
        floors, figures = stored["floors"].get(part, {}), measure(o.data)
        show(console, part, figures, floors)
        faults += [] if o.down else compare(figures, floors)
        if o.up or o.down:
            kept = {n: round(v if o.down else better(n, v, floors.get(n, v)), 4) for n, v in figures.items()}
            stored["floors"][part], stored["hashes"] = kept, {**stored["hashes"], **hashes}
    if o.up or o.down:
        FLOORS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    if not o.only and all((o.data / f).exists() for part in ("directives", "held-out directives") for f in PARTS[part][1]):
        console.print(f"writing {evaluation.PAGE}")
        evaluation.write(o.data)
    for fault in faults:
        console.print(f"[red]{fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
