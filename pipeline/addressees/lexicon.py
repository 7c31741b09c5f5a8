"""The word lists behind addressees, read once from `pipeline/data/`: words by their role in the clause, patterns by their use."""

from __future__ import annotations

import re
from functools import cache

from arahan.errors import DataFileError
from pipeline.vocabulary.datafile import FOLDER, mapping, numbered_rows, rows

ROLES = (
    "lead", "told", "end", "weak", "fronting", "object", "order", "clause", "copula", "verb", "bare", "adverbial",
    "describing", "each", "condition", "joining", "after-passive", "opener",
    "before-subject", "no-subject", "modifier", "no-relative", "relative-end", "relative-on", "joint", "beside",
    "us", "them", "you",
)  # fmt: skip
USES = (
    "joint", "tail", "last", "area", "office", "affair", "human", "nobody", "thing", "phrase-end", "next",
    "before-passive", "no-passive", "no-active", "told-verb", "agent-end", "fronted", "fronted-after", "asked",
    "asking", "giver", "address", "addressed", "no-person",
)  # fmt: skip


def role(name: str) -> frozenset[str]:
    """The words of one of ROLES; KeyError for another."""
    return _roles()[name]


@cache
def any_of(use: str) -> str:
    """A regular expression for any pattern of one of USES, the first that fits; KeyError for another."""
    return f"(?:{'|'.join(_patterns()[use])})"


def type_of(phrase: str) -> str:
    """ "pronoun", "quantifier" or "whole" as addressee_words.csv has the phrase; "" when it does not."""
    return mapping("addressee_words.csv", ("word", "type")).get(phrase.lower(), "")


@cache
def pronouns() -> frozenset[str]:
    """Words that stand for persons and name none."""
    return frozenset(word for word, kind in mapping("addressee_words.csv", ("word", "type")).items() if kind == "pronoun")


@cache
def inquits() -> frozenset[str]:
    """Verbs of speech that may stand between commas with the speaker after them ("kata", "ujarnya")."""
    forms = [
        r["form"] for r in rows("speech_verbs.csv", ("form", "kind", "orders")) if r["kind"] == "before" and " " not in r["form"]
    ]
    return frozenset(forms) | {form + "nya" for form in forms}


@cache
def _roles() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {name: set() for name in ROLES}
    for line, row in numbered_rows("addressee_frames.csv", ("word", "role")):
        if row["role"] not in found or not row["word"]:
            raise DataFileError(FOLDER / "addressee_frames.csv", line, f"{row} needs a word and one of {ROLES}")
        found[row["role"]].add(row["word"])
    return {name: frozenset(words) for name, words in found.items()}


@cache
def _patterns() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {use: [] for use in USES}
    for line, row in numbered_rows("addressee_patterns.csv", ("pattern", "use")):
        if row["use"] not in found or not row["pattern"]:
            raise DataFileError(FOLDER / "addressee_patterns.csv", line, f"{row} needs a pattern and one of {USES}")
        try:
            re.compile(row["pattern"])
        except re.error as error:
            raise DataFileError(FOLDER / "addressee_patterns.csv", line, f"{row['pattern']!r}: {error}") from error
        found[row["use"]].append(row["pattern"])
    return found
