"""What a status code means for the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from scrapers.types import Outcome

_NAMED: Mapping[int, Outcome] = MappingProxyType(
    {
        401: Outcome.UNAUTHORISED,
        403: Outcome.FORBIDDEN,
        404: Outcome.GONE,
        410: Outcome.GONE,
        429: Outcome.RATE_LIMITED,
    }
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


def is_redirect(status: int) -> bool:
    """Whether to follow Location."""
    return status in _REDIRECTS


def outcome_of(status: int) -> Outcome | None:
    """How a request ended that got this status; None for success and for redirects that can be followed."""
    if 200 <= status < 300 or is_redirect(status):
        return None
    if status < 200 or status == 304:
        return Outcome.MALFORMED  # unasked for
    if status < 400:
        return Outcome.REDIRECTS
    return _NAMED.get(status, Outcome.CLIENT_ERROR if status < 500 else Outcome.SERVER_ERROR)
