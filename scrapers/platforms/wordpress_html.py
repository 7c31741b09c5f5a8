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
from scrapers.types import Listing, Response, Source

ARCHIVE = Entry(
    item="article, .post, .td_module_wrap, .jeg_post, .elementor-post, .wp-block-post, .type-post",
    link=".entry-title a, .jeg_post_title a, .elementor-post__title a, .wp-block-post-title a, .post-title a, h2 a, h3 a",
    date="time, .entry-date, .posted-on, .jeg_meta_date, .elementor-post-date, .post-date",
    next="a.next, a[rel~=next], .nav-previous a, .older-posts a, .alignleft a, .td-pagination a[aria-label='next-page']",
)


class WordPressHtml(SitePlatform):
    """A feed's page after the last answers 404: that is the end of the listing, not a failure."""

    name = "wordpress-html"
    options: ClassVar[Mapping[str, Option]] = MappingProxyType(
        {
            **PAGE_OPTIONS,
            "feeds": Option(list, "paths of feeds, default [/feed/atom/]; [] for none"),
            "archives": Option(list, "paths of archive pages, default none"),
            "excerpts": Option(bool, "the feed holds excerpts only: read every article from its page"),
            "item": Option(str, "selector of an entry on an archive page", css=True),
            "link": Option(str, "selector of the link in an entry", css=True),
            "next": Option(str, "selector of the link to older entries", css=True),
        }
    )

    def start(self, source: Source, since: dt.datetime | None) -> Sequence[str]:  # noqa: ARG002
        """Feeds, then archive pages."""
        paths = [*option(source, "feeds", ["/feed/atom/"]), *option(source, "archives", [])]
        return [site_url(source, path) for path in paths]

    def listing(self, response: Response, source: Source) -> Listing:
        """A feed's page or an archive page, told apart by what they are. Raises PageError."""
        if not is_feed(response):
            entry = Entry(*(option(source, name, default) for name, default in zip(Entry._fields, ARCHIVE, strict=True)))
            return read_entries(response, source, entry)
        entries = read_feed(response, source, option(source, "excerpts", False))
        following = entries.next or ([next_by_number(response.url, "paged")] if entries.found else [])
        return Listing(entries.found, following, exhaustive=True)
