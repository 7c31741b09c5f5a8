"""Canonical URLs: one spelling for one page. Nothing is changed that could lead elsewhere on a real server."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit, urlunsplit

TRACKING = re.compile(
    r"(?:utm_.*|mc_[ce]id|_ga|_gl|fbclid|gclid|dclid|yclid|msclkid|igshid?|twclid|wbraid|gbraid|spm|usqp|ref_src|replytocom|share"
    r"|nb|amp|noamp|print|showcomment|_hsenc|_hsmi|mkt_tok|at_(?:medium|campaign)|from_?(?:share|wa))",
    re.IGNORECASE,
)
"""Query parameters that say how the reader came, or show the same article in other dress."""
MOBILE = ("m", frozenset({"0", "1"}))  # Blogger's ?m=1
DEFAULT_PORTS = {"http": 80, "https": 443}
UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")


def canonical(url: str, base: str = "") -> str:
    """`url`, made absolute with `base`, in one spelling; "" when it is empty or no http or https URL.

    Scheme and host become lower case, default ports, fragments, user names, dot segments and tracking parameters go,
    percent-encoding is made regular. A trailing slash stays as the site writes it, and the empty path becomes "/".
    """
    try:
        if not (bare := CONTROL.sub("", url).strip()):
            return ""
        parts = urlsplit(urljoin(base, bare) if base else bare)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS or not host:
        return ""
    place = host if port in (None, DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    return urlunsplit((scheme, place, _path(parts.path), _query(parts.query), ""))


def page_key(url: str) -> str:
    """One key for the spellings of a page that servers redirect to each other: scheme, "www.", trailing slash."""
    parts = urlsplit(canonical(url))
    query = f"?{parts.query}" if parts.query else ""
    return parts.netloc.removeprefix("www.") + (parts.path.rstrip("/") or "/") + query


def same_site(url: str, other: str) -> bool:
    """Whether two URLs are of one host, "www." and "m." aside."""
    hosts = [re.sub(r"^(?:www|m)\.", "", urlsplit(canonical(each)).hostname or "") for each in (url, other)]
    return bool(hosts[0]) and hosts[0] == hosts[1]


def _host(name: str) -> str:
    name = name.rstrip(".").lower()
    if ":" in name:  # IPv6
        return f"[{name}]"
    try:
        name = name.encode("idna").decode("ascii") if not name.isascii() else name
    except UnicodeError:
        return ""
    return name if re.fullmatch(r"[a-z0-9._-]+", name) else ""


def _path(path: str) -> str:
    """Regular percent-encoding, no "." and "..": what `urljoin` does to a path, to its end."""
    kept: list[str] = []
    segments = [_escaped(segment, "!$&'()*+,;=:@") for segment in path.split("/")]
    for place, segment in enumerate(segments[1:], start=1):
        last = place == len(segments) - 1
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
        if last and segment in {".", ".."}:
            kept.append("")
    return "/" + "/".join(kept)


def _escaped(text: str, safe: str) -> str:
    """Every byte that needs no escape without one, every other with capital hex digits; a "%" that escapes nothing as %25."""
    decoded = ESCAPE.sub(lambda match: _unreserved(match[0]), text)
    return "".join(part if ESCAPE.fullmatch(part) else quote(part, safe=safe) for part in re.split(r"(%[0-9A-F]{2})", decoded))


def _unreserved(escape: str) -> str:
    character = unquote_to_bytes(escape).decode("latin-1")
    return character if character in UNRESERVED else escape.upper()


def _query(query: str) -> str:
    """Parameters in their order, without tracking and without empty pieces."""
    kept = [pair for pair in query.split("&") if pair and not _is_tracking(pair)]
    return "&".join(_escaped(pair, "!$'()*+,;=:@/?[]") for pair in kept)


def _is_tracking(pair: str) -> bool:
    name, _, value = pair.partition("=")
    return bool(TRACKING.fullmatch(name)) or (name == MOBILE[0] and value in MOBILE[1])
