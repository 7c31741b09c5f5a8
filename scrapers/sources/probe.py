"""Finds out what a site runs: guesses a declaration, reads an article with it, and takes the first guess that works.

All requests go through the fetcher: robots.txt, pace and addresses are minded as in any crawl.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from scrapers.platforms import platform_named
from scrapers.sources.clues import FrontPage, article_pattern, listing_pages, sitemaps_in
from scrapers.sources.identity import described
from scrapers.types import Fetcher, FetchFailed, Found, PageError, Response, Scraped, Source

MOST_LISTINGS = 3  # listing pages read for one guess, such as an index of sitemaps and two of those
FEED_PATHS = ("/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/rss")
SITEMAP_PATHS = ("/sitemap.xml", "/sitemap_index.xml")


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
        self._fetcher, self._url = fetcher, url
        self._source = described(url, "", known)
        self._known = known
        self._notes: list[str] = [f"Probed on {today.isoformat()}."]

    def run(self) -> Probed:
        """Ask the site. Raises FetchFailed when its front page cannot be had, PageError when that is no HTML."""
        front = FrontPage(self._fetcher.get(self._url, self._source, "probe"))
        self._source = described(front.url, front.site_name, self._known)
        if front.generator:
            self._note(f"Generator: {front.generator}.")
        trial = next((trial for guess in self._guesses(front) if (trial := self._try(guess))), None)
        if not trial:
            self._note("No guess worked: selectors are needed (docs/scraping.md).")
            return Probed(self._guess("fallback"), tuple(self._notes))
        trial = self._fuller(trial)
        when = f", {trial.article.published:%Y-%m-%d}" if trial.article.published else ", no date"
        self._note(f"Read by {trial.source.platform}: {trial.article.title!r}{when}, {len(trial.article.text.split())} words.")
        return Probed(replace(trial.source, status="verified"), tuple(self._notes))

    def _guesses(self, front: FrontPage) -> Iterator[Source]:
        """Declarations to try, the best way to fetch a site first."""
        if front.is_wordpress or front.api_root:
            yield from self._wordpress(front)
        if front.is_blogger:
            yield self._guess("blogger")
        for feed in front.feeds or [urljoin(front.url, path) for path in FEED_PATHS]:
            yield self._guess("feed", feeds=[_relative(feed, self._source)])
        pattern = article_pattern(front.links)
        yield from self._sitemaps(pattern)
        for page in listing_pages(front.links)[:2]:
            yield self._guess("listing", pages=[page], **({"include": pattern} if pattern else {}))
        yield self._guess("fallback", **({"include": pattern} if pattern else {}))

    def _wordpress(self, front: FrontPage) -> Iterator[Source]:
        root = front.api_root
        if "rest_route=" in root:
            yield self._guess("wordpress-rest", plain=True)
        elif root:
            api = _relative(root, self._source).rstrip("/")
            yield self._guess("wordpress-rest", **({} if api == "/wp-json" else {"api": api}))
        else:
            yield self._guess("wordpress-rest")
            yield self._guess("wordpress-rest", plain=True)
        plain = any("?" in feed for feed in front.feeds)
        yield self._guess("wordpress-html", **({"feeds": ["/?feed=atom"]} if plain else {}))

    def _sitemaps(self, pattern: str) -> Iterator[Source]:
        try:
            robots = self._fetcher.get(urljoin(self._source.url, "/robots.txt"), self._source, "probe")
            named = sitemaps_in(robots.body.decode("utf-8", errors="replace"), robots.final_url)
        except FetchFailed:
            named = []
        if named:
            self._note(f"robots.txt names {', '.join(named[:3])}.")
        for url in named or [urljoin(self._source.url, path) for path in SITEMAP_PATHS]:
            yield self._guess("sitemap", sitemaps=[_relative(url, self._source)], **({"include": pattern} if pattern else {}))

    def _fuller(self, trial: Trial) -> Trial:
        """A feed names the newest articles only, unless it has pages; a sitemap with more of them takes its place."""
        if trial.source.platform != "feed":
            return trial
        if self._has_pages(paged := replace(trial.source, options=MappingProxyType({**trial.source.options, "paged": "paged"}))):
            return trial._replace(source=paged)
        pattern = article_pattern([found.url for found in trial.found])
        others = (other for guess in self._sitemaps(pattern) if (other := self._try(guess))) if pattern else iter(())
        more = next((other for other in others if len(other.found) > len(trial.found)), None)
        if more:
            self._note(f"A feed with {len(trial.found)} articles too: {trial.source.options['feeds'][0]}.")
        return more or trial

    def _has_pages(self, guess: Source) -> bool:
        """Whether the listing that follows the first names other articles."""
        platform = platform_named(guess.platform)
        try:
            first = platform.listing(self._get(platform.start(guess, None)[0], guess), guess)
            second = platform.listing(self._get(first.next[0], guess), guess) if first.next else None
        except (FetchFailed, PageError):
            return False
        return bool(second and {found.url for found in second.found} - {found.url for found in first.found})

    def _try(self, guess: Source) -> Trial | None:
        """Read the first article that a guess leads to; a guess that fails leaves a note."""
        try:
            found = self._listed(guess)
            article = self._read(guess, found[0]) if found else None
        except FetchFailed as failure:
            self._note(f"{guess.platform}: {urlsplit(failure.url).path or '/'} {failure.outcome} ({failure.reason}).")
        except PageError as error:
            self._note(f"{guess.platform}: {urlsplit(error.url).path or '/'} {error.outcome} ({error.reason}).")
        else:
            if article:
                return Trial(guess, tuple(found), article)
            self._note(f"{guess.platform}: names no article.")
        return None

    def _listed(self, guess: Source) -> list[Found]:
        platform = platform_named(guess.platform)
        waiting, seen = list(platform.start(guess, None))[:1], 0
        while waiting and seen < MOST_LISTINGS:
            listing = platform.listing(self._get(waiting.pop(0), guess), guess)
            if listing.found:
                return list(listing.found)
            waiting, seen = [*listing.next, *waiting], seen + 1
        return []

    def _read(self, guess: Source, found: Found) -> Scraped:
        return found.article or platform_named(guess.platform).article(self._get(found.url, guess), guess)

    def _get(self, url: str, guess: Source) -> Response:
        return self._fetcher.get(url, guess, "probe")

    def _guess(self, platform: str, **options: Any) -> Source:  # noqa: ANN401  # what the platform's schema allows
        return replace(self._source, platform=platform, options=MappingProxyType(options))

    def _note(self, text: str) -> None:
        self._notes.append(text)


def _relative(url: str, source: Source) -> str:
    """The URL as a path below the source's, where it is one."""
    base = source.url.rstrip("/")
    return url.removeprefix(base) if url.startswith(f"{base}/") else url
