"""What data/markup.toml says about the wrapping of articles, compiled."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from lxml.etree import _Element

FILE = Path(__file__).resolve().parent / "data" / "markup.toml"


@dataclass(frozen=True, slots=True)
class Markup:
    """Rules for elements (by tag, class words and id), for lines, and selectors in the order of their trust."""

    junk_tags: frozenset[str]
    junk_words: re.Pattern[str]
    caption_words: re.Pattern[str]
    lead_captions: tuple[str, ...]
    bodies: tuple[str, ...]
    titles: tuple[str, ...]
    dates: tuple[str, ...]
    likely_dates: tuple[str, ...]
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    read_also: str
    other_articles: str
    drop: re.Pattern[str]
    drop_with_links: re.Pattern[str]
    caption: re.Pattern[str]


@cache
def markup() -> Markup:
    """The rules, read once."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    lines = data["lines"]
    names = ("lead_captions", "bodies", "titles", "dates", "likely_dates", "authors", "categories")
    selectors = {name: tuple(data[name]) for name in names}
    return Markup(
        junk_tags=frozenset(data["junk_tags"]),
        junk_words=_any(data["junk_words"]),
        caption_words=_any(data["caption_words"]),
        read_also=lines["read_also"],
        other_articles=lines["other_articles"],
        drop=_any(lines["drop"]),
        drop_with_links=_any([lines["drop_with_links"]]),
        caption=_any([lines["caption"]]),
        **selectors,
    )


def words_of(element: _Element) -> list[str]:
    """Class words and the id, in lower case; of absurdly long attributes the beginning."""
    return f"{element.get('class', '')[:2000]} {element.get('id', '')[:200]}".lower().split()


def is_junk(element: _Element) -> bool:
    """Whether class, id or style say that the element is not part of the article."""
    if is_hidden(element):
        return True
    words = words_of(element)
    return any(map(_junk_word, words)) and not any(map(markup().caption_words.fullmatch, words))


def is_hidden(element: _Element) -> bool:
    """Whether a reader does not see it."""
    return element.get("hidden") is not None or "display:none" in element.get("style", "")[:500].replace(" ", "").lower()


def is_caption(element: _Element) -> bool:
    """Whether it is the caption of an image."""
    return element.tag == "figcaption" or any(map(markup().caption_words.fullmatch, words_of(element)))


@lru_cache(maxsize=20_000)
def _junk_word(word: str) -> bool:
    return len(word) < 100 and bool(markup().junk_words.fullmatch(word))


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
