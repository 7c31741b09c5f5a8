"""Small sets of words beside numbers and times, read once from `data/value_words.csv`."""

from __future__ import annotations

import re
from functools import cache

from arahan.errors import DataFileError
from pipeline.vocabulary.datafile import FOLDER, numbered_rows

FILE = "value_words.csv"
USES = (
    "past", "other-day", "recurring", "day-part", "planned", "condition", "bound",
    "goal-act", "auxiliary", "agent", "forbidding", "which", "if", "purpose", "joining", "compared", "counting",
)  # fmt: skip


@cache
def any_of(use: str) -> str:
    """A regular expression for any word of one of USES; KeyError for another."""
    return f"(?:{'|'.join(map(re.escape, _words()[use]))})"


@cache
def _words() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {use: [] for use in USES}
    for line, row in numbered_rows(FILE, ("word", "use")):
        if row["use"] not in found or not row["word"] or row["word"] in found[row["use"]]:
            raise DataFileError(FOLDER / FILE, line, f"{row} needs a word, each once, and one of {USES}")
        found[row["use"]].append(row["word"])
    return found
