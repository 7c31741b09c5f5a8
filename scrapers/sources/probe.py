"""Finds out what a site runs: guesses a declaration, reads an article with it, and takes the first guess that works.

All requests go through the fetcher: robots.txt, pace and addresses are minded as in any crawl.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from scrapers.platforms import platform_named
from scrapers.sources.clues import FrontPage, article_pattern, sitemaps_in
from scrapers.sources.guesses import PLAIN_MAP, WORDPRESS_MAPS, guess, guesses, of_sitemaps, post_maps, with_option
from scrapers.sources.identity import described
from scrapers.types import Fetcher, FetchFailed, Found, Listing, PageError, Response, Scraped, Source

MOST_LISTINGS = 3  # listing pages read for one guess, such as an index of sitemaps and two of those


class Trial(NamedTuple):
    """A guess that worked: what its listing named, and the first article that could be read."""

    source: Source
    found: tuple[Found, ...]
    article: Scraped


class Probed(NamedTuple):
    """What a probe found: the declaration, and notes on what was seen."""

    source: Source
    notes: tuple[str, ...]


class Probe:
    """One probe of one site. `known` is the registry, which tells the region of official sites; `today` dates the notes."""

    def __init__(self, url: str, fetcher: Fetcher, known: Mapping[str, Source], today: dt.date) -> None:
        self._url, self._fetcher, self._known = url, fetcher, known
        self._source = described(url, "", known)
        self._notes: list[str] = [f"Probed on {today.isoformat()}."]

    def run(self) -> Probed:
        """Ask the site. Raises FetchFailed when its front page cannot be had, PageError when that is no HTML."""
        front = FrontPage(self._get(self._url, self._source))
        self._source = described(front.url, front.site_name, self._known)
        if front.generator:
            self._note(f"Generator: {front.generator}.")
        tried = (self._try(source) for source in guesses(front, self._source, self._named_sitemaps))
        trial = next(filter(None, tried), None)
        if not trial:
            self._note("No guess worked: selectors are needed (docs/scraping.md).")
            return Probed(guess(self._source, "fallback"), tuple(self._notes))
        trial = self._fuller(trial)
        when = f", {trial.article.published:%Y-%m-%d}" if trial.article.published else ", no date"
        self._note(f"Read by {trial.source.platform}: {trial.article.title!r}{when}, {len(trial.article.text.split())} words.")
        return Probed(replace(trial.source, status="verified"), tuple(self._notes))

    def _try(self, source: Source) -> Trial | None:
        """Read the first article that a guess leads to; a guess that fails leaves a note."""
        try:
            found = self._listed(source)
            article = self._read(source, found[0]) if found else None
        except (FetchFailed, PageError) as failure:
            self._note(f"{source.platform}: {urlsplit(failure.url).path or '/'} {failure.outcome} ({failure.reason}).")
        else:
            if article:
                return Trial(source, tuple(found), article)
            self._note(f"{source.platform}: names no article.")
        return None

    def _fuller(self, trial: Trial) -> Trial:
        """The same with what a first page cannot show: how to page a feed, which sitemaps name everything."""
        if trial.source.platform == "wordpress-html":
            return trial._replace(source=self._with_post_maps(trial.source))
        return self._fuller_feed(trial) if trial.source.platform == "feed" else trial

    def _fuller_feed(self, trial: Trial) -> Trial:
        """A feed names the newest articles only, unless it has pages; a sitemap with more of them takes its place."""
        if self._has_pages(paged := with_option(trial.source, "paged", "paged")):
            return trial._replace(source=paged)
        if not (pattern := article_pattern([found.url for found in trial.found])):
            return trial
        tried = (self._try(source) for source in of_sitemaps(self._source, self._named_sitemaps(), pattern))
        more = next((other for other in tried if other and len(other.found) > len(trial.found)), None)
        if more:
            self._note(f"A feed with {len(trial.found)} articles too: {trial.source.options['feeds'][0]}.")
        return more or trial

    def _with_post_maps(self, source: Source) -> Source:
        """Sitemaps of the posts tell what was removed, which feeds do not."""
        for path in (PLAIN_MAP,) if source.options.get("feeds") else WORDPRESS_MAPS:
            index = self._first_listing(guess(source, "sitemap", sitemaps=[path]))
            if index and (maps := post_maps(index.next, source)):
                return with_option(source, "sitemaps", maps)
        return source

    def _has_pages(self, source: Source) -> bool:
        """Whether the listing that follows the first names other articles."""
        first = self._first_listing(source)
        if not first or not first.next:
            return False
        try:
            second = self._list(source, first.next[0])
        except (FetchFailed, PageError):
            return False
        return bool({found.url for found in second.found} - {found.url for found in first.found})

    def _first_listing(self, source: Source) -> Listing | None:
        try:
            return self._list(source, platform_named(source.platform).start(source, None)[0])
        except (FetchFailed, PageError):
            return None

    def _listed(self, source: Source) -> list[Found]:
        waiting, seen = list(platform_named(source.platform).start(source, None))[:1], 0
        while waiting and seen < MOST_LISTINGS:
            listing = self._list(source, waiting.pop(0))
            if listing.found:
                return list(listing.found)
            waiting, seen = [*listing.next, *waiting], seen + 1
        return []

    def _list(self, source: Source, url: str) -> Listing:
        return platform_named(source.platform).listing(self._get(url, source), source)

    def _read(self, source: Source, found: Found) -> Scraped:
        return found.article or platform_named(source.platform).article(self._get(found.url, source), source)

    def _named_sitemaps(self) -> list[str]:
        """The sitemaps of robots.txt."""
        try:
            robots = self._get(urljoin(self._source.url, "/robots.txt"), self._source)
        except FetchFailed:
            return []
        named = sitemaps_in(robots.body.decode("utf-8", errors="replace"), robots.final_url)
        if named:
            self._note(f"robots.txt names {', '.join(named[:3])}.")
        return named

    def _get(self, url: str, source: Source) -> Response:
        return self._fetcher.get(url, source, "probe")

    def _note(self, text: str) -> None:
        if text not in self._notes:
            self._notes.append(text)
