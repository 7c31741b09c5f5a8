"""URLs that may be asked for."""

from __future__ import annotations

import httpx

from scrapers.types import FetchFailed, Outcome


def parsed(url: str) -> httpx.URL:
    """The URL without fragment, user and password. Raises FetchFailed (ADDRESS) when it is not http or https."""
    try:
        found = httpx.URL(url)
        if found.scheme in ("http", "https") and found.host:
            return found.copy_with(userinfo=b"", fragment=None)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchFailed(url, Outcome.ADDRESS, f"not a URL: {error}") from error
    raise FetchFailed(url, Outcome.ADDRESS, "neither http nor https")


def joined(base: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect leads. Raises FetchFailed: REDIRECTS without a readable Location, ADDRESS when not http or https."""
    if not location:
        raise FetchFailed(str(base), Outcome.REDIRECTS, "no Location")
    try:
        target = base.join(location)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchFailed(str(base), Outcome.REDIRECTS, f"Location cannot be read: {error}") from error
    return parsed(str(target))
