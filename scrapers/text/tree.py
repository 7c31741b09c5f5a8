"""HTML and XML to lxml trees, safely: bounded depth, no network, no entities, nothing executed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from cssselect import HTMLTranslator
from lxml import etree, html
from lxml.html import HtmlElement

MAX_CHARS, MAX_HTML_CHARS = 60_000_000, 8_000_000
"""No article is longer; what stands after that in a page is not read."""
DEEP_WRAPPERS = re.compile(
    r"</?(?:div|span|font|b|i|u|em|strong|big|small|center|blockquote|section|article|a|table|tbody|tr|td|[uod]l|li|d[dt])\b"
    r"[^<>]{0,4000}>",
    re.IGNORECASE,
)
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
    text = UNFIT.sub("", text[:MAX_HTML_CHARS])
    root, too_deep = _parsed(text)
    return _parsed(DEEP_WRAPPERS.sub(" ", text))[0] if too_deep else root


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


@lru_cache(maxsize=512)
def compiled(selector: str) -> etree.XPath:
    """The selector as XPath. Raises cssselect.SelectorError."""
    return etree.XPath(HTMLTranslator().css_to_xpath(selector))


def _parsed(text: str) -> tuple[HtmlElement, bool]:
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):
        return html.Element("html"), False
    return root, any("depth" in entry.message for entry in parser.error_log)
