from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arahan.errors import DataFileError
from arahan.types import Article, Labelled, Official
from models.runtime.names import Belief, NameMarks
from pipeline.people.figures import read_figures
from pipeline.people.lexicon import words
from pipeline.people.officials import official_id, resolve_officials, resolve_people


def officials(text: str, title: str = "", published: dt.date | None = None) -> list[Official]:
    return resolve_officials(Article("a", text, title, published))


def pairs(text: str, title: str = "") -> list[tuple[str, str]]:
    return [(official.name, official.role) for official in officials(text, title)]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Gubernur NTT, Lukas B. Tefa membuka rapat.", "Lukas B. Tefa", "Gubernur NTT"),
        ("Wakil Bupati H. Ali Sofyan Nasution meninjau pasar.", "Ali Sofyan Nasution", "Wakil Bupati"),
        (
            "Kepala Dinas Kesehatan Kabupaten Sleman, dr. Retno Wulandari, M.Kes mengatakan hal itu.",
            "Retno Wulandari",
            "Kepala Dinas Kesehatan Kabupaten Sleman",
        ),
        ("Menteri Keuangan (Menkeu) Ratna Kusuma Dewi bertemu petani.", "Ratna Kusuma Dewi", "Menteri Keuangan"),
        (
            "Kepala Dinas Pendidikan dan Kebudayaan (Dikbud) Kabupaten Indramayu, Jajang hadir.",
            "Jajang",
            "Kepala Dinas Pendidikan dan Kebudayaan Kabupaten Indramayu",
        ),
        ("Yohanes Lado selaku Kepala Bappeda hadir.", "Yohanes Lado", "Kepala Bappeda"),
        ("Maria Lende, S.Sos., M.Si, Kepala Kesbangpol Kota Solo, hadir.", "Maria Lende", "Kepala Kesbangpol Kota Solo"),
        ("Rosa (Camat Pinggir) ikut serta.", "Rosa", "Camat Pinggir"),
        ("Kapolres Bengkalis AKBP Surya Pane, S.I.K., M.H. turun ke lapangan.", "Surya Pane", "Kapolres Bengkalis"),
        ("Plt. Kepala Dinas Koperasi Nurmala membagikan bantuan.", "Nurmala", "Plt. Kepala Dinas Koperasi"),
        ("Penjabat (Pj) Gubernur Riau Darmawan Lubis tiba.", "Darmawan Lubis", "Penjabat Gubernur Riau"),
        ("kata anggota DPR RI dari Fraksi PKB, Teguh Wirawan.", "Teguh Wirawan", "anggota DPR RI dari Fraksi PKB"),
        ("Kepala Desa Temiang Masdar Hulu menyambut tamu.", "Masdar Hulu", "Kepala Desa Temiang"),
        ("Presiden Prancis Louis Bernard tiba di Jakarta.", "Louis Bernard", "Presiden Prancis"),
        ("Plt Deputi Penindakan dan Eksekusi KPK Bayu Anggara hadir.", "Bayu Anggara", "Plt Deputi Penindakan dan Eksekusi KPK"),
        ("Kepala Pusat Laboratorium BNN, Mufti Alamsyah hadir.", "Mufti Alamsyah", "Kepala Pusat Laboratorium BNN"),
        ("Bupati Kutai Barat Fransiskus Ding memimpin apel.", "Fransiskus Ding", "Bupati Kutai Barat"),
    ],
)
def test_name_and_role(text: str, name: str, role: str) -> None:
    assert (name, role) in pairs(text)


@pytest.mark.parametrize(
    "text",
    [
        "Direktur Utama PT Sinar Laut Budi Hartanto meresmikan pabrik.",
        "Ketua Umum Partai Harapan Bangsa Siti Rahmi berpidato.",
        "Mantan Bupati Sleman Harto Wibowo hadir.",
        "Pengamat politik Universitas Nusantara Rudi Salim menilai hal itu biasa.",
        "Presiden Konfederasi Serikat Pekerja Andi Lesmana menolak.",
        "Calon Bupati Sleman Tono Prasojo berkampanye.",
        '"Harga naik," kata Warsini, pedagang di pasar itu.',
    ],
)
def test_who_is_no_official(text: str) -> None:
    assert pairs(text) == []


def test_lists_and_pairs() -> None:
    assert pairs("Hadir anggota DPRD Kabupaten Bengkalis Sanusi, Rosmala Dewi dan Hendro.") == [
        (name, "anggota DPRD Kabupaten Bengkalis") for name in ("Sanusi", "Rosmala Dewi", "Hendro")
    ]
    assert pairs("Bupati dan Wakil Bupati Sleman Rina Astuti dan Danang Harjo melepas kontingen.") == [
        ("Rina Astuti", "Bupati Sleman"),
        ("Danang Harjo", "Wakil Bupati Sleman"),
    ]
    present = "Hadir Sekda Burhan Siregar, Kapolres Solo AKBP Tri Hanafi, Dandim Letkol Inf Joko Pitono."
    assert [name for name, _ in pairs(present)] == ["Burhan Siregar", "Tri Hanafi", "Joko Pitono"]


def test_one_person_over_all_mentions() -> None:
    text = (
        "Bupati Sumba Timur, Viktoria B. Ndapa, S.Sos menanam jagung. Ndapa berharap panen naik.\n"
        '"Kita kerja keras," kata Bupati. Viktoria Ndapa lalu pulang. Menurut Ndappa, jalan perlu diperbaiki.'
    )
    (official,) = officials(text)
    assert official.name == "Viktoria B. Ndapa"
    assert [span.of(text) for span in official.mentions] == ["Viktoria B. Ndapa", "Ndapa", "Bupati", "Viktoria Ndapa", "Ndappa"]
    assert official.office == "bupati"
    assert official.region_code == "53.11"


def test_nicknames_and_initials() -> None:
    text = "Wali Kota Solo Hendro Mulyo Santoso (Hendros) hadir. Prasetya Adi, Camat Pinggir, datang. Kata Pras, HMS setuju."
    first, second = officials(text)
    assert "HMS" in {span.of(text) for span in first.mentions}
    assert "Pras" in {span.of(text) for span in second.mentions}


def test_the_role_stands_elsewhere() -> None:
    assert pairs('"Dana cukup," kata Lasmi Harun. Anggota DPR RI itu meminta pengawasan.') == [("Lasmi Harun", "Anggota DPR RI")]
    text = '"Dana cukup," kata Lasmi. Lasmi menambahkan hal lain.'
    assert pairs(text, "Ketua Komisi X: Dana Cukup") == [("Lasmi", "Ketua Komisi X")]
    assert pairs("Bupati Romi Hasan hadir. Bupati Kutai Barat lalu pulang.") == [("Romi Hasan", "Bupati Kutai Barat")]


def test_the_title_alone_names_nobody() -> None:
    assert pairs("Jalan itu rusak.", "Bupati Sleman Rina Astuti Tinjau Jalan") == []


def test_figures_without_a_role_depend_on_the_day() -> None:
    text = "Kebijakan Jokowi disambut petani."
    assert [o.name for o in officials(text, published=dt.date(2020, 5, 1))] == ["Jokowi"]
    assert officials(text, published=dt.date(2025, 5, 1)) == []


def test_a_tagger_decides_where_a_name_starts() -> None:
    text = "Camat Muara Lembu Tua Anselmus hadir."
    start = text.index("Anselmus")
    people = resolve_people(Article("a", text), [Labelled(start, start + 8, "PERSON")])
    assert [(o.name, o.mentions[0].of(text)) for o in people.officials] == [("Anselmus", "Anselmus")]


@pytest.mark.parametrize("name", ["Mappaita Dg. Sikki", "Muh. Arsyad Lamattulu", "Abd. Wahab Sunusi"])
def test_an_abbreviation_is_a_part_of_the_name(name: str) -> None:
    assert [o.name for o in officials(f"Sekda Lembah Asri {name} membuka rapat. Menurut dia, jalan itu rusak.")] == [name]


def marked(text: str, name: str, p: float) -> NameMarks:
    start = text.index(name)
    return NameMarks((start,), (start + len(name),), (p,), (0.0,), Belief(least=0.05, sure=0.9))


def test_the_model_s_marks_make_an_official_of_a_name_without_a_role() -> None:
    text = "Kata Sudirja, jalan itu akan diperbaiki."
    assert officials(text) == []
    (official,) = resolve_officials(Article("a", text), marks=marked(text, "Sudirja", 0.95))
    assert (official.name, official.role) == ("Sudirja", "")
    assert resolve_officials(Article("a", text), marks=marked(text, "Sudirja", 0.5)) == []


def test_a_role_that_no_gazetteer_knows_comes_from_the_marks() -> None:
    text = "“Pompa sudah siap,” kata Sudirja, juru kunci bendung Kali Wangi."
    start, role = text.index("Sudirja"), text.index("juru kunci")
    marks = NameMarks((start, role), (start + 7, len(text) - 1), (0.95, 0.0), (0.0, 0.8), Belief(least=0.05, sure=0.9))
    (official,) = resolve_officials(Article("a", text), marks=marks)
    assert (official.name, official.role) == ("Sudirja", "juru kunci bendung Kali Wangi")


def test_an_official_whom_the_model_nowhere_sees_is_none() -> None:
    text = "Bupati Lembah Asri Sudirja meninjau pasar."
    assert [o.name for o in officials(text)] == ["Sudirja"]
    assert [o.name for o in resolve_officials(Article("a", text), marks=marked(text, "Sudirja", 0.5))] == ["Sudirja"]
    assert resolve_officials(Article("a", text), marks=marked(text, "Sudirja", 0.01)) == []


def test_of_a_name_in_capitals_the_rules_alone_decide() -> None:
    text = "Bupati Lembah Asri RINA SUDIRJA meninjau pasar."
    (official,) = resolve_officials(Article("a", text), marks=marked(text, "RINA SUDIRJA", 0.01))
    assert official.name == "RINA SUDIRJA"


def test_official_id_is_the_same_across_articles() -> None:
    assert official_id("Viktor B. Laiskodat", "gubernur", "53") == official_id("Viktor Laiskodat", "gubernur", "53")
    assert official_id("Muhammad Tito Karnavian", "menteri", "") == official_id("Tito Karnavian", "menteri", "")
    assert official_id("Mochamad Ridwan", "bupati", "32.01") == official_id("Muhammad Ridwan", "bupati", "32.01")
    assert official_id("Ahmad Yani", "bupati", "35.25") != official_id("Ahmad Yani", "bupati", "16.03")
    assert official_id("Ahmad Yani", "bupati", "35.25") != official_id("Ahmad Yani", "camat", "35.25")


@given(st.text(alphabet="Bupati KotaRI.,()\n-\"'”“aA1 dandiH", max_size=200))
def test_any_text_is_read(text: str) -> None:
    for person in resolve_people(Article("a", text, text[:20])).named:
        assert all(0 <= span.start < span.end <= len(text) for span in person.mentions)


def test_long_texts_take_time_in_proportion() -> None:
    unit = "Bupati Sleman {0}wati Hadining{0} mengatakan, Camat Turi akan datang. Sekda Kota Solo, Agung{0}a, S.Sos menjawab.\n"
    text = "".join(unit.format("abcdefghij"[i % 10] + "klmnopqrst"[i // 10 % 10]) for i in range(6_000))
    start = time.process_time()
    assert officials(text)
    assert time.process_time() - start < 20


def test_a_faulty_figure_is_named(tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text("name,alias,office,since,until\nAna Bela,,presiden,kapan,\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"figures\.csv, line 2"):
        read_figures(tmp_path)


def test_unknown_word_sets_are_refused() -> None:
    assert "mantan" in words("former")
    with pytest.raises(KeyError):
        words("no such use")


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Ketua Komisi D DPRD Sleman Rina Astuti meninjau waduk.", "Rina Astuti", "Ketua Komisi D DPRD Sleman"),
        ("Apresiasi datang dari Anggota Komisi C DPRD Sleman, Joko Pitono.", "Joko Pitono", "Anggota Komisi C DPRD Sleman"),
        ("Kritik datang dari anggota Komisi II DPR lainnya, Joko Pitono.", "Joko Pitono", "anggota Komisi II DPR"),
        (
            "Sekretaris Direktorat Jenderal Cipta Karya Kementerian PU Rina Astuti menjelaskan rencana itu.",
            "Rina Astuti",
            "Sekretaris Direktorat Jenderal Cipta Karya Kementerian PU",
        ),
        (
            '"Masih disiapkan," ujar Direktur Transformasi Layanan dan Informasi Ditjen Pajak, Joko Pitono.',
            "Joko Pitono",
            "Direktur Transformasi Layanan dan Informasi Ditjen Pajak",
        ),
    ],
)
def test_offices_of_commissions_and_directorates(text: str, name: str, role: str) -> None:
    assert [(o.name, o.role) for o in resolve_officials(Article("a", text))] == [(name, role)]


def test_an_election_is_no_office() -> None:
    text = "Joko Pitono berharap Pemilihan Gubernur berjalan jujur.\nGubernur DIY Rina Astuti setuju."
    assert [o.name for o in resolve_officials(Article("a", f"{text}\nPemilu Presiden digelar besok."))] == ["Rina Astuti"]


def test_somebody_who_shares_a_first_name_with_a_known_figure() -> None:
    text = "Kepala Dinas Perdagangan Kota Bogor, Ganjar Pitono hadir.\nPasar itu ramai, kata Ganjar."
    assert [(o.name, o.role) for o in resolve_officials(Article("a", text))] == [
        ("Ganjar Pitono", "Kepala Dinas Perdagangan Kota Bogor")
    ]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Bupati Tanah Marindu Yosef Karang membuka rapat.", "Yosef Karang", "Bupati Tanah Marindu"),
        ("Wali Kota Sarundu Baru, Meri Tanau meninjau pasar.", "Meri Tanau", "Wali Kota Sarundu Baru"),
        ("Ia bertemu Camat Lewa Tobu, Petrus Ama Nigu.", "Petrus Ama Nigu", "Camat Lewa Tobu"),
        ("Kepala Satpol PP Kertasana Drs. Joko Basuki hadir.", "Joko Basuki", "Kepala Satpol PP Kertasana"),
        ("Upacara dipimpin Pangdam XXV/Bumi Saguna, Mayjen TNI Doni Sasmita.", "Doni Sasmita", "Pangdam XXV/Bumi Saguna"),
        ("Dalam sambutannya, Brigjen Rahmat Dirga mengajak warga.", "Rahmat Dirga", ""),
    ],
)
def test_places_and_ranks_before_a_name(text: str, name: str, role: str) -> None:
    assert (name, role) in pairs(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ketua Paguyuban Kepala Desa Sumberwaru, Drajat Utomo, meminta waktu.",
        "Razia digelar di Jalan Kapten Marwan Husin sejak pagi.",
        "Kolonel (Purn) Musa Hadikusumo hadir dengan tongkat.",
        "Ribuan warga menonton final Bupati Cup di alun-alun.",
    ],
)
def test_associations_streets_and_the_retired_are_no_officials(text: str) -> None:
    assert pairs(text) == []


def test_the_outlet_names_its_place() -> None:
    text = "Kepala Dinas Kesehatan Morosalu Nurhayati Lapa hadir. Bupati Morosalu Arman Tolu membuka rapat."
    found = resolve_officials(Article("a", text, outlet="Pemkab Morosalu"))
    assert {official.name for official in found} == {"Nurhayati Lapa", "Arman Tolu"}


@pytest.mark.parametrize(
    "told",
    [
        "Perempuan yang akrab disapa Bunda Tinuk itu menanam pohon.",
        '"Kita mulai besok," kata Bunda Tinuk sapaan akrabnya.',
        '"Kita mulai besok," kata Bunda Tinuk, sapaan akrabnya.',
    ],
)
def test_a_nickname_is_whoever_with_a_role_was_named_last(told: str) -> None:
    text = f"Bupati Sleman Rina Astuti datang bersama Camat Turi Joko Pitono. Rina tersenyum. {told} Tinuk pulang siang."
    found = {official.name: [span.of(text) for span in official.mentions] for official in officials(text)}
    assert "Tinuk" in " ".join(found["Rina Astuti"])
    assert "Tinuk" not in " ".join(found["Joko Pitono"])


def test_a_person_can_have_two_other_names() -> None:
    text = (
        "Bupati Sleman Rina Astuti (Titin) meninjau pasar. Perempuan yang akrab disapa Bunda Sleman itu tersenyum. "
        "Titin pulang. Bunda Sleman kembali esok."
    )
    assert [(o.name, o.role) for o in officials(text)] == [("Rina Astuti", "Bupati Sleman")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sari Melati hadir di sekolah, Selasa. Menurut Kepala Dinas Sosial Sari, siswa harus membaca.",
            ("Sari Melati", "Kepala Dinas Sosial"),
        ),
        ("Presiden Bagas Aruna memimpin rapat. Kepala Negara meminta laporan.", ("Bagas Aruna", "Presiden")),
        ("Anggota DPD RI asal Papua Selatan, Frits Ndika, meminta jalan diperbaiki.", ("Frits Ndika", "Anggota DPD RI")),
        ("Anggota MRP Yuli Gebra berharap jalan dibuka.", ("Yuli Gebra", "Anggota MRP")),
        ("Sekretaris Dikpora Rahman Odi hadir.", ("Rahman Odi", "Sekretaris Dikpora")),
        (
            "Direktur RSUD dr. Harun Muda, dr. Teguh Sembira, Sp.PD, menambah loket.",
            ("Teguh Sembira", "Direktur RSUD dr. Harun Muda"),
        ),
    ],
)
def test_roles_that_go_on_and_names_that_open_a_sentence(text: str, expected: tuple[str, str]) -> None:
    assert expected in pairs(text)


def test_a_waterworks_is_called_tirta() -> None:
    named = resolve_people(Article("a", "Direktur PDAM Tirta Ranu Eko Purwa meninjau pipa. Menurut Eko, pipa diganti.")).named
    assert [(one.name, one.role) for one in named] == [("Eko Purwa", "Direktur PDAM Tirta Ranu")]


def test_what_only_opens_a_sentence_is_no_part_of_a_name() -> None:
    assert pairs("Bupati Rina Astuti hadir.\nKemarin Rina Astuti membuka pasar.") == [("Rina Astuti", "Bupati")]


def test_an_office_of_two_terms_describes_who_was_named_before() -> None:
    text = "Menurut Karel Tumbela, jembatan diperbaiki. Wali Kota Bitung dua periode itu meminta warga bersabar."
    assert pairs(text) == [("Karel Tumbela", "Wali Kota Bitung")]
