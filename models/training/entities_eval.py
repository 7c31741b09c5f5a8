"""Figures of the shipped entity recogniser on NERGrit's validation part: strict spans, as conlleval counts them."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.training import entities_data, entities_head
from models.training.entities_rules import spans_of
from models.training.features import encoder_record

MODEL_DIR = Path(__file__).resolve().parent.parent
NAMED = entities_data.NAMED


@dataclass(frozen=True)
class Score:
    """Precision, recall and F1 of spans, and how many gold spans there are."""

    precision: float
    recall: float
    f1: float
    gold: int


def scored(gold: int, found: int, right: int) -> Score:
    """From counts; 0 where nothing was found or there."""
    precision, recall = (right / found if found else 0.0), (right / gold if gold else 0.0)
    return Score(precision, recall, 2 * right / (gold + found) if gold + found else 0.0, gold)


Tags = Iterable[Sequence[str]]


def compare(gold: Tags, predicted: Tags, classes: Sequence[str] = NAMED) -> dict[str, Score]:
    """Scores by class and for "all": a span is right when its ends and its class are; spans of other classes do not count."""
    there: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for true, guess in zip(gold, predicted, strict=True):
        true_spans, guessed = set(spans_of(true)), set(spans_of(guess))
        for counter, spans in ((there, true_spans), (found, guessed), (right, true_spans & guessed)):
            counter.update(tag for _, _, tag in spans if tag in classes)
    table = {name: scored(there[name], found[name], right[name]) for name in classes}
    return table | {"all": scored(there.total(), found.total(), right.total())}


def figures(data: Path, model: Path = MODEL_DIR / "id/ner/arahan.pt", encoder: Path = MODEL_DIR / "encoder") -> dict[str, float]:
    """F1 for "ner_nergrit_f1" and each class ("ner_nergrit_person_f1", ...); empty where the corpus is not under `data`."""
    if not (data / "ner/nergrit_ner-grit.valid.tsv").exists():
        return {}
    gold = entities_data.nergrit(data, "valid")
    tagger = entities_head.load(model, encoder_record(encoder))
    table = compare([s.tags for s in gold], entities_head.predict(tagger, [s.words for s in gold]))
    overall = table.pop("all")
    named = {f"{name.lower()}_f1": score.f1 for name, score in table.items()}
    found = {"f1": overall.f1, "precision": overall.precision, "recall": overall.recall} | named
    return {f"ner_nergrit_{name}": round(value, 4) for name, value in found.items()}


def main() -> None:
    """Print the figures as JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=Path("../shared/data"))
    options.add_argument("--model", type=Path, default=MODEL_DIR / "id/ner/arahan.pt")
    options.add_argument("--encoder", type=Path, default=MODEL_DIR / "encoder")
    arguments = options.parse_args()
    print(json.dumps(figures(arguments.data, arguments.model, arguments.encoder), indent=1))


if __name__ == "__main__":
    main()
