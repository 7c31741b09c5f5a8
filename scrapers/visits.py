"""One source's requests. What each gives is one transaction: articles, what is to be tried again, a line of the ledger."""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlsplit

from arahan.errors import ArahanError
from scrapers.bounds import PATIENCE
from scrapers.store import articles, ledger
from scrapers.store.articles import Change, Reading
from scrapers.store.identity import normalised
from scrapers.store.state import State
from scrapers.types import Fetcher, FetchFailed, Found, Listing, Outcome, PageError, Platform, Response, Scraped, Source

Watch = Callable[[Source, str], None]
"""Told how every request ended."""
CHANGES: Mapping[Change, str] = {Change.NEW: ledger.NEW, Change.EDITED: ledger.EDITED}


class Problem(NamedTuple):
    """One thing that went wrong, for the list at the end of a run."""

    source_id: str
    url: str
    outcome: Outcome
    reason: str


@dataclass(slots=True)
class Tally:
    """What a crawl did: counts by the names of the ledger, and its problems. `complete`: everything was walked."""

    source: Source
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    complete: bool = False


class Listed(NamedTuple):
    """A listing page; no response: the list was at its end."""

    response: Response | None
    listing: Listing


class GiveUp(Exception):
    """The crawl of this source ends here: it was stopped, or its host does not answer."""


class Visits:
    """Requests for one source in one crawl. Methods raise GiveUp, and errors of the state or the disk."""

    def __init__(
        self,
        source: Source,
        platform: Platform,
        fetcher: Fetcher,
        state: State,
        watch: Watch,
        stop: threading.Event,
        now: Callable[[], dt.datetime],
    ) -> None:
        self.source, self.platform, self.fetcher, self.state = source, platform, fetcher, state
        self.watch, self.stop, self.now = watch, stop, now
        self.tally, self.crawl, self.strikes = Tally(source), 0, Counter[Outcome]()

    def listing(self, url: str, *, may_end: bool) -> Listed | None:
        """A listing page, or None when it failed. With `may_end` a page that is not there is the end of the list and no
        failure. `listed` counts it, when it is known what to do with its articles."""
        try:
            response = self._get(url, "listing")
            return Listed(response, parse_listing(self.platform, response, self.source))
        except (FetchFailed, PageError) as error:
            if may_end and error.outcome is Outcome.GONE:
                self.count({ledger.ABSENT: 1})
                return Listed(None, Listing())
            self._fail(url, error)
            self._lose_patience(error)
            return None

    def listed(self, response: Response, given: Sequence[Found], named: int) -> dict[str, Change]:
        """Count a listing page that names `named` articles and keep the articles it holds; what became of them by address."""
        changes: dict[str, Change] = {}
        with self.state.transaction() as db:
            for found in given:
                try:
                    scraped = readable(found.article, found.url)
                except PageError as error:
                    self._fail(found.url, error)
                    ledger.postpone(db, self.source.id, (found.url, found.version), error.outcome, self.now())
                    continue
                reading = Reading(found.url, found.version, response, self.crawl)
                changes[found.url] = articles.record(db, self.source, scraped, reading)
                ledger.settle(db, self.source.id, found.url)
            counts = Counter(CHANGES[change] for change in changes.values() if change in CHANGES)
            self.count({_how(response): 1, ledger.LISTINGS: 1, ledger.FOUND: named, **counts})
        return changes

    def article(self, url: str, version: str) -> Change | None:
        """Ask for an article's page and keep what it gives; None when it failed."""
        try:
            response = self._get(url, "page")
            scraped = parse_page(self.platform, response, self.source)
        except (FetchFailed, PageError) as error:
            with self.state.transaction() as db:
                if error.outcome is Outcome.GONE and articles.mark_removed(db, self.source.id, url, self.now()):
                    self.count({ledger.REMOVED: 1})
                ledger.postpone(db, self.source.id, (url, version), error.outcome, self.now())
                self._fail(url, error)
            self._lose_patience(error)
            return None
        with self.state.transaction() as db:
            change = articles.record(db, self.source, scraped, Reading(url, version, response, self.crawl))
            ledger.settle(db, self.source.id, url)
            self.count({_how(response): 1, **({CHANGES[change]: 1} if change in CHANGES else {})})
        return change

    def missing(self, id: str, url: str) -> None:
        """Ask for an article that the listings lack: it is gone, or it is there and they forgot it. Its text is not read: what
        a site still shows of a withdrawn article is not the article."""
        try:
            response = self._get(url, "probe")
        except FetchFailed as error:
            if error.outcome is not Outcome.GONE:
                self._fail(url, error)
                self._lose_patience(error)
                return
            response = None
        with self.state.transaction() as db:
            if response is None or leads_elsewhere(db, self.source.id, response):
                articles.mark_removed(db, self.source.id, url, self.now())
                self.count({ledger.ABSENT: 1, ledger.REMOVED: 1})
            else:
                articles.mark_asked(db, id)
                self.count({_how(response): 1})

    def count(self, counts: Mapping[str, int]) -> None:
        """Add to the ledger and the tally."""
        with self.state.transaction() as db:
            ledger.count(db, self.source.id, self.now(), counts)
        self.tally.counts.update(counts)
        for name in counts:
            if name not in ledger.COUNTERS:
                self.watch(self.source, str(name))

    def problem(self, url: str, outcome: Outcome, reason: str) -> None:
        """List something that went wrong."""
        self.tally.problems.append(Problem(self.source.id, url, outcome, reason))

    def _get(self, url: str, role: str) -> Response:
        if self.stop.is_set():
            raise GiveUp
        try:
            response = self.fetcher.get(url, self.source, role)
        except (FetchFailed, GiveUp, ArahanError, sqlite3.Error):
            raise
        except Exception as error:
            if isinstance(error, OSError) and not isinstance(error, (ConnectionError, TimeoutError)):
                raise  # the disk
            raise FetchFailed(url, Outcome.MALFORMED, f"{type(error).__name__}: {error}"[:200]) from error
        self.strikes.clear()
        return response

    def _fail(self, url: str, error: FetchFailed | PageError) -> None:
        self.count({error.outcome: 1})
        self.problem(url, error.outcome, error.reason)

    def _lose_patience(self, error: FetchFailed | PageError) -> None:
        """A host that fails again and again is left alone. Outside transactions: what has failed stays noted."""
        if isinstance(error, FetchFailed):
            self.strikes[error.outcome] += 1
            if error.outcome in PATIENCE and self.strikes[error.outcome] >= PATIENCE[error.outcome]:
                raise GiveUp


def parse_listing(platform: Platform, response: Response, source: Source) -> Listing:
    """What the platform reads in a listing page. Raises PageError, whatever the platform stumbles over."""
    try:
        return platform.listing(response, source)
    except PageError:
        raise
    except Exception as error:
        raise _stumbled(response, error) from error


def parse_page(platform: Platform, response: Response, source: Source) -> Scraped:
    """What the platform reads in an article's page, text guaranteed. Raises PageError: GONE for a page that leads to the
    front page instead."""
    if _leads_to_front(response):
        raise PageError(response.url, Outcome.GONE, "leads to the front page")
    try:
        return readable(platform.article(response, source), response.url)
    except PageError:
        raise
    except Exception as error:
        raise _stumbled(response, error) from error


def readable(scraped: Scraped | None, url: str) -> Scraped:
    """The same. Raises PageError when there is no text in it."""
    if scraped is None or not normalised(scraped.text):
        raise PageError(url, Outcome.NO_TEXT, "no text")
    return scraped


def leads_elsewhere(db: sqlite3.Connection, source_id: str, response: Response) -> bool:
    """Whether an article's address leads to the front page or to another known article now."""
    if _leads_to_front(response):
        return True
    asked, other = (articles.known(db, source_id, url) for url in (response.url, response.final_url))
    return bool(asked and other and asked.article_id != other.article_id)


def _leads_to_front(response: Response) -> bool:
    return _is_front(response.final_url) and not _is_front(response.url)


def _stumbled(response: Response, error: Exception) -> PageError:
    return PageError(response.url, Outcome.MALFORMED, f"{type(error).__name__}: {error}"[:200])


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query


def _how(response: Response) -> Outcome:
    return Outcome.UNCHANGED if response.unchanged else Outcome.FETCHED
