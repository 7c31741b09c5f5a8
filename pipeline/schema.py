"""The tables of a dataset, declared once: the arrow schemas, the pandera checks and docs/schema.md come from here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa

from arahan.types import KINDS

STRING, INT32, DATE, BOOL = pa.string(), pa.int32(), pa.date32(), pa.bool_()
STRINGS = pa.list_(STRING)
SPANS = pa.list_(pa.struct([pa.field("start", INT32), pa.field("end", INT32)]))
QUANTITIES = pa.list_(pa.struct([pa.field("text", STRING), pa.field("value", pa.float64()), pa.field("unit", STRING)]))
YEAR = "year"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its arrow type, what it means, whether null is allowed, and a rule that each value keeps."""

    name: str
    type: pa.DataType
    meaning: str
    nullable: bool = False
    rule: Callable[[object], bool] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: a folder of parquet under OUTPUT. `sort` orders its rows, `spans` names its [start, end) columns."""

    name: str
    row: str
    columns: tuple[Column, ...]
    sort: tuple[str, ...]
    partitioned: bool = False
    spans: tuple[str, ...] = ()

    @property
    def schema(self) -> pa.Schema:
        """The arrow schema of a file; the partition column lives in the folder names."""
        return pa.schema([pa.field(c.name, c.type, c.nullable) for c in self.columns if not self._in_path(c)])

    @property
    def full_schema(self) -> pa.Schema:
        """The arrow schema with the partition column."""
        return pa.schema([pa.field(c.name, c.type, c.nullable) for c in self.columns])

    def _in_path(self, column: Column) -> bool:
        return self.partitioned and column.name == YEAR


def _filled(value: object) -> bool:
    return bool(value)


def _share(value: object) -> bool:
    return isinstance(value, float) and 0.0 <= value <= 1.0


YEAR_COLUMN = Column(YEAR, INT32, "partition: year of `published`, else of `event_date`, else 0")

ARTICLES = Table(
    "articles",
    "article",
    (
        Column("id", STRING, "the article's id in the input, unique", rule=_filled),
        Column("title", STRING, "headline"),
        Column("text", STRING, "plain text, paragraphs separated by a newline; every offset points into it", rule=_filled),
        Column("published", DATE, "date of the article", nullable=True),
        Column("event_date", DATE, 'date of the event in it ("Minggu (20/12/2020)"), null when unknown', nullable=True),
        Column("url", STRING, "where it was published"),
        Column("outlet", STRING, "who published it"),
        Column("source_id", STRING, "the registered source it was fetched from, empty when it came from elsewhere"),
        Column("region_code", STRING, "Kemendagri code of the outlet's region, empty when unknown"),
        Column("fetched_at", pa.timestamp("us", tz="UTC"), "when it was fetched", nullable=True),
        Column("content_hash", STRING, "the first 32 hexadecimal digits of SHA-256 over the text"),
        Column("language", STRING, "ISO 639 code of its language, empty when it was not analysed"),
        YEAR_COLUMN,
    ),
    sort=("id",),
    partitioned=True,
)

DIRECTIVES = Table(
    "directives",
    "directive",
    (
        Column("directive_id", STRING, "stable: same article id, text and spans give the same id on every run and machine"),
        Column("article_id", STRING, "the article where it was said", rule=_filled),
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
        Column("action", STRING, "what is to be done", rule=_filled),
        Column("action_start", INT32, "[start, end) of the action: Python str indices into the article's text"),
        Column("action_end", INT32, "see action_start"),
        Column("cue", STRING, "the word that makes it a directive; empty when the cue stands in an earlier sentence"),
        Column("evidence", STRING, "the passage that proves it", rule=_filled),
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
        Column("article_id", STRING, "the article that names the person", rule=_filled),
        Column("official_id", STRING, "the same person across articles"),
        Column("name", STRING, "the longest form in the article, without titles", rule=_filled),
        Column("role", STRING, "the fullest role in the article"),
        Column("office", STRING, "the normalised office (gubernur, bupati, sekda, ...), empty when unknown"),
        Column("region_code", STRING, "Kemendagri code of the office's region, empty when unknown"),
        Column("mentions", SPANS, "[start, end) of every mention: Python str indices into the article's text"),
    ),
    sort=("article_id", "official_id", "name", "role"),
)

TABLES: tuple[Table, ...] = (ARTICLES, DIRECTIVES, OFFICIALS)
