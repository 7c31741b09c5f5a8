"""What the demo site answers: three invented outlets on one host, each on another platform. Pure: a path in, an answer out.

/humas is a WordPress with its REST API, /kabar has a feed in pages, /mediacenter is a hand-made site with a sitemap.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from scrapers.demo_markup import Release, front_page, page, post, release_of, rss, sitemap

PER_PAGE = 5
OUTLETS = {"humas": "Humas Contoh", "kabar": "Kabar Contoh", "mediacenter": "Media Center Contoh"}
OFFICIAL, PORTAL = ("Humas", "Prokopim", "Biro"), ("Diskominfo", "Media Center", "Portal", "Bappeda")
DECLARATION = """
[demo-{site}]
name = "{name}"
platform = "{platform}"
url = "{home}"
floor_s = 0.05
status = "verified"

[demo-{site}.options]
{options}
"""
PLATFORMS = {
    "humas": ("wordpress-rest", f"per_page = {PER_PAGE}"),
    "kabar": ("feed", 'feeds = ["/feed/"]\npaged = "paged"\nexcerpts = true'),
    "mediacenter": ("sitemap", 'sitemaps = ["/sitemap.xml"]'),
}


class Answer(NamedTuple):
    """One response without its validators."""

    body: str
    type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = MappingProxyType({})


class Demo:
    """The whole site. `base` is its address without a slash at the end."""

    def __init__(self, base: str, records: Sequence[Mapping[str, Any]]) -> None:
        self.base = base
        self.homes = {site: f"{base}/{site}/" for site in OUTLETS}
        self.sites: dict[str, list[Release]] = {site: [] for site in OUTLETS}
        for number, record in enumerate(records, start=1):
            site = _site(record)
            self.sites[site].append(release_of(number, record, self.homes[site]))
        for releases in self.sites.values():
            releases.sort(key=lambda release: (str(release.published or ""), release.number), reverse=True)

    def declarations(self) -> str:
        """The registry entries of the three outlets."""
        return "".join(
            DECLARATION.format(site=site, name=OUTLETS[site], home=self.homes[site], platform=platform, options=options)
            for site, (platform, options) in PLATFORMS.items()
        )

    def answer(self, target: str) -> Answer:
        """What the site says to a request for a path with its query."""
        parts = urlsplit(target)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        routes: dict[str, Callable[[], Answer]] = {
            "/robots.txt": self._robots,
            "/humas/wp-json": lambda: _json({"name": OUTLETS["humas"], "namespaces": ["wp/v2"]}),
            "/humas/wp-json/wp/v2/posts": lambda: self._posts(query),
            "/kabar/feed": lambda: self._feed(_number(query.get("paged", "1"))),
            "/mediacenter/sitemap.xml": lambda: Answer(sitemap(self.sites["mediacenter"]), "application/xml"),
        }
        path = parts.path.rstrip("/")
        return routes[path]() if path in routes else self._page(path)

    def _robots(self) -> Answer:
        return Answer(
            f"User-agent: *\nDisallow: /humas/wp-admin/\nSitemap: {self.homes['mediacenter']}sitemap.xml\n", "text/plain"
        )

    def _posts(self, query: Mapping[str, str]) -> Answer:
        """WordPress's list of posts, with the headers that page it."""
        number, size = _number(query.get("page", "1")), min(_number(query.get("per_page", "10")), 100)
        if not number or not size:
            return _json({"code": "rest_invalid_param", "message": "", "data": {"status": 400}}, status=400)
        after = query.get("modified_after", query.get("after", ""))[:19]
        posts = [shown for release in self.sites["humas"] if (shown := post(release))["modified"] > after]
        pages = -(-len(posts) // size)
        if number > max(pages, 1):
            return _json({"code": "rest_post_invalid_page_number", "message": "", "data": {"status": 400}}, status=400)
        totals = {"X-WP-Total": str(len(posts)), "X-WP-TotalPages": str(pages)}
        return _json(posts[(number - 1) * size : number * size], headers=totals)

    def _feed(self, number: int) -> Answer:
        shown = self.sites["kabar"][(number - 1) * PER_PAGE : number * PER_PAGE]
        return Answer(rss(OUTLETS["kabar"], self.homes["kabar"], shown), "application/rss+xml") if shown else _not_found()

    def _page(self, path: str) -> Answer:
        site = path.strip("/").split("/")[0]
        releases = self.sites.get(site, [])
        url = f"{self.base}{path}/"
        if url == self.homes.get(site):
            return self._front(site)
        found = next((release for release in releases if release.url == url), None)
        if not found:
            return _not_found()
        others = [release for release in releases if release is not found][:3]
        return Answer(page(OUTLETS[site], self.homes[site], found, others))

    def _front(self, site: str) -> Answer:
        feed = f'<link rel="alternate" type="application/rss+xml" href="{self.homes["kabar"]}feed/">' if site == "kabar" else ""
        api = {"Link": f'<{self.homes["humas"]}wp-json/>; rel="https://api.w.org/"'} if site == "humas" else {}
        return Answer(front_page(OUTLETS[site], self.homes[site], feed, self.sites[site][:PER_PAGE]), headers=api)


def _site(record: Mapping[str, Any]) -> str:
    outlet = str(record.get("outlet", ""))
    return (
        "mediacenter"
        if outlet.startswith(PORTAL) or not record.get("date")
        else "humas"
        if outlet.startswith(OFFICIAL)
        else "kabar"
    )


def _number(text: str) -> int:
    """A number from 1; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _json(value: object, status: int = 200, headers: Mapping[str, str] = MappingProxyType({})) -> Answer:
    return Answer(json.dumps(value, ensure_ascii=False), "application/json; charset=UTF-8", status, headers)


def _not_found() -> Answer:
    return Answer("<!DOCTYPE html><title>404</title><p>Halaman tidak ditemukan.</p>", status=404)
