"""README.md (the card that dataset hubs show) and DATASHEET.md, from templates and counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from string import Template

from arahan.tables import Table
from search.export.about import About, Counts

TEMPLATES = Path(__file__).parent / "templates"
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"), (10_000_000, "1M<n<10M"))
_TEXTS = "Full texts are included: `text` of `articles`. They belong to their publishers."
_NO_TEXTS = (
    "Full texts are left out; passages, their offsets and links to the sources are in. Who has the texts can prove that they are "
    "the same by `content_hash`, and every offset points into them."
)


def card(about: About, counts: Counts, tables: Sequence[Table], *, with_texts: bool) -> str:
    """The card: a YAML head that hubs read, then what people read."""
    more = {"size": _size(counts.directives), "configs": _configs(tables), "columns": "\n\n".join(map(_columns, tables))}
    return _fill("card.md", about, counts, with_texts=with_texts, more=more)


def datasheet(about: About, counts: Counts, *, with_texts: bool) -> str:
    """Motivation, composition, collection, annotation, biases, personal data, corrections, upkeep."""
    return _fill("datasheet.md", about, counts, with_texts=with_texts, more={})


def _fill(name: str, about: About, counts: Counts, *, with_texts: bool, more: Mapping[str, str]) -> str:
    values = {
        "title": about.title,
        "quoted_title": about.title.replace('"', "'"),
        "version": about.version,
        "license": about.license,
        "license_id": about.license_id.lower(),
        "license_url": about.license_url,
        "creator": about.creator,
        "contact": about.contact or "the place where you got this copy",
        "articles": f"{counts.articles:,}",
        "directives": f"{counts.directives:,}",
        "outlets": f"{counts.outlets:,}",
        "copies": f"{counts.directives - counts.clusters:,}",
        "quoted": _share(counts.quoted, counts.directives),
        "dated": _share(counts.dated, counts.directives),
        "confidence": f"{counts.confidence:.2f}",
        "period": f"{counts.first} to {counts.last}" if counts.first else "unknown dates",
        "kinds": _listed(counts.kinds.most_common()),
        "sectors": _listed(counts.sectors.most_common(10)),
        "extractors": ", ".join(f"`{name}`" for name in sorted(counts.extractors)) or "none",
        "texts": _TEXTS if with_texts else _NO_TEXTS,
    }
    return Template((TEMPLATES / name).read_text(encoding="utf-8")).substitute({**values, **more})


def _size(rows: int) -> str:
    return next((name for limit, name in _SIZES if rows < limit), "n>10M")


def _configs(tables: Sequence[Table]) -> str:
    """Which files a hub's viewer reads, the directives first."""
    ordered = sorted(tables, key=lambda table: table.name != "directives")
    glob = {True: "*/*.parquet", False: "*.parquet"}
    lines = (f"- config_name: {t.name}\n  data_files: {t.name}/{glob[t.partitioned]}" for t in ordered)
    return "\n".join(lines)


def _columns(table: Table) -> str:
    rows = "\n".join(f"| `{column.name}` | {column.type} | {column.meaning} |" for column in table.columns)
    return f"### {table.name}: one row per {table.row}\n\n| column | type | meaning |\n|---|---|---|\n{rows}"


def _listed(counted: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in counted) or "none"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "none"
