"""Choose the threshold below which records are dropped, on articles that the directive model did not learn from.

    python -m models.training.confidence --data ../shared/data --hold-out 8

Like sectors.py it runs the pipeline: what it weighs is the pipeline's own finding. Two sets count alike: the benchmark's
held-out articles, nearly all of them news, and invented releases kept for this (annotations/validation.jsonl). Writes
confidence.json beside the directive model.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from arahan.types import Article
from models.training import directive_data, judge
from models.training.annotations import FOLDER
from models.training.directive import held_out
from models.training.directive_settings import calibration_error
from pipeline.annotation.annotate import EXTRACTION, Annotator
from pipeline.directives.confidence import FILE, Confidence, Finding, log_odds
from pipeline.directives.extract import read

MODELS = Path(__file__).resolve().parent.parent
NOT_IN_OFFICE = 0.6  # learned with the first model on the held-out articles: flat from 0.5 to 0.7
THRESHOLDS = tuple(round(float(t), 2) for t in np.arange(0.1, 0.7, 0.02))
SLACK = 0.015  # of the mean F1, half its standard error: the lowest threshold so near the best, as releases hold more directives


def article_of(row: dict[str, Any]) -> Article:
    """An annotated article as the pipeline reads it."""
    try:
        published = dt.date.fromisoformat(str(row.get("date", ""))[:10])
    except ValueError:
        published = None
    return Article(row["id"], row["text"], row.get("title", ""), published, row.get("url", ""), row.get("outlet", ""))


def row_of(f: Finding) -> dict[str, Any]:
    """A finding in the scorer's form."""
    return {
        "action_start": f.action.start, "action_end": f.action.end,
        "evidence_start": f.evidence.start, "evidence_end": f.evidence.end, "kind": f.kind,
    }  # fmt: skip


def outcomes(scorer: ModuleType, annotator: Annotator, articles: list[Any]) -> tuple[np.ndarray, np.ndarray, int]:
    """Probability of each finding, whether it is right, and how many gold directives there are."""
    found = [read(annotated).findings for annotated in annotator.annotate([article_of(a) for a in articles])]
    right = [judge.matched(scorer, a, [row_of(f) for f in row]) for a, row in zip(articles, found, strict=True)]
    sure = Confidence(NOT_IN_OFFICE, 0.0)
    p = np.array([sure.probability(f) for row in found for f in row])
    return p, np.array([hit for row in right for hit in row]), sum(len(a["directives"]) for a in articles)


def calibration(found: list[tuple[np.ndarray, np.ndarray, int]]) -> tuple[float, float]:
    """(slope, shift) of the log-odds, the sets weighing alike."""
    x = np.array([[log_odds(float(value))] for p, _, _ in found for value in p])
    weights = np.concatenate([np.full(len(p), 1.0 / len(p)) for p, _, _ in found]) * len(x)
    fitted = LogisticRegression(C=100.0).fit(x, np.concatenate([y for _, y, _ in found]), sample_weight=weights)
    return round(float(fitted.coef_[0][0]), 4), round(float(fitted.intercept_[0]), 4)


def calibrated(p: np.ndarray, slope: float, shift: float) -> np.ndarray:
    """Probabilities that the records are right."""
    odds = np.array([log_odds(float(value)) for value in p])
    return np.asarray(1.0 / (1.0 + np.exp(-(slope * odds + shift))))


def curve(p: np.ndarray, y: np.ndarray, gold: int) -> list[float]:
    """Detection F1 at each of THRESHOLDS."""
    return [float(2 * y[p >= t].sum() / (gold + (p >= t).sum())) for t in THRESHOLDS]


def chosen(curves: list[list[float]]) -> float:
    """The lowest threshold whose mean F1 over the sets is within SLACK of the best."""
    means = np.mean(curves, axis=0)
    return next(t for t, f1 in zip(THRESHOLDS, means, strict=True) if f1 >= means.max() - SLACK)


def asked(doc: str | None) -> tuple[argparse.Namespace, dict[str, list[Any]]]:
    """The options of a command line (`data`, `models`) and the two sets that count alike; `doc` is its help."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--models", type=Path, default=MODELS)
    parser.add_argument("--hold-out", type=int, default=8)
    o = parser.parse_args()
    held = [a for a in directive_data.read(o.data.parent / "bench/train.jsonl") if held_out(a, o.hold_out)]
    return o, {"held_out": held, "validation": directive_data.read(FOLDER / "validation.jsonl")}


def main() -> None:
    """Command line."""
    o, sets = asked(__doc__)
    scorer, annotator = judge.load(o.data), Annotator(o.models, EXTRACTION)
    found = {name: outcomes(scorer, annotator, articles) for name, articles in sets.items()}
    slope, shift = calibration(list(found.values()))
    found = {name: (calibrated(p, slope, shift), y, gold) for name, (p, y, gold) in found.items()}
    curves = {name: curve(*row) for name, row in found.items()}
    keep = chosen(list(curves.values()))
    figures = {
        name: {
            "articles": len(sets[name]), "detection_f1": round(curves[name][THRESHOLDS.index(keep)], 4),
            "calibration_error": round(calibration_error(found[name][0], found[name][1]), 4),
        }
        for name in sets
    }  # fmt: skip
    stored = {"not_in_office": NOT_IN_OFFICE, "keep": keep, "slope": slope, "shift": shift, "figures": figures}
    (o.models / "directive" / FILE).write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(stored, indent=1))


if __name__ == "__main__":
    main()
