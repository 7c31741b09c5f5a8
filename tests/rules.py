"""A small extractor that reads by rule, for the tests of everything around extraction: the same text gives the same records."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Sequence

from arahan.errors import DataFileError
from arahan.settings import Settings
from arahan.types import Article, Directive, Extraction, Official, Quantity, Span

SENTENCE = re.compile(r"[^.\n]+\.?")
ORDER = re.compile(
    r"(?P<role>Bupati|Wali Kota|Gubernur) (?P<name>[A-Z]\w+ [A-Z]\w+) (?P<cue>meminta|mengajak) (?P<who>\w+) (?P<act>[^.\n]+)"
)
KINDS = {"meminta": "instruction", "mengajak": "appeal"}


def extractor_version() -> str:
    return "rules-1"


class Extractor:
    """`Bupati Ani Wijaya meminta camat menanam 500 pohon.` ARAHAN_TEST_PAUSE_S makes each article take time."""

    def __init__(self, settings: Settings) -> None:
        if fault := os.environ.get("ARAHAN_TEST_FAULT"):
            raise DataFileError(fault, 3, "no such region")
        self.settings = settings
        self.timings = {"read": 0.0}
        self.pause_s = float(os.environ.get("ARAHAN_TEST_PAUSE_S", "0"))

    def extract(self, articles: Sequence[Article]) -> list[Extraction]:
        start = time.perf_counter()
        found = [self._read(article) for article in articles]
        self.timings["read"] += time.perf_counter() - start
        return found

    def _read(self, article: Article) -> Extraction:
        time.sleep(self.pause_s)
        if "PATAH" in article.text:
            raise ValueError("this article breaks the extractor")
        if "MATI" in article.text and "ARAHAN_TEST_DIE" in os.environ:
            os._exit(9)
        sentences = [Span(*match.span()) for match in SENTENCE.finditer(article.text)]
        matches = [(s, m) for s in sentences if (m := ORDER.search(article.text, s.start, s.end))]
        officials = {m["name"]: _official(article, m) for _, m in matches}
        return Extraction(article, None, "id", tuple(officials.values()), tuple(_directive(s, m) for s, m in matches))


def _official(article: Article, match: re.Match[str]) -> Official:
    mentions = tuple(Span(*m.span()) for m in re.finditer(re.escape(match["name"]), article.text))
    return Official(f"o-{match['name']}", match["name"], match["role"], match["role"].lower(), "", mentions)


def _directive(sentence: Span, match: re.Match[str]) -> Directive:
    numbers = tuple(Quantity(m[0], float(m[1]), m[2]) for m in re.finditer(r"(\d+) (\w+)", match["act"]))
    evidence = sentence if not match.string[sentence.start].isspace() else Span(sentence.start + 1, sentence.end)
    return Directive(
        kind=KINDS[match["cue"]],
        evidence=evidence,
        action=Span(*match.span("act")),
        cue=match["cue"],
        issuer_name=match["name"],
        issuer_role=match["role"],
        official_id=f"o-{match['name']}",
        addressees=(match["who"],),
        addressee_groups=(match["who"].lower(),),
        sectors=("lingkungan-hidup",) if "pohon" in match["act"] else (),
        quantities=numbers,
        deadline=None,
        direct_quote=False,
        region_code="",
        region_name="",
        confidence=0.9 if numbers else 0.4,
    )
