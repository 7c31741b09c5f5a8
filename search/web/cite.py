"""How to cite a record: as a sentence, as BibTeX, as RIS."""

from __future__ import annotations

import re
from collections.abc import Callable

from search.results import Hit
from search.web.language import Language
from search.web.links import Links

Writer = Callable[[Hit, Language, Links], str]
_TEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", **{one: f"\\{one}" for one in "#$%&_"}, "~": r"\~{}", "^": r"\^{}"}


def issuer(hit: Hit, words: Language) -> str:
    """Name and role, whatever is known of them."""
    return ", ".join(filter(None, (hit.issuer_name, hit.issuer_role))) or words.plain("hit.unnamed")


def sentence(hit: Hit, words: Language, links: Links) -> str:
    """One line of text."""
    text = words.plain(
        "card.citation",
        issuer=issuer(hit, words),
        kind=words.value("kind", hit.kind),
        action=hit.heading,
        title=hit.title or "-",
        outlet=hit.outlet or words.plain("card.reported_nobody"),
        date=words.date(hit.published) or words.plain("hit.undated"),
        id=hit.directive_id,
        url=links.directive(hit.directive_id),
    )
    return " ".join(text.split())


def bibtex(hit: Hit, words: Language, links: Links) -> str:
    """A BibTeX entry."""
    fields = {
        "author": f"{{{_tex(issuer(hit, words))}}}",
        "title": _tex(f"{words.value('kind', hit.kind)}: {hit.heading}"),
        "howpublished": _tex(", ".join(filter(None, (hit.title, hit.outlet)))),
        "year": str(hit.published.year) if hit.published else "",
        "url": links.directive(hit.directive_id),
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{arahan-{re.sub(r'[^A-Za-z0-9-]', '-', hit.directive_id)},\n{body}\n}}\n"


def ris(hit: Hit, words: Language, links: Links) -> str:
    """A RIS entry."""
    fields = (
        ("TY", "NEWS"),
        ("AU", issuer(hit, words)),
        ("TI", f"{words.value('kind', hit.kind)}: {hit.heading}"),
        ("T2", ", ".join(filter(None, (hit.title, hit.outlet)))),
        ("DA", f"{hit.published:%Y/%m/%d}" if hit.published else ""),
        ("UR", links.directive(hit.directive_id)),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in fields if value or tag == "ER")


FORMATS: dict[str, tuple[Writer, str]] = {
    "txt": (sentence, "text/plain; charset=utf-8"),
    "bib": (bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": (ris, "application/x-research-info-systems; charset=utf-8"),
}


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in _line(text))


def _line(text: str) -> str:
    return " ".join(text.split())
