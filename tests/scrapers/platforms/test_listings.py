"""What platforms read in listings: frozen answers of WordPress, feeds, Blogger, JSON APIs, listing pages."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.platforms import PLATFORMS
from scrapers.types import Found, Listing, Outcome, PageError
from tests.scrapers.frozen import PAGES, response, source

SINCE = dt.datetime(2021, 1, 1, tzinfo=dt.UTC)
LEMBAH_RANU = "https://www.lembahranukab.example"
API = {
    "urls": ["/api/berita?tahun=2024"],
    "items": "data.items",
    "url_template": "/berita/{slug}",
    "fields": {"title": "judul", "text": "isi", "published": "tanggal", "modified": "diubah", "author": "penulis.nama"}
    | {"categories": "kategori", "captions": "foto.keterangan"},
    "page_param": "page",
    "last_page": "data.last_page",
}


def frozen_listing(name: str) -> bytes:
    return (PAGES / "listings" / name).read_bytes()


def query(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def whole(found: Found) -> dict[str, object]:
    assert found.article is not None
    return {name: getattr(found.article, name) for name in found.article.__dataclass_fields__} | {"version": found.version}


class TestWordPressRest:
    platform, site = PLATFORMS["wordpress-rest"], source("wordpress-rest", LEMBAH_RANU)

    def test_a_post_is_read_whole(self) -> None:
        listing = self.platform.listing(
            response(self.platform.start(self.site, None)[0], frozen_listing("wordpress-posts.json")), self.site
        )
        article = whole(listing.found[0])
        assert article["title"] == "Bupati: “Camat Siaga Banjir” & Siap Logistik"
        assert (
            article["text"]
            == "RANU INDAH – Bupati Lembah Ranu Ani Wijaya meminta seluruh camat menyiagakan perahu karet.\n(Humas/ek)"
        )
        assert article["url"] == f"{LEMBAH_RANU}/2021/01/11/bupati-minta-camat-siaga-banjir/"
        assert str(article["published"]) == "2021-01-11 14:30:12+07:00"
        assert str(article["modified"]) == "2021-01-11 16:02:44+07:00"
        assert article["author"] == "Humas Setda"
        assert article["categories"] == ("Berita & Siaran",)
        assert article["captions"] == ("Apel siaga di halaman kantor bupati", "Perahu karet BPBD")
        assert article["version"] == "2021-01-11T09:02:44"

    def test_posts_with_a_password_are_not_public_and_posts_without_text_are_read_from_their_page(self) -> None:
        listing = self.platform.listing(
            response(self.platform.start(self.site, None)[0], frozen_listing("wordpress-posts.json")), self.site
        )
        assert [(found.title, found.article is None) for found in listing.found[1:]] == [("Galeri", True)]

    def test_the_slim_list_names_every_post_and_holds_none(self) -> None:
        slim = self.platform.start(self.site, SINCE)[1]
        assert "content" not in query(slim)["_fields"].replace("content.protected", "")
        listing = self.platform.listing(response(slim, frozen_listing("wordpress-posts.json")), self.site)
        assert listing.exhaustive
        assert not listing.newest_first
        assert [found.version for found in listing.found] == ["2021-01-11T09:02:44", "2021-01-05T01:00:00"]
        assert all(found.article is None for found in listing.found)

    def test_since_asks_for_what_was_modified_after_it(self) -> None:
        every, since = self.platform.start(self.site, None)[0], self.platform.start(self.site, SINCE)[0]
        assert "modified_after" not in query(every)
        assert query(since)["modified_after"] == "2021-01-01T00:00:00Z"

    def test_plain_permalinks_and_other_options(self) -> None:
        site = source("wordpress-rest", LEMBAH_RANU, plain=True, per_page=500, categories="3,4", types=["posts", "rilis"])
        urls = self.platform.start(site, None)
        assert [query(url)["rest_route"] for url in urls] == ["/wp/v2/posts"] * 2 + ["/wp/v2/rilis"] * 2
        assert query(urls[0])["per_page"] == "100"
        assert query(urls[0])["categories"] == "3,4"
        listing = self.platform.listing(response(urls[0], b'[{"link": "/?p=5"}]', x_wp_totalpages="2"), site)
        assert listing.found[0].url == f"{LEMBAH_RANU}/?p=5"
        assert query(listing.next[0])["page"] == "2"

    @pytest.mark.parametrize(
        ("headers", "posts", "more"),
        [
            ({"x_wp_totalpages": "3"}, 1, True),
            ({"x_wp_totalpages": "1"}, 50, False),
            ({"link": '<https://a.example/x>; rel="next"'}, 1, True),
            ({"link": '<https://a.example/x>; rel="prev"'}, 50, False),
            ({}, 50, True),
            ({}, 49, False),
            ({"x_wp_totalpages": "9"}, 0, False),
        ],
    )
    def test_paging(self, headers: dict[str, str], posts: int, more: bool) -> None:
        page = response(self.platform.start(self.site, None)[0], json.dumps([{"link": "/a"}] * posts), **headers)
        assert bool(self.platform.listing(page, self.site).next) is more

    def test_warnings_of_php_in_front_do_not_matter(self) -> None:
        body = b"\xef\xbb\xbf<br />\n<b>Warning</b>: Undefined [key] in <b>x.php</b>\n" + frozen_listing("wordpress-posts.json")
        assert len(self.platform.listing(response(f"{LEMBAH_RANU}/wp-json/wp/v2/posts", body), self.site).found) == 2

    def test_an_error_of_the_api_is_named(self) -> None:
        page = response(f"{LEMBAH_RANU}/wp-json/wp/v2/posts", b'{"code":"rest_disabled","message":"x","data":{"status":200}}')
        with pytest.raises(PageError, match="rest_disabled"):
            self.platform.listing(page, self.site)


class TestFeeds:
    def test_atom_of_wordpress(self) -> None:
        platform, site = PLATFORMS["wordpress-html"], source("wordpress-html", LEMBAH_RANU)
        start = platform.start(site, None)
        assert query(start[0]) == {"orderby": "modified", "order": "desc"}
        listing = platform.listing(response(start[0], frozen_listing("wordpress-atom.xml"), "application/atom+xml"), site)
        article = whole(listing.found[0])
        assert article["url"] == f"{LEMBAH_RANU}/2021/01/11/bupati-minta-camat-siaga-banjir/"
        assert article["title"] == "Bupati: “Camat Siaga Banjir”"
        assert str(article["text"]).endswith("perahu karet.\n(Humas/ek)")
        assert str(article["modified"]) == "2021-01-11 16:02:44+07:00"
        assert article["categories"] == ("Berita",)
        assert (listing.found[1].article, listing.found[1].version) == (None, "2021-01-08T02:00:00Z")
        assert query(listing.next[0])["paged"] == "2"

    def test_rss_with_odd_dates_links_and_entities(self) -> None:
        platform, site = (
            PLATFORMS["feed"],
            source("feed", "https://kabarcendana.example", timezone="Asia/Makassar", feeds=["/rss"]),
        )
        page = response(platform.start(site, SINCE)[0], frozen_listing("rss.xml"), "text/xml; charset=UTF-8")
        listing = platform.listing(page, site)
        assert [(found.url, str(found.published)) for found in listing.found] == [
            ("https://kabarcendana.example/daerah/sumur-bor", "2022-08-19 10:14:00+08:00")
        ]
        assert listing.found[0].article is None
        assert listing.found[0].title.startswith("Gubernur Target 1.000 Sumur Bor")
        assert listing.next == ["https://kabarcendana.example/rss?hal=2"]

    def test_a_feed_pages_by_its_parameter_until_it_is_empty(self) -> None:
        platform, site = PLATFORMS["feed"], source("feed", LEMBAH_RANU, paged="paged", excerpts=True)
        listing = platform.listing(response(f"{LEMBAH_RANU}/feed?paged=4", frozen_listing("wordpress-atom.xml")), site)
        assert listing.next == [f"{LEMBAH_RANU}/feed?paged=5"]
        assert all(found.article is None for found in listing.found)
        empty = response(f"{LEMBAH_RANU}/feed", "<rss version='2.0'><channel></channel></rss>")
        assert platform.listing(empty, site) == Listing([], [])

    def test_html_instead_of_a_feed_is_malformed(self) -> None:
        with pytest.raises(PageError) as raised:
            PLATFORMS["feed"].listing(response(f"{LEMBAH_RANU}/feed", "<html><body>404</body></html>"), source("feed"))
        assert raised.value.outcome is Outcome.MALFORMED


class TestBlogger:
    platform, site = PLATFORMS["blogger"], source("blogger", "http://humasranuhulu.blogspot.example", timezone="Asia/Makassar")

    def test_whole_posts(self) -> None:
        listing = self.platform.listing(
            response(self.platform.start(self.site, None)[0], frozen_listing("blogger.json")), self.site
        )
        article = whole(listing.found[0])
        assert article["url"] == "http://humasranuhulu.blogspot.example/2019/03/camat-ranu-hulu-minta-desa-tertib.html"
        assert str(article["text"]).split("\n")[1:] == ["(Humas Kecamatan/ms)"]
        assert article["captions"] == ("Camat memimpin rapat",)
        assert article["categories"] == ("Desa", "Keuangan")
        assert article["author"] == ""
        assert str(article["published"]) == "2019-03-13 09:12:00+08:00"
        assert listing.found[1].article is None
        assert query(listing.next[0])["start-index"] == "3"

    def test_the_last_page_has_no_next_and_summaries_name_everything(self) -> None:
        body = frozen_listing("blogger.json").replace(
            b'"openSearch$totalResults":{"$t":"3"}', b'"openSearch$totalResults":{"$t":"2"}'
        )
        listing = self.platform.listing(response(self.platform.start(self.site, SINCE)[1], body), self.site)
        assert listing.next == []
        assert listing.exhaustive
        assert query(self.platform.start(self.site, SINCE)[0])["updated-min"] == "2021-01-01T00:00:00Z"


class TestJsonApi:
    platform, site = (
        PLATFORMS["json-api"],
        source("json-api", "https://bandarlestarikota.example", timezone="Asia/Makassar", **API),
    )

    def test_items(self) -> None:
        url = self.platform.start(self.site, None)[0]
        assert url == "https://bandarlestarikota.example/api/berita?tahun=2024"
        listing = self.platform.listing(response(url, frozen_listing("api.json"), "application/json"), self.site)
        first, plain, wrapped, empty = listing.found
        article = whole(first)
        assert article["url"] == "https://bandarlestarikota.example/berita/pasar-bebas-sampah-plastik"
        assert article["title"] == "Pasar Bebas Sampah Plastik & Styrofoam"
        assert str(article["text"]).endswith("kantong plastik.\nprokopim/nh")
        assert (article["author"], article["categories"]) == ("Prokopim", ("Lingkungan", "Pasar"))
        assert article["captions"] == ("Dialog dengan pedagang",)
        assert str(article["modified"]) == "2024-02-03 09:00:00+08:00"
        assert whole(plain)["text"] == "Paragraf pertama & utama.\nParagraf kedua."
        assert str(plain.published) == "2024-02-03 16:46:40+08:00"
        assert whole(wrapped)["text"] == "Isi yang terbungkus."
        assert (empty.article, empty.published) == (None, None)

    def test_pages_end_at_the_last(self) -> None:
        pages = ["https://bandarlestarikota.example/api/berita?tahun=2024"]
        for page in pages:
            pages += self.platform.listing(response(page, frozen_listing("api.json")), self.site).next
        assert [query(page).get("page") for page in pages] == [None, "2", "3"]

    def test_a_next_field_and_a_missing_list(self) -> None:
        site = source("json-api", urls=["/a"], fields={"url": "u"}, items="x", next="links.next")
        listing = self.platform.listing(response("https://contoh.example/a", b'{"x":[{"u":"/b"}],"links":{"next":"?p=2"}}'), site)
        assert (listing.found[0].url, listing.next) == ("https://contoh.example/b", ["https://contoh.example/a?p=2"])
        with pytest.raises(PageError, match="no list at x"):
            self.platform.listing(response("https://contoh.example/a", b'{"x": {}}'), site)

    def test_since_has_a_place_in_the_url(self) -> None:
        site = source("json-api", urls=["/a?dari={since}"], fields={"url": "u"})
        assert self.platform.start(site, SINCE) == ["https://contoh.example/a?dari=2021-01-01"]


class TestListingPages:
    url = "https://diskominfo.muarasenjakab.example/berita"

    @pytest.mark.parametrize(
        "options", [{}, {"item": ".berita-item", "link": "h4 a", "item_date": "small", "next": ".pagination [rel=next]"}]
    )
    def test_codeigniter(self, options: dict[str, str]) -> None:
        site = source("listing", self.url, timezone="Asia/Jayapura", pages=["/"], **options)
        listing = PLATFORMS["listing"].listing(response(self.url, frozen_listing("codeigniter.html")), site)
        assert [(found.url.rpartition("/")[2], found.title) for found in listing.found] == [
            ("asisten-ii-perintahkan-camat-data-umkm", "Asisten II Perintahkan Camat Data UMKM"),
            ("bazar-umkm-di-lapangan-kota", "Bazar UMKM di Lapangan Kota"),
        ]
        assert listing.next == [f"{self.url}/index/10"]
        if options:
            assert [str(found.published) for found in listing.found] == ["2021-05-19 13:45:00+09:00", "2021-05-03"]

    def test_links_can_be_chosen(self) -> None:
        site = source("listing", self.url, include=r"/detail/\d+", exclude="bazar")
        found = PLATFORMS["listing"].listing(response(self.url, frozen_listing("codeigniter.html")), site).found
        assert [each.url.split("/")[5] for each in found] == ["121"]

    def test_an_archive_page_of_wordpress(self) -> None:
        site = source("wordpress-html", "https://telukkasihkota.example", archives=["/category/berita/"], feeds=[])
        platform = PLATFORMS["wordpress-html"]
        page = response(platform.start(site, None)[0], frozen_listing("wordpress-archive.html"))
        listing = platform.listing(page, site)
        assert [(found.title, str(found.published)) for found in listing.found] == [
            ("Wali Kota Teluk Kasih Larang ASN Mudik", "2021-05-04"),
            ("Hari Buruh Diperingati dengan Donor Darah", "None"),
        ]
        assert listing.next == ["https://telukkasihkota.example/category/berita/page/2/"]
        dated = replace(site, options={**site.options, "date": "span.tanggal"})  # on an article's page, not in an entry
        assert platform.listing(page, dated) == listing

    def test_an_unknown_site(self) -> None:
        site, platform = source("fallback", self.url), PLATFORMS["fallback"]
        listing = platform.listing(response(self.url, frozen_listing("codeigniter.html")), site)
        assert len(listing.found) == 2
        assert not listing.newest_first


NAMES = st.sampled_from(["link", "title", "rendered", "feed", "entry", "content", "$t", "_embedded", "author", "data", "items"])
VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=5), lambda some: st.lists(some) | st.dictionaries(NAMES, some), max_leaves=12
)
BEGINNINGS = st.sampled_from([b"", b"<rss><channel><item><title>", b"<urlset><url><loc>", b"<html><a href="])


@pytest.mark.parametrize("name", sorted(PLATFORMS))
@settings(max_examples=25)
@given(BEGINNINGS, st.binary(max_size=200) | VALUES.map(lambda value: json.dumps(value).encode()))
def test_no_answer_breaks_a_platform(name: str, beginning: bytes, body: bytes) -> None:
    options = API if name == "json-api" else {}
    page = response("https://contoh.example/x?page=2", beginning + body)
    try:
        urls = [found.url for found in PLATFORMS[name].listing(page, source(name, **options)).found]
    except PageError as error:
        urls = ["http", error.reason] if error.outcome is Outcome.MALFORMED else ["?"]
    assert all(url.startswith("http") for url in urls[:1])
