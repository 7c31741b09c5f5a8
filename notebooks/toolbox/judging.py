"""Samples to judge by hand, what annotations say of the records, and how sure a share is."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd


def wilson(right: int, judged: int, z: float = 1.96) -> tuple[float, float]:
    """The Wilson score interval of a share (Wilson 1927), by default 95 %; (0, 1) when nothing was judged."""
    if not judged:
        return 0.0, 1.0
    share, square = right / judged, z * z / judged
    middle = (share + square / 2) / (1 + square)
    half = z * math.sqrt(share * (1 - share) / judged + square / (4 * judged)) / (1 + square)
    return max(0.0, middle - half), min(1.0, middle + half)


def sample_size(rows: int, half_width: float = 0.1, z: float = 1.96) -> int:
    """How many of `rows` to judge so that a share is known to ± `half_width` at worst; with the finite-population correction."""
    endless = z * z * 0.25 / half_width**2
    return min(rows, math.ceil(endless / (1 + (endless - 1) / rows))) if rows else 0


def drawn(frame: pd.DataFrame, count: int, seed: str = "") -> pd.DataFrame:
    """`count` rows by the hash of their id: the same rows for the same seed, and a larger sample contains a smaller one."""
    order = frame["directive_id"].map(lambda id_: hashlib.sha256(f"{seed}{id_}".encode()).hexdigest())
    return frame.loc[order.sort_values().index[:count]]


def judged_by(gold: Path, directives: pd.DataFrame, articles: pd.DataFrame) -> pd.Series:
    """True or False for each directive of an article that `gold` annotates: is there one of that kind at that action?

    `gold` is annotated JSON Lines as in samples/gold.jsonl. Only articles whose text is the same count. Index: directive_id.
    """
    if "text" not in articles or not gold.is_file():
        return pd.Series(dtype=bool)
    texts = dict(zip(articles["id"], articles["text"], strict=True))
    known: dict[str, list[dict[str, Any]]] = {}
    for line in gold.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if texts.get(record["id"]) == record.get("text"):
            known[record["id"]] = record["directives"]
    rows = [dict(row) for row in directives.to_dict("records") if row["article_id"] in known]
    return pd.Series({row["directive_id"]: _borne_out(row, known[row["article_id"]]) for row in rows}, dtype=bool)


def _borne_out(row: Mapping[Any, Any], gold: Sequence[Mapping[str, Any]]) -> bool:
    """Whether an annotated directive has the row's kind and shares at least half of the two actions' extent."""
    for directive in gold:
        start, end = directive["action"]
        shared = min(end, row["action_end"]) - max(start, row["action_start"])
        if directive["kind"] == row["kind"] and shared >= 0.5 * (max(end, row["action_end"]) - min(start, row["action_start"])):
            return True
    return False
