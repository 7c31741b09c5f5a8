from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arahan.types import Article, Span
from pipeline.people.officials import resolve_people
from pipeline.speech.attribution import Speech
from pipeline.speech.orders import issuer_for
from pipeline.speech.quotes import find_quotes
from pipeline.speech.speakers import read_speech
from pipeline.speech.voices import Speaker

SENTENCE = re.compile(r"[^\n]+?(?:[.!?][\"”]?(?= [\"“A-Z]|$|\n)|$|(?=\n))")
INTRODUCED = "Bupati Sleman Rina Astuti meninjau pasar. Ia didampingi Camat Turi Joko Pitono.\n"


def read(text: str, outlet: str = "Kabar Ranu") -> Speech:
    article = Article("a", text, outlet=outlet)
    sentences = [Span(m.start(), m.end()) for m in SENTENCE.finditer(text)]
    return read_speech(article, sentences, resolve_people(article), find_quotes(text))


def issuer(text: str, act: str, outlet: str = "Kabar Ranu") -> Speaker:
    start = text.index(act)
    return issuer_for(read(text, outlet), Span(start, start + len(act))).who


@pytest.mark.parametrize(
    "said",
    [
        '"Pedagang harus pindah ke lantai dua," kata Rina Astuti.',
        '"Pedagang harus pindah ke lantai dua," kata Bupati.',
        '"Pedagang harus pindah ke lantai dua," ujar Hj. Rina.',
        '"Pedagang harus pindah ke lantai dua," kata Dr. Ir. Rina Astuti.',
        '"Pedagang harus pindah ke lantai dua," tegas AKP Rina.',
        '"Pedagang harus pindah ke lantai dua," ujarnya.',
        'Rina Astuti mengatakan, "Pedagang harus pindah ke lantai dua."',
        '"Ini penting," kata Rina. "Pedagang harus pindah ke lantai dua."',
        '"Kita tata pasar ini," kata Rina.\n"Pedagang harus pindah ke lantai dua," tambahnya.',
        "Rina meminta pedagang pindah ke lantai dua.",
        "Bupati Sleman itu meminta agar pedagang pindah ke lantai dua.",
        "Menurut Rina, pedagang harus pindah ke lantai dua.",
        "Pedagang harus pindah ke lantai dua, kata Bupati Rina.",
        "Pedagang harus pindah ke lantai dua, katanya.",
        "Ia juga menambahkan, pedagang harus pindah ke lantai dua.",
        "Rina didampingi Camat Turi mengatakan, pedagang harus pindah ke lantai dua.",
        "Rina didampingi Camat Turi Joko Pitono dan Kapolsek Turi mengatakan, pedagang harus pindah ke lantai dua.",
        "Rina mewakili Gubernur mengatakan, pedagang harus pindah ke lantai dua.",
        "Rina (Fraksi Golkar) meminta pedagang pindah ke lantai dua.",
        "Rina selaku ketua tim pengawas meminta pedagang pindah ke lantai dua.",
        "Hal itu disampaikan Bupati Rina Astuti. Pedagang diminta pindah ke lantai dua.",
        "Orang nomor satu di Sleman itu meminta pedagang pindah ke lantai dua.",
        "Orang nomor satu Sleman mengatakan, pedagang harus pindah ke lantai dua.",
        "Camat Turi Joko Pitono menyebut perintah Bupati Rina Astuti agar pedagang pindah ke lantai dua.",
        '"Bupati Rina meminta pedagang pindah ke lantai dua," kata Joko Pitono.',
    ],
)
def test_the_official_is_found(said: str) -> None:
    assert issuer(INTRODUCED + said, "pindah ke lantai dua").name == "Rina Astuti"


def test_another_speaker_takes_over() -> None:
    text = INTRODUCED + '"Kita tata," kata Rina.\n"Truk dilarang masuk," kata Joko Pitono.\n"Denda berlaku besok," imbuhnya.'
    found = [issuer(text, act).name for act in ("tata", "dilarang masuk", "berlaku besok")]
    assert found == ["Rina Astuti", "Joko Pitono", "Joko Pitono"]


def test_institutions_speak() -> None:
    text = "Pemkab Sleman akan memperbaiki tiga jembatan. Dinas Perhubungan Sleman meminta sopir melapor."
    assert issuer(text, "memperbaiki tiga jembatan") == Speaker("", "Pemkab Sleman", "", True, False)
    assert issuer(text, "melapor").role == "Dinas Perhubungan Sleman"


def test_an_institution_inside_a_speech_does_not_take_over() -> None:
    text = INTRODUCED + "Rina mengatakan, Pemkab Sleman akan memperbaiki tiga jembatan."
    assert issuer(text, "memperbaiki tiga jembatan").name == "Rina Astuti"
    text = INTRODUCED + "Rina mengatakan, Kementerian Sosial telah meminta data diperbarui."
    assert issuer(text, "data diperbarui").role == "Kementerian Sosial"


def test_citizens_and_companies_are_known_as_such() -> None:
    text = '"Jalan ini harus diperbaiki," kata Warsini, pedagang sayur.'
    found = read(text).found[0]
    assert found is not None
    assert (found.who.name, found.who.public) == ("Warsini", False)
    text = "Direktur Utama PT Sinar Laut Budi Hartanto mengatakan, pabrik harus dibuka."
    found = read(text).found[0]
    assert found is not None
    assert not found.who.public


def test_whoever_has_to_act_is_not_the_issuer() -> None:
    text = INTRODUCED + "Rina menyampaikan hal itu saat apel. Camat Turi harus mendata pedagang."
    assert issuer(text, "mendata pedagang").name == "Rina Astuti"


def test_speech_before_the_speaker_is_named() -> None:
    text = '"Pompa air segera dipasang," ujarnya.\nHal itu dikatakan Wali Kota Solo Hendro Mulyo kemarin.'
    assert issuer(text, "segera dipasang").name == "Hendro Mulyo"


def test_a_release_in_its_own_voice() -> None:
    text = "Warga diminta menjaga kebersihan selokan."
    assert issuer(text, "menjaga kebersihan", outlet="Dinas Kominfo Sleman").role == "Dinas Kominfo Sleman"
    text = "Warga diminta menjaga kebersihan selokan. Acara ditutup di kantor Pemkab Sleman."
    assert issuer(text, "menjaga kebersihan").role == "Pemkab Sleman"


def test_a_role_without_a_name_speaks() -> None:
    text = "Kapolres Solo meminta warga melapor. Kapolres menegaskan hal itu."
    assert issuer(text, "melapor") == Speaker("", "Kapolres Solo", "", True)


PARTS = ["Bupati Sleman Rina", '"', " kata ", "Ia ", "mengatakan, ", "Pemkab ", ". ", "\n", "harus ", "menurut "]


@given(st.lists(st.sampled_from(PARTS), max_size=25))
def test_every_sentence_gets_one_answer(parts: list[str]) -> None:
    text = "".join(parts)
    speech = read(text)
    assert len(speech.found) == len(speech.sentences)
    assert all(0 <= issuer_for(speech, sentence).score <= 1 for sentence in speech.sentences)


def test_offices_in_general_and_links_to_other_news_do_not_speak() -> None:
    text = (
        INTRODUCED
        + '"Kita tata pasar," kata Rina.\nTantangan itu berat bagi para camat dan lurah. "Truk dilarang masuk," katanya.'
    )
    assert issuer(text, "dilarang masuk").name == "Rina Astuti"
    text = INTRODUCED + '"Kita tata pasar," kata Rina.\nBaca juga: Joko Pitono Minta Warga Diam\n"Truk dilarang masuk," katanya.'
    assert issuer(text, "dilarang masuk").name == "Rina Astuti"


def test_who_undertakes_an_act_may_stand_late_in_the_sentence() -> None:
    text = "Setelah sukses menggelar rapat di lingkungan Pemprov Kaltim, Gubernur Kaltim Lukas Noor akan membangun jembatan."
    assert issuer(text, "membangun jembatan").name == "Lukas Noor"


def test_a_spokesman_reports_what_the_institution_orders() -> None:
    text = '"KPK mengimbau pejabat melaporkan gratifikasi," kata Juru Bicara KPK Rina Astuti.'
    assert issuer(text, "melaporkan gratifikasi").role == "KPK"
    other = '"Kemenkeu mengimbau pejabat melaporkan gratifikasi," kata Juru Bicara KPK Rina Astuti.'
    assert issuer(other, "melaporkan gratifikasi").name == "Rina Astuti"


def test_an_order_told_by_two_verbs_is_that_of_their_subject() -> None:
    text = 'Juru Bicara KPU Tono Bagus bicara.\n"Tadi KPU menyampaikan dan mengimbau agar laporan dikirim," kata Tono.'
    assert issuer(text, "dikirim").role == "KPU"


def test_an_order_in_the_passive_is_that_of_its_agent() -> None:
    text = INTRODUCED + "Camat Turi Joko Pitono mengatakan, ia ditugaskan oleh Bupati Rina Astuti mendata kios."
    assert issuer(text, "mendata kios").name == "Rina Astuti"


def test_a_role_that_points_back_means_the_person_named_last() -> None:
    text = '"Ini perlu," kata Anggota DPRD Sleman Rina Astuti.\nMantan Ketua DPRD itu meminta pasar dibenahi.'
    assert issuer(text, "dibenahi").name == "Rina Astuti"
    assert issuer(text.replace("Mantan Ketua DPRD itu", "Ketua DPRD ke-5 ini"), "dibenahi").name == "Rina Astuti"


@pytest.mark.parametrize(
    "said",
    [
        "Rina Astuti menyebut lapak sudah rusak. Lurah segera mendata lapak di wilayahnya.",
        "Rina Astuti menyebut lapak sudah rusak.\nPenyuluh ikut mendata lapak di wilayahnya.",
    ],
)
def test_an_unnamed_holder_of_a_common_role_does_what_the_speaker_says(said: str) -> None:
    assert issuer(INTRODUCED + said, "mendata lapak").name == "Rina Astuti"


def test_an_unnamed_head_of_a_government_acts_on_his_own() -> None:
    text = INTRODUCED + "Joko Pitono menyebut lapak sudah rusak.\nGubernur akan mendata lapak di wilayahnya."
    assert issuer(text, "mendata lapak").role == "Gubernur"


def test_where_a_meeting_was_is_no_part_of_the_role() -> None:
    text = "Komisi rapat dengan Menteri Pertanian di Gedung Nusantara, Senayan.\nMentan berjanji mengirim vaksin pekan ini."
    assert issuer(text, "mengirim vaksin").role == "Menteri Pertanian"


def test_a_village_called_like_its_head_is_rather_the_head() -> None:
    text = 'Kepala Desa Sukatani, Ujang Suherlan memimpin rapat.\n"Truk dilarang melintas," kata Kades Ujang.'
    assert issuer(text, "dilarang melintas") == issuer(text, "memimpin rapat")
    assert issuer(text, "dilarang melintas").name == "Ujang Suherlan"


def test_who_is_interviewed_answers_and_a_question_does_not_speak() -> None:
    text = (
        "Berikut petikan wawancara dengan Kepala BPS Sleman, Amran Sihata.\nApa rencana BPS?\n"
        "Kami akan merekrut 400 petugas.\nBagaimana peran Pemkab?\nSaya minta camat menyediakan ruang."
    )
    assert issuer(text, "merekrut").name == "Amran Sihata"
    assert issuer(text, "menyediakan").name == "Amran Sihata"
