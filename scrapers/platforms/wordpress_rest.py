"""WordPress by its REST API (wp/v2/posts): whole posts in pages, and a slim list of every id to notice edits and removals."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from scrapers.platforms.base import SitePlatform, option, site_url, whole_number
from scrapers.platforms.json_body import field, items_at, read_json, text_at
from scrapers.platforms.options import PAGE_OPTIONS, Option
from scrapers.platforms.pages import in_zone, plain, read_content, without_title
from scrapers.text.dates import read_datetime, zone_of
from scrapers.text.lines import one_line
from scrapers.text.metadata import NOT_A_CATEGORY
from scrapers.text.urls import canonical
from scrapers.types import Found, Listing, Outcome, PageError, Response, Scraped, Source

SLIM_FIELDS = "id,link,date_gmt,modified_gmt,content.protected"
PER_PAGE, MOST_PER_PAGE = 50, 100
EMBEDDED = "author,wp:term,wp:featuredmedia"


class WordPressRest(SitePlatform):
    """Whole posts, last modified first, or those modified after `since`; then the slim list, which names every public post.

    The slim list's posts carry no article: one whose version is unknown was edited, or was missed by the whole posts.
    """

    name = "wordpress-rest"
    options: ClassVar[Mapping[str, Option]] = MappingProxyType(
        {
            **PAGE_OPTIONS,
            "api": Option(str, "path of the API, default /wp-json"),
            "plain": Option(bool, "permalinks are plain: ask by ?rest_route= instead of the path"),
            "types": Option(list, "route names of the post types, default [posts]"),
            "categories": Option(str, "ids of the categories to fetch, separated by commas; default all"),
            "per_page": Option(int, "posts a request, default 50, at most 100"),
        }
    )

    def start(self, source: Source, since: dt.datetime | None) -> Sequence[str]:
        """For each post type the whole posts (all, or modified after `since`) and the slim list."""
        whole = {"per_page": str(_per_page(source)), "_embed": EMBEDDED, "orderby": "modified", "order": "desc"}
        if since is not None:
            whole["modified_after"] = since.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        slim = {"per_page": str(MOST_PER_PAGE), "_fields": SLIM_FIELDS, "orderby": "id", "order": "asc"}
        some = {"categories": source.options["categories"]} if "categories" in source.options else {}
        routes = [f"/wp/v2/{kind}" for kind in option(source, "types", ["posts"])]
        return [_url(source, route, query | some) for route in routes for query in (whole, slim)]

    def listing(self, response: Response, source: Source) -> Listing:
        """Posts of one page, whole or slim."""
        posts = read_json(response)
        if isinstance(posts, dict) and isinstance(posts.get("code"), str):
            raise PageError(response.url, Outcome.MALFORMED, f"the API answers {posts['code']}")
        if not isinstance(posts, list):
            raise PageError(response.url, Outcome.MALFORMED, "not a list of posts")
        query = dict(parse_qsl(urlsplit(response.url).query))
        slim = "_fields" in query
        public = [post for post in posts if isinstance(post, dict) and not field(post, "content.protected")]
        found = [each for post in public if (each := _found(post, response, source, slim))]
        newest_first = not slim and "modified_after" not in query
        return Listing(found, _next(response, query, len(posts)), newest_first, slim and "categories" not in query)


def _url(source: Source, route: str, query: Mapping[str, str]) -> str:
    if option(source, "plain", False):
        return site_url(source, "/") + "?" + urlencode({"rest_route": route} | dict(query), safe=":,/")
    return site_url(source, option(source, "api", "/wp-json").rstrip("/") + route) + "?" + urlencode(query, safe=":,")


def _per_page(source: Source) -> int:
    return max(1, min(MOST_PER_PAGE, int(option(source, "per_page", PER_PAGE))))


def _next(response: Response, query: Mapping[str, str], posts: int) -> list[str]:
    """The page after this one, by X-WP-TotalPages, else by the Link header, else while pages are full."""
    page = whole_number(query.get("page", "1")) or 1
    total = whole_number(response.headers.get("x-wp-totalpages", ""))
    link = re.search(r'<[^>]+>\s*;\s*rel="?next"?', response.headers.get("link", ""))
    known = "x-wp-totalpages" in response.headers or "link" in response.headers
    if not posts or not (page < total or link if known else posts >= whole_number(query.get("per_page", "10"))):
        return []
    parts = urlsplit(response.url)
    return [urlunsplit(parts._replace(query=urlencode({**query, "page": str(page + 1)}, safe=":,/")))]


def _found(post: Mapping[str, Any], response: Response, source: Source, slim: bool) -> Found | None:
    url = canonical(text_at(post, "link"), response.final_url)
    if not url:
        return None
    zone = zone_of(source.timezone)
    published = _moment(post, "date", zone)
    version = text_at(post, "modified_gmt") or text_at(post, "modified")
    if slim:
        return Found(url, version, published)
    article = _article(post, url, source, zone)
    return Found(url, version, published, article.title, article if article.text else None)


def _article(post: Mapping[str, Any], url: str, source: Source, zone: dt.tzinfo) -> Scraped:
    title = plain(text_at(post, "title.rendered"))
    body = without_title(read_content(text_at(post, "content.rendered")), title)
    lead = [plain(text_at(media, "caption.rendered")) for media in items_at(post, "_embedded.wp:featuredmedia")]
    return Scraped(
        url=url,
        title=title,
        text=body.text,
        published=_moment(post, "date", zone),
        modified=_moment(post, "modified", zone),
        author=one_line(text_at(post, "_embedded.author.0.name")),
        categories=_categories(post),
        captions=tuple(dict.fromkeys(caption for caption in (*lead, *body.captions) if caption)),
        language=source.language,
    )


def _moment(post: Mapping[str, Any], name: str, zone: dt.tzinfo) -> dt.datetime | None:
    """The post's date: the one in UTC, where WordPress gives one, shown on the site's clocks."""
    if universal := read_datetime(text_at(post, f"{name}_gmt"), dt.UTC):
        return in_zone(universal, zone)
    return in_zone(read_datetime(text_at(post, name), zone), zone)


def _categories(post: Mapping[str, Any]) -> tuple[str, ...]:
    terms = [term for group in items_at(post, "_embedded.wp:term") if isinstance(group, list) for term in group]
    names = [plain(text_at(term, "name")) for term in terms if text_at(term, "taxonomy") == "category"]
    return tuple(dict.fromkeys(name for name in names if name and not NOT_A_CATEGORY.fullmatch(name)))
