"""Measure the trainings of models.training.studies on the held-out articles, and write two tables for docs/evaluation.md.

    python -m models.training.studies_tables --data ../shared/data --hold-out 8

Writes models/directive/figures/by_outlet.json and learning_curve.json.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from models.runtime.decode import Candidate, Thresholds, candidates
from models.runtime.heads import Heads
from models.runtime.looks import Glance, Look, core_pieces
from models.runtime.windows import Window, close_windows
from models.training import directive, directive_data, directive_loop, judge, studies
from models.training.adapt import load
from models.training.directive_data import Annotated, Example
from models.training.directive_model import DirectiveModel
from models.training.directive_settings import evaluate, rows_of
from models.training.outlets import group

FIGURES = Path("models/directive/figures")
NOTE = (
    "The close reading alone, after an epoch of invented text and one of the benchmark's articles that are allowed, on the 105 "
    "held-out articles; confidence and threshold cross-validated there. What ships read more, for longer, and twice: compare "
    "within the table."
)
Row = list[Candidate]


class Trained:
    """A finished study."""

    def __init__(self, o: argparse.Namespace, name: str) -> None:
        self.tokenizer = Tokenizer.from_file(str(o.encoder / "tokenizer.json"))
        self.model = DirectiveModel(load(o.encoder))
        self.model.load_state_dict(torch.load(studies.folder(o, name) / "model.pt", weights_only=True))
        self.model.eval()
        self.heads = Heads({k: v.numpy() for k, v in self.model.state_dict().items() if not k.startswith("encoder.")})

    def found(self, articles: Iterable[Annotated]) -> list[Row]:
        """The candidates in each article by the close reading alone."""
        return [self._candidates(article) for article in articles]

    def _candidates(self, article: Annotated) -> Row:
        spans = directive_data.sentences(article["text"])
        windows = close_windows(self.tokenizer, article.get("title", ""), article["text"], spans)
        ids, mask = directive_loop.padded([Example(window, {}, {}, []) for window in windows])
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
            states = self.model.states(ids, mask).float().numpy()
        rows = (self._in_window(w, s[: len(w.ids)]) for w, s in zip(windows, states, strict=True))
        return [candidate for row in rows for candidate in row]

    def _in_window(self, window: Window, states: NDArray[np.float32]) -> Row:
        ((_, pieces),) = core_pieces(window).items()
        tokens = self.heads.tokens(states)
        people, places = np.zeros((len(pieces), 2), dtype=np.float32), np.zeros((len(pieces), 2), dtype=np.int64)
        glance = Glance(self.heads.sentence(states[pieces]), tokens["action"][pieces], people, places)
        return candidates(Look(window, states, tokens, glance), self.heads, Thresholds(inside_bias=1.0, gate=0.15))


class Judged:
    """Candidates with a confidence cross-validated on the articles, and the threshold that suits it best."""

    def __init__(self, scorer: ModuleType, articles: list[Annotated], found: list[Row]) -> None:
        rows = [rows_of(row, directive_data.sentences(a["text"])) for a, row in zip(articles, found, strict=True)]
        self.f1, keep, _, (p, right) = evaluate(scorer, articles, rows)
        self._gold = [len(a["directives"]) for a in articles]
        self._article = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        self._kept, self._right = p >= keep, right & (p >= keep)

    def within(self, places: list[int]) -> float:
        """Detection F1 on some of the articles at that threshold."""
        own = np.isin(self._article, places)
        wanted = sum(self._gold[i] for i in places) + self._kept[own].sum()
        return float(2 * self._right[own].sum() / max(1, wanted))


def directives(articles: Iterable[Annotated]) -> int:
    """How many are annotated."""
    return sum(len(a["directives"]) for a in articles)


def by_outlet(o: argparse.Namespace, scorer: ModuleType, whole: Judged) -> list[list[Any]]:
    """Leave one group of outlets out: its held-out articles as read by a model that has read no other article of the group."""
    parts, test = studies.parts(o)
    places = {name: [i for i, a in enumerate(test) if group(a) == name] for name in sorted(map(group, test))}
    unseen: list[Row] = [[] for _ in test]
    for name, own in places.items():
        found = Trained(o, studies.without(name)).found(test[i] for i in own)
        for i, row in zip(own, found, strict=True):
            unseen[i] = row
    left = Judged(scorer, test, unseen)
    rows = [
        [name, len(parts[studies.WHOLE]) - len(parts[studies.without(name)]), len(own), directives(test[i] for i in own)]
        + [round(judged.within(own), 3) for judged in (whole, left)]
        for name, own in places.items()
    ]
    return [*rows, ["together", "", len(test), directives(test), round(whole.f1, 3), round(left.f1, 3)]]


def learning_curve(o: argparse.Namespace, scorer: ModuleType, whole: Judged) -> list[list[Any]]:
    """The benchmark's part in training halved three times, and none of it."""
    parts, test = studies.parts(o)
    rows = [[0, 0, Judged(scorer, test, Trained(o, "base").found(test)).f1]]
    for name in map(studies.share, studies.SHARES):
        judged = Judged(scorer, test, Trained(o, name).found(test))
        rows.append([len(parts[name]), directives(parts[name]), judged.f1])
    rows.append([len(parts[studies.WHOLE]), directives(parts[studies.WHOLE]), whole.f1])
    return [[articles, known, round(f1, 3)] for articles, known, f1 in rows]


def write(name: str, columns: list[str], rows: list[list[Any]]) -> None:
    """A table for docs/evaluation.md (tests/benchmarks/written_figures.py)."""
    FIGURES.mkdir(parents=True, exist_ok=True)
    stored = {"columns": columns, "rows": rows, "note": NOTE}
    (FIGURES / f"{name}.json").write_text(json.dumps(stored, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Command line."""
    o = directive.parser().parse_args()
    scorer, test = judge.load(o.data), studies.parts(o)[1]
    whole = Judged(scorer, test, Trained(o, studies.WHOLE).found(test))
    write("learning_curve", ["articles of the benchmark", "directives", "detection F1"], learning_curve(o, scorer, whole))
    columns = ["left out", "articles left out", "held-out articles", "gold", "F1, group in training", "F1, group left out"]
    write("by_outlet", columns, by_outlet(o, scorer, whole))


if __name__ == "__main__":
    main()
