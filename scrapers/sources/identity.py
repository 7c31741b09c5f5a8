"""Who a site belongs to, by its address: id, name, region, kind, time zone."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from scrapers.types import Source

_ENDINGS = re.compile(r"\.(?:(?:go|co|or|ac|web|my|desa)\.id|id|com|net|org|info|news|online)$")


def described(url: str, site_name: str, known: Mapping[str, Source]) -> Source:
    """A source of that address without a platform yet; region and zone are those of the registry's official site on the same
    host or on one above it."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    official = _official(host, known)
    return Source(
        id=_id(host),
        name=site_name or host,
        platform="fallback",
        url=url,
        region_code=official.region_code if official else "",
        kind="official" if host.endswith(".go.id") else "press",
        timezone=official.timezone if official else "Asia/Jakarta",
        floor_s=0.05 if _loopback(host) else 2.0,
    )


def _official(host: str, known: Mapping[str, Source]) -> Source | None:
    """The registry's official source whose host is this one or the longest that it lies under."""
    by_host = {_host(source): source for source in known.values() if source.kind == "official" and source.region_code}
    labels = host.split(".")
    above = (".".join(labels[start:]) for start in range(len(labels)))
    return next((by_host[name] for name in above if name in by_host), None)


def _host(source: Source) -> str:
    return (urlsplit(source.url).hostname or "").removeprefix("www.")


def _id(host: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", _ENDINGS.sub("", host.lower())).strip("-") or "site"


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
