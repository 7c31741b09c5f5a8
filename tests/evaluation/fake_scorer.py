"""A scorer with the benchmark's functions and simple rules of its own, for the tests of what is built on them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

Row = dict[str, Any]
WORD = re.compile(r"\w+")


def positions(text: str, start: int, end: int) -> set[int]:
    return {match.start() + start for match in WORD.finditer(text[start:end])}


def f1_sets(a: set[int], b: set[int]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def assign(scores: list[list[float]]) -> list[tuple[int, int]]:
    ranked = sorted(((s, i, j) for i, row in enumerate(scores) for j, s in enumerate(row) if s), reverse=True)
    rows, columns, found = set[int](), set[int](), []
    for _, i, j in ranked:
        if i not in rows and j not in columns:
            rows.add(i)
            columns.add(j)
            found.append((i, j))
    return found


def article_counts(article: Row, rows: list[Row]) -> tuple[dict[str, float], list[object]]:
    """Matches where the acts are the very same."""
    c: dict[str, float] = defaultdict(float)
    c["gold"], c["pred"] = len(article["directives"]), len(rows)
    for g in article["directives"]:
        for p in rows:
            if g["action"] == [p["action_start"], p["action_end"]]:
                same = g["kind"] == p["kind"]
                issuer = g["issuer"]["name"] == p["issuer_name"]
                shared, both = set(g["sectors"]) & set(p["sectors"]), len(g["sectors"]) + len(p["sectors"])
                for name, value in (("match", True), ("kind", same), ("issuer", issuer), ("addr", True), ("sec_tp", len(shared))):
                    c[name] += value
                c["sec_g"] += len(g["sectors"])
                c["sec_p"] += len(p["sectors"])
                c["record"] += same and issuer and bool(shared or not both)
    return c, []


def prf(tp: float, g: float, p: float) -> dict[str, float]:
    return {"precision": tp / p if p else 0.0, "recall": tp / g if g else 0.0, "f1": 2 * tp / (g + p) if g + p else 1.0}


def summary(c: dict[str, float]) -> Row:
    m = c["match"] or 1
    plain = dict.fromkeys(("addressees", "sectors", "quantities", "deadline", "deadline_f1"), 1.0)
    return {
        **plain, "detection": prf(c["match"], c["gold"], c["pred"]), "record": prf(c["record"], c["gold"], c["pred"]),
        "kind": c["kind"] / m, "issuer": c["issuer"] / m,
    }  # fmt: skip


def score(gold: dict[str, Row], found: dict[str, list[Row]], officials: dict[str, list[Row]]) -> tuple[Row, list[object]]:
    """Named officials count as found when their name stands in the article."""
    total: dict[str, float] = defaultdict(float)
    for id_, article in gold.items():
        for name, value in article_counts(article, found.get(id_, []))[0].items():
            total[name] += value
        named = {o["name"] for o in article["officials"]}
        total["off_g"] += len(named)
        total["off_p"] += len(officials.get(id_, []))
        total["off_tp"] += len(named & {o["name"] for o in officials.get(id_, [])})
    result = summary(total)
    return {**result, "officials": prf(total["off_tp"], total["off_g"], total["off_p"]), "officials_role": 1.0}, []
