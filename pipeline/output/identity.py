"""Stable identifiers: short SHA-256 hashes of what makes an article, a directive or a republished passage itself."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable

from arahan.types import Article, Directive

SHORT = 16
DISTINCTIVE_CHARS = 60  # a shorter passage recurs in unrelated releases


def digest(parts: Iterable[object], digits: int = SHORT) -> str:
    """The first hexadecimal digits of SHA-256 over the parts; parts that are split otherwise hash otherwise."""
    hashed = hashlib.sha256()
    for part in parts:
        encoded = str(part).encode("utf-8", "surrogatepass")
        hashed.update(len(encoded).to_bytes(8, "big") + encoded)
    return hashed.hexdigest()[:digits]


def content_hash(text: str) -> str:
    """32 hexadecimal digits for the exact text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def article_key(article: Article) -> str:
    """Changes whenever anything about the article does."""
    values = (getattr(article, name) for name in Article.__slots__)
    return digest(("" if value is None else value for value in values), 32)


def directive_ids(article: Article, directives: Iterable[Directive]) -> list[str]:
    """One id a directive, from article id, text and spans; directives with the same spans are numbered in their order."""
    text, seen, ids = content_hash(article.text), dict[tuple[int, ...], int](), []
    for directive in directives:
        spans = (*directive.action, *directive.evidence)
        seen[spans] = number = seen.get(spans, -1) + 1
        ids.append(digest((article.id, text, *spans, number)))
    return ids


def cluster_id(article: Article, directive: Directive) -> str:
    """The same for the same directive in republished copies: kind, passage and action without case, spacing and punctuation.

    A passage of fewer than DISTINCTIVE_CHARS letters and digits also needs the same text around it.
    """
    evidence = _letters(directive.evidence.of(article.text))
    around = _letters(article.text) if len(evidence) < DISTINCTIVE_CHARS else ""
    return digest((directive.kind, evidence, _letters(directive.action.of(article.text)), around))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
