"""Learn the confidence of records on articles that were held out of the directive model's training.

    python -m models.training.confidence --data ../shared/data --hold-out 8

The only training code that runs the pipeline: what it weighs is the pipeline's own finding. Writes confidence.json beside the
directive model: standardised weights folded back to plain ones, and the threshold `keep`, with figures by cross-validation over
articles.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from arahan.types import Article
from models.training import directive_data, judge
from models.training.directive import held_out
from models.training.directive_settings import calibration_error
from pipeline.annotate import EXTRACTION, Annotator
from pipeline.confidence import FILE, Finding, features
from pipeline.extract import read

FOLDS = 10
NEWS_ALONE = ("others", "position", "lead", "words of")  # what these say of news need not hold for releases
SLACK = 0.01
STRENGTHS = (0.02, 0.05, 0.1)
MODELS = Path(__file__).resolve().parent.parent


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


def best_threshold(p: np.ndarray, y: np.ndarray, gold: int) -> tuple[float, float]:
    """(best detection F1, the lowest threshold within SLACK of it): releases hold more directives than news."""
    found = [(2 * y[p >= t].sum() / (gold + (p >= t).sum()), t) for t in np.arange(0.1, 0.6, 0.02)]
    best = max(f1 for f1, _ in found)
    return float(best), float(min(t for f1, t in found if f1 >= best - SLACK))


def learn(x: np.ndarray, y: np.ndarray, groups: np.ndarray, gold: int) -> tuple[Any, dict[str, Any]]:
    """The regression with the best cross-validated F1, fitted on everything, and its figures."""
    folds = [(np.flatnonzero(groups != g), np.flatnonzero(groups == g)) for g in range(FOLDS)]
    found = []
    for strength in STRENGTHS:
        model = make_pipeline(StandardScaler(), LogisticRegression(C=strength, max_iter=2000))
        p = cross_val_predict(model, x, y, cv=folds, method="predict_proba")[:, 1]
        f1, keep = best_threshold(p, y, gold)
        error = calibration_error(p, y)
        figures = {"strength": strength, "detection_f1": round(f1, 4), "calibration_error": round(error, 4)}
        print(figures, f"keep {keep:.2f}", flush=True)
        found.append((f1, keep, model, figures))
    _, keep, model, figures = max(found, key=lambda row: row[0])
    return model.fit(x, y), {"keep": round(keep, 3), "held_out": figures}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--models", type=Path, default=MODELS)
    parser.add_argument("--hold-out", type=int, default=8)
    o = parser.parse_args()
    articles = [a for a in directive_data.read(o.data.parent / "bench/train.jsonl") if held_out(a, o.hold_out)]
    scorer, annotator = judge.load(o.data), Annotator(o.models, EXTRACTION)
    found = [read(annotated).findings for annotated in annotator.annotate([article_of(a) for a in articles])]
    right = [judge.matched(scorer, a, [row_of(f) for f in row]) for a, row in zip(articles, found, strict=True)]
    table = [features(f) for row in found for f in row]
    names = sorted({name for row in table for name in row if not name.startswith(NEWS_ALONE)})
    x = np.array([[row.get(name, 0.0) for name in names] for row in table])
    groups = np.array([i % FOLDS for i, row in enumerate(found) for _ in row])
    model, settings = learn(
        x, np.array([hit for row in right for hit in row]), groups, sum(len(a["directives"]) for a in articles)
    )
    scale, regression = model[0], model[-1]
    weights = regression.coef_[0] / scale.scale_
    bias = float(regression.intercept_[0] - (weights * scale.mean_).sum())
    stored = {"weights": {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}, "bias": round(bias, 4), **settings}
    (o.models / "directive" / FILE).write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(settings))


if __name__ == "__main__":
    main()
