"""A probe with a fetcher of its own, whose archive nobody keeps."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from arahan.errors import ArahanError
from scrapers.fetch.archive import Archive
from scrapers.fetch.client import HttpFetcher
from scrapers.fetch.settings import FetchSettings
from scrapers.sources.probe import Probe, Probed
from scrapers.sources.registry import load_registry
from scrapers.types import FetchFailed, Outcome, PageError, Remembered


class NoAnswer(ArahanError):
    """The site's front page cannot be had or read; `outcome` is the class of the failure."""

    def __init__(self, message: str, outcome: Outcome) -> None:
        super().__init__(message)
        self.outcome = outcome


class Forgetful:
    """A memory (`scrapers.types.Memory`) that keeps nothing."""

    def recall(self, url: str) -> Remembered | None:  # noqa: ARG002
        """Nothing."""
        return None

    def remember(self, url: str, known: Remembered) -> None:
        """Nothing is kept."""


def probe_site(url: str, settings: FetchSettings, folder: Path, today: dt.date) -> Probed:
    """Probe a site; `folder` holds what it answers. Raises NoAnswer."""
    address = url if "://" in url else f"https://{url}"
    with Archive(folder) as archive, HttpFetcher(archive, Forgetful(), settings) as fetcher:
        try:
            return Probe(address, fetcher, load_registry(), today).run()
        except (FetchFailed, PageError) as error:
            raise NoAnswer(str(error), error.outcome) from error
