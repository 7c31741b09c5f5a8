"""Bytes to text. What a server declares is a hint, what the bytes say decides; never an error."""

from __future__ import annotations

import codecs
import re

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
HEAD_BYTES = 4096
DECLARED = re.compile(rb"""(?:charset\s*=|encoding\s*=)\s*["']?\s*([A-Za-z0-9._:-]{2,40})""", re.IGNORECASE)
OTHERS = re.compile(
    r"iso8859-(?!1$|15$)\d+|cp125[013-8]|cp874|tis-620|koi8-[ru]|gb(?:k|2312|18030)|big5(?:hkscs)?|shift_jis|cp932|euc[-_](?:jp|kr)"
)
"""Codecs of declarations that are believed where UTF-8 is impossible. With all others such bytes are read as windows-1252."""
TWICE = re.compile(
    r"[ÂÃ][\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|[âï][€»¿\u0080][\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]",
)


def decode(body: bytes, content_type: str = "") -> str:
    """The text of `body`. `content_type`: the HTTP header, whose charset goes before the document's own declaration."""
    for mark, name in BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, errors="replace")
    declared = _codec(content_type.encode("latin-1", "replace")) or _codec(body[:HEAD_BYTES])
    if wide := _wide(body, declared):
        return body.decode(wide, errors="replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(body, declared)


def mend(text: str) -> str:
    """Undo UTF-8 that was read as windows-1252 and saved so ("â€œ" for “); other text is left alone."""
    return TWICE.sub(lambda match: _once(match[0]), text)


def _not_utf8(body: bytes, declared: str) -> str:
    """Another charset where one is declared and fits; else UTF-8 with the bytes that are none read as windows-1252."""
    if OTHERS.fullmatch(declared):
        try:
            return body.decode(declared)
        except (UnicodeDecodeError, ValueError):
            pass
    return body.decode("utf-8", errors="arahan-windows-1252")


def _codec(declaration: bytes) -> str:
    match = DECLARED.search(declaration)
    name = match[1].decode("ascii").lower() if match else ""
    try:
        return codecs.lookup(name).name if name else ""
    except LookupError:
        return ""


def _wide(body: bytes, declared: str) -> str:
    """UTF-16 without a mark: only where every other byte of the beginning is zero."""
    head = body[:HEAD_BYTES]
    if len(head) < 4 or not declared.startswith("utf-16") or head.count(0) < len(head) // 3:
        return ""
    return "utf-16-be" if head[0] == 0 else "utf-16-le"


def _once(twice: str) -> str:
    raw = b"".join(_byte(character) for character in twice)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return twice


def _byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1", "replace")


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", errors="replace"), error.end


codecs.register_error("arahan-windows-1252", _as_windows_1252)
