"""Annotated articles as training examples: what is marked in a window is what was annotated in the text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tokenizers import Tokenizer

from models.runtime import labels
from models.runtime.windows import close_windows, windows
from models.training import annotations, directive_data
from models.training.directive_data import Annotated, example, examples, name_spans, sentences

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(REPOSITORY / "models/encoder/tokenizer.json"))


@pytest.fixture(scope="module")
def gold() -> list[Annotated]:
    return directive_data.read(REPOSITORY / "samples/gold.jsonl")


def test_every_action_becomes_one_begin_tag_and_one_query(tokenizer: Tokenizer, gold: list[Annotated]) -> None:
    begins = {i for i, name in enumerate(labels.ACTION) if name.startswith("B-")}
    found = examples(gold, tokenizer)
    directives = sum(len(a["directives"]) for a in gold)
    assert sum(len(e.queries) for e in found) == directives
    assert sum(tag in begins for e in found for tag in e.tokens["action"]) == directives


def test_close_windows_hold_every_directive_once(tokenizer: Tokenizer, gold: list[Annotated]) -> None:
    found = examples(gold, tokenizer, close_windows)
    assert sum(len(e.queries) for e in found) == sum(len(a["directives"]) for a in gold)
    assert all(len(e.kinds) == 1 for e in found)


def test_a_passage_on_which_readers_differ_teaches_nothing(tokenizer: Tokenizer) -> None:
    text = "Bupati hadir. Semua pihak perlu bekerja sama menjaga sungai. Camat pulang."
    start = text.index("bekerja")
    span = [start, text.index(". Camat")]
    article = {"id": "x", "title": "", "text": text, "officials": [], "directives": [], "unsure": [span]}
    (window,) = windows(tokenizer, "", text, sentences(text))
    found = example(article, window)
    inside = [i for i, (s, e) in enumerate(zip(window.starts, window.ends, strict=True)) if s < span[1] and e > span[0] and e > s]
    assert {found.tokens["action"][i] for i in inside} == {directive_data.IGNORED}
    assert set(found.kinds) == {0, 2}


def test_a_disputed_record_is_neither_taught_nor_denied(tokenizer: Tokenizer, gold: list[Annotated]) -> None:
    article = next(a for a in gold if len(a["directives"]) > 1)
    disputed = article["directives"][0]["action"]
    known = examples([article], tokenizer, close_windows)
    found = examples([{**article, "unsure": [disputed]}], tokenizer, close_windows)
    assert sum(len(e.queries) for e in found) == sum(len(e.queries) for e in known) - 1
    for e in found:
        inside = [
            i
            for i, (s, t) in enumerate(zip(e.window.starts, e.window.ends, strict=True))
            if s < disputed[1] and t > disputed[0] and t > s
        ]
        assert all(e.tokens["action"][i] == directive_data.IGNORED for i in inside)


def test_an_act_that_runs_over_a_sentence_break_is_one_query_of_its_first_sentence(tokenizer: Tokenizer) -> None:
    text = "Bupati meminta camat membersihkan saluran. Dan menanam pohon. Warga senang."
    action = [text.index("membersihkan"), text.index(". Warga")]
    directive = {
        "kind": "instruction", "evidence": [0, action[1]], "cue": [7, 14], "action": action, "addressees": [], "sectors": [],
        "issuer": {"name": "", "role": "Bupati"}, "quantities": [], "deadline": None,
    }  # fmt: skip
    article = {"id": "x", "title": "", "text": text, "officials": [], "directives": [directive]}
    found = [e for e in examples([article], tokenizer, close_windows) if e.queries]
    assert [e.queries[0].sentence for e in found] == [0]


def test_the_pieces_of_a_query_spell_its_action(tokenizer: Tokenizer, gold: list[Annotated]) -> None:
    article = next(a for a in gold if a["directives"])
    wanted = {article["text"][slice(*d["action"])] for d in article["directives"]}
    for window in windows(tokenizer, article["title"], article["text"], sentences(article["text"])):
        for query in example(article, window).queries:
            start, end = window.starts[query.pieces[0]], window.ends[query.pieces[-1]]
            assert article["text"][start:end] in wanted


def test_sentences_keep_abbreviations_together_and_lines_apart() -> None:
    text = "Bupati H. Rahmat hadir. Ia meminta camat siaga.\n“Jangan lengah,” katanya."
    assert [s.of(text) for s in sentences(text)] == [
        "Bupati H. Rahmat hadir.",
        "Ia meminta camat siaga.",
        "“Jangan lengah,” katanya.",
    ]


def test_a_surname_alone_is_a_mention_and_part_of_a_word_is_not() -> None:
    text = "Rahmat Hidayat datang. Hidayat bicara, lalu Hidayatullah."
    assert [text[s:e] for s, e in name_spans(text, "Rahmat Hidayat")] == ["Rahmat", "Rahmat Hidayat", "Hidayat", "Hidayat"]


def as_strings(article: Annotated) -> dict[str, Any]:
    text = article["text"]
    directives = []
    for d in article["directives"]:
        strings = {key: text[slice(*d[key])] if d[key] else "" for key in ("evidence", "cue", "action")}
        quantities = [{"text": text[slice(*q["span"])], "value": q["value"], "unit": q["unit"]} for q in d["quantities"]]
        deadline = {"text": text[slice(*d["deadline"]["span"])], "iso": d["deadline"]["iso"]} if d["deadline"] else None
        directives.append(
            {
                **d,
                **strings,
                "addressees": [text[slice(*s)] for s in d["addressees"]],
                "quantities": quantities,
                "deadline": deadline,
            }
        )
    return {"id": article["id"], "officials": article["officials"], "directives": directives}


def test_annotations_packed_without_text_come_back_with_it(gold: list[Annotated]) -> None:
    packed = [annotations.pack(as_strings(a), a) for a in gold]
    assert not any(a["text"][:40] in json.dumps(packed) for a in gold)
    back = list(annotations.join(packed, gold))
    assert len(back) == len(gold)
    for before, after in zip(gold, back, strict=True):
        assert [d["evidence"] for d in before["directives"]] == [d["evidence"] for d in after["directives"]]
        for d, e in zip(before["directives"], after["directives"], strict=True):
            assert before["text"][slice(*d["action"])] == before["text"][slice(*e["action"])]
            assert d["kind"] == e["kind"]


def test_an_article_that_has_changed_is_left_out(gold: list[Annotated]) -> None:
    packed = [annotations.pack(as_strings(a), a) for a in gold[:3]]
    changed = [{**gold[0], "text": gold[0]["text"] + " "}, gold[1]]
    assert [a["id"] for a in annotations.join(packed, changed)] == [gold[1]["id"]]
