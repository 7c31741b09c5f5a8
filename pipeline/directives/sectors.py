"""Which sectors of government a directive belongs to: a scorecard over the vocabulary of data/sectors.csv and learned words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from arahan.types import Span
from pipeline.directives.sector_words import word_points
from pipeline.vocabulary.gazetteers import sectors_in
from pipeline.vocabulary.scorecards import points

CONTEXT_WEIGHT = 0.4  # a term near the passage against one in it
TITLE_WEIGHT = 0.5
MIN_SHARE = 0.5  # of the best sector's score that a further one must reach
MAX_SECTORS = 2
MIN_PROBABILITY = (0.0, 0.4, 0.5)  # the least by rank; learned like the points
CERTAIN = 30.0
FLOOR = 1e-3  # of a probability whose logarithm is taken
NEAR_CHARS, AROUND_CHARS, OPENING_CHARS = 150, 400, 4_000
POINTS_FILE = "sector_points.csv"


class Passage(NamedTuple):
    """The texts that tell a directive's sectors; the wider ones hold the narrower."""

    action: str
    evidence: str
    near: str
    around: str
    title: str
    opening: str


def passage(text: str, title: str, action: Span, evidence: Span) -> Passage:
    """The texts of a directive in an article of this text and title."""
    near = text[max(0, evidence.start - NEAR_CHARS) : evidence.end + NEAR_CHARS]
    around = text[max(0, evidence.start - AROUND_CHARS) : evidence.end + AROUND_CHARS]
    return Passage(action.of(text), evidence.of(text), near, around, title, text[:OPENING_CHARS])


def sectors_of(evidence: str, context: str = "", title: str = "") -> tuple[str, ...]:
    """Sector codes of a passage by vocabulary alone, the likeliest first, at most MAX_SECTORS; empty when no term is known.

    `context` is the text around the passage, which may include it.
    """
    scores: dict[str, float] = {}
    for text, weight in ((evidence, 1.0), (context, CONTEXT_WEIGHT), (title, TITLE_WEIGHT)):
        for sector, score in sectors_in(text).items():
            scores[sector] = scores.get(sector, 0.0) + weight * score
    ranked = _ranked(scores)
    return tuple(sector for sector in ranked[:MAX_SECTORS] if scores[sector] >= MIN_SHARE * scores[ranked[0]])


def sectors_told(told: Passage) -> tuple[str, ...]:
    """Sector codes by the scorecard, the likeliest first, one to three."""
    scores = probabilities(told)
    ranked = _ranked(scores)[: len(MIN_PROBABILITY)]
    return tuple(s for rank, s in enumerate(ranked) if rank == 0 or scores[s] >= MIN_PROBABILITY[rank])


def probabilities(told: Passage) -> dict[str, float]:
    """The probability of each sector by the scorecard."""
    card, terms = points(POINTS_FILE), [_terms_in(text) for text in told]
    learned = word_points({"evidence": told.evidence, "around": f"{told.around} {told.title}"})
    found = {}
    for sector in (name.removeprefix("sector ") for name in card if name.startswith("sector ")):
        said = log_share(learned.get(sector, 0.0) + card[f"words {sector}"])
        values = [*features(sector, terms), ("words", said), (f"sector {sector}", 1.0), ("any", 1.0)]
        total = sum(card[name] * value for name, value in values)
        found[sector] = 1 / (1 + math.exp(-max(-CERTAIN, min(CERTAIN, total))))
    return found


@lru_cache(maxsize=16)
def _terms_in(text: str) -> Mapping[str, float]:
    """As sectors_in; an article's directives share their title and opening."""
    return sectors_in(text)


def features(sector: str, terms: Sequence[Mapping[str, float]]) -> Iterator[tuple[str, float]]:
    """What the vocabulary says about a sector in each text: its share of the best sector, its terms, whether it is the best."""
    for name, found in zip(Passage._fields, terms, strict=True):
        weight, most = found.get(sector, 0.0), max(found.values(), default=1.0)
        if weight:
            yield f"share {name}", weight / most
            yield f"terms {name}", math.log1p(weight)
            yield f"best {name}", float(weight == most)


def log_share(points: float) -> float:
    """The logarithm of the probability that the words alone give, not below that of one in a thousand."""
    return math.log(1 / (1 + math.exp(-points)) + FLOOR)


def _ranked(scores: Mapping[str, float]) -> list[str]:
    return sorted(scores, key=lambda sector: (-scores[sector], sector))
