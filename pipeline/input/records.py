"""One record of the input, a dictionary from JSON or parquet, to an Article or to the reason why it cannot be one."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping

from arahan.types import Article, Rejected

MAX_TEXT_CHARS = 5_000_000  # a longer text is no news release but a dump, and would stall the run
SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, which no UTF-8 file can hold
YEARS = range(1800, 2200)  # a date outside stands for "none": 0001-01-01, 9999-12-31
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d(?=$|[T\s])")


def to_article(record: int, value: object, seen: set[str], notes: Counter[str]) -> Article | Rejected:
    """The article in `value`, record number `record`, or why there is none; `seen` holds the ids so far and gets this one.

    Optional fields never reject a record: a date that is no ISO date becomes None, another value of a wrong type "",
    a lone surrogate U+FFFD (one character for one: offsets hold), and `notes` counts each ("unknown_date", ...).
    """
    if not isinstance(value, Mapping):
        return Rejected(record, "", "NotAnObject", f"the record is a JSON {_json_type(value)}, expected an object")
    id = _id(value.get("id"))
    fault = _id_fault(value, id, seen) or _text_fault(value)
    if fault:
        return Rejected(record, id, *fault)
    seen.add(id)
    return Article(
        id=id,
        text=_storable(value["text"], notes),
        title=_string(value, "title", notes),
        published=_date(value, notes),
        url=_string(value, "url", notes),
        outlet=_string(value, "outlet", notes),
        source_id=_string(value, "source_id", notes),
        region_code=_string(value, "region_code", notes),
        fetched_at=_moment(value.get("fetched_at")),
    )


def _id(value: object) -> str:
    """A string, or a whole number as one; "" for everything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return SURROGATE.sub("\ufffd", value.strip()) if isinstance(value, str) else ""


def _id_fault(value: Mapping[str, object], id: str, seen: set[str]) -> tuple[str, str] | None:
    if id in seen:
        return "DuplicateId", f"id {id!r} was used by an earlier record"
    if id:
        return None
    given = value.get("id")
    if given is None or given == "":
        return "MissingId", "the record has no id"
    return "UnusableId", f"the id is {given!r}, expected a string or a whole number"


def _text_fault(value: Mapping[str, object]) -> tuple[str, str] | None:
    text = value.get("text")
    if text is None:
        return "MissingText", "the record has no text"
    if not isinstance(text, str):
        return "UnusableText", f"the text is a JSON {_json_type(text)}, expected a string"
    if not text.strip():
        return "EmptyText", "the text is empty"
    if len(text) > MAX_TEXT_CHARS:
        return "TextTooLong", f"the text has {len(text):,} characters, at most {MAX_TEXT_CHARS:,} are read"
    return None


def _storable(text: object, notes: Counter[str]) -> str:
    clean, replaced = SURROGATE.subn("\ufffd", str(text))
    if replaced:
        notes["lone_surrogates"] += replaced
    return clean


def _string(value: Mapping[str, object], field: str, notes: Counter[str]) -> str:
    found = value.get(field)
    if found is None:
        return ""
    if not isinstance(found, str):
        notes[f"unusable_{field}"] += 1
        return ""
    return _storable(found, notes)


def _date(value: Mapping[str, object], notes: Counter[str]) -> dt.date | None:
    """`date`, or `published` as `arahan scrape` writes it: a date, a moment (its own local day), or "" for unknown."""
    found = value.get("date") or value.get("published")
    if not found:
        return None
    day = _day(found)
    if day is None or day.year not in YEARS:
        notes["unknown_date"] += 1
        return None
    return day


def _day(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    match = ISO_DATE.match(value.strip()) if isinstance(value, str) else None
    try:
        return dt.date.fromisoformat(match[0]) if match else None
    except ValueError:  # the 31st of a month of 30 days
        return None


def _moment(value: object) -> dt.datetime | None:
    if isinstance(value, dt.datetime):
        return value
    try:
        return dt.datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _json_type(value: object) -> str:
    names = {str: "string", bool: "boolean", int: "number", float: "number", list: "array", type(None): "null"}
    return names.get(type(value), "object" if isinstance(value, Mapping) else type(value).__name__)
