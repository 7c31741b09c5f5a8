"""What the parts of the scraper hand to each other: sources, responses, what a listing names, what a page says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol


class Outcome(StrEnum):
    """How one request, or the reading of one page, ended: the classes of the coverage ledger."""

    FETCHED = "fetched"
    UNCHANGED = "unchanged"  # 304, or a listing says that nothing changed
    GONE = "gone"  # 404, 410
    UNAUTHORISED = "unauthorised"  # 401
    FORBIDDEN = "forbidden"  # 403
    RATE_LIMITED = "rate-limited"  # 429 after every retry
    CLIENT_ERROR = "client-error"  # other 4xx
    SERVER_ERROR = "server-error"  # 5xx after every retry
    ROBOTS = "robots"  # robots.txt says no, or cannot be had
    UNKNOWN_HOST = "unknown-host"  # the name does not resolve
    REFUSED = "refused"  # no connection
    TIMEOUT = "timeout"  # a deadline passed: connect, read or whole transfer
    CUT = "cut"  # the connection ended before the body did, or Content-Length was wrong
    TLS = "tls"  # a certificate or handshake is no good
    REDIRECTS = "redirects"  # a loop, or too many
    ADDRESS = "address"  # not a public address, or not http or https
    TOO_LARGE = "too-large"  # more bytes than allowed, before or after decompression
    ENCODING = "encoding"  # a Content-Encoding that does not decompress
    MALFORMED = "malformed"  # not what the platform promises: broken JSON, XML, HTML
    NO_TEXT = "no-text"  # a page without an article in it


class ArchiveRef(NamedTuple):
    """Where a response lies in the archive: file name inside the archive's folder, byte offset."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class Response:
    """A complete response. `body` is decompressed; header names are lower case. `unchanged`: the server answered 304 and
    `body` is the archived one."""

    url: str  # as asked for
    final_url: str  # after redirects
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: dt.datetime  # UTC
    unchanged: bool = False
    ref: ArchiveRef | None = None


class FetchFailed(Exception):
    """A request that gave no usable response. `status` is 0 when there was none."""

    def __init__(self, url: str, outcome: Outcome, reason: str, status: int = 0) -> None:
        super().__init__(f"{url}: {outcome} ({reason})")
        self.url, self.outcome, self.reason, self.status = url, outcome, reason, status


class PageError(Exception):
    """A response that cannot be read: `outcome` is MALFORMED or NO_TEXT."""

    def __init__(self, url: str, outcome: Outcome, reason: str) -> None:
        super().__init__(f"{url}: {outcome} ({reason})")
        self.url, self.outcome, self.reason = url, outcome, reason


@dataclass(frozen=True, slots=True)
class Source:
    """One declaration of the registry. `options` belong to the platform (selectors, paths, field names).

    `timezone` is an IANA name (Asia/Jakarta WIB, Asia/Makassar WITA, Asia/Jayapura WIT). `kind`: "official" or "press".
    """

    id: str
    name: str
    platform: str
    url: str
    region_code: str = ""
    kind: str = "official"
    timezone: str = "Asia/Jakarta"
    language: str = "id"
    floor_s: float = 2.0  # least seconds between two requests to the host
    status: str = "unverified"  # or "verified"
    options: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Scraped:
    """One article as a source shows it now. `text`: paragraphs separated by a newline. Dates with a time have a time zone."""

    url: str  # canonical
    title: str
    text: str
    published: dt.datetime | dt.date | None = None
    modified: dt.datetime | None = None
    author: str = ""
    categories: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An article that a listing names. `article` is set when the listing holds all of it: no page has to be fetched.

    `version` changes when the article does (a modification date, say); "" when the listing does not tell.
    """

    url: str
    version: str = ""
    published: dt.datetime | dt.date | None = None
    title: str = ""
    article: Scraped | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What one listing page says. `next`: further listing pages, most important first. `newest_first`: paging may stop at
    the first page whose articles are all older than --since or known and unchanged. `exhaustive`: together with its next
    pages it names every public article, so that a known article it lacks may have been removed."""

    found: Sequence[Found] = ()
    next: Sequence[str] = ()
    newest_first: bool = True
    exhaustive: bool = False


class Platform(Protocol):
    """How a kind of site lists and shows its articles. All methods are pure, so that the archive can be read again."""

    name: str

    def start(self, source: Source, since: dt.datetime | None) -> Sequence[str]:
        """Listing URLs to begin with; `since` is for platforms that can ask for what changed after it."""

    def listing(self, response: Response, source: Source) -> Listing:
        """Read a listing page. Raises PageError."""

    def article(self, response: Response, source: Source) -> Scraped:
        """Read an article's page. Raises PageError."""


class Fetcher(Protocol):
    """Polite HTTP: robots.txt, pace, retries, deadlines, caps, archive, conditional requests."""

    def get(self, url: str, source: Source, role: str) -> Response:
        """Fetch a URL; `role` ("listing", "page", "robots", "probe") goes into the archive. Raises FetchFailed."""


class Remembered(NamedTuple):
    """What a conditional request needs to know of the last response to a URL."""

    etag: str
    last_modified: str
    ref: ArchiveRef


class Memory(Protocol):
    """Keeps validators between runs."""

    def recall(self, url: str) -> Remembered | None:
        """What is known of the URL's last 200 response."""

    def remember(self, url: str, known: Remembered) -> None:
        """Keep it; called after the response is safely in the archive."""
