"""Export the trained directive models and learn their settings on the articles that were held out of their training.

    python -m models.training.directive_settings --wide build/directive-wide/model.pt --close build/directive-close/model.pt

Writes wide/ and close/ (encoder.onnx in 8 bits, heads.safetensors) and settings.json: the decoder's
thresholds and the calibration of the confidence, learned on held-out training articles and scored by the benchmark's scorer.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from tokenizers import Tokenizer
from transformers import BertModel

from arahan.types import Span
from models.runtime import decode
from models.runtime.decode import Candidate, Thresholds
from models.runtime.reader import Calibration, DirectiveReader, Model, Sentences
from models.runtime.session import PieceTable
from models.runtime.windows import Window
from models.training import directive_data, judge, onnx_export
from models.training.adapt import load
from models.training.directive import CUTS, held_out
from models.training.directive_model import DirectiveModel

BIASES = (0.0, 0.5, 1.0, 1.5)
GATES = (0.05, 0.15)
FOLDS = 5
SEEN = ("token_hidden", "token_out", "pool", "sentence_out")
READINGS = {"wide": SEEN, "close": (*SEEN, "query", "key", "pair_bias", "kind_out")}  # heads asked
SPREAD = 4
SAME_PIECES = 0.99  # cosine


def export(weights: Path, encoder: Path, out: Path, typical: Iterable[Window], heads: Sequence[str]) -> BertModel:
    """encoder.onnx, fitted to windows like `typical`, and heads.safetensors from a trained model's state; returns the encoder."""
    model = DirectiveModel(load(encoder))
    model.load_state_dict(torch.load(weights, weights_only=True))
    out.mkdir(parents=True, exist_ok=True)
    onnx_export.export(model.encoder, out / "encoder.onnx", [w.ids for w in typical])
    stored = {name: value.half() for name, value in model.state_dict().items() if name.split(".")[0] in heads}
    save_file(stored, out / "heads.safetensors")
    return model.encoder


def typical(articles: Path, tokenizer: Path, reading: str) -> list[Window]:
    """Every SPREAD-th window of the articles as this reading cuts them."""
    read = directive_data.examples(directive_data.read(articles), Tokenizer.from_file(str(tokenizer)), CUTS[reading])
    return [example.window for example in read[::SPREAD]]


def reader(folder: Path, encoder: Path, doubt: float) -> DirectiveReader:
    """The exported models over the shared encoder's pieces, without thresholds and calibration of their own yet."""
    table = PieceTable.load(encoder / "model.safetensors")
    wide, close = (Model.load(folder / name, table) for name in READINGS)
    none = Calibration((0.0,) * len(decode.FEATURES), 0.0)
    return DirectiveReader(wide, close, Tokenizer.from_file(str(encoder / "tokenizer.json")), Thresholds(doubt=doubt), none)


def rows_of(found: list[Candidate], spans: list[Span]) -> list[dict[str, Any]]:
    """Candidates in the scorer's form, with their features."""
    return [
        {
            "action_start": c.action.start, "action_end": c.action.end, "evidence_start": spans[c.sentence].start,
            "evidence_end": spans[c.sentence].end, "kind": c.kind, "features": c.features,
        }
        for c in found
    ]  # fmt: skip


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
    parser.add_argument("--shared", type=Path, default=Path("models/encoder"), help="whose embeddings of pieces are used")
    for name in READINGS:
        parser.add_argument(f"--{name}", type=Path, default=Path(f"build/directive-{name}/model.pt"))
    parser.add_argument("--typical", type=Path, default=Path("samples/gold.jsonl"), help="articles that 8 bits are fitted to")
    parser.add_argument("--out", type=Path, default=Path("models/directive"))
    parser.add_argument("--hold-out", type=int, default=8)
    parser.add_argument("--doubt", type=float, default=Thresholds().doubt, help="least wide probability for a close look")
    o = parser.parse_args()
    tokenizer = o.encoder / "tokenizer.json"
    wide, close = (
        export(vars(o)[name], o.encoder, o.out / name, typical(o.typical, tokenizer, name), heads)
        for name, heads in READINGS.items()
    )
    pieces = torch.from_numpy(PieceTable.load(o.shared / "model.safetensors").rows(range(wide.config.vocab_size)))
    for name, encoder in (("wide", wide), ("close", close)):
        alike = torch.nn.functional.cosine_similarity(encoder.embeddings.word_embeddings.weight.float(), pieces, dim=1)
        if alike.min() < SAME_PIECES:
            raise ValueError(
                f"{vars(o)[name]} has other embeddings of pieces than {o.shared}: it did not begin from that encoder"
            )
    articles = [a for a in directive_data.read(o.data.parent / "bench/train.jsonl") if held_out(a, o.hold_out)]
    settings = learned(judge.load(o.data), articles, reader(o.out, o.shared, o.doubt))
    (o.out / "settings.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(settings, indent=1))


def learned(scorer: ModuleType, articles: list[Any], model: DirectiveReader) -> dict[str, Any]:
    """The thresholds with the best F1 on `articles`, and the calibration for them."""
    spans = [directive_data.sentences(a["text"]) for a in articles]
    looked = [list(model.look(Sentences(a.get("title", ""), a["text"], s))) for a, s in zip(articles, spans, strict=True)]
    results = []
    for bias, gate in itertools.product(BIASES, GATES):
        t = replace(model.thresholds, inside_bias=bias, gate=gate)
        rows = [rows_of(model.candidates(seen, t), s) for seen, s in zip(looked, spans, strict=True)]
        try:
            f1, keep, regression, pairs = evaluate(scorer, articles, rows)
        except ValueError as error:
            print(f"bias {bias} gate {gate}  {error}", flush=True)
            continue
        results.append((f1, t, regression, calibration_error(*pairs)))
        print(f"bias {bias} gate {gate}  F1 {f1:.3f} at {keep:.2f}  ECE {results[-1][3]:.3f}", flush=True)
    f1, thresholds, regression, miss = max(results, key=lambda r: r[0])
    return {
        "thresholds": asdict(thresholds),
        "calibration": {
            "weights": [round(float(w), 4) for w in regression.coef_[0]],
            "bias": round(float(regression.intercept_[0]), 4),
        },
        "held_out": {"articles": len(articles), "detection_f1": round(f1, 4), "calibration_error": round(miss, 4)},
    }


if __name__ == "__main__":
    main()
