"""Choose when the directive model's marks of officials' names overrule the rules (models/runtime/names.py).

    python -m models.training.officials --data ../shared/data --hold-out 8

Like confidence.py it runs the pipeline over two sets that count alike: the benchmark's held-out articles and the invented
validation releases. Writes officials.json beside the directive model.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

import numpy as np

from arahan.types import Official
from models.runtime.names import FILE, NO_MARKS, Belief, NameMarks
from models.training import judge
from models.training.confidence import article_of, asked
from pipeline.annotation.annotate import EXTRACTION, Annotated, Annotator
from pipeline.people.officials import resolve_officials

LEAST = (0.0, 0.02, 0.05, 0.1, 0.2)
SURE = (*(round(float(t), 2) for t in np.arange(0.6, 1.0, 0.04)), 1.01)
RULES = "rules alone"


@dataclass(frozen=True, slots=True)
class Marked:
    """Annotated articles of one set with what the model marked in them."""

    gold: list[dict[str, Any]]
    read: list[Annotated]

    def f1(self, scorer: ModuleType, belief: Belief | None) -> float:
        """Officials' F1 by the benchmark's scorer; None: the rules alone."""
        found = {a.article.id: [_row(o) for o in self._officials(a, belief)] for a in self.read}
        scored = scorer.score({a["id"]: a for a in self.gold}, {}, found)
        return float((scored[0] if isinstance(scored, tuple) else scored)["officials"]["f1"])

    def _officials(self, annotated: Annotated, belief: Belief | None) -> Iterable[Official]:
        marks: NameMarks = replace(annotated.reading.names, belief=belief) if belief else NO_MARKS
        return resolve_officials(annotated.article, marks=marks)


def _row(official: Official) -> dict[str, str]:
    return {"name": official.name, "role": official.role}


def main() -> None:
    """Command line."""
    o, sets = asked(__doc__)
    scorer, annotator = judge.load(o.data), Annotator(o.models, EXTRACTION)
    marked = {name: Marked(rows, annotator.annotate([article_of(a) for a in rows])) for name, rows in sets.items()}
    curves = {
        belief: {name: round(one.f1(scorer, belief), 4) for name, one in marked.items()}
        for belief in (Belief(*pair) for pair in itertools.product(LEAST, SURE))
    }
    best = max(curves, key=lambda belief: sum(curves[belief].values()))
    rules = {name: round(one.f1(scorer, None), 4) for name, one in marked.items()}
    stored = {"least": best.least, "sure": best.sure, "figures": {"with marks": curves[best], RULES: rules}}
    (o.models / "directive" / FILE).write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(stored, indent=1))


if __name__ == "__main__":
    main()
