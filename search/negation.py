"""An act as a heading says it: with the negation that a record keeps in its cue ("tidak akan | menghapus tunjangan")."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

NEGATIONS = Path(__file__).resolve().parent / "data" / "negations.txt"
MOST_BETWEEN = 3


def negation(kind: str, evidence: str, start: int) -> str:
    """What stands in front of an act at `start` of its `evidence` and turns it round, "" for nothing. A prohibition says by its
    kind that the act is not to be done."""
    found = None if kind == "prohibition" else _negated().search(evidence[:start])
    return " ".join(found[0].split()) if found else ""


@cache
def _negated() -> re.Pattern[str]:
    """By the file's two lines: words that negate, and those that may stand between them and the act."""
    negating, between = ("|".join(map(re.escape, line.split())) for line in NEGATIONS.read_text(encoding="utf-8").splitlines())
    return re.compile(rf"(?<![\w-])(?:{negating})(?:\s+(?:{between})){{0,{MOST_BETWEEN}}}\s+$", re.IGNORECASE)
