"""Export a trained directive model and learn its settings on the articles that were held out of its training.

    python -m models.training.directive_settings --weights build/directive/model.pt --out models/directive

Writes encoder.onnx (8 bits), heads.safetensors and settings.json: the decoder's thresholds and the calibration of the
confidence, both learned on held-out training articles and scored by the benchmark's own scorer.
"""

from __future__ import annotations

import argparse
import itertools
import json
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from tokenizers import Tokenizer

from models.runtime import decode
from models.runtime.decode import Thresholds
from models.runtime.heads import Heads
from models.runtime.session import OnnxEncoder
from models.runtime.windows import windows
from models.training import directive_data, judge, onnx_export
from models.training.adapt import load
from models.training.directive import held_out
from models.training.directive_model import DirectiveModel

BIASES = (0.0, 0.5, 1.0, 1.5)
GATES = (0.05, 0.15)
FOLDS = 5
Encoded = list[tuple[Any, Any, dict[str, Any]]]


def export(weights: Path, encoder: Path, out: Path) -> None:
    """encoder.onnx and heads.safetensors from a trained model's state."""
    model = DirectiveModel(load(encoder))
    model.load_state_dict(torch.load(weights, weights_only=True))
    out.mkdir(parents=True, exist_ok=True)
    onnx_export.export(model.encoder, out / "encoder.onnx")
    heads = {k: v.half() for k, v in model.state_dict().items() if not k.startswith("encoder.")}
    save_file(heads, out / "heads.safetensors")


def encode(articles: list[Any], out: Path, tokenizer: Tokenizer) -> list[Encoded]:
    """The windows of each article with their states and token log-probabilities."""
    encoder, heads, found = OnnxEncoder(out / "encoder.onnx"), Heads.load(out / "heads.safetensors"), []
    for a in articles:
        cut = windows(tokenizer, a.get("title", ""), a["text"], directive_data.sentences(a["text"]))
        states = encoder.states([w.ids for w in cut])
        found.append([(w, s, heads.tokens(s)) for w, s in zip(cut, states, strict=True)])
    return found


def predictions(encoded: Encoded, spans: list[Any], heads: Heads, t: Thresholds) -> list[dict[str, Any]]:
    """Candidates in the scorer's form, with their features."""
    rows = []
    for window, states, tokens in encoded:
        for c in decode.candidates(window, states, tokens, heads, t):
            evidence = spans[c.sentence]
            rows.append({
                "action_start": c.action.start, "action_end": c.action.end, "evidence_start": evidence.start,
                "evidence_end": evidence.end, "kind": c.kind, "features": c.features,
            })  # fmt: skip
    return rows


def evaluate(
    scorer: ModuleType, articles: list[Any], rows: list[list[dict[str, Any]]]
) -> tuple[float, float, LogisticRegression, Any]:
    """Best F1 over thresholds on cross-validated confidence, that threshold, the regression, (probability, right) pairs."""
    x = np.array([p["features"] for row in rows for p in row])
    y = np.array([hit for a, row in zip(articles, rows, strict=True) for hit in judge.matched(scorer, a, row)])
    gold = sum(len(a["directives"]) for a in articles)
    if y.sum() < 2 * FOLDS:
        raise ValueError(f"{len(y)} candidates, {int(y.sum())} of them right: too few to learn a confidence from")
    regression = LogisticRegression(C=1.0, max_iter=1000)
    groups = np.array([i % FOLDS for i, row in enumerate(rows) for _ in row])
    folds = [(np.flatnonzero(groups != g), np.flatnonzero(groups == g)) for g in range(FOLDS)]
    p = cross_val_predict(regression, x, y, cv=folds, method="predict_proba")[:, 1]
    regression.fit(x, y)
    best = max((2 * y[p >= t].sum() / (gold + (p >= t).sum()), t) for t in np.arange(0.1, 0.8, 0.02))
    return float(best[0]), float(best[1]), regression, (p, y)


def calibration_error(p: np.ndarray, y: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over equal-width bins."""
    index = np.minimum((p * bins).astype(int), bins - 1)
    return float(
        sum(abs(p[index == b].mean() - y[index == b].mean()) * (index == b).mean() for b in range(bins) if (index == b).any())
    )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--encoder", type=Path, default=Path("build/encoder-joint"))
    parser.add_argument("--weights", type=Path, default=Path("build/directive/model.pt"))
    parser.add_argument("--out", type=Path, default=Path("models/directive"))
    parser.add_argument("--hold-out", type=int, default=8)
    o = parser.parse_args()
    export(o.weights, o.encoder, o.out)
    articles = [a for a in directive_data.read(o.data.parent / "bench/train.jsonl") if held_out(a, o.hold_out)]
    scorer, heads = judge.load(o.data), Heads.load(o.out / "heads.safetensors")
    tokenizer = Tokenizer.from_file(str(o.encoder / "tokenizer.json"))
    encoded = encode(articles, o.out, tokenizer)
    spans = [directive_data.sentences(a["text"]) for a in articles]
    results = []
    for bias, gate in itertools.product(BIASES, GATES):
        t = Thresholds(inside_bias=bias, gate=gate)
        rows = [predictions(e, s, heads, t) for e, s in zip(encoded, spans, strict=True)]
        try:
            f1, keep, regression, pairs = evaluate(scorer, articles, rows)
        except ValueError as error:
            print(f"bias {bias} gate {gate}  {error}", flush=True)
            continue
        results.append((f1, t, regression, calibration_error(*pairs)))
        print(f"bias {bias} gate {gate}  F1 {f1:.3f} at {keep:.2f}  ECE {results[-1][3]:.3f}", flush=True)
    f1, thresholds, regression, miss = max(results, key=lambda r: r[0])
    settings = {
        "thresholds": asdict(thresholds),
        "calibration": {
            "weights": [round(float(w), 4) for w in regression.coef_[0]],
            "bias": round(float(regression.intercept_[0]), 4),
        },
        "held_out": {"articles": len(articles), "detection_f1": round(f1, 4), "calibration_error": round(miss, 4)},
    }
    (o.out / "settings.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(settings, indent=1))


if __name__ == "__main__":
    main()
