"""Gold directives with their sectors, as the training of the sectors reads them, and how well chosen sectors meet them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from arahan.types import Span
from models.training import directive_data
from models.training.annotations import more
from models.training.directive import held_out
from pipeline.directives.sector_words import FIELDS, words_of
from pipeline.directives.sectors import MIN_PROBABILITY, Passage, passage

Array = NDArray[np.float64]


class Record(NamedTuple):
    """A gold directive: its article, texts and sectors."""

    article: str
    told: Passage
    gold: frozenset[str]


def read(data: Path, hold_out: int, bench_only: bool) -> tuple[list[Record], list[Record], frozenset[str]]:
    """The records to learn from, those held out, and which articles to learn from are the benchmark's."""
    bench = directive_data.read(data.parent / "bench" / "train.jsonl")
    held = records([a for a in bench if held_out(a, hold_out)])
    own = [a for a in bench if not held_out(a, hold_out)]
    found = records(own if bench_only else own + more(data))
    return found, held, frozenset(a["id"] for a in own)


def records(articles: list[Any]) -> list[Record]:
    """Every gold directive."""
    return [
        Record(a["id"], passage(a["text"], a.get("title", ""), Span(*d["action"]), Span(*d["evidence"])), frozenset(d["sectors"]))
        for a in articles
        for d in a["directives"]
    ]


def terms_of(record: Record) -> list[str]:
    """The words of a directive with their fields, as the pipeline reads them."""
    told = record.told
    texts = {"evidence": told.evidence, "around": f"{told.around} {told.title}"}
    return [f"{field} {word}" for field in FIELDS for word in sorted(words_of(texts[field]))]


def where(found: list[Record], chosen: NDArray[np.bool_]) -> list[Record]:
    """The records chosen, one truth value each."""
    return [r for r, c in zip(found, chosen, strict=True) if c]


def micro_f1(p: Array, found: list[Record], codes: list[str]) -> float:
    """Micro F1 of the sectors chosen by probabilities (records, sectors)."""
    right = chosen = 0
    for row, record in zip(p, found, strict=True):
        best = [int(k) for k in np.argsort(-row)[: len(MIN_PROBABILITY)]]
        picked = {codes[k] for rank, k in enumerate(best) if rank == 0 or row[k] >= MIN_PROBABILITY[rank]}
        right += len(picked & record.gold)
        chosen += len(picked) + len(record.gold)
    return 2 * right / chosen
