"""Which language a text is in, by its commonest words: enough to leave English articles out of an Indonesian pipeline."""

from __future__ import annotations

import re
from functools import cache

from arahan.errors import DataFileError
from pipeline.vocabulary.datafile import FOLDER, numbered_rows

LANGUAGES = ("id", "en", "ms")
WORD = re.compile(r"[^\W\d_]+")
SAMPLE_CHARS = 20_000  # the start of a text tells
MIN_SHARE = 0.06  # of the words that must be common words of the language; running Indonesian and English reach 0.2 and more


def language(text: str) -> str:
    """ "id", "en", "ms" or "other" (also for a text without words). Reliable from about five words on."""
    words = [match[0].lower() for match in WORD.finditer(text[:SAMPLE_CHARS])]
    if not words:
        return "other"
    table = _common_words()
    counts = dict.fromkeys(LANGUAGES, 0.0)
    for word in words:
        for name, weight in table.get(word, ()):
            counts[name] += weight
    best = max(LANGUAGES, key=lambda name: counts[name])
    return best if counts[best] / len(words) >= MIN_SHARE else "other"


@cache
def _common_words() -> dict[str, tuple[tuple[str, float], ...]]:
    found: dict[str, tuple[tuple[str, float], ...]] = {}
    for line, row in numbered_rows("common_words.csv", ("word", "language", "weight")):
        if row["language"] not in LANGUAGES or not row["weight"].replace(".", "", 1).isdigit():
            raise DataFileError(FOLDER / "common_words.csv", line, f"{row} needs a language of {LANGUAGES} and a weight")
        found[row["word"]] = (*found.get(row["word"], ()), (row["language"], float(row["weight"])))
    return found
