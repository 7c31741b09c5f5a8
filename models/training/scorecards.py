"""Learn a scorecard of `pipeline/data`: points by feature (pipeline/vocabulary/scorecards.py)."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from models.training.annotations import benchmark, by_file
from models.training.directive import held_out
from models.training.directive_data import Annotated
from pipeline.vocabulary.scorecards import COLUMNS

LEAST = 5
"""Rarer features get no points."""
BENCHMARK, HELD_OUT = "benchmark", "held out"


class Case(NamedTuple):
    """Something that is or is not what a scorecard looks for, and what it counts for in learning."""

    features: frozenset[str]
    right: bool
    weight: float = 1.0


class Counted(NamedTuple):
    """Right and chosen, chosen, and right ones."""

    hits: int
    chosen: int
    gold: int

    @property
    def f1(self) -> float:
        """F1 of what was chosen."""
        return 2 * self.hits / max(1, self.chosen + self.gold)


class Task(Protocol):
    """What is learned from a source: its cases, and how well a card chooses among them."""

    @property
    def cases(self) -> Sequence[Case]:
        """All of them."""

    def counted(self, card: Mapping[str, float]) -> Counted:
        """What the card chooses."""


def sources(data: Path, hold_out: int) -> dict[str, list[Annotated]]:
    """Annotated articles by source: the benchmark's training part, its held-out articles apart, and the project's own files."""
    bench = benchmark(data)
    kept, held = ([a for a in bench if held_out(a, hold_out) is out] for out in (False, True))
    return {BENCHMARK: kept, **by_file(data), HELD_OUT: held}


def asked(doc: str | None) -> dict[str, list[Annotated]]:
    """The sources that a command line names by --data and --hold-out; `doc` is its help."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds text/; the benchmark lies beside it")
    parser.add_argument("--hold-out", type=int, default=8, metavar="N")
    o = parser.parse_args()
    return sources(o.data, o.hold_out)


def learn(cases: Iterable[Case], strength: float, by_hand: Mapping[str, float]) -> dict[str, float]:
    """Points of every feature that is common enough, by logistic regression, rounded; `by_hand` is set."""
    found = list(cases)
    counts = Counter(name for case in found for name in case.features)
    kept = {name for name, count in counts.items() if count >= LEAST and name not in by_hand}
    vectorizer = DictVectorizer(sparse=False)
    x = vectorizer.fit_transform([dict.fromkeys(sorted(case.features & kept), 1.0) for case in found])
    model = LogisticRegression(C=strength, fit_intercept=False, max_iter=2000, solver="liblinear")
    model.fit(x, [case.right for case in found], sample_weight=[case.weight for case in found])
    named = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    learned = {str(name): round(float(p), 2) for name, p in named}
    return {name: p for name, p in sorted((learned | dict(by_hand)).items()) if p}


def learn_and_report(tasks: Mapping[str, Task], strength: float, by_hand: Mapping[str, float]) -> dict[str, float]:
    """The card of all tasks but HELD_OUT; prints the F1 on each, and on each that it was learned from when that is left out."""
    learned_from = {name: task for name, task in tasks.items() if name != HELD_OUT}
    card = learn((case for task in learned_from.values() for case in task.cases), strength, by_hand)
    for name, task in tasks.items():
        line = f"{name}: F1 {task.counted(card).f1:.3f} of {task.counted(card).gold}"
        if name in learned_from:
            others = (case for other, rest in learned_from.items() if other != name for case in rest.cases)
            line += f", left out {task.counted(learn(others, strength, by_hand)).f1:.3f}"
        print(line, flush=True)
    return card


def write(path: Path, card: Mapping[str, float]) -> None:
    """The points, under the comments that the file had."""
    lines = [f'"{name}",{p:g}' if "," in name else f"{name},{p:g}" for name, p in card.items()]
    write_rows(path, COLUMNS, lines)


def write_rows(path: Path, columns: Sequence[str], lines: Iterable[str]) -> None:
    """A data file of these lines, under the comments that it had."""
    comments = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")] if path.exists() else []
    path.write_text("\n".join([*comments, ",".join(columns), *lines]) + "\n", encoding="utf-8")
