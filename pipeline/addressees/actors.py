"""Who is to act: the spans that the model marked, as the guideline writes them, and their groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from arahan.types import Kind, Span
from models.runtime.decode import Mention
from pipeline.addressees.frames import told
from pipeline.addressees.marks import chosen, nearest
from pipeline.addressees.words import PASSIVE
from pipeline.vocabulary.datafile import mapping
from pipeline.vocabulary.gazetteers import group_of

JOINED = re.compile(
    r"\s*(?:[,;&/]|\b(?:dan|serta|maupun|beserta|hingga|atau|bersama|termasuk|khususnya|terutama|apalagi|seperti)\b)(?:\s+juga)?\s*",
    re.IGNORECASE,
)
LAST_BRACKETS = re.compile(r"\s*\([^()]*\)?$")
RELATIVE = re.compile(r"(?:^|\s+)yang\s", re.IGNORECASE)
TAIL = re.compile(
    r"\s+(?:secara|melalui|(?<!di )dalam(?! negeri)|sekali lagi|ke ?depan(?:nya)?|awalnya|siapa(?: ?pun)?|"
    r"mulai dari|lewat|paling (?:lambat|lama|cepat|sedikit|banyak)|selambat\S*|sampai (?:dengan )?(?:tanggal )?\d+|"
    r"terus terang|selama|"
    r"yang (?:ikut )?(?:hadir|merupakan|adalah|notabene)|(?:tersebut|tadi|yang|untuk|agar|supaya)$)(?=\s|$).*",
    re.IGNORECASE | re.DOTALL,
)
BOTH = re.compile(r"\bbaik\s+(?:itu\s+)?(?:dari\s+)?(?=.*(?:,|\bmaupun\b|\bdan\b))", re.IGNORECASE | re.DOTALL)
AREA = re.compile(r"kabupaten|kota|provinsi|kecamatan|pusat|daerah|(?:kabupaten/)?kota se-\S+", re.IGNORECASE)
OFFICE = re.compile(r"(?:Dinas|Badan|Bagian|Bidang|Kementerian|Kepala Dinas)\b")
AFFAIR = re.compile(r"(?:UKM|UMKM|Usaha (?:Kecil|Mikro)|Masyarakat|Desa|Perempuan|Anak|Pemuda|Tenaga Kerja)\b.*")
BODY = re.compile(r"pihak\s+(?=[A-Z])")
EDGE = " \t\n.,;:\"“”'’()-–"
MIN_LETTERS = 2
TOLD_KINDS = ("instruction", "appeal", "prohibition")
POINTING = re.compile(
    r"\b(?:mereka|beliau|saudara(?:-saudara)?|anda|kalian|bapak|ibu|adik-adik)\b(?! (?:presiden|menteri|yang))", re.IGNORECASE
)
STATE = re.compile(r"(?:sampai\s+)?(?:ada(?:nya)?|terjadi|kejadian)\b", re.IGNORECASE)
THINGS = re.compile(r"(?:pen|pem|peng|per|antisipas|sosialisas|vaksinas|evaluas|koordinas)\w*(?:an|i)\s", re.IGNORECASE)
RECENT_CHARS = 500
FORBIDDING = ("jangan", "tidak boleh")


@cache
def _words() -> dict[str, str]:
    return mapping("addressee_words.csv", ("word", "type"))


def addressees(
    text: str,
    mentions: Sequence[Mention],
    evidence: Span,
    cue: Span | None = None,
    action: Span | None = None,
    kind: Kind | None = None,
) -> tuple[str, ...]:
    """The addressees as written, coordinated ones apart, each once: whom the clause itself
    names, else those that the model marked in the evidence.

    Pronouns are left out, quantifiers ("para", "seluruh") too except in set phrases ("semua pihak").
    """
    if kind == "commitment":
        return ()
    framed = told(text, evidence, cue, action) if cue and action and kind in TOLD_KINDS else None
    return _named(text, [framed] if framed else chosen(text, mentions, evidence))


def earlier(text: str, mentions: Sequence[Mention], evidence: Span, action: Span, kind: Kind) -> tuple[str, ...]:
    """Those that the model marked last before the evidence; nobody where the act is a state, a thing, or one's own."""
    if kind not in TOLD_KINDS or STATE.match(text, action.start) or THINGS.match(text, action.start):
        return ()
    return _named(text, nearest(text, mentions, evidence))


def _named(text: str, spans: Iterable[Span]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for span in _whole_offices(text, spans):
        for name in _split(span.of(text)):
            found.setdefault(name.casefold(), name)
    return tuple(found.values())


def _whole_offices(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans, those that are two halves of one office ("Dinas Koperasi", "UKM") as one."""
    found: list[Span] = []
    for span in sorted(spans):
        last = found[-1] if found else None
        if last and text[last.end : span.start].strip() == "dan" and not _is_someone(span.of(text), last.of(text)):
            found[-1] = Span(last.start, span.end)
        else:
            found.append(span)
    return found


def carries_on(text: str, before: Span, evidence: Span, action: Span, cue: str) -> bool:
    """Whether a clause that names nobody is told to those of the directive at `before`: right after it, or later where it says
    "jangan ..." or points back ("mereka harus").

    A passive act ("dibenahi"), a state or a thing is nobody's in particular.
    """
    if PASSIVE.match(text, action.start) or STATE.match(text, action.start) or THINGS.match(text, action.start):
        return False
    if evidence.start - before.end <= RECENT_CHARS and POINTING.search(text, evidence.start, action.start):
        return True
    between = text[before.end : evidence.start]
    return not between.strip(EDGE) or cue.lower().startswith(FORBIDDING)


def groups(names: Iterable[str]) -> tuple[str, ...]:
    """Normalised groups of the addressees, each once; those of no known group are left out."""
    return tuple(dict.fromkeys(group for name in names if (group := group_of(name))))


def _split(phrase: str) -> list[str]:
    whole = LAST_BRACKETS.sub("", _edges(phrase)) or phrase
    if _words().get(whole.lower()) == "whole":
        return [whole]
    tail = TAIL.search(whole)
    whole = whole[: tail.start()] if tail and not RELATIVE.search(whole, 0, tail.start()) else whole
    each = BOTH.search(whole)  # "aparat, baik TNI maupun Polri": those after it say who
    whole = whole[each.end() :] if each else whole
    relative = RELATIVE.search(whole)
    named, clause = (whole[: relative.start()], whole[relative.start() :]) if relative else (whole, "")
    parts = _coordinated(named)
    parts[-1] += clause
    return [name for part in parts if (name := _stripped(part))]


def _coordinated(phrase: str) -> list[str]:
    """The parts of "X dan Y" where Y is someone as well; "Dinas Pendidikan dan Kebudayaan" is one office."""
    parts, start = [], 0
    for joint in JOINED.finditer(phrase):
        behind = JOINED.split(phrase[joint.end() :], maxsplit=1)[0]
        if behind.strip() and _is_someone(behind, phrase[start : joint.start()]):
            parts.append(phrase[start : joint.start()])
            start = joint.end()
    return [*parts, phrase[start:]]


def _is_someone(part: str, before: str) -> bool:
    """Whether `part` of a coordination names another than `before` does, rather than more of its area or of its affairs."""
    if AREA.fullmatch(part.strip()) or (OFFICE.match(before.strip()) and AFFAIR.fullmatch(part.strip())):
        return False
    return bool(group_of(part)) or part[0].islower() or part.isupper()


def _edges(phrase: str) -> str:
    """Without punctuation at the ends; a bracket that has its partner inside stays."""
    bare = phrase.strip(EDGE)
    return bare + ")" if bare.count("(") > bare.count(")") and phrase[phrase.index(bare) + len(bare) :].startswith(")") else bare


def _stripped(part: str) -> str:
    part = BODY.sub("", _edges(LAST_BRACKETS.sub("", part) or part))
    while True:
        kind = _words().get(part.lower())
        if kind == "whole":
            return part
        if kind == "pronoun" or sum(c.isalpha() for c in part) < MIN_LETTERS:
            return ""
        first, _, rest = part.partition(" ")
        if _words().get(first.lower()) != "quantifier" or not rest:
            return part
        part = _edges(rest)
