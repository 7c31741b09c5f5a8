"""Which sectors of government a directive belongs to: the weighted vocabulary of data/sectors.csv, and the model's marks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from arahan.errors import DataFileError
from pipeline.datafile import FOLDER, numbered_rows
from pipeline.gazetteers import sectors_in

CONTEXT_WEIGHT = 0.4  # a term near the passage against one in it
TITLE_WEIGHT = 0.5
MIN_SHARE = 0.5  # of the best sector's score that a further one must reach
MAX_SECTORS = 2
SHARES = (0.5, 0.6, 0.3)  # what the best sector of evidence, context and title adds to the model's probability
MIN_BLENDED = (0.0, 0.5, 0.7)  # the least score by rank; all learned on held-out training articles


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


def blended(marked: Mapping[str, float], evidence: str, context: str = "", title: str = "") -> tuple[str, ...]:
    """Sector codes by the model's probabilities and the vocabulary together, the likeliest first, one to three.

    Each text counts by its terms' share of its best sector, so that a long context does not drown the sentence;
    sectors that touch on everything (data/sector_broad.csv) have to be surer than others.
    """
    scores = {sector: p - _broad().get(sector, 0.0) for sector, p in marked.items()}
    for text, weight in zip((evidence, context, title), SHARES, strict=True):
        found = sectors_in(text)
        most = max(found.values(), default=1.0)
        for sector in scores.keys() & found.keys():
            scores[sector] += weight * found[sector] / most
    ranked = _ranked(scores)[: len(MIN_BLENDED)]
    return tuple(s for rank, s in enumerate(ranked) if rank == 0 or scores[s] >= MIN_BLENDED[rank])


@cache
def _broad() -> dict[str, float]:
    found: dict[str, float] = {}
    for line, row in numbered_rows("sector_broad.csv", ("sector", "less")):
        try:
            found[row["sector"]] = float(row["less"])
        except ValueError as error:
            raise DataFileError(FOLDER / "sector_broad.csv", line, f"less {row['less']!r} is not a number") from error
    return found


def _ranked(scores: Mapping[str, float]) -> list[str]:
    return sorted(scores, key=lambda sector: (-scores[sector], sector))
