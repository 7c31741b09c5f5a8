"""Loads and checks `data/noise.toml`, the patterns of what is not body text."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from arahan.errors import DataFileError
from pipeline.vocabulary.datafile import FOLDER

LABELS = ("baca-juga", "caption", "editor", "share", "dateline", "sign-off", "related", "header")
SCOPES = ("line", "inline", "title", "tail", "rest", "dateline")
FIELDS: dict[str, type] = {"label": str, "scope": str, "regex": str, "case": bool, "max_chars": int, "first_lines": int}


class Rule(NamedTuple):
    """One pattern; `max_chars` and `first_lines` bound the lines that it is tried on."""

    label: str
    scope: str
    regex: re.Pattern[str]
    max_chars: int
    first_lines: int


class Headlines(NamedTuple):
    """How the headline of another article is told from the sentence after it, on one line."""

    small: frozenset[str]  # words that stay small in a headline
    openers: frozenset[str]  # words that open the sentence after it
    reports: frozenset[str]  # words of running text, which no headline or caption has


@cache
def headlines(path: Path = FOLDER / "noise.toml") -> Headlines:
    """The words under [headlines]."""
    table = _load(path)[0].get("headlines")
    lists = table if isinstance(table, dict) else {}
    if set(lists) != set(Headlines._fields) or not all(isinstance(words, list) for words in lists.values()):
        raise DataFileError(path, 0, f"[headlines] needs the lists {Headlines._fields}")
    return Headlines(*(frozenset(lists[name]) for name in Headlines._fields))


@cache
def outlet_word(path: Path = FOLDER / "noise.toml") -> re.Pattern[str]:
    """What the name of an outlet in a dateline holds, by [datelines]."""
    table = _load(path)[0].get("datelines")
    words = table.get("outlets") if isinstance(table, dict) else None
    if not isinstance(words, list) or not words:
        raise DataFileError(path, 0, "[datelines] needs a list of outlets")
    try:
        return re.compile("|".join(map(str, words)), re.IGNORECASE)
    except re.error as error:
        raise DataFileError(path, 0, f"an outlet of [datelines] is faulty: {error}") from error


@cache
def rules(path: Path = FOLDER / "noise.toml") -> tuple[Rule, ...]:
    """The rules in the order of the file; a DataFileError names the line where a faulty one starts."""
    table, text = _load(path)
    entries = table.get("pattern", [])
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[pattern]]"]
    if not isinstance(entries, list) or len(entries) != len(lines):
        raise DataFileError(path, 0, "each pattern starts with a line [[pattern]]")
    return tuple(_rule(entry, path, line) for entry, line in zip(entries, lines, strict=True))


def _load(path: Path) -> tuple[dict[str, object], str]:
    try:
        text = path.read_text(encoding="utf-8")
        return tomllib.loads(text), text
    except OSError as error:
        raise DataFileError(path, 0, error.strerror or str(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        told = re.search(r"line (\d+)", str(error))
        raise DataFileError(path, int(told[1]) if told else 0, str(error)) from error


def _rule(entry: dict[str, object], path: Path, line: int) -> Rule:
    for field, value in entry.items():
        if field not in FIELDS or type(value) is not FIELDS[field]:
            raise DataFileError(path, line, f"{field} = {value!r} is not known, or of a wrong type")
    label, scope = str(entry.get("label")), str(entry.get("scope"))
    if label not in LABELS or scope not in SCOPES or "regex" not in entry:
        raise DataFileError(path, line, f"a pattern needs a regex, a label of {LABELS} and a scope of {SCOPES}")
    try:
        regex = re.compile(str(entry["regex"]), 0 if entry.get("case") else re.IGNORECASE)
    except re.error as error:
        raise DataFileError(path, line, f"the regex is faulty: {error}") from error
    max_chars, first_lines = entry.get("max_chars", 300), entry.get("first_lines", 10**9)
    assert isinstance(max_chars, int)
    assert isinstance(first_lines, int)
    return Rule(label, scope, regex, max_chars, first_lines)
