"""WordPress without its REST API: its feeds, which page with ?paged= and hold whole posts, and archive pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar

from scrapers.platforms.base import SitePlatform, next_by_number, option, site_url
from scrapers.platforms.entries import Entry, read_entries
from scrapers.platforms.feed_entries import is_feed, read_feed
from scrapers.platforms.options import PAGE_OPTIONS, Option
from scrapers.platforms.sitemap import Sitemap, is_sitemap
from scrapers.types import Listing, Response, Source

ARCHIVE = Entry(
    item="article, .post, .td_module_wrap, .jeg_post, .elementor-post, .wp-block-post, .type-post",
    link=".entry-title a, .jeg_post_title a, .elementor-post__title a, .wp-block-post-title a, .post-title a, h2 a, h3 a",
    date="time, .entry-date, .posted-on, .jeg_meta_date, .elementor-post-date, .post-date",
    next="a.next, a[rel~=next], .nav-previous a, .older-posts a, .alignleft a, .td-pagination a[aria-label='next-page']",
)

_SITEMAP = Sitemap()


class WordPressHtml(SitePlatform):
    """A feed's page after the last answers 404: that is the end of the listing, not a failure."""

    name = "wordpress-html"
    options: ClassVar[Mapping[str, Option]] = MappingProxyType(
        {
            **PAGE_OPTIONS,
            "feeds": Option(list, "paths of feeds, default [/feed/atom/]; [] for none"),
            "archives": Option(list, "paths of archive pages, default none"),
            "sitemaps": Option(
                list, "paths of sitemaps that name every post, such as /wp-sitemap-posts-post-1.xml; default none"
            ),
            "excerpts": Option(bool, "the feed holds excerpts only: read every article from its page"),
            "item": Option(str, "selector of an entry on an archive page", css=True),
            "link": Option(str, "selector of the link in an entry", css=True),
            "next": Option(str, "selector of the link to older entries", css=True),
        }
    )

    def start(self, source: Source, since: dt.datetime | None) -> Sequence[str]:
        """Feeds, last modified first, so that edits are noticed; with `since` also newest first, which ends at that day; then
        archive pages and sitemaps."""
        feeds = [site_url(source, path) for path in option(source, "feeds", ["/feed/atom/"])]
        others = [*option(source, "archives", []), *option(source, "sitemaps", [])]
        return [*map(_by_modification, feeds), *(feeds if since else ()), *(site_url(source, path) for path in others)]

    def listing(self, response: Response, source: Source) -> Listing:
        """A feed's page, an archive page or a sitemap, told apart by what they are. Raises PageError."""
        if is_sitemap(response):
            return _SITEMAP.listing(response, source)
        if not is_feed(response):
            chosen = {name: option(source, name, getattr(ARCHIVE, name)) for name in ("item", "link", "next")}
            return read_entries(response, source, ARCHIVE._replace(**chosen))
        entries = read_feed(response, source, option(source, "excerpts", False))
        return Listing(entries.found, entries.next or ([next_by_number(response.url, "paged")] if entries.found else []))


def _by_modification(feed: str) -> str:
    return feed + ("&" if "?" in feed else "?") + "orderby=modified&order=desc"
