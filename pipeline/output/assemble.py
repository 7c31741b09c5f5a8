"""Extractions to the rows of the tables; every row is checked before it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

import pyarrow as pa

from arahan.types import Article, Directive, Extraction, Official, Rejected, Span
from pipeline.output.identity import cluster_id, content_hash, directive_ids
from pipeline.output.schema import ARTICLES, DIRECTIVES, OFFICIALS, Table
from pipeline.output.validate import Row, check, to_arrow


@dataclass(frozen=True, slots=True)
class Assembled:
    """The rows of some articles, by table name, and the records that could not become rows."""

    tables: Mapping[str, pa.Table]
    rejected: tuple[Rejected, ...]


def assemble(extractions: Sequence[Extraction], extractor: str, places: Mapping[str, int] | None = None) -> Assembled:
    """Rows of all tables. A row that breaks the schema is left out and reported; an article's other rows stay.

    `places` gives each article's place in the input, for the report.
    """
    texts = {e.article.id: e.article.text for e in extractions}
    rows: list[tuple[Table, list[Row]]] = [
        (ARTICLES, [article_row(e) for e in extractions]),
        (DIRECTIVES, [row for e in extractions for row in directive_rows(e, extractor)]),
        (OFFICIALS, [official_row(e.article.id, official) for e in extractions for official in e.officials]),
    ]
    tables, rejected = {}, list[Rejected]()
    for table, found in rows:
        good, faults = check(table, [row for row in found if table is ARTICLES or row["article_id"] in texts], texts)
        for row, reason in faults:
            id_ = str(row["id" if table is ARTICLES else "article_id"])
            rejected.append(Rejected((places or {}).get(id_, 0), id_, f"Invalid{table.row.split()[-1].title()}", reason))
            if table is ARTICLES:
                texts.pop(id_, None)
        tables[table.name] = to_arrow(table, good)
    return Assembled(tables, tuple(rejected))


def year_of(extraction: Extraction) -> int:
    """The partition: year of publication, else of the event, else 0."""
    day = extraction.article.published or extraction.event_date
    return day.year if day else 0


def article_row(extraction: Extraction) -> Row:
    """The row of articles/."""
    article = extraction.article
    fields: Row = {name: getattr(article, name) for name in Article.__slots__}
    return fields | {
        "event_date": extraction.event_date,
        "content_hash": content_hash(article.text),
        "language": extraction.language,
        "year": year_of(extraction),
    }


def directive_rows(extraction: Extraction, extractor: str) -> Iterable[Row]:
    """The rows of directives/."""
    article, year = extraction.article, year_of(extraction)
    ids = directive_ids(article, extraction.directives)
    for id_, directive in zip(ids, extraction.directives, strict=True):
        yield {
            "directive_id": id_,
            "article_id": article.id,
            "title": article.title,
            "url": article.url,
            "outlet": article.outlet,
            "published": article.published,
            "event_date": extraction.event_date,
            **_fields(directive, article.text),
            "cluster_id": cluster_id(article, directive),
            "extractor": extractor,
            "year": year,
        }


def _fields(directive: Directive, text: str) -> Row:
    names = ("kind", "issuer_name", "issuer_role", "official_id", "cue", "direct_quote", "region_code", "region_name")
    lists = ("addressees", "addressee_groups", "sectors")
    deadline = directive.deadline
    return {
        **{name: getattr(directive, name) for name in names},
        **{name: list(getattr(directive, name)) for name in lists},
        **_span("action", directive.action, text),
        **_span("evidence", directive.evidence, text),
        "quantities": [asdict(quantity) | {"value": float(quantity.value)} for quantity in directive.quantities],
        "deadline": deadline.iso if deadline else None,
        "deadline_text": deadline.text if deadline else None,
        "deadline_date": deadline.last_day if deadline else None,
        "confidence": round(float(directive.confidence), 4),
    }


def _span(name: str, span: Span, text: str) -> Row:
    return {name: span.of(text), f"{name}_start": span.start, f"{name}_end": span.end}


def official_row(article_id: str, official: Official) -> Row:
    """A row of officials/."""
    fields: Row = {name: getattr(official, name) for name in Official.__slots__}
    return {"article_id": article_id, **fields, "mentions": [span._asdict() for span in official.mentions]}
