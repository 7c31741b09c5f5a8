"""What a site's front page, robots.txt and headers tell about how it is made. Pure functions of a response."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from scrapers.platforms.pages import soup_of
from scrapers.text.urls import canonical, same_site
from scrapers.types import Response

API = "https://api.w.org/"
FEEDS = ("application/rss+xml", "application/atom+xml")
LEAST_LINKS = 3  # links of one form that make a page a list of articles
_LINK = re.compile(r'<([^>]+)>\s*;[^,]*?rel="?([^",;]+)"?')
_COMMENTS = re.compile(r"comment|komentar", re.IGNORECASE)
_SLUG = re.compile(r"[\w%]+(?:-[\w%]+){2,}(?:\.html?|\.php)?|\d{3,}")
_LISTS = re.compile(r"berita|news|rilis|siaran|artikel|kabar|publikasi|post|informasi", re.IGNORECASE)


class FrontPage:
    """Clues in a site's front page."""

    def __init__(self, response: Response) -> None:
        """Raises PageError when the response is no HTML."""
        self.url, self._link_header = response.final_url, response.headers.get("link", "")
        self._soup = soup_of(response)

    @property
    def generator(self) -> str:
        """What the page says it was made with ("WordPress 6.1", "blogger")."""
        return self._first("meta[name=generator]", "content")

    @property
    def site_name(self) -> str:
        """The site's name for itself, "" when it has none."""
        title = "".join(element.get_text() for element in self._soup.select("head > title", limit=1))
        return " ".join((self._first("meta[property='og:site_name']", "content") or re.split(r"\s[|–»-]\s", title)[-1]).split())

    @property
    def api_root(self) -> str:
        """Where WordPress says that its REST API is, "" when it does not."""
        header = (target for target, relation in _LINK.findall(self._link_header) if relation == API)
        found = next(header, "") or self._first(f"link[rel='{API}']", "href")
        return urljoin(self.url, found) if found else ""

    @property
    def feeds(self) -> list[str]:
        """Feeds that the page offers, without those of comments."""
        offered = self._soup.select(", ".join(f"link[type='{kind}'][href]" for kind in FEEDS))
        named = ((str(link.get("title", "")), urljoin(self.url, str(link.get("href", "")))) for link in offered)
        return list(dict.fromkeys(url for title, url in named if not _COMMENTS.search(title + url)))

    @property
    def is_wordpress(self) -> bool:
        """Whether the markup is WordPress's."""
        return "wordpress" in self.generator.lower() or bool(self._soup.select("[href*='/wp-content/'], [src*='/wp-content/']"))

    @property
    def is_blogger(self) -> bool:
        """Whether the markup is Blogger's."""
        return "blogger" in self.generator.lower() or bool(self._soup.select("link[href*='blogger.com']"))

    @property
    def links(self) -> list[str]:
        """Addresses of the same site that the page links to."""
        found = (canonical(str(link.get("href", "")), self.url) for link in self._soup.select("a[href]"))
        return list(dict.fromkeys(url for url in found if url and same_site(url, self.url)))

    def _first(self, selector: str, attribute: str) -> str:
        return next((str(element.get(attribute, "")).strip() for element in self._soup.select(selector)), "")


def article_pattern(links: Sequence[str]) -> str:
    """A regular expression for the addresses that look like articles ("/berita/[^/?]+"): the commonest folder; "" for none."""
    folders: Counter[str] = Counter()
    for url in links:
        folder, _, last = urlsplit(url).path.rstrip("/").rpartition("/")
        if _SLUG.fullmatch(last):
            folders[re.sub(r"\d+", "#", folder)] += 1
    likely = max(folders, key=lambda folder: (bool(_LISTS.search(folder)), folders[folder]), default="")
    if not folders or folders[likely] < LEAST_LINKS:
        return ""
    return re.escape(likely).replace("\\#", "\\d+").replace("\\-", "-") + "/[^/?]+"


def listing_pages(links: Sequence[str]) -> list[str]:
    """Paths among a front page's links that may list articles, the likeliest first."""
    paths = dict.fromkeys(urlsplit(url).path for url in links if not urlsplit(url).query)
    likely = [path for path in paths if _LISTS.fullmatch(path.strip("/").rsplit("/", 1)[-1]) and path.count("/") < 4]
    return sorted(likely, key=len)


def sitemaps_in(robots: str, base: str) -> list[str]:
    """The sitemaps that a robots.txt names."""
    named = (line.split(":", 1)[1].split("#")[0].strip() for line in robots.splitlines() if line.lower().startswith("sitemap:"))
    return list(dict.fromkeys(urljoin(base, url) for url in named if url))
