"""The text of an HTML element as its reader sees it: paragraphs, lists and tables, without what surrounds an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element

from scrapers.text.lines import CELL, LINK, LINK_END, MARKS, clean_lines, one_line
from scrapers.text.markup import is_caption, is_hidden, is_junk, markup

_TEXT_BLOCKS = {
    "address",
    "blockquote",
    "dd",
    "details",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "summary",
    "ul",
}
_PAGE_BLOCKS = {
    "article",
    "aside",
    "body",
    "center",
    "div",
    "fieldset",
    "footer",
    "form",
    "header",
    "html",
    "main",
    "nav",
    "section",
}
_TABLE_BLOCKS = {"caption", "figcaption", "figure", "table", "tbody", "tfoot", "thead", "tr"}
BLOCKS = frozenset(_TEXT_BLOCKS | _PAGE_BLOCKS | _TABLE_BLOCKS)
NESTED = frozenset({"p", "div", "table", "ul", "ol", "blockquote", "section"})
MAX_CAPTION_CHARS = 600
FEW_WORDS, MANY_WORDS = 20, 50
"""A strict reading with fewer words than the first, where a lenient one has more than the second, lost the article."""


class Body(NamedTuple):
    """Text, paragraphs separated by a newline, and the captions of the images in it."""

    text: str
    captions: tuple[str, ...]


def read_body(element: _Element, drop: Sequence[_Element] = ()) -> Body:
    """The text of an element that holds an article; `drop`: descendants to leave out.

    Datelines and sign-offs stay. Works without recursion, so that depth and size of the page do not matter.
    """
    strict = _Writer(set(drop)).write(element)
    if len(strict.text.split()) >= FEW_WORDS:
        return strict
    lenient = _Writer(set(drop), lenient=True).write(element)
    return lenient if len(lenient.text.split()) > MANY_WORDS else strict


def short_text(element: _Element, most_chars: int = MAX_CAPTION_CHARS) -> str | None:
    """The element's text as one line; None when it is longer."""
    parts: list[str] = []
    room = most_chars * 4  # much white space may become little
    for part in element.itertext():
        parts.append(str(part))
        if (room := room - len(part)) < 0:
            return None
    text = one_line("".join(parts))
    return text if len(text) <= most_chars else None


@dataclass
class _Writer:
    """One walk over an element: `pieces` is the marked text that `clean_lines` reads."""

    drop: set[_Element]
    lenient: bool = False
    pieces: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)  # the number of the last item; -1 in a list without numbers
    tables: list[bool] = field(default_factory=list)  # whether the table holds data; False: it lays out the page
    verbatim: int = 0

    def write(self, root: _Element) -> Body:
        skipped: _Element | None = None
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "start":
                if element is not root and not self._opens(element):
                    skipped = element
                    walker.skip_subtree()
                elif element.text:
                    self._say(element.text)
                continue
            if element is not skipped and element is not root:
                self._closes(element)
            if element.tail and element is not root:
                self._say(element.tail)
        captions = tuple(dict.fromkeys(caption for caption in self.captions if caption))
        return Body(clean_lines("".join(self.pieces)), captions)

    def _opens(self, element: _Element) -> bool:
        """Write what stands before the element's text; False when all of it is left out."""
        tag = element.tag
        if not isinstance(tag, str) or element in self.drop or self._is_left_out(element):
            return False
        if is_caption(element) or (tag == "p" and _is_caption_paragraph(element)):
            return not self._take_caption(element)
        if tag in {"ul", "ol"}:
            self.lists.append(_first_number(element) - 1 if tag == "ol" else -1)
        elif tag == "table":
            self.tables.append(_holds_data(element))
        elif tag == "pre":
            self.verbatim += 1
        self._before(tag)
        return True

    def _is_left_out(self, element: _Element) -> bool:
        if element.tag in markup().junk_tags:
            return not (self.lenient and element.tag in {"header", "aside", "form", "footer"})
        return is_hidden(element) if self.lenient else is_junk(element)

    def _before(self, tag: str) -> None:
        if tag == "br":
            self._break()
        elif tag in {"td", "th"}:
            self.pieces.append(CELL) if self._in_data else self._break()
        elif tag in BLOCKS and not (self._in_data and tag in NESTED and tag != "table"):
            self._break(anyway=tag == "tr")
        if tag == "li":
            self._item()
        elif tag == "a":
            self.pieces.append(LINK)

    def _item(self) -> None:
        if not self.lists or self.lists[-1] < 0:
            self.pieces.append("- ")
        else:
            self.lists[-1] += 1
            self.pieces.append(f"{self.lists[-1]}. ")

    def _closes(self, element: _Element) -> None:
        tag = element.tag
        if tag == "a":
            self.pieces.append(LINK_END)
        elif tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
        elif tag == "pre":
            self.verbatim = max(0, self.verbatim - 1)
        if tag in BLOCKS:
            self._break(anyway=tag in {"tr", "table"})
        if tag == "table" and self.tables:
            self.tables.pop()

    @property
    def _in_data(self) -> bool:
        return bool(self.tables) and self.tables[-1]

    def _break(self, anyway: bool = False) -> None:
        """The end of a line; inside a table of data a space, so that a row stays one line."""
        self.pieces.append(" " if self._in_data and not anyway else "\n")

    def _say(self, text: str) -> None:
        text = MARKS.sub("", text)
        self.pieces.append(text if self.verbatim and not self._in_data else text.replace("\n", " "))

    def _take_caption(self, element: _Element) -> bool:
        text = short_text(element)
        if text is not None:
            self.captions.append(text)
        return text is not None


def _is_caption_paragraph(paragraph: _Element) -> bool:
    """A paragraph with an image whose few words are its caption ("<img><br><em>... Foto: Humas</em>")."""
    if next(paragraph.iter("img"), None) is None:
        return False
    text = short_text(paragraph)
    return text is not None and bool(markup().caption.fullmatch(text))


def _first_number(numbered: _Element) -> int:
    start = numbered.get("start", "1")
    return int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1


def _holds_data(table: _Element) -> bool:
    """Whether most rows have several cells, and the cells are short: else the table only lays out the page."""
    rows = [row for part in table for row in (part if part.tag in {"tbody", "thead", "tfoot"} else [part]) if row.tag == "tr"]
    cells = [[cell for cell in row if cell.tag in {"td", "th"}] for row in rows]
    blocks = max((sum(child.tag in NESTED for child in cell) for row in cells for cell in row), default=0)
    return len(rows) > 1 and sum(len(row) > 1 for row in cells) * 2 > len(rows) and blocks < 2
