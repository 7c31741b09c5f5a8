"""Which sectors of government a directive belongs to, by the weighted vocabulary of data/sectors.csv."""

from __future__ import annotations

from pipeline.gazetteers import sectors_in

CONTEXT_WEIGHT = 0.4  # a term near the passage against one in it
TITLE_WEIGHT = 0.5
MIN_SHARE = 0.5  # of the best sector's score that a further one must reach
MAX_SECTORS = 2


def sectors_of(evidence: str, context: str = "", title: str = "") -> tuple[str, ...]:
    """Sector codes of a passage, the likeliest first, at most MAX_SECTORS; empty when no term is known.

    `context` is the text around the passage, which may include it.
    """
    scores: dict[str, float] = {}
    for text, weight in ((evidence, 1.0), (context, CONTEXT_WEIGHT), (title, TITLE_WEIGHT)):
        for sector, score in sectors_in(text).items():
            scores[sector] = scores.get(sector, 0.0) + weight * score
    ranked = sorted(scores, key=lambda sector: (-scores[sector], sector))
    return tuple(sector for sector in ranked[:MAX_SECTORS] if scores[sector] >= MIN_SHARE * scores[ranked[0]])
