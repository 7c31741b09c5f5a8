"""The benchmark's scorer, loaded from beside the data folder: one scorer for every figure."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any


def load(data: Path) -> ModuleType:
    """The module bench/score.py beside the folder `data`; FileNotFoundError when it is not there."""
    path = data.parent / "bench" / "score.py"
    if not path.exists():
        raise FileNotFoundError(f"{path}: the benchmark is needed for this figure")
    spec = importlib.util.spec_from_file_location("arahan_bench_score", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pairs(judge: ModuleType, article: dict[str, Any], predictions: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Which gold directive the scorer matches with which prediction: (place in the article, place in `predictions`)."""
    text = article["text"]
    gold = [judge.positions(text, *d["action"]) for d in article["directives"]]
    rows = []
    for d, words in zip(article["directives"], gold, strict=True):
        row = []
        for p in predictions:
            near = p["evidence_start"] < d["evidence"][1] and d["evidence"][0] < p["evidence_end"]
            f1 = judge.f1_sets(words, judge.positions(text, p["action_start"], p["action_end"])) if near else 0.0
            row.append(f1 if f1 >= 0.5 else 0.0)
        rows.append(row)
    return sorted((int(i), int(j)) for i, j in judge.assign(rows)) if rows and predictions else []


def matched(judge: ModuleType, article: dict[str, Any], predictions: list[dict[str, Any]]) -> list[bool]:
    """For each prediction, whether the scorer matches it with a gold directive of the article."""
    hits = {j for _, j in pairs(judge, article, predictions)}
    return [j in hits for j in range(len(predictions))]
