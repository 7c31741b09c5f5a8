"""The bridge from Stanza to spaCy: the Doc spells the article, whatever Stanza left out."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.vocab import Vocab
from stanza.models.common.doc import Document

from arahan.types import Labelled
from pipeline.annotation import bridge

VOCAB: Vocab = spacy.blank("id").vocab


def token(number: int, text: str, start: int, **more: object) -> dict[str, Any]:
    return {
        "id": number,
        "text": text,
        "start_char": start,
        "end_char": start + len(text),
        "upos": "NOUN",
        "head": 0,
        "deprel": "root",
        **more,
    }


def read(text: str, spans: list[list[tuple[int, int]]]) -> Document:
    sentences = [
        [token(i + 1, text[s:e], s, head=min(i, 1), deprel="dep" if i else "root") for i, (s, e) in enumerate(row)]
        for row in spans
    ]
    return Document(sentences, text=text)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("ab. \n\t“”é\u00a0")), max_size=40))
def test_the_doc_spells_any_text(text: str) -> None:
    rows, at = [], 0
    for line in text.split("\n"):
        words = [(at + i, at + i + 1) for i, c in enumerate(line) if not c.isspace() and c != "."]
        rows += [words] if words else []
        at += len(line) + 1
    document = read(text, rows) if rows else None
    assert bridge.build(VOCAB, text, document, lambda offset: offset, []).text == text


def test_tags_lemmas_heads_and_entities_reach_their_characters() -> None:
    text = "BACA JUGA: Rapat\nBupati  meminta camat hadir."
    words = [("Bupati", 17), ("meminta", 25), ("camat", 33), ("hadir", 39), (".", 44)]
    tags = [
        ("NOUN", 2, "nsubj", "bupati"),
        ("VERB", 0, "root", "minta"),
        ("NOUN", 2, "obj", "camat"),
        ("VERB", 2, "xcomp", "hadir"),
        ("PUNCT", 2, "punct", "."),
    ]
    rows = [
        token(i + 1, w, s, upos=p, head=h, deprel=d, lemma=m)
        for i, ((w, s), (p, h, d, m)) in enumerate(zip(words, tags, strict=True))
    ]
    doc = bridge.build(VOCAB, text, Document([rows], text=text), lambda offset: offset, [Labelled(17, 23, "ROLE")])
    assert doc.text == text
    verb = next(t for t in doc if t.text == "meminta")
    assert (verb.idx, verb.lemma_, verb.pos_, verb.dep_) == (25, "minta", "VERB", "ROOT")
    assert {t.text for t in verb.children} >= {"Bupati", "camat", "hadir"}
    assert [(e.text, e.label_, e.start_char) for e in doc.ents] == [("Bupati", "ROLE", 17)]
    assert "Rapat" not in verb.sent.text


def test_words_split_from_one_token_stay_apart_when_they_spell_it() -> None:
    text = "Camat menyetujuinya."
    words = [
        token(1, "Camat", 0, head=2, deprel="nsubj"),
        {"id": (2, 3), "text": "menyetujuinya", "start_char": 6, "end_char": 19},
        {"id": 2, "text": "menyetujui", "upos": "VERB", "head": 0, "deprel": "root", "lemma": "setuju"},
        {"id": 3, "text": "nya", "upos": "PRON", "head": 2, "deprel": "obj", "lemma": "nya"},
        token(4, ".", 19, head=2, deprel="punct"),
    ]
    doc = bridge.build(VOCAB, text, Document([words], text=text), lambda offset: offset, [])
    assert [t.text for t in doc] == ["Camat", "menyetujui", "nya", "."]
    assert doc[2].head.text == "menyetujui"
    assert doc.text == text


def test_spans_that_overlap_are_kept_in_a_group() -> None:
    text = "Bupati meminta camat hadir."
    doc = bridge.build(VOCAB, text, read(text, [[(0, 6), (7, 14), (15, 20), (21, 26), (26, 27)]]), lambda offset: offset, [])
    bridge.group(doc, "directives", [Labelled(0, 27, "evidence"), Labelled(21, 26, "instruction")])
    assert [(s.text, s.label_) for s in doc.spans["directives"]] == [(text, "evidence"), ("hadir", "instruction")]


@pytest.mark.parametrize("name", ["article_id", "title", "noise", "quotes", "officials", "directives"])
def test_results_can_hang_on_the_doc(name: str) -> None:
    bridge.register_extensions()
    assert spacy.tokens.Doc.has_extension(name)
