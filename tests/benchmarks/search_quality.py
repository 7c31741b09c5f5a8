"""Recall@10 and MRR of 40 judged queries: `python -m tests.benchmarks.search_quality --data ../shared/bench`.

search_judgements.jsonl has the queries and the ids (article-number of the annotated directive) that one reader took for
answers among the first results of each way to search; what no way found was not judged. The texts are not in the project.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from arahan.settings import load_settings
from search.build import build
from search.embed import Encoder, load
from search.find import find
from search.query import Query
from search.sqlite import open_index
from tests.benchmarks.search_gold import records, write_dataset

JUDGEMENTS = Path(__file__).with_name("search_judgements.jsonl")
FIRST = 10


def judgements() -> dict[str, frozenset[str]]:
    """Answers by query."""
    lines = map(json.loads, JUDGEMENTS.read_text(encoding="utf-8").splitlines())
    return {line["query"]: frozenset(line["relevant"]) for line in lines}


def score(found: list[str], relevant: frozenset[str]) -> tuple[float, float]:
    """Recall among the first ten (of at most ten) and the reciprocal rank of the first answer."""
    hit = [id_ in relevant for id_ in found[:FIRST]]
    return sum(hit) / min(FIRST, len(relevant)), 1 / (hit.index(True) + 1) if any(hit) else 0.0


def measure(output: Path, encoder: Encoder) -> Mapping[str, list[tuple[float, float]]]:
    """Scores of every query by each way to search."""
    connection = open_index(output)
    ways = {"stems": (True, None), "meaning": (False, encoder), "both": (True, encoder)}
    found: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
    for text, relevant in judgements().items():
        for way, (stems, embedder) in ways.items():
            hits = find(connection, Query(text=text, size=FIRST), embedder=embedder, stems=stems, facets=False).hits
            found[way].append(score([hit.directive_id for hit in hits], relevant))
    return found


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--work", type=Path, help="keep the dataset and its index here, or use the one that is there")
    parser.add_argument("--each", action="store_true", help="also the scores of each query")
    o = parser.parse_args()
    encoder = load(load_settings().search_model)
    with tempfile.TemporaryDirectory() as folder:
        work = o.work or Path(folder)
        if not (work / "directives").exists():
            write_dataset(records([o.data / "train.jsonl", o.data / "dev.jsonl"]), work)
        build(work, encoder)
        found = measure(work, encoder)
    if o.each:
        for number, text in enumerate(judgements()):
            print(f"{text:<45}" + "  ".join(f"{way} {found[way][number][0]:.2f} {found[way][number][1]:.2f}" for way in found))
    for way, scores in found.items():
        recall, mrr = np.mean(scores, axis=0)
        print(f"{way:<8} recall@{FIRST} {recall:.3f}  MRR {mrr:.3f}")


if __name__ == "__main__":
    main()
