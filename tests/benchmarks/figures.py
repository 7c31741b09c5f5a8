"""Figures of the benchmark's scorer, with bootstrap intervals over articles, and how good the confidence is.

Nothing is scored here: counts come from the scorer's `article_counts`, figures from its `summary`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from tests.benchmarks.readings import Reading, Row

Counts = Mapping[str, float]
Figures = dict[str, float]
DRAWS = 1000
BINS = 10
SUMS = ("detection", "record")
PLAIN = ("kind", "issuer", "addressees", "sectors", "quantities", "deadline", "deadline_f1", "officials_role")


class Band(NamedTuple):
    """Records whose confidence lies in [low, high): how many, their mean confidence, the share the scorer matches."""

    low: float
    high: float
    records: int
    confidence: float
    precision: float


def flat(found: Mapping[str, Any]) -> Figures:
    """The scorer's result as one level of names."""
    figures = {f"{n}.{part}": found[n][part] for n in SUMS for part in ("precision", "recall", "f1")}
    figures |= {name: found[name] for name in PLAIN if name in found}
    if "officials" in found:
        figures["officials.f1"] = found["officials"]["f1"]
    return {name: float(value) for name, value in figures.items()}


def score(scorer: ModuleType, reading: Reading) -> Figures:
    """The scorer's figures of a reading."""
    gold = {article["id"]: article for article in reading.articles}
    return flat(scorer.score(gold, reading.found, reading.officials)[0])


def counts(scorer: ModuleType, article: Row, rows: list[Row], officials: list[Row]) -> Counts:
    """What the scorer sums over articles, for one article; also of officials, which it gives as shares only."""
    found: dict[str, float] = defaultdict(float, scorer.article_counts(article, rows)[0])
    result = scorer.score({article["id"]: article}, {article["id"]: rows}, {article["id"]: officials})[0]
    found["off_g"] = sum(bool(o.get("name")) for o in article.get("officials", []))
    found["off_p"] = sum(bool(o.get("name")) for o in officials)
    found["off_tp"] = round(result["officials"]["recall"] * found["off_g"])
    found["off_role"] = round(result["officials_role"] * found["off_tp"])
    found["articles"] = 1
    return found


def reading_counts(scorer: ModuleType, reading: Reading) -> dict[str, Counts]:
    """Counts of every article, by its id."""
    return {
        a["id"]: counts(scorer, a, reading.found.get(a["id"], []), reading.officials.get(a["id"], [])) for a in reading.articles
    }


def summarise(scorer: ModuleType, total: Counts) -> Figures:
    """Figures of summed counts."""
    found = dict(scorer.summary(defaultdict(float, total)))
    found["officials"] = scorer.prf(total.get("off_tp", 0), total.get("off_g", 0), total.get("off_p", 0))
    found["officials_role"] = total.get("off_role", 0) / (total.get("off_tp", 0) or 1)
    return flat(found)


def added(each: Sequence[Counts]) -> Counts:
    """The sum of counts."""
    total: dict[str, float] = defaultdict(float)
    for one in each:
        for name, value in one.items():
            total[name] += value
    return total


def intervals(scorer: ModuleType, each: Sequence[Counts], draws: int = DRAWS) -> dict[str, tuple[float, float]]:
    """95 % bootstrap intervals over articles for every figure."""
    names = sorted({name for one in each for name in one})
    table = np.array([[one.get(name, 0.0) for name in names] for one in each])
    weights = np.random.default_rng(0).multinomial(len(each), [1 / len(each)] * len(each), size=draws)
    found = [summarise(scorer, dict(zip(names, map(float, row), strict=True))) for row in weights @ table]
    return {name: tuple(np.percentile([figures[name] for figures in found], (2.5, 97.5)).tolist()) for name in found[0]}


def bands(confidences: Sequence[float], right: Sequence[bool], bins: int = BINS) -> list[Band]:
    """Bands of equal width over [0, 1] that hold a record; 1.0 belongs to the last."""
    grouped: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for p, hit in zip(confidences, right, strict=True):
        grouped[min(int(p * bins), bins - 1)].append((p, hit))
    return [
        Band(b / bins, (b + 1) / bins, len(some), sum(p for p, _ in some) / len(some), sum(hit for _, hit in some) / len(some))
        for b, some in sorted(grouped.items())
    ]


def calibration_error(found: Sequence[Band]) -> float:
    """Expected calibration error: mean distance of confidence and precision, every record counting the same."""
    total = sum(band.records for band in found)
    return sum(band.records * abs(band.confidence - band.precision) for band in found) / total if total else 0.0


def error_by_chance(confidences: Sequence[float], draws: int = DRAWS) -> tuple[float, float]:
    """What a perfectly calibrated confidence would show on so many records: mean and 95th percentile."""
    rng, p = np.random.default_rng(0), np.array(confidences)
    found = [calibration_error(bands(confidences, list(rng.random(len(p)) < p))) for _ in range(draws)]
    return float(np.mean(found)), float(np.percentile(found, 95))
