"""The tables of a dataset, declared once: the arrow schemas, the pandera checks and docs/schema.md come from here.

`articles/`, which the scrapers write too, is declared in arahan/tables.py.
"""

from __future__ import annotations

import pyarrow as pa

from arahan.tables import ARTICLES, BOOL, DATE, INT32, STRING, STRINGS, YEAR, YEAR_COLUMN, Column, Table, filled
from arahan.types import KINDS

__all__ = ["ARTICLES", "DIRECTIVES", "OFFICIALS", "TABLES", "YEAR", "Column", "Table"]

SPANS = pa.list_(pa.struct([pa.field("start", INT32), pa.field("end", INT32)]))
QUANTITIES = pa.list_(pa.struct([pa.field("text", STRING), pa.field("value", pa.float64()), pa.field("unit", STRING)]))


def _share(value: object) -> bool:
    return isinstance(value, float) and 0.0 <= value <= 1.0


DIRECTIVES = Table(
    "directives",
    "directive",
    (
        Column("directive_id", STRING, "stable: same article id, text and spans give the same id on every run and machine"),
        Column("article_id", STRING, "the article where it was said", rule=filled),
        Column("title", STRING, "of the article"),
        Column("url", STRING, "of the article"),
        Column("outlet", STRING, "of the article"),
        Column("published", DATE, "of the article", nullable=True),
        Column("event_date", DATE, "of the event in the article, null when unknown", nullable=True),
        Column("kind", pa.dictionary(INT32, STRING), ", ".join(KINDS), rule=lambda value: value in KINDS),
        Column("issuer_name", STRING, "the person, resolved within the article; empty for an institution or an unknown person"),
        Column("issuer_role", STRING, "the person's fullest role, or the institution"),
        Column("official_id", STRING, "the same person across articles; empty when the issuer has no name"),
        Column("addressees", STRINGS, "who is to act, as written"),
        Column("addressee_groups", STRINGS, "the same, normalised (bupati, wali-kota, opd, camat, masyarakat, ...)"),
        Column("action", STRING, "what is to be done", rule=filled),
        Column("action_start", INT32, "[start, end) of the action: Python str indices into the article's text"),
        Column("action_end", INT32, "see action_start"),
        Column("cue", STRING, "the word that makes it a directive; empty when the cue stands in an earlier sentence"),
        Column("evidence", STRING, "the passage that proves it", rule=filled),
        Column("evidence_start", INT32, "[start, end) of the evidence: Python str indices into the article's text"),
        Column("evidence_end", INT32, "see evidence_start"),
        Column("direct_quote", BOOL, "inside quotation marks"),
        Column("sectors", STRINGS, "codes of government affairs, most specific first"),
        Column("quantities", QUANTITIES, "numeric goals; money in IDR, shares in %"),
        Column("deadline", STRING, "ISO at its certain precision (2021, 2021-06, 2021-06-30), null when none", nullable=True),
        Column("deadline_text", STRING, "the deadline as written", nullable=True),
        Column("deadline_date", DATE, "the deadline's last day", nullable=True),
        Column("region_code", STRING, 'Kemendagri code of the issuer\'s province, regency or city ("53", "53.71"), or empty'),
        Column("region_name", STRING, "its name, or empty"),
        Column("confidence", pa.float32(), "calibrated probability that the record is right", rule=_share),
        Column("cluster_id", STRING, "directives of republished copies share it"),
        Column("extractor", STRING, "version of code and models"),
        YEAR_COLUMN,
    ),
    sort=("article_id", "evidence_start", "action_start", "directive_id"),
    partitioned=True,
    spans=("action", "evidence"),
)

OFFICIALS = Table(
    "officials",
    "article × named official",
    (
        Column("article_id", STRING, "the article that names the person", rule=filled),
        Column("official_id", STRING, "the same person across articles"),
        Column("name", STRING, "the longest form in the article, without titles", rule=filled),
        Column("role", STRING, "the fullest role in the article"),
        Column("office", STRING, "the normalised office (gubernur, bupati, sekda, ...), empty when unknown"),
        Column("region_code", STRING, "Kemendagri code of the office's region, empty when unknown"),
        Column("mentions", SPANS, "[start, end) of every mention: Python str indices into the article's text"),
    ),
    sort=("article_id", "official_id", "name", "role"),
)

TABLES: tuple[Table, ...] = (ARTICLES, DIRECTIVES, OFFICIALS)
