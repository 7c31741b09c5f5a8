"""Articles built again from the archive, without network: the same readers over the same answers, in their order."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from scrapers.sources.eras import platform_of
from scrapers.store import articles, ledger, rebuild
from scrapers.store.articles import Reading
from scrapers.store.state import State
from scrapers.text.urls import page_key
from scrapers.types import ArchiveRef, Found, Outcome, PageError, Platform, Response, Source
from scrapers.visits import CHANGES, Problem, Tally, leads_elsewhere, parse_listing, parse_page, readable

OK, GONE = 200, frozenset({404, 410})


class Replay:
    """One source's part of the archive, read into an emptied state, inside the caller's transaction."""

    def __init__(self, db: sqlite3.Connection, source: Source, platform: Platform) -> None:
        self.db, self.source, self.platform = db, source, platform
        self.tally = Tally(source, complete=True)
        self.passed = ledger.passed(db, source.id)
        self.versions = rebuild.forget(db, source.id)  # by address; listings of the archive bring them up to date
        ledger.note(db, source)
        self.crawl = int(db.execute("SELECT crawl FROM source WHERE id = ?", (source.id,)).fetchone()[0])

    def read(self, role: str, response: Response) -> None:
        """Take in one answer."""
        try:
            if role == "listing" and response.status == OK and not response.unchanged:
                self._listing(response)
            elif role == "page" and response.status == OK:
                scraped = parse_page(self.platform, response, self.source)
                self._record(Found(response.url, self.versions.get(page_key(response.url), ""), article=scraped), response)
            elif self._is_gone(role, response):
                self._gone(response)
        except PageError as error:
            self._failed(error, response)

    def _is_gone(self, role: str, response: Response) -> bool:
        if role in {"page", "probe"} and response.status in GONE:
            return True
        return role == "probe" and response.status == OK and leads_elsewhere(self.db, self.source.id, response)

    def _listing(self, response: Response) -> None:
        for found in parse_listing(self.platform, response, self.source).found:
            key = page_key(found.url)
            self.versions[key] = found.version
            if found.article and key not in self.passed:
                try:
                    self._record(found, response)
                except PageError as error:
                    self._failed(error, response)

    def _record(self, found: Found, response: Response) -> None:
        reading = Reading(found.url, found.version, response, self.crawl)
        change = articles.record(self.db, self.source, readable(found.article, found.url), reading)
        ledger.settle(self.db, self.source.id, found.url)
        if change in CHANGES:
            self.tally.counts[CHANGES[change]] += 1

    def _gone(self, response: Response) -> None:
        self.tally.counts[ledger.REMOVED] += articles.mark_removed(self.db, self.source.id, response.url, response.fetched_at)

    def _failed(self, error: PageError, response: Response) -> None:
        if error.outcome is Outcome.GONE:
            self._gone(response)
        self.tally.problems.append(Problem(self.source.id, error.url, error.outcome, error.reason))


def reparse(
    state: State,
    responses: Iterable[tuple[str, str, Response]],
    sources: Mapping[str, Source],
    platforms: Mapping[str, Platform],
) -> list[Tally]:
    """Build the articles of `sources` again from archived (source id, role, response), in one transaction.

    What listings held but --since or --limit left out stays out; what cannot be read any more is listed as a problem. Articles
    whose part of the archive is not there any more stay as they are.
    """
    replays: dict[str, Replay] = {}
    seen = list[ArchiveRef]()
    with state.transaction() as db:
        rebuild.set_aside(db)
        for source_id, role, response in responses:
            seen += [response.ref] if response.ref else []
            if source_id in sources:
                if source_id not in replays:
                    source = sources[source_id]
                    replays[source_id] = Replay(db, source, platform_of(source, platforms))
                replays[source_id].read(role, response)
        rebuild.restore(db, seen)
    return [replay.tally for replay in replays.values()]
