"""One module a kind of site. `PLATFORMS` holds one object of each; their `options` say what a source may declare."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from arahan.errors import ArahanError
from scrapers.platforms.base import SitePlatform
from scrapers.platforms.blogger import Blogger
from scrapers.platforms.fallback import Fallback
from scrapers.platforms.feed import Feed
from scrapers.platforms.json_api import JsonApi
from scrapers.platforms.listing import ListingPages
from scrapers.platforms.sitemap import Sitemap
from scrapers.platforms.wordpress_html import WordPressHtml
from scrapers.platforms.wordpress_rest import WordPressRest

_ALL = (WordPressRest(), WordPressHtml(), Feed(), Blogger(), Sitemap(), JsonApi(), ListingPages(), Fallback())
PLATFORMS: Mapping[str, SitePlatform] = MappingProxyType({platform.name: platform for platform in _ALL})


class UnknownPlatform(ArahanError):
    """A source names a platform that does not exist."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no platform {name!r}; there are {', '.join(PLATFORMS)}")
        self.name = name


def platform_named(name: str) -> SitePlatform:
    """The platform of that name. Raises UnknownPlatform."""
    if name not in PLATFORMS:
        raise UnknownPlatform(name)
    return PLATFORMS[name]
