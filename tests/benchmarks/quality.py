"""Score what ships, and hold it against the floors in git: `make eval`.

    python -m tests.benchmarks.quality --data ../shared/data            # figures, and exit 1 when one is below its floor
    python -m tests.benchmarks.quality --data ../shared/data --raise    # write better figures into floors.json
    python -m tests.benchmarks.quality --data ../shared/data --lower    # the same for worse ones: say so in the commit

The floors hold for the very test files whose hashes stand beside them. What needs a missing file is named and left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from arahan.settings import Settings
from models.training import judge

FLOORS = Path(__file__).with_name("floors.json")
TOLERANCE = 0.002  # the last digit differs between processors
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
    """The benchmark's own scorer over the main job's output on dev.jsonl."""
    from pipeline.run import run

    scorer = judge.load(data)
    source = data.parent / "bench" / "dev.jsonl"
    with tempfile.TemporaryDirectory() as folder:
        run(source, Path(folder) / "out", Settings(), console=Console(quiet=True))
        predicted, officials = scorer.load_pred(str(Path(folder) / "out"))
        found, _ = scorer.score(scorer.load_gold(source), predicted, officials)
    figures = {f"{name}.{part}": found[name][part] for name in ("detection", "record") for part in ("precision", "recall", "f1")}
    plain = ("kind", "issuer", "addressees", "sectors", "quantities", "deadline", "deadline_f1", "officials_role")
    return {
        f"dev.{k}": v for k, v in {**figures, **{n: found[n] for n in plain}, "officials.f1": found["officials"]["f1"]}.items()
    }


PARTS: Mapping[str, tuple[Callable[[Path], Figures], tuple[str, ...]]] = {
    "language package": (language_package, ("ud/id_csui-ud-test.conllu", "ud/id_gsd-ud-test.conllu")),
    "entities": (entities, ("ner/nergrit_ner-grit.valid.tsv",)),
    "directives": (directives, ("../bench/dev.jsonl",)),
}


def file_hash(path: Path) -> str:
    """SHA-256 of a test file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def compare(figures: Figures, floors: Mapping[str, float]) -> list[str]:
    """A line for each figure below its floor, and for each floor without its figure."""
    below = [
        f"{name} is {value:.4f}, its floor {floors[name]:.4f}"
        for name, value in figures.items()
        if name in floors and value < floors[name] - TOLERANCE * max(1.0, floors[name])
    ]
    return below + [f"{name} has a floor and no figure" for name in floors if name not in figures]


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
            kept = {n: round(v if o.down else max(v, floors.get(n, v)), 4) for n, v in figures.items()}
            stored["floors"][part], stored["hashes"] = kept, {**stored["hashes"], **hashes}
    if o.up or o.down:
        FLOORS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    for fault in faults:
        console.print(f"[red]{fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
