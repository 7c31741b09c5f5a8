"""An article from its HTML page, by the source's selectors or by what the markup itself says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from bs4 import BeautifulSoup
from lxml.etree import _Element

from scrapers.platforms.main_text import trafilatura_text
from scrapers.text.body import Body, read_body
from scrapers.text.charset import decode
from scrapers.text.content import find_body
from scrapers.text.dates import read_datetime, zone_of
from scrapers.text.lines import one_line
from scrapers.text.metadata import BYLINE, date_in, first_text, read_metadata, seen_texts
from scrapers.text.tree import bounded, parse_fragment, parse_html, select
from scrapers.types import Outcome, PageError, Response, Scraped, Source

LEAST_WORDS = 8
"""A page with fewer words of text shows no article."""
MAX_INFO_CHARS, MAX_TITLE_CHARS = 120, 150
ENDS = frozenset({".", '"', "”"})
NOT_HTML = re.compile(r"\s*(?:application/(?!xhtml)|image/|audio/|video/|font/)", re.IGNORECASE)
LIKE_HTML = re.compile(r"<\s*(?:!doctype|html|head|body|p|div|article|table|br|h1)\b", re.IGNORECASE)


def read_page(response: Response, source: Source, trust_trafilatura: bool = False) -> Scraped:
    """Title, text, dates and the rest of an article's page. Raises PageError: MALFORMED (not HTML) or NO_TEXT.

    The text comes from the source's `body` selector; without one, or where it finds nothing, from the place that the markup
    names or that holds most text; if there is none, or with `trust_trafilatura`, from trafilatura.
    """
    root = html_root(response)
    zone = zone_of(source.timezone)
    said = read_metadata(root, response.final_url, zone, response.fetched_at)
    title = _chosen(root, source, "title") or said.title
    body, headline, shown = _headed(without_title(_body(root, source, trust_trafilatura), title), zone, response.fetched_at)
    title = headline or title
    if len(body.text.split()) < LEAST_WORDS:
        raise PageError(response.url, Outcome.NO_TEXT, "no article on the page")
    return Scraped(
        url=said.url,
        title=title,
        text=body.text,
        published=on_site_clock(_chosen_date(root, source, zone, response.fetched_at) or said.published or shown, zone),
        modified=in_zone(said.modified, zone),
        author=BYLINE.sub("", _chosen(root, source, "author")) or said.author,
        categories=tuple(_all_chosen(root, source, "category")) or said.categories,
        captions=tuple(dict.fromkeys((*(_all_chosen(root, source, "caption") or said.captions), *body.captions))),
        language=source.language or said.language,
    )


def html_root(response: Response) -> _Element:
    """The tree of an HTML response. Raises PageError when it is something else."""
    root: _Element = parse_html(_html(response))
    return root


def soup_of(response: Response) -> BeautifulSoup:
    """The soup of an HTML response, for pages of a few hundred elements: it takes many times what `html_root` takes. Raises
    PageError when the response is something else."""
    return BeautifulSoup(bounded(_html(response)), "lxml")


def _html(response: Response) -> str:
    kind = response.headers.get("content-type", "")
    text = decode(response.body, kind)
    if NOT_HTML.match(kind) or "\0" in text[:512] or not LIKE_HTML.search(text[:200_000]):
        raise PageError(response.url, Outcome.MALFORMED, f"not HTML but {kind or 'something else'}")
    return text


def read_content(content: str) -> Body:
    """Text and captions of a piece of HTML that is an article: a feed's content, a field of an API."""
    return read_body(parse_fragment(content))


def plain(markup: str) -> str:
    """The words of a piece of HTML as one line: a headline, a name."""
    return one_line("".join(str(part) for part in parse_fragment(markup).itertext())) if markup.strip() else ""


def without_title(body: Body, title: str) -> Body:
    """The body without the headline that some sites repeat as its first line."""
    first, _, rest = body.text.partition("\n")
    same = title and re.sub(r"\W+", "", first).casefold() == re.sub(r"\W+", "", title).casefold()
    return body._replace(text=rest) if same else body


def in_zone(moment: dt.datetime | None, zone: dt.tzinfo) -> dt.datetime | None:
    """The same moment on the site's clocks."""
    return moment.astimezone(zone) if moment else None


def on_site_clock(moment: dt.datetime | dt.date | None, zone: dt.tzinfo) -> dt.datetime | dt.date | None:
    """As `in_zone`; a date stays."""
    return moment.astimezone(zone) if isinstance(moment, dt.datetime) else moment


def _body(root: _Element, source: Source, trust_trafilatura: bool) -> Body:
    drop = select(root, source.options["drop"]) if "drop" in source.options else []
    chosen = _joined(
        [read_body(element, drop) for element in _outermost(select(root, source.options["body"]))]
        if "body" in source.options
        else []
    )
    if len(chosen.text.split()) >= LEAST_WORDS:
        return chosen
    main = trafilatura_text(root) if trust_trafilatura else ""
    if len(main.split()) >= LEAST_WORDS:
        return Body(main, ())
    place = find_body(root)
    found = read_body(place, drop) if place is not None else Body("", ())
    return found if len(found.text.split()) >= LEAST_WORDS else Body(trafilatura_text(root), found.captions)


def _outermost(elements: Sequence[_Element]) -> list[_Element]:
    """Elements that lie in none of the others."""
    chosen = set(elements)
    return [element for element in elements if not any(above in chosen for above in element.iterancestors())]


def _joined(bodies: Sequence[Body]) -> Body:
    return Body(
        "\n".join(body.text for body in bodies if body.text), tuple(caption for body in bodies for caption in body.captions)
    )


def _chosen(root: _Element, source: Source, name: str) -> str:
    return one_line(first_text(root, [source.options[name]])) if name in source.options else ""


def _all_chosen(root: _Element, source: Source, name: str) -> list[str]:
    return [one_line(text) for text in seen_texts(root, [source.options[name]])] if name in source.options else []


def _chosen_date(root: _Element, source: Source, zone: dt.tzinfo, fetched_at: dt.datetime) -> dt.datetime | dt.date | None:
    elements = select(root, source.options["date"]) if "date" in source.options else []
    return next((found for element in elements if (found := date_in(element, zone, fetched_at))), None)


class Headed(NamedTuple):
    """A body without what hand-made sites put above it: a headline, and a line with the clock time and number of readers."""

    body: Body
    headline: str
    published: dt.datetime | None


def _headed(body: Body, zone: dt.tzinfo, fetched_at: dt.datetime) -> Headed:
    lines = body.text.split("\n", 2)
    for place, line in enumerate(lines[:2]):
        shown = read_datetime(line, zone, fetched_at) if len(line) <= MAX_INFO_CHARS and line[-1:] not in ENDS else None
        if shown is not None:
            return Headed(body._replace(text="\n".join(lines[place + 1 :])), lines[0] if place else "", shown)
        if len(line) > MAX_TITLE_CHARS or line[-1:] in ENDS:
            break
    return Headed(body, "", None)
