"""Learn a scorecard of `pipeline/data` that chooses one of several options: a conditional logit, by L-BFGS."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import torch

from pipeline.vocabulary.scorecards import score

LEAST = 6
"""Rarer features get no points."""
STEPS = 300


class Choice(NamedTuple):
    """The features of each option, whether it is right (none may be), and what the choice counts for in learning."""

    options: Sequence[frozenset[str]]
    right: Sequence[bool]
    weight: float = 1.0


def best(card: dict[str, float], options: Sequence[frozenset[str]]) -> int:
    """The option with the most points, of equals the first."""
    return max(range(len(options)), key=lambda k: score(card, options[k]))


def learn_choices(choices: Iterable[Choice], strength: float) -> dict[str, float]:
    """Points of every common feature, rounded; `strength` is that of the pull to 0. Choices with no right option drop out."""
    found = list(choices)
    counts = Counter(name for choice in found for option in choice.options for name in option)
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    found = [choice for choice in found if any(choice.right)]
    if not names or not found:
        return {}
    learned = _fit(found, {name: at for at, name in enumerate(names)}, strength)
    return {name: p for name, value in zip(names, learned, strict=True) if (p := round(value, 2))}


def _fit(found: list[Choice], index: dict[str, int], strength: float) -> list[float]:
    rows = [option for choice in found for option in choice.options]
    cells = [(at, index[name]) for at, row in enumerate(rows) for name in sorted(row) if name in index]
    ones = torch.ones(len(cells), dtype=torch.float64)
    x = torch.sparse_coo_tensor(torch.tensor(cells).T, ones, (len(rows), len(index)), check_invariants=True).coalesce()
    of = torch.tensor([at for at, choice in enumerate(found) for _ in choice.options])
    right = torch.tensor([float(r) for choice in found for r in choice.right], dtype=torch.float64)
    weights = torch.tensor([choice.weight for choice in found], dtype=torch.float64)
    points = torch.zeros(len(index), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([points], max_iter=STEPS, history_size=20, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = torch.sparse.mm(x, points[:, None])[:, 0]
        raised = (scores - scores.detach().max()).exp()
        chances = torch.zeros(len(found), 2, dtype=torch.float64).index_add(0, of, torch.stack((raised, raised * right), 1))
        value = (weights * (chances[:, 0].log() - chances[:, 1].log())).sum() + strength / 2 * points.square().sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    return [float(p) for p in points.detach()]
