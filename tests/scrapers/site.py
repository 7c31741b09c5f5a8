"""A site of invented articles, the JSON platform that reads it, and a fetcher that asks it without a network."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from scrapers.fetch.archive import Archive, Received
from scrapers.types import FetchFailed, Found, Listing, Memory, Outcome, PageError, Remembered, Response, Scraped, Source

BASE = "http://humas.contoh.test"
NOON = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
PLACES = ("Lembah Ranu", "Teluk Kasih", "Bukit Pandan", "Muara Senja", "Tanjung Elok")
ACTS = ("membersihkan saluran air", "menanam bibit pohon", "menata pasar lama", "mendata warga lanjut usia", "memeriksa jembatan")


def source(id: str = "contoh", base: str = BASE, **more: Any) -> Source:  # noqa: ANN401
    return Source(id, f"Humas {id.title()}", "json-test", base + "/", floor_s=0.0, **more)


def text_of(number: int) -> str:
    """An invented release; no two share a sentence."""
    sentence = "Camat {} nomor {} meminta regu {} {} sebelum hari ke-{}."
    return "\n".join(
        sentence.format(PLACES[(number + line) % 5], number, number * 7 + line, ACTS[(number * 3 + line) % 5], number + line)
        for line in range(6)
    )


@dataclass
class Article:
    """One article of the site. `page`: only its page has the text. `canonical`: as the page names itself, when otherwise."""

    path: str
    title: str
    text: str
    day: str = "2024-04-20"
    version: str = "1"
    canonical: str = ""
    listed: bool = True
    public: bool = True


def release(number: int, **changes: Any) -> Article:  # noqa: ANN401
    """Number 0 is the oldest; they are hours apart."""
    moment = dt.datetime(2024, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=7 * number)
    made = Article(f"/berita/{number}", f"Rilis {number}", text_of(number), moment.date().isoformat())
    return replace(made, **changes)


@dataclass
class Site:
    """Articles, newest first, in listings of `per_page`; `whole`: listings hold the articles; `routes` overrides answers."""

    articles: list[Article] = field(default_factory=list)
    base: str = BASE
    per_page: int = 3
    whole: bool = False
    newest_first: bool = True
    exhaustive: bool = False
    versions: bool = True
    dates: bool = True
    tags: bool = True
    routes: dict[str, Callable[[], tuple[int, bytes]]] = field(default_factory=dict)

    def answer(self, path: str) -> tuple[int, bytes]:
        """Status and body."""
        if path in self.routes:
            return self.routes[path]()
        if path.startswith("/daftar"):
            return 200, json.dumps(self.listing(int(path.partition("=")[2] or "1"))).encode()
        found = next((a for a in self.articles if a.path == path and a.public), None)
        return (200, json.dumps(self.page(found)).encode()) if found else (404, b"")

    def listing(self, number: int) -> dict[str, Any]:
        listed = [a for a in self.articles if a.listed]
        part = listed[(number - 1) * self.per_page : number * self.per_page]
        more = [f"{self.base}/daftar?hal={number + 1}"] if number * self.per_page < len(listed) else []
        kind = {"newest_first": self.newest_first, "exhaustive": self.exhaustive}
        return {"articles": [self.named(a) for a in part], "next": more, **kind}

    def named(self, article: Article) -> dict[str, Any]:
        found = {"url": self.base + article.path, "version": article.version if self.versions else ""}
        found |= {"published": article.day} if self.dates else {}
        return found | ({"article": self.page(article)} if self.whole else {})

    def page(self, article: Article) -> dict[str, Any]:
        url = article.canonical or self.base + article.path
        return {"url": url, "title": article.title, "text": article.text, "published": article.day}

    def get(self, path: str) -> Article:
        return next(a for a in self.articles if a.path == path)


class JsonTest:
    """Reads what `Site` says. Bodies that are no JSON are MALFORMED; the text "KACAU" makes it stumble."""

    name = "json-test"

    def start(self, source: Source, since: dt.datetime | None) -> Sequence[str]:  # noqa: ARG002
        return source.options.get("starts", (f"{source.url}daftar",))

    def listing(self, response: Response, source: Source) -> Listing:  # noqa: ARG002
        said = _json(response)
        found = [
            Found(each["url"], each["version"], _day(each.get("published", "")), article=_article(each.get("article")))
            for each in said["articles"]
        ]
        return Listing(found, said.get("next", ()), said.get("newest_first", True), said.get("exhaustive", False))

    def article(self, response: Response, source: Source) -> Scraped:  # noqa: ARG002
        found = _article(_json(response))
        assert found
        if not found.text:
            raise PageError(response.url, Outcome.NO_TEXT, "no text")
        return found


PLATFORMS = {"json-test": JsonTest()}


def _json(response: Response) -> Any:  # noqa: ANN401
    try:
        said = json.loads(response.body)
    except ValueError as error:
        raise PageError(response.url, Outcome.MALFORMED, "not JSON") from error
    if said.get("text") == "KACAU":
        raise RecursionError("too deep")
    return said


def _article(said: dict[str, Any] | None) -> Scraped | None:
    return said and Scraped(said["url"], said["title"], said["text"], _day(said["published"]), language="id")


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


class Stop(BaseException):
    """The process is killed here."""


class Direct:
    """A fetcher that asks a `Site` in this process; archives and remembers as the real one does. `calls` lists requests as
    (role, path, whether a body came); `kill_at`: the number of the request that the process does not survive."""

    def __init__(self, site: Site, archive: Archive, memory: Memory, clock: Callable[[], dt.datetime] = lambda: NOON) -> None:
        self.site, self.archive, self.memory, self.clock = site, archive, memory, clock
        self.calls: list[tuple[str, str, bool]] = []
        self.kill_at: int | None = None
        self.failures: dict[str, Outcome] = {}

    def get(self, url: str, source: Source, role: str) -> Response:
        path = url.removeprefix(self.site.base)
        if self.kill_at is not None and len(self.calls) >= self.kill_at:
            raise Stop
        if path in self.failures:
            self.calls.append((role, path, False))
            raise FetchFailed(url, self.failures[path], "as the test wants")
        status, body = self.site.answer(path)
        tag = f'"{hashlib.sha256(body).hexdigest()[:12]}"' if self.site.tags and status == 200 else ""
        known = self.memory.recall(url)
        confirmed = known is not None and known.etag == tag != ""
        self.calls.append((role, path, not confirmed))
        headers = [("ETag", tag)] if tag else []
        received = Received(url, url, 304 if confirmed else status, "OK", headers, b"" if confirmed else body, self.clock())
        ref = self.archive.append(replace(received, revisit_of=known.ref) if confirmed and known else received, source.id, role)
        if status >= 400:
            raise FetchFailed(url, Outcome.GONE if status in (404, 410) else Outcome.SERVER_ERROR, f"HTTP {status}", status)
        if tag and not confirmed:
            self.memory.remember(url, Remembered(tag, "", ref))
        return self.archive.read(ref)

    def pages(self) -> list[str]:
        """Paths of the article pages asked for since the last call."""
        asked = [path for role, path, _ in self.calls if role == "page"]
        self.calls.clear()
        return asked
