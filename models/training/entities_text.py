"""Texts for the entity recogniser: column files, plain text cut into sentences and words, and case for lower-cased corpora."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

OUTSIDE = "O"
NERGRIT = {"PERSON": "PERSON", "ORGANISATION": "ORG", "PLACE": "REGION"}
NERP_NAMES = frozenset({"PPL", "PLC", "IND", "EVT", "FNB"})
_ABBREVIATION = r"(?:Plt|Plh|Pjs?|Drs?|Dra|Ir|Hj?|Prof|Kab|Kec|Prov|Jl|No|St|Tgk|Rp|Tbk|[A-Z])\.(?=\s*\w)"
_JOINED = r"(?:['’/-]\w|\.(?=[a-z\d]|[A-Z]\b)\w)\w*"  # "Asia-Afrika", "bola.net", but two words in "selesai.Ia"
_WORD = re.compile(
    rf"https?://\S+|[SM]\.(?:[A-Z][A-Za-z]{{0,4}}\.?)+|{_ABBREVIATION}|Rp(?=[\d.])|\d+(?:[.,:/-]\d+)*|\w+(?:{_JOINED})*|[^\w\s]",
)
_BOUNDARY = re.compile(r"(?<=[.!?])[\"”’']?\s+(?=[\"“‘'(]?[A-Z\d])")
_TITLE_END = re.compile(r"(?:^|[\s(])(?:Plt|Plh|Pjs?|Drs?|Dra|Ir|Hj?|Prof|Kab|Kec|Prov|Jl|No|St|Tgk|Rp|[A-Z])\.[\"”’']?\s*$")


@dataclass
class Sentence:
    """Words with one BIO tag each; start offsets into the text they come from where there is one."""

    words: list[str]
    tags: list[str]
    starts: list[int] = field(default_factory=list)


def read_columns(path: Path, names: Mapping[str, str] | None = None) -> list[Sentence]:
    """Sentences of a file with a word and a BIO tag a line and empty lines between them; tag names as in `names`."""
    sentences = []
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip("\n")):
        rows = [line.split("\t") for line in block.split("\n") if line.strip()]
        tags = [row[-1] if row[-1] == OUTSIDE or names is None else row[-1][:2] + names[row[-1][2:]] for row in rows]
        if rows:
            sentences.append(Sentence([row[0] for row in rows], tags))
    return sentences


def words_of(text: str, offset: int = 0) -> tuple[list[str], list[int]]:
    """Words as the UD treebanks cut them, punctuation apart, and where each starts."""
    found = list(_WORD.finditer(text))
    return [m.group() for m in found], [offset + m.start() for m in found]


def sentences_of(text: str) -> Iterator[Sentence]:
    """Plain text as untagged sentences; a line break always ends one."""
    for line in re.finditer(r"[^\n]+", text):
        start = 0
        cuts = [m.end() for m in _BOUNDARY.finditer(line.group()) if not _TITLE_END.search(line.group()[: m.start()])]
        for end in [*cuts, len(line.group())]:
            words, starts = words_of(line.group()[start:end], line.start() + start)
            if words:
                yield Sentence(words, [OUTSIDE] * len(words), starts)
            start = end


def usual_case(texts: Iterable[str]) -> dict[str, str]:
    """Lower-cased word -> the form that is commonest away from sentence starts and quotes."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for sentence in sentences_of(text):
            previous = "."
            for word in sentence.words:
                if previous not in '.!?"“”:(' and word[0].isalpha():
                    counts[word.lower()][word] += 1
                previous = word
    return {word: forms.most_common(1)[0][0] for word, forms in counts.items()}


def recased(sentence: Sentence, usual: Mapping[str, str], small: frozenset[str]) -> Sentence:
    """A lower-cased sentence with the usual case of its words; named things and sentence starts get a capital."""
    words, start = [], True
    for word, tag in zip(sentence.words, sentence.tags, strict=True):
        form = usual.get(word, word)
        if form == word and tag[2:] in NERP_NAMES and word not in small:
            form = "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
        words.append(form[:1].upper() + form[1:] if start else form)
        start = word in {".", "!", "?"} or (start and not word.isalnum())
    return Sentence(words, list(sentence.tags), list(sentence.starts))
