"""schema.org data in a page: the article that its JSON-LD describes."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.etree import _Element

ARTICLES = frozenset(
    {"article", "newsarticle", "reportagenewsarticle", "blogposting", "analysisnewsarticle", "pressrelease", "report"}
)
PAGES = frozenset({"webpage", "itempage"})
MAX_CHARS, MAX_NODES = 2_000_000, 2_000


def article_data(root: _Element) -> Mapping[str, Any]:
    """The first article's object, else the page's own; {} where there is none or it is broken."""
    nodes = [node for script in root.iter("script") for node in _nodes(script)]
    for wanted in (ARTICLES, PAGES):
        for node in nodes:
            if _types(node) & wanted:
                return node
    return {}


def texts(value: object) -> list[str]:
    """Strings of a value that may be a string, an object with a name, or a list of those."""
    if isinstance(value, str):
        return [html.unescape(value)] if value.strip() else []
    if isinstance(value, Mapping):
        return texts(value.get("name"))
    return [text for each in value[:50] for text in texts(each)] if isinstance(value, list) and _flat(value) else []


def _flat(values: list[Any]) -> bool:
    return not any(isinstance(value, list) for value in values)


def _nodes(script: _Element) -> Iterator[Mapping[str, Any]]:
    if "ld+json" not in script.get("type", "").lower() or not script.text or len(script.text) > MAX_CHARS:
        return
    try:
        waiting: list[Any] = [json.loads(script.text.strip().removeprefix("<![CDATA[").removesuffix("]]>"), strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(MAX_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting = [*node[:MAX_NODES], *waiting]
        elif isinstance(node, Mapping):
            yield node
            waiting += [node["@graph"]] if "@graph" in node else []


def _types(node: Mapping[str, Any]) -> set[str]:
    kind = node.get("@type")
    return {each.lower() for each in (kind if isinstance(kind, list) else [kind]) if isinstance(each, str)}
