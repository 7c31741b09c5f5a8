"""Which address shows which page. Every page has its English twin under /en/."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from datasette.utils.asgi import Response

from search.web.page import Page
from search.web.views import api, find, places, records

View = Callable[[Page], Awaitable[Response]]
_ID = r"(?P<id>[^/]+)"
_PAGES: tuple[tuple[str, View], ...] = (
    ("", find.home),
    ("cari", find.search),
    (r"cari\.(?P<format>csv|json|parquet)", find.download),
    (r"cari\.(?P<format>atom|feed\.json)", find.feed),
    ("grafik", find.graphs),
    ("tentang", find.about),
    (rf"arahan/{_ID}", records.card),
    (rf"arahan/{_ID}/kutipan\.(?P<format>txt|bib|ris)", records.citation),
    (rf"arahan/{_ID}/lapor", records.report),
    (rf"arahan/{_ID}/lapor/terkirim", records.reported),
    (rf"embed/{_ID}", records.embed),
    (rf"tulisan/{_ID}", records.text),
    (rf"tulisan/{_ID}/arsip", records.archived),
    ("pejabat", places.officials),
    (rf"pejabat/{_ID}", places.official),
    ("wilayah", places.regions),
    (rf"wilayah/{_ID}", places.region),
    ("sektor", places.sectors),
    (rf"sektor/{_ID}", places.sector),
    (places.COMMITMENTS, places.commitments),
    ("api/v1/directives", api.directives),
    (rf"api/v1/directives/{_ID}", api.directive),
    (rf"api/v1/officials/{_ID}", api.official),
    (rf"api/v1/regions/{_ID}/coverage", api.coverage),
    (r"api/openapi\.json", api.openapi),
)
ROUTES: tuple[tuple[str, View], ...] = (
    (r"/statis/[0-9a-f]{12}/(?P<name>[a-z]+\.[a-z]+)$", find.asset),
    (r"/(?P<code>en)$", find.home),
    *((rf"/(?P<code>en/)?{path}$", view) for path, view in _PAGES),
)
