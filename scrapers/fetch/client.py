"""The fetcher: one request after the other, each hop checked, paced, archived, and its end named."""

from __future__ import annotations

import ssl
from types import TracebackType

from scrapers.fetch.address import Resolve, resolve
from scrapers.fetch.archive import Archive
from scrapers.fetch.settings import FetchSettings
from scrapers.types import Memory, Response, Source


class HttpFetcher:
    """Implements `scrapers.types.Fetcher`. Safe to use from several threads; requests to one host wait for each other."""

    def __init__(
        self,
        archive: Archive,
        memory: Memory,
        settings: FetchSettings | None = None,
        *,
        resolve: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """`tls`: a context with further certificate authorities (the system's when None)."""
        self._archive, self._memory, self._settings = archive, memory, settings or FetchSettings()

    def get(self, url: str, source: Source, role: str) -> Response:
        """Fetch a URL for a source. Raises FetchFailed."""
        raise NotImplementedError

    def close(self) -> None:
        """Close all connections."""

    def __enter__(self) -> HttpFetcher:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
