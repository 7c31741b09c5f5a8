"""How far a crawl goes, and when it leaves a source alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from scrapers.types import Outcome


@dataclass(frozen=True, slots=True)
class Bounds:
    """`since`: articles of this day and later; `limit`: no more than the first so many that a source names; `recheck`: walk
    everything and ask again for every known article.

    A known article whose listing gives no version is asked for again after `recheck_after`, while it is younger than
    `recheck_days`. A crawl ends after `max_listings` listing pages, a chain of them after `max_barren` in a row that name
    nothing new. `max_missing`: how many articles that listings lack are asked for in one run.
    """

    since: dt.date | None = None
    limit: int | None = None
    recheck: bool = False
    recheck_after: dt.timedelta = dt.timedelta(hours=20)
    recheck_days: int = 30
    max_listings: int = 5000
    max_barren: int = 100
    max_missing: int = 500

    @property
    def since_moment(self) -> dt.datetime | None:
        """The beginning of `since` where the day begins first."""
        return dt.datetime.combine(self.since, dt.time(), dt.UTC) - dt.timedelta(hours=9) if self.since else None

    @property
    def since_text(self) -> str:
        """`since` as an ISO date, "" for all time."""
        return self.since.isoformat() if self.since else ""


PATIENCE: Mapping[str, int] = MappingProxyType(
    {
        Outcome.RATE_LIMITED: 2,
        Outcome.UNKNOWN_HOST: 3,
        Outcome.REFUSED: 3,
        Outcome.TLS: 3,
        Outcome.TIMEOUT: 5,
        Outcome.CUT: 10,
        Outcome.SERVER_ERROR: 20,
        Outcome.FORBIDDEN: 20,
        Outcome.UNAUTHORISED: 20,
    }
)
"""So many failures of a class without a success in between, and a source is left alone for the rest of the run."""
