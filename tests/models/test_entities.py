"""The entity recogniser: its silver-label rules on invented releases, its scorer, and the shipped weights."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stanza.models.ner.trainer import Trainer

from arahan.errors import DataFileError
from models.training import entities_data, entities_eval, entities_head, entities_rules, entities_text
from models.training.entities_lexicon import lexicon
from models.training.features import encoder_record

MODELS = Path(entities_head.__file__).resolve().parent.parent
ARTICLE = {
    "text": "Wali Kota Sukamaju Ratna Dewanti menargetkan 250 koperasi digital berdiri paling lambat akhir tahun 2027.\n"
    "Ratna juga meminta Kepala Dinas Koperasi Kota Sukamaju menyiapkan anggaran Rp 3,5 miliar.",
    "officials": [{"name": "Ratna Dewanti", "role": "Wali Kota Sukamaju"}],
    "directives": [
        {
            "issuer": {"name": "Ratna Dewanti", "role": "Wali Kota Sukamaju"},
            "quantities": [{"span": [45, 65], "value": 250.0, "unit": "koperasi digital"}],
            "deadline": {"span": [88, 104], "iso": "2027"},
        }
    ],
}


def spans(text: str, tags: list[str]) -> set[tuple[str, str]]:
    words = text.split()
    return {(" ".join(words[start:end]), tag) for start, end, tag in entities_rules.spans_of(tags)}


def found(text: str, people: str = "") -> set[tuple[str, str]]:
    """What the rules alone mark in a sentence of space-separated words; `people` are words of names."""
    words = text.split()
    named = {i for i, word in enumerate(words) if word in people.split()}
    tags = entities_rules.overlay(["O"] * len(words), entities_data.patterns(words, named))
    return spans(text, tags)


@pytest.mark.parametrize(
    ("text", "people", "expected"),
    [
        (
            "Plt . Sekda Kabupaten Lembah Hijau Darto Sugiman hadir",
            "Darto Sugiman",
            ("Plt . Sekda Kabupaten Lembah Hijau", "ROLE"),
        ),
        ("Kata Kepala Bappeda Sukamaju , Wulan Sari , kemarin", "Wulan Sari", ("Kepala Bappeda Sukamaju", "ROLE")),
        ("Camat dan Lurah diminta siaga", "", ("Lurah", "ROLE")),
        ("ujar anggota DPRD Kota Sukamaju Bagas", "Bagas", ("anggota DPRD Kota Sukamaju", "ROLE")),
        ("Menteri Pertanian dan Pangan hadir", "", ("Menteri Pertanian dan Pangan", "ROLE")),
        (
            "menurut Dinas Pekerjaan Umum dan Perumahan Kota Sukamaju .",
            "",
            ("Dinas Pekerjaan Umum dan Perumahan Kota Sukamaju", "ORG"),
        ),
        ("bantuan Rp 2,5 miliar untuk desa", "", ("Rp 2,5 miliar", "MONEY")),
        ("rapat pada Selasa ( 14/3/2028 ) siang", "", ("Selasa ( 14/3/2028 )", "DATE")),
        ("selesai akhir tahun depan", "", ("akhir tahun depan", "DATE")),
        ("targetnya minimal 90 persen warga", "", ("90 persen", "TARGET")),
        ("anggaran sektor Pendidikan naik", "", ("Pendidikan", "SECTOR")),
        ("warga Kabupaten Ngawi panen", "", ("Kabupaten Ngawi", "REGION")),
    ],
)
def test_rules_mark(text: str, people: str, expected: tuple[str, str]) -> None:
    assert expected in found(text, people)


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("ketua panitia dan bupati tidak hadir", "ROLE"),
        ("sebanyak 90 persen warga datang", "TARGET"),
        ("UU Nomor 23 tahun ke-7", "DATE"),
        ("Dinas itu menolak", "ORG"),
    ],
)
def test_rules_leave(text: str, unwanted: str) -> None:
    assert unwanted not in {tag for _, tag in found(text)}


def test_role_ends_before_the_name_and_at_a_second_role() -> None:
    marked = found("Bupati Lembah Hijau Darto Sugiman dan Wakil Bupati Wulan Sari", "Darto Sugiman Wulan Sari")
    assert marked == {("Bupati Lembah Hijau", "ROLE"), ("Wakil Bupati", "ROLE")}


def test_annotated_article_keeps_its_annotation() -> None:
    items = entities_data.marked_article(ARTICLE)
    tagged = entities_data.silver(items, [["O"] * len(item.sentence.words) for item in items])
    marked = [spans(" ".join(s.words), s.tags) for s in tagged]
    first = {
        ("Wali Kota Sukamaju", "ROLE"),
        ("Ratna Dewanti", "PERSON"),
        ("250 koperasi digital", "TARGET"),
        ("akhir tahun 2027", "DATE"),
    }
    assert first <= marked[0]
    assert marked[1] == {("Ratna", "PERSON"), ("Kepala Dinas Koperasi Kota Sukamaju", "ROLE"), ("Rp 3,5 miliar", "MONEY")}


def test_gold_classes_survive_completion() -> None:
    words = ["Gubernur", "Jawa", "Timur", "Bagas", "Prayoga", "pada", "2019", "pindah", "ke", "Surabaya"]
    gold = entities_text.Sentence(words, ["O", "B-REGION", "I-REGION", "B-PERSON", "I-PERSON", "O", "O", "O", "O", "B-REGION"])
    marked = spans(" ".join(words), entities_data.completed(gold).tags)
    assert marked == {
        ("Gubernur", "ROLE"), ("Jawa Timur", "REGION"), ("Bagas Prayoga", "PERSON"), ("2019", "DATE"), ("Surabaya", "REGION"),
    }  # fmt: skip


def test_words_and_sentences_keep_their_places() -> None:
    text = 'Pj. Bupati Darto, S.Sos., M.Si hadir.Ia berkata: "Siapkan 1.500 bibit!"\nWarga setuju (5/6).'
    sentences = list(entities_text.sentences_of(text))
    assert [s.words[0] for s in sentences] == ["Pj.", "Warga"]
    assert {"S.Sos.", "M.Si", "hadir", "Ia", "1.500"} <= set(sentences[0].words)
    for sentence in sentences:
        assert all(text[at : at + len(word)] == word for word, at in zip(sentence.words, sentence.starts, strict=True))


@given(st.text(max_size=200))
def test_words_are_cut_without_loss(text: str) -> None:
    words = [word for sentence in entities_text.sentences_of(text) for word in sentence.words]
    assert "".join(words) == "".join(text.split())


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 4), st.sampled_from(["ROLE", "DATE"])), max_size=12))
def test_overlay_and_spans_are_inverse(drawn: list[tuple[int, int, str]]) -> None:
    kept: list[entities_rules.Span] = []
    for start, length, tag in drawn:
        if all(start + length <= s or end <= start for s, end, _ in kept):
            kept.append((start, start + length, tag))
    tags = entities_rules.overlay(["O"] * 40, [(start, start + length, tag) for start, length, tag in drawn])
    assert set(entities_rules.spans_of(tags)) == set(kept)


def test_recased_gives_names_and_sentence_starts_a_capital() -> None:
    usual = entities_text.usual_case(["Kemarin warga Sukamaju bertemu DPRD di balai desa."])
    tags = ["O", "B-PPL", "I-PPL", "O", "O", "B-PLC"]
    cased = entities_text.recased(
        entities_text.Sentence(["bersama", "wulan", "sari", ",", "dprd", "sukamaju"], tags), usual, frozenset()
    )
    assert cased.words == ["Bersama", "Wulan", "Sari", ",", "DPRD", "Sukamaju"]


def test_column_file(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("Wulan\tB-PERSON\nke\tO\n\nDesa\tB-PLACE\nSukamaju\tI-PLACE\n\n", encoding="utf-8")
    first, second = entities_text.read_columns(path, entities_text.NERGRIT)
    assert (first.words, first.tags) == (["Wulan", "ke"], ["B-PERSON", "O"])
    assert second.tags == ["B-REGION", "I-REGION"]


def test_faulty_lexicon_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text('[role]\nalone = ["bupati",\n  "Camat"]\n', encoding="utf-8")
    with pytest.raises(DataFileError, match=r"line 3.*Camat"):
        lexicon(path)


def test_compare_counts_whole_spans_only() -> None:
    gold = [["B-PERSON", "I-PERSON", "O", "B-ORG", "O"]]
    guess = [["B-PERSON", "E-PERSON", "O", "S-REGION", "S-DATE"]]
    table = entities_eval.compare(gold, guess)
    assert (table["PERSON"].f1, table["ORG"].recall, table["REGION"].precision) == (1.0, 0.0, 0.0)
    assert (table["all"].precision, table["all"].recall, table["all"].gold) == (0.5, 0.5, 2)


def test_figures_need_the_corpus(tmp_path: Path) -> None:
    assert entities_eval.figures(tmp_path) == {}


def test_shipped_recogniser_reads_a_release() -> None:
    tagger = entities_head.load(MODELS / "id/ner/arahan.pt", encoder_record(MODELS / "encoder"))
    text = (
        "Bupati Lembah Hijau Darto Sugiman meminta Dinas Kesehatan menyiapkan Rp 2 miliar pada Senin ( 5/6/2023 ) di Surabaya ."
    )
    marked = spans(text, entities_head.predict(tagger, [text.split()])[0])
    assert {
        ("Bupati Lembah Hijau", "ROLE"), ("Darto Sugiman", "PERSON"), ("Rp 2 miliar", "MONEY"),
        ("Senin ( 5/6/2023 )", "DATE"), ("Surabaya", "REGION"),
    } <= marked  # fmt: skip


def test_plain_stanza_reads_the_same_entities() -> None:
    text = "Kepala Dinas Perhubungan Kota Sukamaju Wulan Sari bertemu Ratna Dewanti di Makassar pada Selasa ( 6/6/2023 ) ."
    shared = entities_head.load(MODELS / "id/ner/arahan.pt", encoder_record(MODELS / "encoder"))
    plain = Trainer(args={"bert_model": str(MODELS / "encoder")}, model_file=str(MODELS / "id/ner/arahan.pt"), device="cpu")
    marked = entities_head.predict(shared, [text.split()])
    assert marked == entities_head.predict(plain, [text.split()])
    assert ("Makassar", "REGION") in spans(text, marked[0])
