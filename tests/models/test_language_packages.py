"""Both packages of the language model, as they ship, on a sentence that leaves no doubt."""

from __future__ import annotations

import pytest
import stanza

from models.training.stanza_eval import load_pipeline

TEXT = "Bupati membuka rapat di kantor camat. Warga menyambutnya dengan gembira."


@pytest.fixture(scope="module", params=["csui", "gsd"])
def document(request: pytest.FixtureRequest) -> stanza.Document:
    return load_pipeline(request.param)(TEXT)


def test_sentences_and_clitics(document: stanza.Document) -> None:
    assert [len(sentence.tokens) for sentence in document.sentences] == [7, 5]
    assert [word.text for word in document.sentences[1].words][:3] == ["Warga", "menyambut", "nya"]


def test_classes_and_lemmas(document: stanza.Document) -> None:
    first = {word.text: word for word in document.sentences[0].words}
    assert [first[text].upos for text in ("membuka", "rapat", "di", ".")] == ["VERB", "NOUN", "ADP", "PUNCT"]
    assert first["rapat"].lemma == "rapat"


def test_trees(document: stanza.Document) -> None:
    words = document.sentences[0].words
    relations = {word.text: (word.deprel, words[word.head - 1].text if word.head else "") for word in words}
    assert relations["membuka"] == ("root", "")
    assert relations["Bupati"] == ("nsubj", "membuka")
    assert relations["rapat"] == ("obj", "membuka")
    assert relations["camat"][1] == "kantor"
    assert relations["di"] == ("case", "kantor")
