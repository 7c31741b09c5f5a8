"""One source: its listings walked, what they name compared with the state, and what is new read.

A page of articles that are all known ends the walk of a list that begins with the newest, but only articles that a finished
crawl read count as known here: a crawl that was cut off may have read the newest and not what lies between.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scrapers.bounds import Bounds
from scrapers.store import articles, ledger
from scrapers.store.articles import Change, Known
from scrapers.store.identity import day_of
from scrapers.store.state import State
from scrapers.text.urls import canonical, page_key
from scrapers.types import Fetcher, Found, Listing, Outcome, Platform, Source
from scrapers.visits import GiveUp, Listed, Tally, Visits, Watch


def utc_now() -> dt.datetime:
    """The time, to the second."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def ignore(source: Source, outcome: str) -> None:
    """Watches nothing."""


class Verdict(NamedTuple):
    """What is to be done with an article that a listing names."""

    found: Found
    read: bool
    settled: bool  # known, and read by a finished crawl
    older: bool = False  # than `since`


@dataclass(slots=True)
class Chain:
    """The listing pages that follow from one start. `failed`: some of them could not be read; `cut`: --since left some out."""

    exhaustive: bool = True
    failed: bool = False
    cut: bool = False
    barren: int = 0


class Step(NamedTuple):
    """A listing page to read. `may_end`: it was guessed from the page before, so the list may end without it."""

    url: str
    chain: Chain
    may_end: bool = False


class Crawl:
    """One crawl of one source; `run` once. It raises nothing but errors of the state or the disk."""

    def __init__(
        self,
        source: Source,
        platform: Platform,
        fetcher: Fetcher,
        state: State,
        *,
        bounds: Bounds | None = None,
        watch: Watch = ignore,
        stop: threading.Event | None = None,
        now: Callable[[], dt.datetime] = utc_now,
    ) -> None:
        self.source, self.platform, self.state, self.now = source, platform, state, now
        self.bounds = bounds or Bounds()
        self.visits = Visits(source, platform, fetcher, state, watch, stop or threading.Event(), now)
        self.named: set[str] = set()  # keys of the articles that listings named
        self.cut = self.stopped_at_known = self.enough = False

    def run(self) -> Tally:
        """Walk the listings, try again what failed before, look for what is missing."""
        self.began = self.now()
        with self.state.transaction() as db:
            self.begun = ledger.begin(db, self.source)
            self.pending = ledger.pending(db, self.source.id)
        self.visits.crawl = self.begun.crawl
        try:
            chains = self._walk()
            if not self.enough:
                self._try_again()
                self._look_for_missing(chains)
                self._finish(chains)
        except GiveUp:
            pass
        return self.visits.tally

    def _walk(self) -> list[Chain]:
        """Every listing page once: one chain after the other, as the platform gives them."""
        starts = self._start()
        seen, chains = {canonical(url) or url for url in starts}, [Chain() for _ in starts]
        pages = 0
        for url, chain in zip(starts, chains, strict=True):
            queue = deque([Step(url, chain)])
            while queue and not self.enough:
                if (pages := pages + 1) > self.bounds.max_listings:
                    self.visits.problem(url, Outcome.MALFORMED, f"more than {self.bounds.max_listings} listing pages")
                    raise GiveUp
                for following in self._listing(queue.popleft()):
                    if (spelling := canonical(following.url) or following.url) not in seen:
                        seen.add(spelling)
                        queue.append(following)
        return chains

    def _start(self) -> list[str]:
        """Where to begin. Without --since, and where a list of everything is among the starts anyway, the others may begin
        at the last finished crawl: what they leave out is noticed by that list."""
        everything = list(self.platform.start(self.source, None))
        if since := self.bounds.since_moment:
            some = list(self.platform.start(self.source, since))
            self.cut = some != everything
            return some
        if self._reaches_back() and self.begun.done_at:
            recent = list(self.platform.start(self.source, self.begun.done_at))
            shared = set(recent) & set(everything)  # all: asking for what is recent would only ask for more
            return recent if shared and shared != set(everything) else everything
        return everything

    def _listing(self, step: Step) -> Sequence[Step]:
        """Read a listing page and the articles it names; gives the pages to go on with."""
        page, chain = self.visits.listing(step.url, may_end=step.may_end), step.chain
        if page is None:
            chain.failed = True
        if page is None or page.response is None:
            return ()
        listing, verdicts = page.listing, self._read(page)
        chain.exhaustive &= listing.exhaustive
        chain.barren = 0 if verdicts else chain.barren + 1
        if chain.barren > self.bounds.max_barren:
            chain.failed = True
            reason = f"{self.bounds.max_barren} listing pages in a row that name nothing new"
            self.visits.problem(step.url, Outcome.MALFORMED, reason)
            return ()
        if not self._goes_on(listing, verdicts, chain):
            return ()
        paging = len(listing.next) == 1 and bool(listing.found)
        return [Step(url, chain, paging) for url in listing.next]

    def _goes_on(self, listing: Listing, verdicts: Sequence[Verdict], chain: Chain) -> bool:
        """Whether the pages after this one may name something new."""
        self.cut |= any(verdict.older for verdict in verdicts)
        if not listing.newest_first or not verdicts or not all(v.settled or v.older for v in verdicts):
            return True
        if any(verdict.older for verdict in verdicts):
            chain.cut = True
            return False
        self.stopped_at_known |= not listing.exhaustive
        return listing.exhaustive

    def _read(self, page: Listed) -> list[Verdict]:
        """Read what is new among the articles of a listing page that no earlier page named; what was found out about each."""
        assert page.response is not None
        verdicts = self._judge(page.listing.found)
        given = [v.found for v in verdicts if v.read and v.found.article]
        changes: dict[str, Change | None] = {**self.visits.listed(page.response, given, len(verdicts))}
        for verdict in verdicts:
            if verdict.read and not verdict.found.article:
                changes[verdict.found.url] = self.visits.article(verdict.found.url, verdict.found.version)
        return [self._after(verdict, changes) if verdict.read else verdict for verdict in verdicts]

    def _judge(self, found: Sequence[Found]) -> list[Verdict]:
        verdicts = list[Verdict]()
        with self.state.transaction() as db:
            for one in found:
                if (key := page_key(one.url)) in self.named:
                    continue
                verdict = self._verdict(one, articles.known(db, self.source.id, one.url))
                self.enough |= self.bounds.limit is not None and len(self.named) >= self.bounds.limit
                if one.article and (self.enough or (verdict.older and not verdict.read)):
                    ledger.pass_over(db, self.source.id, one.url)
                if self.enough:
                    continue
                if not verdict.older:
                    self.named.add(key)
                verdicts.append(verdict)
        return verdicts

    def _verdict(self, found: Found, known: Known | None) -> Verdict:
        """What the state, the bounds and earlier failures say of an article."""
        published = day_of(found.published) or (known.published if known else None)
        older = bool(published and self.bounds.since and published < self.bounds.since)
        current = known is not None and not known.removed and found.version in ("", known.version)
        waiting = self.pending.get(page_key(found.url))
        if waiting and not current and waiting.version == found.version and not waiting.due(self.now()):
            return Verdict(found, read=self.bounds.recheck, settled=self._reaches_back(), older=older)
        if known is None:
            return Verdict(found, read=not older, settled=False, older=older)
        free = found.article is not None and not found.version
        settled = current and known.crawl <= self.begun.done and self._reaches_back()
        return Verdict(found, free or not current or self._recheck(found, known), settled, older)

    def _recheck(self, found: Found, known: Known) -> bool:
        """Whether a known article is to be asked for although its listing does not say that it changed."""
        if self.bounds.recheck:
            return True
        young = known.published and (self.now().date() - known.published).days <= self.bounds.recheck_days
        return not found.version and bool(young) and self.now() - known.checked_at >= self.bounds.recheck_after

    def _reaches_back(self) -> bool:
        """Whether the last finished crawl went back at least as far as this one is to go."""
        return self.begun.done > 0 and self.begun.done_since <= self.bounds.since_text and not self.bounds.recheck

    def _after(self, verdict: Verdict, changes: dict[str, Change | None]) -> Verdict:
        """The verdict on an article that was read: its own date may say that it is older, its text that nothing changed."""
        change = changes.get(verdict.found.url)
        with self.state.transaction() as db:
            known = articles.known(db, self.source.id, verdict.found.url)
        day = known.published if known else None
        older = verdict.older or bool(day and self.bounds.since and day < self.bounds.since)
        return verdict._replace(settled=verdict.settled and change is Change.SAME, older=older)

    def _try_again(self) -> None:
        """Ask for what could not be read in earlier crawls and is not named by the listings of this one."""
        for key, waiting in self.pending.items():
            if key not in self.named and waiting.outcome is not Outcome.GONE and waiting.due(self.now()):
                self.visits.article(waiting.url, waiting.version)

    def _look_for_missing(self, chains: Sequence[Chain]) -> None:
        """Ask for known articles that a complete list of all articles lacks."""
        if self.cut or any(chain.failed or chain.cut for chain in chains) or not any(chain.exhaustive for chain in chains):
            return
        with self.state.transaction() as db:
            missing = articles.unnamed(db, self.source.id, self.named)
        for id, url in missing[: self.bounds.max_missing]:
            self.visits.missing(id, url)

    def _finish(self, chains: Sequence[Chain]) -> None:
        """Note how far back everything is known now."""
        if any(chain.failed for chain in chains):
            return
        since = self.bounds.since_text if self.cut else self.begun.done_since if self.stopped_at_known else ""
        with self.state.transaction() as db:
            ledger.finish(db, self.source.id, self.begun.crawl, since, self.began)
        self.visits.tally.complete = True
