"""Which sectors of government a directive belongs to: the weighted vocabulary of data/sectors.csv, and the model's marks."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.gazetteers import sectors_in

CONTEXT_WEIGHT = 0.4  # a term near the passage against one in it
TITLE_WEIGHT = 0.5
MIN_SHARE = 0.5  # of the best sector's score that a further one must reach
MAX_SECTORS = 2
VOCABULARY = 1.0  # what the vocabulary's best sector adds to the model's probability, learned on held-out training articles
MIN_BLENDED = 0.55
MAX_BLENDED = 3


def sectors_of(evidence: str, context: str = "", title: str = "") -> tuple[str, ...]:
    """Sector codes of a passage by vocabulary alone, the likeliest first, at most MAX_SECTORS; empty when no term is known.

    `context` is the text around the passage, which may include it.
    """
    scores = _scores(evidence, context, title)
    ranked = sorted(scores, key=lambda sector: (-scores[sector], sector))
    return tuple(sector for sector in ranked[:MAX_SECTORS] if scores[sector] >= MIN_SHARE * scores[ranked[0]])


def blended(marked: Mapping[str, float], evidence: str, context: str = "", title: str = "") -> tuple[str, ...]:
    """Sector codes by the model's probabilities and the vocabulary together, at most MAX_BLENDED and never none."""
    words = _scores(evidence, context, title)
    most = max(words.values(), default=1.0)
    scores = {sector: p + VOCABULARY * words.get(sector, 0.0) / most for sector, p in marked.items()}
    ranked = sorted(scores, key=lambda sector: (-scores[sector], sector))
    return tuple(s for rank, s in enumerate(ranked[:MAX_BLENDED]) if rank == 0 or scores[s] >= MIN_BLENDED)


def _scores(evidence: str, context: str, title: str) -> dict[str, float]:
    scores: dict[str, float] = {}
    for text, weight in ((evidence, 1.0), (context, CONTEXT_WEIGHT), (title, TITLE_WEIGHT)):
        for sector, score in sectors_in(text).items():
            scores[sector] = scores.get(sector, 0.0) + weight * score
    return scores
