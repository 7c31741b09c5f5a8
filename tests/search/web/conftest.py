from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from search.web.limits import RateLimit
from search.web.site import Site
from tests.search.web import made


class Visitor:
    """Asks the application without a network; keeps cookies like a browser."""

    def __init__(self, site: Site) -> None:
        self.site, self.runner = site, asyncio.Runner()
        transport = httpx.ASGITransport(app=site.application(), raise_app_exceptions=True)  # type: ignore[arg-type]
        self.client = httpx.AsyncClient(transport=transport, base_url="http://arahan.example")

    def get(self, path: str, **more: Any) -> httpx.Response:  # noqa: ANN401
        return self.runner.run(self.client.get(path, **more))

    def post(self, path: str, **more: Any) -> httpx.Response:  # noqa: ANN401
        return self.runner.run(self.client.post(path, **more))

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:  # noqa: ANN401
        return self.runner.run(self.client.request(method, path, **more))

    def close(self) -> None:
        self.runner.run(self.client.aclose())
        self.site.close()
        self.runner.close()


@pytest.fixture(scope="session")
def web_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.write(tmp_path_factory.mktemp("web") / "data", made.rows())


@pytest.fixture(scope="session")
def web_site(web_data: Path) -> Site:
    return Site(web_data, today=lambda: made.TODAY, reports=RateLimit(1_000, 10_000, 600))


@pytest.fixture(scope="session")
def visitor(web_site: Site) -> Iterator[Visitor]:
    found = Visitor(web_site)
    yield found
    found.close()
