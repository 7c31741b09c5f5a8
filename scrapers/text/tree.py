"""HTML and XML to lxml trees, safely: bounded depth, no network, no entities, nothing executed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from cssselect import HTMLTranslator
from cssselect.xpath import XPathExpr
from lxml import etree, html
from lxml.html import HtmlElement

MAX_CHARS, MAX_HTML_CHARS, MAX_TAGS = 60_000_000, 8_000_000, 200_000
"""No article is longer; what stands after that in a page is not read."""
MAX_DEPTH = 150
"""Pages that people lay out have a third of it. Selectors cost time by depth, so deeper pages lose their wrappers."""
TAG = re.compile(r"<[A-Za-z]")
DEEP_WRAPPERS = re.compile(
    r"</?(?:div|span|font|b|i|u|em|strong|big|small|center|blockquote|section|article|a|table|tbody|tr|td|[uod]l|li|d[dt])\b"
    r"[^<>]{0,4000}>",
    re.IGNORECASE,
)
ALL_BUT_PARAGRAPHS = re.compile(r"</?(?!(?:p|br|html|head|body|title|meta|link|h1)\b)[A-Za-z][^<>]{0,4000}>", re.IGNORECASE)
CLASS_NAME = re.compile(r"\.([A-Za-z_][\w-]*)")
ALTERNATIVES = re.compile(r"[,:'\"]")  # selectors that need not find every class they name
_CLASSES = etree.XPath("//@class", smart_strings=False)
DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold, which lxml refuses."""


def parse_html(text: str) -> HtmlElement:
    """The document's root element; an empty one when there is nothing to read.

    Elements nested deeper than the parser goes would take the rest of the page with them; then wrappers are taken off first.
    """
    return _shallow(_cut(text))[1]


def bounded(text: str) -> str:
    """The HTML as `parse_html` reads it: not too long, not too deep."""
    return _shallow(_cut(text))[0]


def _cut(text: str) -> str:
    text = UNFIT.sub("", text[:MAX_HTML_CHARS])
    last = next(islice(TAG.finditer(text), MAX_TAGS, None), None)
    return text[: last.start()] if last else text


def _shallow(text: str) -> tuple[str, HtmlElement]:
    """The text without what makes it too deep, and its tree."""
    root, too_deep = _parsed(text)
    for wrappers in (DEEP_WRAPPERS, ALL_BUT_PARAGRAPHS):
        if not too_deep:
            break
        text = wrappers.sub(" ", text)
        root, too_deep = _parsed(text)
    return text, root


def parse_fragment(text: str) -> HtmlElement:
    """The body of a piece of HTML, such as a feed's content."""
    root = parse_html(f"<body>{text}</body>")
    body = root.find("body")
    return root if body is None else body


def parse_xml(text: str) -> etree._Element | None:
    """The root of an XML document, None when there is none. Entities and DTDs are not read, faults are passed over."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True)
    try:
        root = etree.fromstring(DECLARATION.sub("", UNFIT.sub("", text[:MAX_CHARS])).strip().encode("utf-8"), parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root if root is not None and isinstance(root.tag, str) else None


def select(root: etree._Element, selector: str) -> list[HtmlElement]:
    """Elements that a CSS selector matches, in document order. Raises cssselect.SelectorError."""
    found: list[HtmlElement] = list(compiled(selector)(root))  # type: ignore[arg-type]  # a selector gives elements only
    return found


def relevant(root: etree._Element, selectors: Iterable[str]) -> list[str]:
    """The selectors without those whose classes do not occur in the document: one walk instead of one for each."""
    words = {word for value in _CLASSES(root) for word in str(value).split()}  # type: ignore[union-attr]  # a list of strings
    return [one for one in selectors if ALTERNATIVES.search(one) or words.issuperset(CLASS_NAME.findall(one))]


class _OneWalk(HTMLTranslator):
    """Selectors as one walk over the tree in which each element looks at what is above and before it. The usual translation goes
    down from every match of the left part, which takes minutes on pages that nest a thousand of them."""

    def xpath_descendant_combinator(self, left: XPathExpr, right: XPathExpr) -> XPathExpr:
        """`left right`."""
        return right.add_condition(f"ancestor::{_test(left)}")

    def xpath_child_combinator(self, left: XPathExpr, right: XPathExpr) -> XPathExpr:
        """`left > right`."""
        return right.add_condition(f"parent::{_test(left)}")

    def xpath_direct_adjacent_combinator(self, left: XPathExpr, right: XPathExpr) -> XPathExpr:
        """`left + right`."""
        return right.add_condition(f"preceding-sibling::*[1]/self::{_test(left)}")

    def xpath_indirect_adjacent_combinator(self, left: XPathExpr, right: XPathExpr) -> XPathExpr:
        """`left ~ right`."""
        return right.add_condition(f"preceding-sibling::{_test(left)}[1]")


def _test(expression: XPathExpr) -> str:
    return expression.element + (f"[{expression.condition}]" if expression.condition else "")


@lru_cache(maxsize=512)
def compiled(selector: str) -> etree.XPath:
    """The selector as XPath. Raises cssselect.SelectorError."""
    return etree.XPath(_OneWalk().css_to_xpath(selector))


def _parsed(text: str) -> tuple[HtmlElement, bool]:
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):
        return html.Element("html"), False
    return root, any("depth" in entry.message for entry in parser.error_log) or depth(root) > MAX_DEPTH


def depth(root: etree._Element) -> int:
    """How many elements lie in each other at most."""
    now = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        now += 1 if event == "start" else -1
        deepest = max(deepest, now)
    return deepest
