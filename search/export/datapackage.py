"""Frictionless metadata: datapackage.json. Source: Data Package 1.0 and Table Schema 1.0 (specs.frictionlessdata.io)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from arahan.tables import Column, Table
from search.export.about import About
from search.export.files import Stored

KEYS: Mapping[str, str | list[str]] = {"articles": "id", "directives": "directive_id", "coverage": ["source_id", "day"]}
LINKS = ("directives", "officials")


def datapackage(
    about: About, name: str, description: str, tables: Sequence[Table], stored: Mapping[str, Stored]
) -> dict[str, Any]:
    """The whole descriptor. `stored` has size and hash of each file by its path in the export.

    The CSV files are tabular resources with schemas; the parquet files, which hold the same rows, are plain ones.
    """
    parquet = [path for path in stored if path.endswith(".parquet")]
    package: dict[str, Any] = {
        "profile": "data-package",
        "name": name,
        "title": about.title,
        "description": description,
        "version": about.version,
        "licenses": [{"name": about.license_id, "path": about.license_url, "title": about.license}],
        "contributors": [{"title": about.creator, "role": "publisher"}],
        "keywords": ["indonesian", "government", "press releases", "directives"],
    }
    if about.url:
        package["homepage"] = about.url
    if about.date:
        package["created"] = f"{about.date.isoformat()}T00:00:00Z"
    package["resources"] = [_csv(table, stored) for table in tables] + [_plain(path, stored[path]) for path in parquet]
    return package


def _csv(table: Table, stored: Mapping[str, Stored]) -> dict[str, Any]:
    path = f"csv/{table.name}.csv"
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": f"{table.name}: one row per {table.row}",
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_stored(stored[path]),
        "schema": _schema(table),
    }


def _plain(path: str, stored: Stored) -> dict[str, Any]:
    name = path.removesuffix(".parquet").replace("/", "-").replace("=", "-")
    kind = "application/vnd.apache.parquet"
    return {"name": name, "path": path, "format": "parquet", "mediatype": kind, "type": "file", **_stored(stored)}


def _stored(stored: Stored) -> dict[str, Any]:
    return {"bytes": stored.size, "hash": f"sha256:{stored.sha256}"}


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.name in KEYS:
        schema["primaryKey"] = KEYS[table.name]
    if table.name in LINKS:
        schema["foreignKeys"] = [{"fields": "article_id", "reference": {"resource": "articles", "fields": "id"}}]
    return schema


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": field_type(column.type), "description": column.meaning}
    if not column.nullable and field["type"] != "string":
        field["constraints"] = {"required": True}  # an empty string is a value here, and looks the same as none in CSV
    return field


def field_type(kind: pa.DataType) -> str:
    """Table Schema's name of an arrow type; lists are JSON in CSV."""
    tests = (
        (pa.types.is_boolean, "boolean"), (pa.types.is_integer, "integer"), (pa.types.is_floating, "number"),
        (pa.types.is_timestamp, "datetime"), (pa.types.is_date, "date"), (pa.types.is_map, "array"), (pa.types.is_list, "array"),
    )  # fmt: skip
    return next((name for test, name in tests if test(kind)), "string")
