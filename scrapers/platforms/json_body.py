"""JSON responses as servers send them: in any charset, with a mark or PHP's warnings in front."""

from __future__ import annotations

import json
import re
from typing import Any

from scrapers.text.charset import decode
from scrapers.types import Outcome, PageError, Response

BEGIN = re.compile(r'\[\s*(?:\{|\])|\{\s*(?:"|\})')
GUARD = re.compile(r"\s*(?:\)\]\}',?|while\s*\(1\);|for\s*\(;;\);)\s*")
"""What some servers put in front against misuse of JSON."""


def read_json(response: Response) -> Any:  # noqa: ANN401  # any JSON
    """The document. Raises PageError(MALFORMED)."""
    text = decode(response.body, response.headers.get("content-type", "")).lstrip("\ufeff \t\r\n")
    text = text[match.end() :] if (match := GUARD.match(text)) else text
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        return _behind_noise(text, response, error)


def _behind_noise(text: str, response: Response, error: Exception) -> Any:  # noqa: ANN401
    """The first document that begins somewhere in the text and is whole."""
    decoder = json.JSONDecoder(strict=False)
    for match, _ in zip(BEGIN.finditer(text), range(5), strict=False):
        try:
            return decoder.raw_decode(text, match.start())[0]
        except (ValueError, RecursionError):
            continue
    raise PageError(response.url, Outcome.MALFORMED, f"broken JSON: {str(error)[:120]}") from error


def field(item: object, path: str) -> Any:  # noqa: ANN401
    """What stands at a dotted path ("data.0.title.rendered"); None where it ends early. The empty path is the item."""
    for name in path.split(".") if path else ():
        if isinstance(item, dict):
            item = item.get(name)
        elif isinstance(item, list) and name.isascii() and name.isdigit() and int(name[:9]) < len(item):
            item = item[int(name[:9])]
        else:
            return None
    return item


def text_at(item: object, path: str) -> str:
    """The string or number at a path; "" for anything else."""
    value = field(item, path)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def items_at(item: object, path: str) -> list[Any]:
    """The list at a path; [] for anything else."""
    value = field(item, path)
    return value if isinstance(value, list) else []
