"""A JSON API that a source describes: where the list stands, which fields an item has, how pages follow each other."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar
from urllib.parse import parse_qsl, quote, urlsplit

from scrapers.platforms.base import SitePlatform, next_by_number, option, site_url
from scrapers.platforms.json_body import field, items_at, read_json, text_at
from scrapers.platforms.options import PAGE_OPTIONS, Option
from scrapers.platforms.pages import on_site_clock, plain, read_content, without_title
from scrapers.text.body import Body
from scrapers.text.dates import read_date, zone_of
from scrapers.text.lines import MARKS, clean_lines
from scrapers.text.urls import canonical
from scrapers.types import Found, Listing, Outcome, PageError, Response, Scraped, Source

MAX_ITEMS = 5_000
MARKUP = re.compile(r"<\s*(?:p|br|div|span|b|strong|em|ul|ol|table|h\d|img|a)\b", re.IGNORECASE)
PLACEHOLDER = re.compile(r"\{([\w.]+)\}")


class JsonApi(SitePlatform):
    """An item with a `text` field is an article; without one, its page is read."""

    name = "json-api"
    options: ClassVar[Mapping[str, Option]] = MappingProxyType(
        {
            **PAGE_OPTIONS,
            "urls": Option(list, "paths or URLs of the first pages; {since} stands for the date", required=True),
            "items": Option(str, "path of the list of articles, such as data.items; default: the whole document"),
            "fields": Option(
                dict,
                "paths in an item for url, title, text, published, modified, author, categories, captions",
                required=True,
            ),
            "url_template": Option(str, "URL of an article with {field} for paths in its item, such as /berita/{slug}"),
            "next": Option(str, "path of the URL of the next page"),
            "page_param": Option(str, "query parameter that counts pages or items, where there is no next"),
            "page_step": Option(int, "by how much it grows, default 1"),
            "page_first": Option(int, "what it counts from, default 1"),
            "last_page": Option(str, "path of the number of pages, or of all items where page_param counts items"),
            "oldest_first": Option(bool, "the list does not begin with the newest"),
            "complete": Option(bool, "all pages together name every article there is"),
        }
    )

    def start(self, source: Source, since: dt.datetime | None) -> Sequence[str]:
        """The first pages; without `since`, its placeholder becomes 1990-01-01."""
        day = since.date().isoformat() if since else "1990-01-01"
        return [site_url(source, url.replace("{since}", day)) for url in option(source, "urls", [])]

    def listing(self, response: Response, source: Source) -> Listing:
        """One page of items. Raises PageError(MALFORMED) when there is no list where it should be."""
        document = read_json(response)
        items = field(document, option(source, "items", ""))
        if not isinstance(items, list):
            raise PageError(response.url, Outcome.MALFORMED, f"no list at {option(source, 'items', '') or 'the top'}")
        found = [each for item in items[:MAX_ITEMS] if (each := _found(item, response, source))]
        following = _next(document, response, source) if items else []
        return Listing(found, following, not option(source, "oldest_first", False), option(source, "complete", False))


def _next(document: object, response: Response, source: Source) -> list[str]:
    if "next" in source.options:
        url = canonical(text_at(document, source.options["next"]), response.final_url)
        return [url] if url and url != canonical(response.final_url) else []
    parameter = option(source, "page_param", "")
    if not parameter:
        return []
    step, first = int(option(source, "page_step", 1)), int(option(source, "page_first", 1))
    url = next_by_number(response.url, parameter, step, first)
    last = text_at(document, source.options["last_page"]) if "last_page" in source.options else ""
    number = int(dict(parse_qsl(urlsplit(url).query))[parameter])
    return [] if re.fullmatch(r"\d{1,9}", last) and number >= int(last) + first else [url]


def _found(item: object, response: Response, source: Source) -> Found | None:
    url = _url(item, response, source)
    if not url:
        return None
    zone = zone_of(source.timezone)
    published = on_site_clock(_date(item, source, "published", zone), zone)
    modified = on_site_clock(_date(item, source, "modified", zone), zone)
    title, version = plain(_text(item, source, "title")), _text(item, source, "modified")
    body = _body(_text(item, source, "text"), title)
    if not body.text:
        return Found(url, version, published, title)
    article = Scraped(
        url=url,
        title=title,
        text=body.text,
        published=published,
        modified=modified if isinstance(modified, dt.datetime) else None,
        author=plain(_text(item, source, "author")),
        categories=_names(item, source, "categories"),
        captions=tuple(dict.fromkeys((*_names(item, source, "captions"), *body.captions))),
        language=source.language,
    )
    return Found(url, version, published, title, article)


def _url(item: object, response: Response, source: Source) -> str:
    """The article's URL: from its field, else from the template with every placeholder filled."""
    if given := _text(item, source, "url"):
        return canonical(given, response.final_url)
    template = option(source, "url_template", "")
    values = {path: text_at(item, path) for path in PLACEHOLDER.findall(template)}
    if not template or not all(values.values()):
        return ""
    return site_url(source, PLACEHOLDER.sub(lambda match: quote(values[match[1]], safe="-._~"), template))


def _text(item: object, source: Source, name: str) -> str:
    path = option(source, "fields", {}).get(name, "")
    return text_at(item, path) if path else ""


def _date(item: object, source: Source, name: str, zone: dt.tzinfo) -> dt.datetime | dt.date | None:
    """A date in any written form, or seconds or milliseconds since 1970."""
    text = _text(item, source, name)
    if re.fullmatch(r"\d{9,10}|\d{12,13}", text):
        seconds = int(text) / (1000 if len(text) > 10 else 1)
        return dt.datetime.fromtimestamp(int(seconds), tz=dt.UTC)
    return read_date(text, zone)


def _names(item: object, source: Source, name: str) -> tuple[str, ...]:
    """A field that is a string, a list of strings, or a list of objects with a name or title."""
    path = option(source, "fields", {}).get(name, "")
    if not path:
        return ()
    parts = items_at(item, path) or [field(item, path)]
    names = (text_at(part, "") or text_at(part, "name") or text_at(part, "title") for part in parts[:100])
    return tuple(dict.fromkeys(filter(None, map(plain, names))))


def _body(content: str, title: str) -> Body:
    """HTML, HTML that was escaped once too often, or plain text with a newline between paragraphs."""
    if not MARKUP.search(content) and MARKUP.search(unescaped := html.unescape(content)):
        content = unescaped
    body = read_content(content) if MARKUP.search(content) else Body(clean_lines(MARKS.sub("", html.unescape(content))), ())
    return without_title(body, title)
