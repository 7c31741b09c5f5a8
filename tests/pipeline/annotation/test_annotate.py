"""All that Stanza knows about a release, by the shipped models: one encoder for tagger and parser, an adapted one for names."""

from __future__ import annotations

from arahan.settings import Settings
from arahan.types import Article
from pipeline.annotation.annotate import LINGUISTIC, Annotator

TEXT = (
    "SUKAMAJU - Wali Kota Sukamaju Ratna Dewanti meminta para camat membersihkan saluran air sebelum musim hujan.\n"
    "Ratna bertemu Bagas Prayoga di Surabaya pada Selasa (6/6/2023)."
)


def test_a_release_has_words_trees_names_and_directives() -> None:
    annotator = Annotator(Settings().models, LINGUISTIC)
    (found,) = annotator.annotate([Article(id="a", title="Camat diminta bersihkan saluran", text=TEXT)])
    names = {(TEXT[entity.start : entity.end], entity.label) for entity in found.entities}
    assert {("Ratna Dewanti", "PERSON"), ("Bagas Prayoga", "PERSON"), ("Surabaya", "REGION")} <= names
    assert found.doc is not None
    tree = {token.text: (token.pos_, token.head.text) for token in found.doc}
    assert tree["membersihkan"][0] == "VERB"
    assert tree["air"][1] == "saluran"
    assert any("membersihkan saluran air" in candidate.action.of(TEXT) for candidate, _ in found.reading.candidates)
