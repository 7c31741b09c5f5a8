"""From a row of the dataset to what the index keeps of it."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from search import stem

Row = dict[str, Any]
DIRECTIVE = (
    "directive_id", "row_hash", "text_id", "article_id", "title", "url", "outlet", "published", "event_date", "kind",
    "issuer_name", "issuer_role", "official_id", "office", "addressees", "addressee_groups", "action", "action_start",
    "action_end", "cue", "evidence", "evidence_start", "evidence_end", "direct_quote", "sectors", "quantities", "deadline",
    "deadline_text", "deadline_date", "region_code", "region_name", "confidence", "cluster_id", "extractor", "year",
)  # fmt: skip
ARTICLE = (
    "id", "row_hash", "title", "text", "published", "event_date", "url", "outlet", "source_id", "region_code", "fetched_at",
    "archived", "removed_at",
)  # fmt: skip
STEMS = ("evidence", "action", "addressees", "issuer", "title")
_HASHED = tuple(name for name in DIRECTIVE if name not in ("row_hash", "text_id"))


def digest(*values: object) -> bytes:
    """8 bytes that tell rows apart."""
    return hashlib.blake2b(repr(values).encode("utf-8", "backslashreplace"), digest_size=8).digest()


def directive_hash(row: Mapping[str, Any]) -> bytes:
    """Changes when anything that the index keeps of the directive does, or the stemmer."""
    return digest(stem.VERSION, *(row[name] for name in _HASHED))


def article_hash(row: Mapping[str, Any]) -> bytes:
    """The same for an article."""
    return digest(*(row[name] for name in ARTICLE if name != "row_hash"))


def values(row: Mapping[str, Any], names: tuple[str, ...]) -> tuple[object, ...]:
    """The row's values, ready for SQLite."""
    return tuple(row[name] for name in names)


def stems(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The stems of a directive's five searched columns, in the order of STEMS."""
    addressees = " ".join(json.loads(row["addressees"]))
    issuer = f"{row['issuer_name']} {row['issuer_role']} {row['region_name']}"
    return tuple(_stems(text) for text in (row["evidence"], row["action"], addressees, issuer, row["title"]))


def meaning(row: Mapping[str, Any]) -> str:
    """The text whose meaning stands for the directive."""
    return unicodedata.normalize("NFC", f"{row['title']}. {row['evidence']}" if row["title"] else str(row["evidence"]))


def text_hash(text: str) -> bytes:
    """16 bytes that tell texts apart."""
    return hashlib.blake2b(text.encode("utf-8", "backslashreplace"), digest_size=16).digest()


@lru_cache(maxsize=20_000)
def _stems(text: str) -> str:
    return " ".join(stem.terms(text))
