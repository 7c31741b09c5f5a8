"""The OpenAPI description, from the parameters that queries know and the columns that exports have."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

import arahan
from arahan.types import KINDS
from search.query import FACETS, MAX_PAGE, MAX_SIZE, MAX_TEXT, PARAMS, SORTS, STATUSES
from search.web.export import SCHEMA
from search.web.marks import ORDER

MEANING = {
    "q": "Words; derived forms are found too.",
    "kind": "Kinds; values given several times are alternatives.",
    "sector": "Codes of sectors.",
    "official": "Ids of officials.",
    "office": "Codes of offices.",
    "region": "Kemendagri codes; a province includes its regencies and cities.",
    "year": "Years of publication.",
    "group": "Groups of addressees.",
    "outlet": "Outlets.",
    "since": "First day of publication.",
    "until": "Last day of publication.",
    "deadline_from": "First day of the deadline.",
    "deadline_until": "Last day of the deadline.",
    "status": "due: the deadline is today or later; past: before today.",
    "sort": "Order.",
    "page": "Page, from 1.",
    "size": "Results a page.",
}
_TEXT, _INTEGER, _NUMBER = {"type": "string"}, {"type": "integer"}, {"type": "number"}
_SIMPLE: dict[pa.DataType, dict[str, Any]] = {
    pa.string(): _TEXT,
    pa.int32(): _INTEGER,
    pa.float32(): _NUMBER,
    pa.bool_(): {"type": "boolean"},
    pa.date32(): {"type": ["string", "null"], "format": "date"},
    pa.list_(pa.string()): {"type": "array", "items": _TEXT},
}


def document(base: str) -> dict[str, Any]:
    """The whole description; `base` is scheme and host."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Arahan", "version": arahan.__version__, "description": "Directives in Indonesian press releases."},
        "servers": [{"url": base or "/"}],
        "paths": {
            "/api/v1/directives": _path("Search", [_parameter(name) for name in PARAMS.values()], "Listing"),
            "/api/v1/directives/{id}": _path("One directive", [_id("Id of a directive")], "Directive"),
            "/api/v1/officials/{id}": _path("One official, with counts", [_id("Id of an official")], "Official"),
            "/api/v1/regions/{id}/coverage": _path("What was looked at for a region", [_id("Kemendagri code")], "Coverage"),
        },
        "components": {"schemas": _schemas()},
    }


def _parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": MEANING[name], "schema": _values(name)}


def _values(name: str) -> dict[str, Any]:
    if name in FACETS.values():
        item = _INTEGER if name == "year" else {"type": "string", **({"enum": list(KINDS)} if name == "kind" else {})}
        return {"type": "array", "items": item}
    known: dict[str, dict[str, Any]] = {
        "q": {"type": "string", "maxLength": MAX_TEXT},
        "sort": {"type": "string", "enum": list(SORTS), "default": SORTS[0]},
        "status": {"type": "string", "enum": [status for status in STATUSES if status]},
        "page": {"type": "integer", "minimum": 1, "maximum": MAX_PAGE, "default": 1},
        "size": {"type": "integer", "minimum": 1, "maximum": MAX_SIZE, "default": 20},
    }
    return known.get(name, {"type": "string", "format": "date"})


def _id(meaning: str) -> dict[str, Any]:
    return {"name": "id", "in": "path", "required": True, "description": meaning, "schema": _TEXT}


def _path(summary: str, parameters: list[dict[str, Any]], schema: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    error = {
        "description": "error and message",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
    }
    responses: dict[str, Any] = {"200": {"description": "OK", "content": content}}
    responses |= dict.fromkeys(("400", "404", "503"), error)
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}


def _schemas() -> dict[str, Any]:
    facets = {"type": "object", "additionalProperties": _rows(_FACET)}
    listing = dict.fromkeys(("total", "page", "pages", "size"), _INTEGER)
    results = {"type": "array", "items": {"$ref": "#/components/schemas/Directive"}}
    person = dict.fromkeys(("official_id", "name", "role", "office", "region_code"), _TEXT)
    return {
        "Directive": _object(_directive()),
        "Listing": _object({**listing, "how": _TEXT, "relaxed": {"type": "boolean"}, "results": results, "facets": facets}),
        "Official": _object({**person, "articles": _INTEGER, "directives": _INTEGER, "facets": facets}),
        "Coverage": _object(
            {"region_code": _TEXT, "directives": _INTEGER, "articles": _rows(_SEEN), "sources": _rows(_LOOKED)},
        ),
        "Error": _object({"error": _TEXT, "message": _TEXT, "field": _TEXT}),
    }


_FACET: dict[str, Any] = {"value": _TEXT, "label": _TEXT, "count": _INTEGER, "chosen": {"type": "boolean"}}
_SEEN: dict[str, Any] = {"source_id": _TEXT, "outlet": _TEXT, "count": _INTEGER, "first": _TEXT, "last": _TEXT}
_LOOKED: dict[str, Any] = {
    **dict.fromkeys(("source_id", "first", "last", "last_success"), _TEXT),
    **dict.fromkeys(("days", "fetched", "failed"), _INTEGER),
}


def _directive() -> dict[str, Any]:
    goal = _object({"text": _TEXT, "value": _NUMBER, "unit": _TEXT})
    mark = _object({"start": _INTEGER, "end": _INTEGER, "label": {"type": "string", "enum": list(ORDER)}})
    columns = {field.name: _SIMPLE.get(field.type, {"type": "array", "items": goal}) for field in SCHEMA}
    more = {
        "before": _TEXT,
        "after": _TEXT,
        "marks": {"type": "array", "items": mark},
        "removed": _TEXT,
        "score": _NUMBER,
    }
    return columns | more


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def _rows(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": _object(properties)}
