"""What the fetcher can be told: who it is, how long it waits, how much it takes."""

from __future__ import annotations

from dataclasses import dataclass

import arahan
from arahan.errors import ContactMissing
from arahan.settings import Settings

PRODUCT = "arahan"  # the name that robots.txt files address
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """`user_agent` must begin with the product that robots.txt addresses and should hold a contact.

    Deadlines: `connect_s` until the connection stands, `read_s` between two pieces of an answer, `transfer_s` for one request
    from its first byte to its last. Caps are of one response, before (`max_compressed_bytes`) and after decompression
    (`max_body_bytes`). A request is made at most 1 + `retries` times, with waits between `retry_wait_s` and `retry_wait_max_s`;
    a Retry-After above `max_retry_after_s` ends it, because asking earlier would be rude and waiting longer holds up the rest.
    A Crawl-delay above `max_crawl_delay_s` means that the host is not crawled. robots.txt is kept for `robots_hours` (24 at
    most), and for `robots_failed_s` when it could not be had. `allow_loopback` is for tests alone.
    """

    user_agent: str = f"{PRODUCT}/{arahan.__version__}"
    connect_s: float = 10.0
    read_s: float = 30.0
    transfer_s: float = 120.0
    max_header_bytes: int = 64 * 1024
    max_compressed_bytes: int = 16 * MIB
    max_body_bytes: int = 32 * MIB
    max_redirects: int = 5
    retries: int = 3
    retry_wait_s: float = 1.0
    retry_wait_max_s: float = 30.0
    max_retry_after_s: float = 120.0
    max_crawl_delay_s: float = 300.0
    robots_hours: float = 24.0
    robots_failed_s: float = 600.0
    allow_loopback: bool = False


def fetch_settings(settings: Settings) -> FetchSettings:
    """The settings of a run, with the user's contact in the user agent.

    Raises ContactMissing when there is none: whoever runs a site must be able to reach whoever crawls it.
    """
    if not settings.contact and not settings.allow_loopback:
        raise ContactMissing("ARAHAN_CONTACT is not set: give an address or a page where the owner of a site can reach you")
    contact = f" (+{settings.contact})" if settings.contact else ""
    return FetchSettings(user_agent=f"{PRODUCT}/{arahan.__version__}{contact}", allow_loopback=settings.allow_loopback)
