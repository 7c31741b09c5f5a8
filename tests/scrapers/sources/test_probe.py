from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from scrapers.demo import running
from scrapers.fetch.settings import FetchSettings
from scrapers.sources.clues import article_pattern, listing_pages, sitemaps_in
from scrapers.sources.declare import declaration
from scrapers.sources.identity import described
from scrapers.sources.probe import Probe, Probed
from scrapers.sources.probing import NoAnswer, probe_site
from scrapers.sources.registry import load_registry
from scrapers.types import FetchFailed, Outcome, Response, Source

TODAY = dt.date(2024, 5, 6)
KNOWN = load_registry()
TEXT = "".join(
    f"<p>Bupati Sastro meminta camat menanam pohon di tepi sungai, tahap ke-{number} tahun ini.</p>" for number in range(4)
)
ARTICLE = f"<!DOCTYPE html><title>Rilis</title><article><h1>Bupati Minta Camat</h1>{TEXT}</article>"
SLUGS = ("bupati-minta-camat-tanam-pohon", "sekda-larang-parkir-liar", "wabup-ajak-warga-vaksin", "dinas-targetkan-panen-raya")


class Pages:
    """A fetcher that knows a few pages and has none of the others."""

    def __init__(self, pages: Mapping[str, str], headers: Mapping[str, str] | None = None) -> None:
        self.pages, self.headers, self.asked = pages, headers or {}, list[str]()

    def get(self, url: str, source: Source, role: str) -> Response:
        assert role == "probe"
        self.asked.append(f"{source.platform} {url}")
        if url not in self.pages:
            raise FetchFailed(url, Outcome.GONE, "HTTP 404", 404)
        body = self.pages[url].encode()
        kind = "application/json" if body[:1] in b"[{" else "application/xml" if body.startswith(b"<?xml") else "text/html"
        return Response(url, url, 200, {"content-type": kind} | self.headers, body, dt.datetime(2024, 5, 6, tzinfo=dt.UTC))


def probed(pages: Mapping[str, str], base: str = "https://www.lembatakab.go.id") -> Probed:
    there = {f"{base}{path}": body for path, body in pages.items()}
    return Probe(f"{base}/", Pages(there), KNOWN, TODAY).run()


def page(links: str = "", head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>Humas | Lembata</title>{head}</head><body>{links}</body></html>"


def anchors(folder: str) -> str:
    return "".join(f'<h3><a href="{folder}{slug}">{slug.replace("-", " ").title()} di Kabupaten Ini</a></h3>' for slug in SLUGS)


def rss(count: int, base: str = "https://www.lembatakab.go.id") -> str:
    items = "".join(f"<item><title>{slug}</title><link>{base}/berita/{slug}</link></item>" for slug in SLUGS[:count])
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Berita</title>{items}</channel></rss>'


ARTICLES = {f"/berita/{slug}": ARTICLE for slug in SLUGS}


@pytest.mark.parametrize(
    ("path", "platform", "options"),
    [
        ("humas", "wordpress-rest", {}),
        ("kabar", "feed", {"feeds": ["/feed/"], "paged": "paged"}),
        ("mediacenter", "sitemap", {"sitemaps": ["/sitemap.xml"], "include": "/mediacenter/[^/?]+"}),
    ],
)
def test_the_demo_site_is_recognised_over_http(tmp_path: Path, path: str, platform: str, options: dict[str, object]) -> None:
    with running() as demo:
        found = probe_site(demo.homes[path], FetchSettings(allow_loopback=True, retries=0), tmp_path, TODAY)
    assert (found.source.platform, dict(found.source.options), found.source.status) == (platform, options, "verified")
    declared = tmp_path / "declared.toml"
    declared.write_text(declaration(found.source, found.notes), encoding="utf-8")
    assert load_registry(declared) == {found.source.id: found.source}
    assert "# Probed on 2024-05-06." in declared.read_text(encoding="utf-8")


def test_a_site_below_a_region_is_that_regions() -> None:
    source = described("https://berita.lembatakab.go.id/", "Humas Lembata", KNOWN)
    assert (source.id, source.region_code, source.kind) == ("berita-lembatakab", "53.13", "official")
    assert source.timezone == "Asia/Makassar"
    press = described("https://www.kabarranu.co.id/", "", KNOWN)
    assert (press.id, press.name, press.region_code, press.kind) == ("kabarranu", "kabarranu.co.id", "", "press")


def test_wordpress_says_where_its_api_is() -> None:
    posts = [{"id": 1, "link": "https://www.lembatakab.go.id/?p=1", "title": {"rendered": "A"}, "content": {"rendered": TEXT}}]
    api = {"link": '<https://www.lembatakab.go.id/index.php?rest_route=/>; rel="https://api.w.org/"'}
    fetched: list[str] = []

    class Plain(Pages):
        def get(self, url: str, source: Source, role: str) -> Response:
            fetched.append(url)
            return super().get(f"{url.split('?')[0]}?posts" if "rest_route" in url else url, source, role)

    pages = {"https://www.lembatakab.go.id/": page(), "https://www.lembatakab.go.id/?posts": json.dumps(posts)}
    found = Probe("https://www.lembatakab.go.id/", Plain(pages, api), KNOWN, TODAY).run()
    assert (found.source.platform, dict(found.source.options)) == ("wordpress-rest", {"plain": True})
    assert len(fetched) == 2


def test_a_sitemap_with_more_articles_takes_the_place_of_a_short_feed() -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/rss">'
    locations = "".join(f"<url><loc>https://www.lembatakab.go.id{path}</loc></url>" for path in (*ARTICLES, "/profil"))
    sitemap = f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locations}</urlset>'
    robots = {"/robots.txt": "Sitemap: https://www.lembatakab.go.id/peta.xml"}
    found = probed({"/": page(head=head), "/rss": rss(3), "/peta.xml": sitemap, **robots, **ARTICLES})
    assert (found.source.platform, found.source.options["include"]) == ("sitemap", "/berita/[^/?]+")
    assert any("A feed with 3 articles too: /rss" in note for note in found.notes)


def test_a_feed_without_a_better_sitemap_stays() -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="https://www.lembatakab.go.id/rss">'
    found = probed({"/": page(head=head), "/rss": rss(3), **ARTICLES})
    assert (found.source.platform, dict(found.source.options)) == ("feed", {"feeds": ["/rss"]})


def test_a_hand_made_site_is_read_from_its_list() -> None:
    menu = '<a href="/profil">Profil</a><a href="/berita">Berita</a>'
    found = probed({"/": page(menu + anchors("/berita/")), "/berita": page(anchors("/berita/")), **ARTICLES})
    assert (found.source.platform, dict(found.source.options)) == ("listing", {"pages": ["/berita"], "include": "/berita/[^/?]+"})
    assert found.source.name == "Lembata"


def test_a_site_that_tells_nothing_is_declared_but_not_verified() -> None:
    found = probed({"/": page("<p>Dalam perbaikan</p>")})
    assert (found.source.platform, found.source.status) == ("fallback", "unverified")
    assert any("No guess worked" in note for note in found.notes)


def test_a_site_cannot_write_into_the_registry(tmp_path: Path) -> None:
    evil = '<meta name="generator" content="x&#10;[c]&#10;d = 1"><meta property="og:site_name" content=\'A"&#10;[b]&#10;\'>'
    found = probed({"/": page(head=evil)})
    path = tmp_path / "x.toml"
    path.write_text(declaration(found.source, found.notes), encoding="utf-8")
    assert list(load_registry(path)) == ["lembatakab"]
    assert load_registry(path)["lembatakab"].name == 'A" [b]'


def test_no_front_page_is_an_error_with_its_class(tmp_path: Path) -> None:
    with pytest.raises(NoAnswer, match="address") as caught:
        probe_site("http://127.0.0.1:9/", FetchSettings(), tmp_path, TODAY)
    assert caught.value.outcome is Outcome.ADDRESS


def test_the_folder_with_most_articles_is_the_pattern() -> None:
    links = [f"https://a.go.id/berita/2024/{slug}" for slug in SLUGS] + ["https://a.go.id/foto/satu-dua-tiga"]
    assert article_pattern(links) == "/berita/\\d+/[^/?]+"
    assert article_pattern(links[:2]) == ""
    assert listing_pages(["https://a.go.id/berita", "https://a.go.id/profil", "https://a.go.id/info/news?x=1"]) == ["/berita"]
    assert sitemaps_in("User-agent: *\nSitemap: /s.xml # ours\nsitemap:https://b.id/t.xml\n", "https://a.go.id/robots.txt") == [
        "https://a.go.id/s.xml",
        "https://b.id/t.xml",
    ]
