"""A source as the TOML that declares it; what `read_source` makes of it is the same source."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, fields

from scrapers.types import Source

_CONTROL = dict.fromkeys([*range(0x20), 0x7F], " ")


def declaration(source: Source, notes: Sequence[str] = ()) -> str:
    """The registry entry of a source, with notes as comments above it; fields that have their default are left out."""
    comments = [f"# {one_line(note)}" for note in notes]
    return "\n".join([*comments, f"[{source.id}]", *_fields(source), *_options(source)]) + "\n"


def one_line(text: str) -> str:
    """The text without line breaks and control characters, so that a site cannot write lines of its own into a registry."""
    return " ".join(text.translate(_CONTROL).split())


def _fields(source: Source) -> Iterator[str]:
    for field in fields(Source):
        value = getattr(source, field.name)
        if field.name not in ("id", "options") and (field.default is MISSING or value != field.default):
            yield f"{field.name} = {_value(value)}"


def _options(source: Source) -> Iterator[str]:
    if source.options:
        yield f"\n[{source.id}.options]"
        yield from (f"{name} = {_value(value)}" for name, value in source.options.items())


def _value(value: object) -> str:
    """A TOML value. JSON writes strings, numbers, truth values and lists as TOML does; only tables differ."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(str(key))} = {_value(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(inner) for inner in value) + "]"
    return json.dumps(one_line(value) if isinstance(value, str) else value, ensure_ascii=False)
