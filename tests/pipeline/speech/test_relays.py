from __future__ import annotations

import pytest

from tests.pipeline.speech.test_speakers import INTRODUCED, issuer

ACT = "memeriksa timbangan pasar"


@pytest.mark.parametrize(
    "told",
    [
        f"Kepala Dinas Perdagangan Hadi Wiyono ditugasi {ACT}.",
        f"Kepala desa agar {ACT} setiap bulan.",
        f"Camat Turi Joko Pitono diinstruksikan {ACT}.",
        f"Dinas Perdagangan kebagian tugas {ACT}.",
    ],
)
def test_who_is_told_to_act_is_not_the_issuer(told: str) -> None:
    assert issuer(f'{INTRODUCED}"Kita mulai besok," kata Rina.\n{told}', ACT).name == "Rina Astuti"


def test_an_institution_undertakes_between_two_words_of_a_speaker() -> None:
    text = INTRODUCED + "Rina meminta sopir melapor. Dinas Perhubungan menyiapkan dua derek. Parkir liar dilarang, katanya."
    assert [issuer(text, act).role for act in ("menyiapkan dua derek", "melapor")] == ["Dinas Perhubungan", "Bupati Sleman"]


@pytest.mark.parametrize(
    "relayed",
    [
        f"Joko Pitono menyebut ada mandat dari Bupati Rina Astuti untuk {ACT}.",
        f"Joko Pitono mengatakan petugas akan {ACT} sesuai arahan Bupati Rina Astuti.",
        f"Camat Joko Pitono menyiapkan petugas untuk {ACT}. Hal itu sebagaimana diperintahkan oleh Bupati Rina Astuti.",
    ],
)
def test_an_order_named_before_or_behind_the_act(relayed: str) -> None:
    assert issuer(INTRODUCED + relayed, ACT).name == "Rina Astuti"


def test_an_order_of_an_institution() -> None:
    text = INTRODUCED + f"Rina mengatakan, ada arahan dari Kementerian Perdagangan untuk {ACT}."
    assert issuer(text, ACT).role == "Kementerian Perdagangan"


def test_a_country_that_orders_or_undertakes() -> None:
    text = INTRODUCED + "Sementara itu, Malaysia akan menutup dua pelabuhan. Ekspor ke Malaysia naik."
    assert issuer(text, "menutup dua pelabuhan").role == "Malaysia"


def test_points_of_a_list_belong_to_who_introduced_it() -> None:
    text = INTRODUCED + f"Rina menekankan dua hal:\n1. Dinas Perdagangan {ACT}.\n2. Dinas Perhubungan menata parkir."
    assert {issuer(text, act).name for act in (ACT, "menata parkir")} == {"Rina Astuti"}


def test_a_deputy_speaks_for_himself_and_a_speech_read_out_is_its_author_s() -> None:
    assert issuer(f"Bupati Rina Astuti yang diwakili Camat Joko Pitono meminta petugas {ACT}.", ACT).name == "Joko Pitono"
    read_out = f"Bupati Rina Astuti dalam sambutan yang dibacakan Joko Pitono meminta petugas {ACT}."
    assert issuer(INTRODUCED + read_out, ACT).name == "Rina Astuti"


@pytest.mark.parametrize("pointer", ["Putra sulung Menteri Bagas Pratomo itu", "Perempuan yang akrab disapa Titin ini"])
def test_a_relation_or_by_name_points_back(pointer: str) -> None:
    text = f'{INTRODUCED}"Kita mulai besok," kata Rina.\n{pointer} meminta petugas {ACT}.'
    assert issuer(text, ACT).name == "Rina Astuti"


def test_a_relative_clause_names_no_speaker() -> None:
    text = f'{INTRODUCED}"Kita mulai besok," kata Rina.\nPetugas perlu {ACT}, sebab masih ada lurah yang meminta uang.'
    assert issuer(text, ACT).name == "Rina Astuti"


def test_what_a_verb_governs_is_no_subject() -> None:
    text = f'{INTRODUCED}"Kita mulai besok," kata Rina.\nSetelah menelepon Camat Joko Pitono, petugas diminta {ACT}.'
    assert issuer(text, ACT).name == "Rina Astuti"


def test_a_role_without_a_name_in_the_most_words_of_the_article() -> None:
    text = f"Mendag meminta petugas {ACT}. Menteri Perdagangan tiba di Sleman kemarin."
    assert issuer(text, ACT).role == "Menteri Perdagangan"
