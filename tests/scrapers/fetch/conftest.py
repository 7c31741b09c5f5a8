from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from scrapers.fetch.archive import Archive
from scrapers.fetch.client import HttpFetcher
from scrapers.fetch.settings import FetchSettings
from scrapers.types import Remembered, Source
from tests.scrapers.hostile import HostileServer

SOURCE = Source("contoh", "Humas Contoh", "feed", "http://127.0.0.1/", floor_s=0.0)
IMPATIENT = {"read_s": 0.4, "transfer_s": 0.6}
MakeFetcher = Callable[..., HttpFetcher]


class Notes(dict[str, Remembered]):
    """A memory that forgets at the end of the test."""

    recall = dict.get

    def remember(self, url: str, known: Remembered) -> None:
        self[url] = known


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with HostileServer() as running:
        yield running


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive") as opened:
        yield opened


@pytest.fixture
def memory() -> Notes:
    return Notes()


def quick(**changes: Any) -> FetchSettings:  # noqa: ANN401  # of every field's type
    """Settings for loopback. Deadlines are long, because the machine may be busy; what shall run into one sets IMPATIENT."""
    usual = {"connect_s": 10.0, "read_s": 10.0, "transfer_s": 20.0, "retries": 1, "allow_loopback": True}
    return FetchSettings(**{**usual, **changes})


@pytest.fixture
def make_fetcher(archive: Archive, memory: Notes) -> Iterator[MakeFetcher]:
    with ExitStack() as stack:

        def make(changes: dict[str, Any] | None = None, **others: Any) -> HttpFetcher:  # noqa: ANN401
            others = {"sleep": list[float]().append, **others}  # no wait before a retry
            return stack.enter_context(HttpFetcher(archive, memory, quick(**(changes or {})), **others))

        yield make


@pytest.fixture
def fetcher(make_fetcher: MakeFetcher) -> HttpFetcher:
    return make_fetcher()
