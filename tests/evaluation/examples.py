"""Two invented articles with gold records and with what an extractor found in them."""

from __future__ import annotations

from typing import Any

from tests.benchmarks.readings import Reading

ORDER = "Bupati Ani Wijaya meminta camat menanam 500 pohon."
QUOTE = "“Jangan bakar sampah,” katanya."
NEWS = "Pemkab akan membuka pasar. Warga senang sekali."
TEXT = f"{ORDER}\n{QUOTE}"


def span(text: str, words: str) -> list[int]:
    start = text.index(words)
    return [start, start + len(words)]


def gold(text: str, evidence: str, act: str, kind: str) -> dict[str, Any]:
    return {
        "kind": kind, "evidence": span(text, evidence), "action": span(text, act), "cue": None, "sectors": ["lingkungan-hidup"],
        "issuer": {"name": "Ani Wijaya", "role": "Bupati"}, "addressees": [], "quantities": [], "deadline": None,
    }  # fmt: skip


def found(article: str, text: str, evidence: str, act: str, kind: str, confidence: float) -> dict[str, Any]:
    (start, end), (first, last) = span(text, act), span(text, evidence)
    return {
        "article_id": article, "kind": kind, "action_start": start, "action_end": end,
        "evidence_start": first, "evidence_end": last,
        "issuer_name": "Ani Wijaya", "issuer_role": "Bupati", "addressees": [], "sectors": ["lingkungan-hidup"], "quantities": [],
        "deadline": None, "confidence": confidence,
    }  # fmt: skip


ARTICLES = [
    {
        "id": "a", "title": "", "text": TEXT, "outlet": "Pemkab Lembah Ranu",
        "officials": [{"name": "Ani Wijaya", "role": "Bupati"}],
        "directives": [
            gold(TEXT, ORDER, "menanam 500 pohon", "instruction"), gold(TEXT, QUOTE, "bakar sampah", "prohibition"),
        ],
    },
    {
        "id": "b", "title": "", "text": NEWS, "outlet": "Kabar Ranu", "officials": [],
        "directives": [gold(NEWS, "Pemkab akan membuka pasar.", "membuka pasar", "commitment")],
    },
]  # fmt: skip
FOUND = {
    "a": [
        found("a", TEXT, ORDER, "menanam 500 pohon", "instruction", 0.9), found("a", TEXT, QUOTE, "bakar sampah", "appeal", 0.6),
    ],
    "b": [
        found("b", NEWS, "Pemkab akan membuka pasar.", "Pemkab", "commitment", 0.4),
        found("b", NEWS, "Warga senang sekali.", "senang sekali", "appeal", 0.3),
    ],
}  # fmt: skip
OFFICIALS = {"a": [{"name": "Ani Wijaya", "role": "Bupati"}, {"name": "Warga", "role": ""}]}
READING = Reading("invented", ARTICLES, FOUND, OFFICIALS)
