"""What makes an article itself and its text the same text: identifiers, normalised text, hashes, dates as strings."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata

from scrapers.text.urls import page_key
from scrapers.types import Source

KEY_DIGITS, HASH_DIGITS = 16, 32
UNSTORABLE = re.compile("[\ud800-\udfff]")  # half a character, which no UTF-8 file can hold
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")


def article_id(source: Source, url: str) -> str:
    """Stable over runs and machines; addresses that servers redirect to each other give the same id."""
    return f"{source.id}-{hashlib.sha256(page_key(url).encode()).hexdigest()[:KEY_DIGITS]}"


def normalised(text: str) -> str:
    """Composed characters (NFC), one space between words, no empty lines: what is kept, hashed and compared."""
    lines = CONTROL.sub("", UNSTORABLE.sub("\ufffd", unicodedata.normalize("NFC", text))).splitlines()
    return "\n".join(line for line in (" ".join(raw.split()) for raw in lines) if line)


def one_line(text: str) -> str:
    """The same for a headline or a name."""
    return normalised(text).replace("\n", " ")


def content_hash(text: str) -> str:
    """The first 32 hexadecimal digits of SHA-256 over a normalised text."""
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_DIGITS]


def iso(moment: dt.datetime | dt.date | None) -> str:
    """A moment with its own offset, a date as it is, "" for None. `stored_day` and `stored_moment` read it back."""
    return "" if moment is None else moment.isoformat()


def stored_day(text: str) -> dt.date | None:
    """The local day of a stored date or moment."""
    return dt.date.fromisoformat(text[:10]) if text else None


def stored_moment(text: str) -> dt.datetime | None:
    """The stored moment in UTC; None when only the day is known."""
    if len(text) <= len("2021-01-11"):
        return None
    moment = dt.datetime.fromisoformat(text)
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


def day_of(moment: dt.datetime | dt.date | None) -> dt.date | None:
    """The local day of what a platform gave."""
    return moment.date() if isinstance(moment, dt.datetime) else moment
