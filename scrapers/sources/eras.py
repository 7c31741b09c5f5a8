"""Page eras: how a source's pages were laid out until a day. A source is a declaration plus, where a page needs it, such classes.

An era holds for pages *fetched* up to its last day, because a new layout changes old articles' pages too; so the archive of an
earlier year is read with the layout of that year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import Any, ClassVar

from scrapers.platforms import PLATFORMS, platform_named
from scrapers.types import Listing, Outcome, PageError, Platform, Response, Scraped, Source


class Era:
    """One layout of a source's pages: the page options that it needs, and `refine` for what selectors cannot say.

    `until` is its last day in UTC, None while it lasts. Subclasses define themselves as belonging to `source`; the eras of
    a source stand in order of time.
    """

    source: ClassVar[str]
    name: ClassVar[str]
    until: ClassVar[dt.date | None] = None
    options: ClassVar[Mapping[str, Any]] = MappingProxyType({})

    def article(self, response: Response, source: Source) -> Scraped:
        """Read an article's page of this era. Raises PageError."""
        declared = replace(source, options=MappingProxyType({**source.options, **self.options}))
        return self.refine(platform_named(source.platform).article(response, declared))

    def refine(self, article: Scraped) -> Scraped:
        """The article without what only this layout puts into the text."""
        return article


def check_order(eras: Sequence[type[Era]]) -> None:
    """Raises ValueError when an era does not end after the one before it, or one that is not the last has no end."""
    for before, after in pairwise(eras):
        if before.until is None or (after.until is not None and after.until <= before.until):
            raise ValueError(f"{after.source}: era {after.name!r} cannot follow era {before.name!r}")


def era_on(eras: Sequence[type[Era]], day: dt.date) -> type[Era] | None:
    """The first era that has not ended on that day; None when the last has: the new layout has to be described."""
    return next((era for era in eras if era.until is None or day <= era.until), None)


class WithEras:
    """A platform (`scrapers.types.Platform`) that reads articles by the era in which their page was fetched."""

    def __init__(self, platform: Platform, eras: tuple[type[Era], ...]) -> None:
        self.name, self.platform, self.eras = platform.name, platform, eras

    def start(self, source: Source, since: dt.datetime | None) -> Sequence[str]:
        """As the platform."""
        return self.platform.start(source, since)

    def listing(self, response: Response, source: Source) -> Listing:
        """As the platform."""
        return self.platform.listing(response, source)

    def article(self, response: Response, source: Source) -> Scraped:
        """As the era of the day of fetching says. Raises PageError, also when no era holds on that day."""
        day = response.fetched_at.date()
        if (era := era_on(self.eras, day)) is None:
            raise PageError(response.final_url, Outcome.MALFORMED, f"no page era of {source.id} holds on {day.isoformat()}")
        return era().article(response, source)


def eras_of(source: Source) -> tuple[type[Era], ...]:
    """The source's page eras in order of time; none for most."""
    from scrapers.sources.outlets import ERAS  # its classes are subclasses of Era

    return ERAS.get(source.id, ())


def platform_of(source: Source, platforms: Mapping[str, Platform] = PLATFORMS) -> Platform:
    """The platform that reads a source, one of `platforms`, with the source's eras where it has some."""
    eras = eras_of(source)
    return WithEras(platforms[source.platform], eras) if eras else platforms[source.platform]
