"""Learn which amounts of a directive are its goals: writes the pipeline's quantity_points.csv (pipeline/values/goals.py).

    python -m models.training.quantities --data ../shared/data --hold-out 8

From the gold evidences and actions of the benchmark's training articles but the held-out ones, and of the project's own
annotations: one logistic regression over the features of every amount. Prints the F1 on each source when it is left out.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from arahan.types import Span
from models.training.annotations import benchmark, by_file
from models.training.directive import held_out
from models.training.directive_data import Annotated
from pipeline.values.goal_features import features
from pipeline.values.goals import POINTS_FILE
from pipeline.values.numbers import Amount, find_quantities
from pipeline.vocabulary.datafile import FOLDER

LEAST = 5
"""Rarer features get no points."""
BENCHMARK = "benchmark"
STRENGTH = 0.3
BY_HAND = {
    "idiom": -3.0, "condition": -4.0, "time in part": 2.5, "lead margin": -4.0, "lead per": -2.5, "spelled, lead place": -1.2,
}  # fmt: skip
"""Points set from the annotation rules, the examples being few, and for "di lima kecamatan" from press alone: no goal there."""


class Case(NamedTuple):
    """An amount in the evidence of a gold directive: where from, its features, and whether it is a goal."""

    source: str
    features: frozenset[str]
    goal: bool


class Learned(NamedTuple):
    """Points by feature."""

    points: dict[str, float]

    def chosen(self, case: Case) -> bool:
        """Whether the amount counts as a goal."""
        return round(sum(self.points.get(name, 0.0) for name in sorted(case.features)), 6) > 0


def weight(source: str) -> float:
    """What an amount of a source counts for."""
    if source == BENCHMARK:
        return 3.0
    return 1.0 if source.startswith("invented") else 2.0


def cases(articles: Iterable[tuple[str, Annotated]]) -> tuple[list[Case], Counter[str]]:
    """Every amount of the articles' directives, and the number of gold quantities a source, found or not."""
    found, gold = list[Case](), Counter[str]()
    for source, article in articles:
        for d in article["directives"]:
            action, evidence = Span(*d["action"]), Span(*d["evidence"])
            amounts = find_quantities(article["text"], evidence)
            goals = matched(amounts, [(Span(*q["span"]), q["value"]) for q in d["quantities"]], action)
            gold[source] += len(d["quantities"])
            for at in range(len(amounts)):
                told = frozenset(features(article["text"], action, evidence, amounts, at))
                found.append(Case(source, told, at in goals))
    return found, gold


def matched(amounts: list[Amount], gold: list[tuple[Span, float]], action: Span) -> set[int]:
    """Which amounts are gold: of those with its value the one in the action, then the one where it stands."""
    taken = set[int]()
    for span, value in gold:
        same = [at for at, amount in enumerate(amounts) if at not in taken and amount.value == value]
        rank = {at: (amounts[at].span.overlaps(action), amounts[at].span.overlaps(span), -at) for at in same}
        taken.update(sorted(same, key=lambda at: rank[at])[-1:])
    return taken


def learn(found: list[Case]) -> Learned:
    """Points of every feature that is common enough, rounded."""
    counts = Counter(name for case in found for name in case.features)
    kept = {name for name, count in counts.items() if count >= LEAST and name not in BY_HAND}
    vectorizer = DictVectorizer(sparse=False)
    x = vectorizer.fit_transform([dict.fromkeys(sorted(case.features & kept), 1.0) for case in found])
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=2000, solver="liblinear")
    model.fit(x, [case.goal for case in found], sample_weight=[weight(case.source) for case in found])
    named = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    learned = {str(name): round(float(p), 2) for name, p in named}
    return Learned({name: p for name, p in sorted((learned | BY_HAND).items()) if p})


def f1(card: Learned, found: list[Case], gold: int) -> float:
    """F1 of the chosen amounts."""
    chosen = [case for case in found if card.chosen(case)]
    return 2 * sum(case.goal for case in chosen) / max(1, len(chosen) + gold)


def write(path: Path, card: Learned) -> None:
    """The points, under the comments that the file had."""
    comments = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")] if path.exists() else []
    lines = [f'"{name}",{p:g}' if "," in name else f"{name},{p:g}" for name, p in card.points.items()]
    path.write_text("\n".join([*comments, "feature,points", *lines]) + "\n", encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds text/; the benchmark lies beside it")
    parser.add_argument("--hold-out", type=int, default=8, metavar="N")
    o = parser.parse_args()
    bench = benchmark(o.data)
    sources = {BENCHMARK: [a for a in bench if not held_out(a, o.hold_out)], **by_file(o.data)}
    found, gold = cases((source, a) for source, articles in sources.items() for a in articles)
    card = learn(found)
    for source, count in gold.items():
        here, others = [c for c in found if c.source == source], [c for c in found if c.source != source]
        print(f"{source}: {count} quantities, F1 {f1(card, here, count):.3f}, left out {f1(learn(others), here, count):.3f}")
    held, held_gold = cases((BENCHMARK, a) for a in bench if held_out(a, o.hold_out))
    print(f"held out: F1 {f1(card, held, held_gold.total()):.3f} of {held_gold.total()}")
    write(FOLDER / POINTS_FILE, card)


if __name__ == "__main__":
    main()
