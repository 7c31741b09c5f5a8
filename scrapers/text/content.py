"""Where on a page its article stands: by the names that themes give it, else where most text is."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element

from scrapers.text.markup import is_junk, markup
from scrapers.text.tree import relevant, select

LEAST_CHARS = 150
"""An article has at least this much text outside links."""
BROTHERS_CHARS = 80
MAX_CANDIDATES = 30


INLINE = frozenset({"p", "b", "strong", "em", "i", "span", "font", "u", "li", "ul", "ol", "blockquote", "h2", "h3"})
MAX_CLIMB = 12


def find_body(root: _Element) -> _Element | None:
    """The element that holds the article; None where no element holds enough text."""
    strict = _lengths(root, lenient=False)
    if (named := _named(root, strict.within)) is not None:
        return named
    lenient = _lengths(root, lenient=True)
    named = _named(root, lenient.within)
    return named if named is not None else _fullest(strict.own) if strict.own else _fullest(lenient.own)


class _Lengths(NamedTuple):
    """Characters outside links and junk: anywhere within an element, and in its own text and paragraphs."""

    within: dict[_Element, int]
    own: dict[_Element, int]


def _named(root: _Element, lengths: dict[_Element, int]) -> _Element | None:
    for selector in relevant(root, markup().bodies):
        named: list[_Element] = [
            element for element in select(root, selector)[:MAX_CANDIDATES] if lengths.get(element, 0) >= LEAST_CHARS
        ]
        if named:
            return max(named, key=lambda element: lengths[element])
    return None


def _fullest(own: dict[_Element, int]) -> _Element | None:
    """The element with most text of its own; its parent where brothers of the same make hold more of the article."""
    best = max(own, key=lambda element: own[element], default=None)
    if best is None or own[best] < LEAST_CHARS:
        return None
    parent = best.getparent()
    brothers = [] if parent is None or best.tag in {"td", "body"} else [one for one in parent if _same_make(one, best)]
    return parent if sum(own.get(one, 0) for one in brothers) >= own[best] + BROTHERS_CHARS else best


def _same_make(one: _Element, other: _Element) -> bool:
    return one.tag == other.tag and one.get("class") == other.get("class")


def _lengths(root: _Element, lenient: bool) -> _Lengths:
    found = _Lengths(defaultdict(int), defaultdict(int))
    skipped: _Element | None = None
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            if element is not root and _holds_no_text(element, lenient):
                skipped = element
                walker.skip_subtree()
            else:
                _count(found, element, element.text)
            continue
        parent = element.getparent()
        if parent is None or element is root:
            continue
        if element is not skipped and (length := found.within.get(element)):
            found.within[parent] += length
        _count(found, parent, element.tail)
    return found


def _holds_no_text(element: _Element, lenient: bool) -> bool:
    wrapping = element.tag in {"header", "form", "aside"}
    return element.tag == "a" or (element.tag in markup().junk_tags and not wrapping) or (not lenient and is_junk(element))


def _count(found: _Lengths, element: _Element, text: str | None) -> None:
    if not text or not (length := len(text.strip())):
        return
    found.within[element] += length
    holder: _Element | None = element
    for _ in range(MAX_CLIMB):
        if holder is None or holder.tag not in INLINE:
            break
        holder = holder.getparent()
    if holder is not None:
        found.own[holder] += length
