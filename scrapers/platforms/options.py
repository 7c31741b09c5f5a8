"""What a source may tell its platform: names, types and meaning, so that a declaration can be checked before it is used."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from cssselect import SelectorError

from scrapers.text.tree import compiled


class Option(NamedTuple):
    """One option: `kind` is str, int, bool, list (of strings) or dict (of strings); `css` values must be CSS selectors."""

    kind: type
    help: str
    required: bool = False
    css: bool = False


PAGE_OPTIONS: Mapping[str, Option] = MappingProxyType(
    {
        "title": Option(str, "selector of the headline on an article's page", css=True),
        "date": Option(str, "selector of the date on an article's page", css=True),
        "body": Option(str, "selector of the element that holds an article's text", css=True),
        "author": Option(str, "selector of the author", css=True),
        "category": Option(str, "selector of the categories", css=True),
        "caption": Option(str, "selector of image captions", css=True),
        "drop": Option(str, "selector of what does not belong to the text", css=True),
    }
)
"""Options of every platform that reads articles from HTML pages. Without them the markup is recognised."""


def faults(options: Mapping[str, Any], allowed: Mapping[str, Option]) -> list[str]:
    """What is wrong with a source's options, a sentence each; empty when they are right."""
    found = [f"option {name!r} is not known; there are {', '.join(sorted(allowed))}" for name in options if name not in allowed]
    found += [f"option {name!r} is needed" for name, option in allowed.items() if option.required and name not in options]
    known = [(name, value, allowed[name]) for name, value in options.items() if name in allowed]
    return found + [fault for name, value, option in known if (fault := _fault(name, value, option))]


def _fault(name: str, value: object, option: Option) -> str:
    if not isinstance(value, option.kind) or (option.kind is int and isinstance(value, bool)):
        return f"option {name!r} must be of type {option.kind.__name__}, not {type(value).__name__}"
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if not all(isinstance(part, str) for part in parts):
        return f"option {name!r} must hold strings only"
    return _bad_selector(name, str(value)) if option.css else ""


def _bad_selector(name: str, selector: str) -> str:
    try:
        compiled(selector)
    except SelectorError as error:
        return f"option {name!r} is not a CSS selector: {error}"
    return ""
