"""Learn which amounts of a directive are its goals: writes the pipeline's quantity_points.csv (pipeline/values/goals.py).

    python -m models.training.quantities --data ../shared/data --hold-out 8

From the gold evidences and actions of the benchmark's training articles but the held-out ones, and of the project's own
annotations. Prints the F1 on each source, also when it is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from arahan.types import Span
from models.training.directive_data import Annotated
from models.training.scorecards import BENCHMARK, Case, Counted, asked, learn_and_report, write
from pipeline.values.goal_features import features
from pipeline.values.goals import POINTS_FILE
from pipeline.values.numbers import Amount, find_quantities
from pipeline.vocabulary.datafile import FOLDER
from pipeline.vocabulary.scorecards import score

STRENGTH = 0.3
BY_HAND = {
    "idiom": -3.0, "condition": -4.0, "time in part": 2.5, "lead margin": -4.0, "lead per": -2.5, "spelled, lead place": -1.2,
}  # fmt: skip
"""Points set from the annotation rules, the examples being few, and for "di lima kecamatan" from press alone: no goal there."""


class Amounts(NamedTuple):
    """Every amount in the gold evidences of a source, right where it is a goal, and the number of goals, found or not."""

    cases: list[Case]
    gold: int

    def counted(self, card: Mapping[str, float]) -> Counted:
        """The amounts with points above 0."""
        chosen = [case for case in self.cases if score(card, case.features) > 0]
        return Counted(sum(case.right for case in chosen), len(chosen), self.gold)


def weight(source: str) -> float:
    """What an amount of a source counts for."""
    if source == BENCHMARK:
        return 3.0
    return 1.0 if source.startswith("invented") else 2.0


def amounts(articles: Iterable[Annotated], counts_for: float) -> Amounts:
    """The amounts of the articles' directives."""
    found, gold = list[Case](), 0
    for article in articles:
        for d in article["directives"]:
            action, evidence = Span(*d["action"]), Span(*d["evidence"])
            here = find_quantities(article["text"], evidence)
            goals = matched(here, [(Span(*q["span"]), q["value"]) for q in d["quantities"]], action)
            gold += len(d["quantities"])
            told = (frozenset(features(article["text"], action, evidence, here, at)) for at in range(len(here)))
            found += [Case(names, at in goals, counts_for) for at, names in enumerate(told)]
    return Amounts(found, gold)


def matched(found: list[Amount], gold: list[tuple[Span, float]], action: Span) -> set[int]:
    """Which amounts are gold: of those with its value the one in the action, then the one where it stands."""
    taken = set[int]()
    for span, value in gold:
        same = [at for at, amount in enumerate(found) if at not in taken and amount.value == value]
        rank = {at: (found[at].span.overlaps(action), found[at].span.overlaps(span), -at) for at in same}
        taken.update(sorted(same, key=lambda at: rank[at])[-1:])
    return taken


def main() -> None:
    """Command line."""
    tasks = {source: amounts(articles, weight(source)) for source, articles in asked(__doc__).items()}
    write(FOLDER / POINTS_FILE, learn_and_report(tasks, STRENGTH, BY_HAND))


if __name__ == "__main__":
    main()
