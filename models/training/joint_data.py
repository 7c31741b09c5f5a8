"""Sentences that tune an encoder: tags and trees of the treebanks, names of the entity corpora.

Each corpus keeps its own conventions: a group has heads of its own, and a column that a treebank lacks is left out of its loss.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from models.training import entities_data
from models.training.entities_text import read_columns
from models.training.stanza_data import load_treebanks
from models.training.treebanks import Sentence

LONGEST = 70
TAGS = ("upos", "xpos", "feats")


@dataclass(frozen=True, slots=True)
class Item:
    """One sentence. `tags`: a label a word for some of the group's columns; `heads`: 0 is the root; empty without a tree."""

    group: str
    words: tuple[str, ...]
    tags: dict[str, tuple[str, ...]]
    heads: tuple[int, ...] = ()


@dataclass(frozen=True)
class Corpus:
    """Items that are drawn together: `share` of them in every epoch."""

    items: list[Item]
    share: float


@dataclass(frozen=True)
class Material:
    """What is learned from, and held-out items by name."""

    train: list[Corpus]
    held_out: dict[str, list[Item]] = field(default_factory=dict)


def tree(group: str, sentence: Sentence, columns: Sequence[str]) -> Item:
    """A treebank sentence with the columns that its treebank has."""
    tags = {name: tuple(getattr(word, name) for word in sentence.words) for name in (*columns, "deprel")}
    return Item(group, tuple(word.form for word in sentence.words), tags, tuple(word.head for word in sentence.words))


def named(group: str, words: Sequence[str], tags: Sequence[str]) -> Item:
    """A sentence with BIO tags."""
    return Item(group, tuple(words), {"ner": tuple(tags)})


def _short(items: Iterable[Item]) -> list[Item]:
    return [item for item in items if 3 <= len(item.words) <= LONGEST]


def silver(path: Path) -> list[Item]:
    """The entity recogniser's training sentences, all eight classes, when a first round has written them."""
    rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    unique = {tuple(word["text"] for word in row): row for row in rows}
    return [named("arahan", words, [word["ner"] for word in row]) for words, row in unique.items()]


def material(data: Path, silver_file: Path) -> Material:
    """Every corpus under DATA; no -test file but PUD's and no validation part is opened."""
    banks = load_treebanks(data)
    kept, held = entities_data.held_out_gold(entities_data.nergrit(data, "train"))
    nerp = read_columns(data / "ner/nerp_ner-prosa.train.tsv")
    corpora = [
        Corpus(_short(tree("csui", s, TAGS) for s in banks.csui), 2.0),
        Corpus(_short(tree("csui", s, ("upos", "feats")) for s in banks.pud), 1.0),
        Corpus(_short(tree("gsd", s, TAGS) for s in banks.gsd), 2.0),
        Corpus(_short(tree("gsd", s, ("upos",)) for s in banks.gsd_v2), 0.7),
        Corpus(_short(named("nergrit", s.words, s.tags) for s in kept), 2.0),
        Corpus(_short(named("nerp", s.words, s.tags) for s in nerp), 0.3),
        Corpus(_short(silver(silver_file)), 0.25),
    ]
    held_out = {
        "csui": [tree("csui", s, TAGS) for s in banks.csui_held_out],
        "gsd": [tree("gsd", s, TAGS) for s in banks.gsd_held_out],
        "nergrit": [named("nergrit", s.words, s.tags) for s in held],
    }
    return Material([corpus for corpus in corpora if corpus.items], held_out)


def drawn(corpora: Sequence[Corpus], seed: int) -> list[Item]:
    """One epoch's items."""
    rng, found = random.Random(seed), []
    for corpus in corpora:
        whole = int(corpus.share)
        found += corpus.items * whole
        found += rng.sample(corpus.items, round((corpus.share - whole) * len(corpus.items)))
    return found


def vocabularies(corpora: Sequence[Corpus]) -> dict[str, dict[str, list[str]]]:
    """Labels by group and column, in sorted order."""
    found: dict[str, dict[str, set[str]]] = {}
    for corpus in corpora:
        for item in corpus.items:
            for column, labels in item.tags.items():
                found.setdefault(item.group, {}).setdefault(column, set()).update(labels)
    return {group: {column: sorted(labels) for column, labels in columns.items()} for group, columns in found.items()}
