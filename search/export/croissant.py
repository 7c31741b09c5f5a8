"""Croissant metadata: croissant.json. Source: MLCommons Croissant format specification 1.0."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from arahan.tables import Column, Table
from search.export.about import About
from search.export.files import Stored

_CR = "http://mlcommons.org/croissant/"
_TERMS = """
citeAs column equivalentProperty extract field fileObject fileProperty fileSet format includes isLiveDataset jsonPath key md5
parentField path recordSet references regex repeated replace samplingRate separator source subField transform
"""


def croissant(about: About, name: str, description: str, tables: Sequence[Table], stored: Mapping[str, Stored]) -> dict[str, Any]:
    """The JSON-LD document: every file with its hash, and a record set a table, read from its CSV file."""
    document: dict[str, Any] = {
        "@context": _context(),
        "@type": "sc:Dataset",
        "conformsTo": f"{_CR}1.0",
        "name": name,
        "alternateName": about.title,
        "description": description,
        "license": about.license_url,
        "creator": {"@type": "sc:Organization", "name": about.creator},
        "citeAs": f"@misc{{{name}, title={{{about.title}}}, author={{{about.creator}}}, version={{{about.version}}}}}",
        "inLanguage": "id",
        "keywords": ["indonesian", "government", "press releases", "directives"],
        "version": about.version,
        "isLiveDataset": False,
    }
    if about.url:
        document["url"] = about.url
    if about.date:
        document["datePublished"] = about.date.isoformat()
    document["distribution"] = [_file(path, stored[path]) for path in stored]
    document["recordSet"] = [_records(table) for table in tables]
    return document


def _context() -> dict[str, Any]:
    """The terms that the format asks for."""
    context: dict[str, Any] = {"@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/", "cr": _CR}
    context |= {"dct": "http://purl.org/dc/terms/", "rai": f"{_CR}RAI/", "conformsTo": "dct:conformsTo"}
    context |= {name: f"cr:{name}" for name in re.findall(r"\w+", _TERMS)}
    context["data"] = {"@id": "cr:data", "@type": "@json"}
    context["examples"] = {"@id": "cr:examples", "@type": "@json"}
    context["dataType"] = {"@id": "cr:dataType", "@type": "@vocab"}
    return dict(sorted(context.items()))


def _file(path: str, stored: Stored) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": path,
        "name": path,
        "contentUrl": path,
        "contentSize": f"{stored.size} B",
        "encodingFormat": "text/csv" if path.endswith(".csv") else "application/x-parquet",
        "sha256": stored.sha256,
    }


def _records(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"One record per {table.row}.",
        "field": [_field(table, column) for column in table.columns],
    }


def _field(table: Table, column: Column) -> dict[str, Any]:
    nested = pa.types.is_nested(column.type)
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.meaning + (" (JSON)" if nested else ""),
        "dataType": _data_type(column.type),
        "source": {"fileObject": {"@id": f"csv/{table.name}.csv"}, "extract": {"column": column.name}},
    }


def _data_type(kind: pa.DataType) -> str:
    """Text for what may be empty: CSV readers make numbers of it or fail."""
    tests = ((pa.types.is_boolean, "sc:Boolean"), (pa.types.is_integer, "sc:Integer"), (pa.types.is_floating, "sc:Float"))
    return next((name for test, name in tests if test(kind)), "sc:Text")
