"""What an entry of the registry may say: fields, their forms, and the options of its platform."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from arahan.errors import DataFileError
from scrapers.platforms import PLATFORMS
from scrapers.platforms.options import faults as option_faults
from scrapers.sources.blocks import Entry
from scrapers.types import Source

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
KINDS = ("official", "press")
STATUSES = ("unverified", "verified")
LEAST_FLOOR_S = 1.0  # a registry cannot ask for less politeness than this, but on loopback
_LOOPBACK = re.compile(r"localhost|127\.[\d.]+|::1")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_REGION = re.compile(r"(?:\d\d(?:\.\d\d)?)?")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def _text(value: object) -> str:
    return "" if isinstance(value, str) and value.strip() == value and value else "not a text, or empty, or with spaces around"


def _matching(pattern: re.Pattern[str], what: str) -> Callable[[object], str]:
    return lambda value: "" if isinstance(value, str) and pattern.fullmatch(value) else f"not {what}: {value!r}"


def _one_of(*allowed: str) -> Callable[[object], str]:
    return lambda value: "" if value in allowed else f"{value!r} is none of {', '.join(allowed)}"


def _url(value: object) -> str:
    try:
        parts = urlsplit(value if isinstance(value, str) else "")
        ok = (
            parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and not parts.username and not parts.fragment
        )
    except ValueError:
        ok = False
    return "" if ok and " " not in str(value) else f"not an http(s) address: {value!r}"


def _seconds(value: object) -> str:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return "" if number and 0 <= value <= 3600 else f"not seconds between 0 and 3600: {value!r}"  # type: ignore[operator]


def _platform(value: object) -> str:
    return _one_of(*PLATFORMS)(value)


def _table(value: object) -> str:
    return "" if isinstance(value, dict) else "not a table"


FIELDS: Mapping[str, Callable[[object], str]] = MappingProxyType(
    {
        "name": _text,
        "platform": _platform,
        "url": _url,
        "region_code": _matching(_REGION, 'a Kemendagri code such as "53" or "53.71"'),
        "kind": _one_of(*KINDS),
        "timezone": _one_of(*ZONES),
        "language": _matching(_LANGUAGE, "a language code"),
        "floor_s": _seconds,
        "status": _one_of(*STATUSES),
        "options": _table,
    }
)
NEEDED = ("name", "platform", "url")


def read_source(entry: Entry) -> Source | DataFileError:
    """The source that an entry declares, or one error with all that is wrong in it, at the line of the first fault."""
    faults = list(_faults(entry))
    if faults:
        line = entry.line_of(faults[0][0])
        return DataFileError(entry.file, line, f"[{entry.id}] " + "; ".join(f"{field}: {reason}" for field, reason in faults))
    values = dict(entry.values)
    options = MappingProxyType(values.pop("options", {}))
    return Source(id=entry.id, **values | {"options": options, "floor_s": float(values.get("floor_s", 2.0))})


def _faults(entry: Entry) -> Iterator[tuple[str, str]]:
    values = entry.values
    if not _ID.fullmatch(entry.id):
        yield "id", "not lower-case letters, digits and hyphens"
    yield from ((field, "missing") for field in NEEDED if field not in values)
    wrong = {field: reason for field, value in values.items() if field in FIELDS and (reason := FIELDS[field](value))}
    yield from wrong.items()
    yield from ((field, f"no such field; there are {', '.join(FIELDS)}") for field in values if field not in FIELDS)
    if "url" in values and "url" not in wrong and "floor_s" not in wrong:
        yield from _too_fast(values)
    if not {"platform", "options"} & wrong.keys() and "platform" in values:
        yield from _option_faults(str(values["platform"]), values.get("options", {}))


def _too_fast(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    host = urlsplit(values["url"]).hostname or ""
    if values.get("floor_s", LEAST_FLOOR_S) < LEAST_FLOOR_S and not _LOOPBACK.fullmatch(host):
        yield "floor_s", f"below {LEAST_FLOOR_S:g} s between requests"


def _option_faults(platform: str, options: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What the platform's own schema says of its options."""
    yield from (("options", reason) for reason in option_faults(options, PLATFORMS[platform].options))
