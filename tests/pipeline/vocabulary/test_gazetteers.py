from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline.vocabulary.gazetteers as gazetteers
import pipeline.vocabulary.regions
from arahan.errors import DataFileError
from arahan.types import KINDS
from pipeline.directives.sectors import sectors_of
from pipeline.vocabulary.datafile import FOLDER, numbered_rows
from pipeline.vocabulary.gazetteers import (
    cues,
    find_cues,
    group_of,
    office_of,
    sectors,
    sectors_in,
)
from pipeline.vocabulary.phrases import Phrases, key
from pipeline.vocabulary.reference import page
from pipeline.vocabulary.regions import find_region, find_regions, regions
from tests.helpers import REPOSITORY

SECTOR_CODES = """
pendidikan kesehatan pekerjaan-umum perumahan trantibum sosial tenaga-kerja perempuan-anak pangan
pertanahan lingkungan-hidup adminduk desa keluarga-berencana perhubungan kominfo koperasi-ukm investasi
pemuda-olahraga statistik kebudayaan perpustakaan kearsipan perikanan pariwisata pertanian kehutanan
energi perdagangan industri transmigrasi perencanaan keuangan kepegawaian pengawasan pemerintahan-umum
agama
"""


def code(text: str, hint: str = "") -> str:
    region = find_region(text, hint)
    return region.code if region else ""


def test_every_province_regency_and_city_is_there() -> None:
    levels = [region.level for region in regions().values()]
    assert (levels.count("provinsi"), levels.count("kabupaten") + levels.count("kota")) == (38, 514)
    assert all(re.fullmatch(r"\d\d(\.\d\d)?", code) for code in regions())
    assert all((region.level == "provinsi") == (len(code) == 2) for code, region in regions().items())
    assert all((region.level == "kota") == (code[3] == "7") for code, region in regions().items() if len(code) == 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gubernur NTT", "53"),
        ("Wakil Gubernur Kalimantan Timur", "64"),
        ("Pemprov Kaltim", "64"),
        ("Sumsel", "16"),
        ("Jabar", "32"),
        ("DIY", "34"),
        ("DKI Jakarta", "31"),
        ("Pemprov DKI", "31"),
        ("Bupati Deli Serdang", "12.07"),
        ("Kepala Bappeda Deliserdang", "12.07"),
        ("Pemkab Tanjab Timur", "15.07"),
        ("Bupati Kupang", "53.01"),
        ("Wali Kota Kupang", "53.71"),
        ("Walikota Kupang", "53.71"),
        ("Wawali Kupang", "53.71"),
        ("Camat se-Kota Kupang", "53.71"),
        ("Kab. Malang", "35.07"),
        ("Kabupaten Malang", "35.07"),
        ("Pemkot Malang", "35.73"),
        ("Sekda Kota Bogor", "32.71"),
        ("Kadis Pertanian Kab Bogor", "32.01"),
        ("Gubernur Jambi", "15"),
        ("Wako Jambi", "15.71"),
        ("Gubernur Gorontalo", "75"),
        ("Bupati Gorontalo", "75.01"),
        ("Kota Batu", "35.79"),
        ("Bupati Toli-Toli", "72.04"),
        ("Bupati Penajam Paser Utara", "64.09"),
        ("DPRD Kabupaten Lima Puluh Kota", "13.07"),
        ("Wali Kota Jakarta Timur", "31.75"),
        ("Gubernur Papua Barat Daya", "96"),
        ("MUARASABAK", "15.07"),
        ("Kepulauan Riau", "21"),
        ("Riau", "14"),
    ],
)
def test_regions_by_name_short_form_and_the_word_before(text: str, expected: str) -> None:
    assert code(text) == expected


@pytest.mark.parametrize(
    ("text", "hint", "expected"),
    [
        ("Kepala Dinas Kesehatan Bogor", "", "32.71"),
        ("Kepala Dinas Kesehatan Bogor", "Diskominfo Kabupaten Bogor", "32.01"),
        ("Bupati Mura", "Provinsi Kalimantan Tengah", "62.12"),
        ("Bupati Mura", "Sumatera Selatan", "16.05"),
        ("Kadis PUPR Pasuruan", "Pemkab Pasuruan", "35.14"),
        ("Wali Kota Pasuruan", "Pemkab Pasuruan", "35.75"),
    ],
)
def test_a_hint_decides_between_namesakes(text: str, hint: str, expected: str) -> None:
    assert code(text, hint) == expected


@pytest.mark.parametrize(
    "text",
    ["batu bata untuk pati", "Batu pertama", "Polda Metro Jaya", "Bima Arya", "Kepala Badan", "semarang", "", "Pati TNI AD"],
)
def test_ordinary_words_are_no_regions(text: str) -> None:
    assert find_regions(text) == []


def test_regions_in_running_text_with_their_spans() -> None:
    text = "Bupati Kupang dan Wali Kota Kupang hadir di Kabupaten Sikka, NTT."
    found = [(span.of(text), region.name) for span, region in find_regions(text)]
    assert found == [
        ("Kupang", "Kabupaten Kupang"),
        ("Kupang", "Kota Kupang"),
        ("Kabupaten Sikka", "Kabupaten Sikka"),
        ("NTT", "Nusa Tenggara Timur"),
    ]


@given(st.sampled_from(sorted(pipeline.vocabulary.regions.regions().values(), key=lambda region: region.code)))
def test_every_region_is_found_by_its_full_name(region: pipeline.vocabulary.regions.Region) -> None:
    title = "Provinsi " if region.level == "provinsi" else ""
    assert find_region(f"di {title}{region.name}, Senin") == region


PIECES = st.sampled_from(["Kota", "Kupang", "kab.", "NTT", "-", " ", "\n", "Wali", "Raya"])


@given(st.text(max_size=60) | st.lists(PIECES).map(" ".join))
def test_region_spans_are_ordered_and_apart(text: str) -> None:
    at = 0
    for span, _ in find_regions(text):
        assert at <= span.start < span.end <= len(text)
        at = span.end


@pytest.mark.parametrize(
    ("role", "office"),
    [
        ("Gubernur NTT", "gubernur"),
        ("Wagub Lembayung", "wakil-gubernur"),
        ("Wakil Gubernur Lembayung", "wakil-gubernur"),
        ("Pj. Bupati Lembayung", "bupati"),
        ("Wabup", "wakil-bupati"),
        ("Walikota Wening", "wali-kota"),
        ("Wali Kota Wening", "wali-kota"),
        ("Wako", "wali-kota"),
        ("Wakil Wali Kota Wening", "wakil-wali-kota"),
        ("Plt. Sekda Lembayung", "sekda"),
        ("Plh Sekretaris Daerah Lembayung", "sekda"),
        ("Sekdakab Lembayung", "sekda"),
        ("Kepala Dinas Pekerjaan Umum", "kepala-dinas"),
        ("Plt Kadis Kominfo", "kepala-dinas"),
        ("Kasat Pol PP Kota Wening", "kepala-dinas"),
        ("Kepala Bappeda Lembayung", "kepala-badan"),
        ("Kepala Badan Kepegawaian Daerah Kabupaten Lembayung", "kepala-badan"),
        ("Kepala Badan Gizi Nasional", "kepala-lembaga"),
        ("Camat Wening Hulu", "camat"),
        ("Lurah Wening", "lurah"),
        ("Kades Wening", "kepala-desa"),
        ("Keuchik Gampong Wening", "kepala-desa"),
        ("Menteri Dalam Negeri", "menteri"),
        ("Mendagri", "menteri"),
        ("Wakil Menteri Kesehatan", "wakil-menteri"),
        ("Menko Perekonomian", "menteri-koordinator"),
        ("Presiden RI", "presiden"),
        ("Wapres", "wakil-presiden"),
        ("Kapolres Lembayung", "kapolres"),
        ("Dandim 0999/Lembayung", "tni"),
        ("Ketua DPRD Lembayung", "ketua-dprd"),
        ("Wakil Ketua II DPRD Lembayung", "wakil-ketua-dprd"),
        ("Ketua Komisi C DPRD Lembayung", "anggota-dprd"),
        ("Anggota Komisi VII DPR RI", "anggota-dpr"),
        ("Ketua TP PKK Lembayung", "ketua-pkk"),
        ("Staf Ahli Bupati Bidang Hukum", "staf-ahli"),
        ("Asisten II Setda Lembayung", "asisten"),
        ("tukang kayu", ""),
        ("", ""),
    ],
)
def test_offices(role: str, office: str) -> None:
    assert office_of(role) == office


@pytest.mark.parametrize(
    ("addressee", "group"),
    [
        ("para bupati", "bupati"),
        ("Wali Kota", "wali-kota"),
        ("walikota", "wali-kota"),
        ("seluruh OPD", "opd"),
        ("SKPD", "opd"),
        ("Dinas Pendidikan Kota Wening", "opd"),
        ("kepala perangkat daerah", "opd"),
        ("camat", "camat"),
        ("lurah se-Kota Wening", "lurah"),
        ("kepala desa", "kepala-desa"),
        ("perangkat desa", "kepala-desa"),
        ("ASN Pemprov Lembayung", "asn"),
        ("jajaran PNS", "asn"),
        ("pegawainya", "asn"),
        ("jajarannya", "jajaran"),
        ("warga Desa Wening", "masyarakat"),
        ("masyarakat", "masyarakat"),
        ("pelaku UMKM", "pelaku-usaha"),
        ("guru", "sekolah"),
        ("TNI/Polri", "tni-polri"),
        ("DPRD", "dprd"),
        ("perusahaan sawit", "swasta"),
        ("wartawan", "media"),
        ("Kementerian Kesehatan", "pemerintah-pusat"),
        ("pemerintah kabupaten dan kota", "pemda"),
        ("Pemkab Lembayung", "pemda"),
        ("semua pihak", "semua-pihak"),
        ("kelompok tani", "petani"),
        ("Budi Santosa", ""),
    ],
)
def test_addressee_groups(addressee: str, group: str) -> None:
    assert group_of(addressee) == group


def test_the_sectors_are_those_of_the_guideline() -> None:
    assert set(sectors()) == set(SECTOR_CODES.split())


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("menambah ruang kelas dan guru di sekolah terpencil", "pendidikan"),
        ("menurunkan angka stunting di puskesmas", "kesehatan"),
        ("memperbaiki jalan rusak, jembatan dan irigasi", "pekerjaan-umum"),
        ("membantu pembangunan rumah layak huni", "perumahan"),
        ("menertibkan PKL bersama Satpol PP", "trantibum"),
        ("menyalurkan bansos kepada keluarga penerima manfaat", "sosial"),
        ("membayar THR dan upah minimum buruh", "tenaga-kerja"),
        ("mewujudkan kabupaten layak anak", "perempuan-anak"),
        ("menjaga cadangan pangan dan lumbung pangan", "pangan"),
        ("menyelesaikan sertifikat tanah lewat PTSL", "pertanahan"),
        ("memilah sampah dan membuat bank sampah", "lingkungan-hidup"),
        ("mempercepat perekaman e-KTP dan akta kelahiran", "adminduk"),
        ("mempercepat pencairan dana desa dan penyusunan APBDes", "desa"),
        ("melayani akseptor KB dan kontrasepsi", "keluarga-berencana"),
        ("menambah bus dan menata terminal serta angkutan umum", "perhubungan"),
        ("membangun aplikasi smart city dan internet", "kominfo"),
        ("mendampingi koperasi dan UMKM", "koperasi-ukm"),
        ("mempermudah perizinan bagi investor", "investasi"),
        ("menyiapkan atlet untuk porprov", "pemuda-olahraga"),
        ("membantu petugas sensus BPS", "statistik"),
        ("melestarikan cagar budaya dan kesenian", "kebudayaan"),
        ("menambah buku perpustakaan dan taman baca", "perpustakaan"),
        ("menata arsip dan arsiparis", "kearsipan"),
        ("memberi nelayan alat tangkap ikan", "perikanan"),
        ("mempromosikan destinasi wisata", "pariwisata"),
        ("menyalurkan pupuk dan benih padi kepada petani", "pertanian"),
        ("mencegah karhutla dan menjaga hutan lindung", "kehutanan"),
        ("mengawasi tambang dan SPBU", "energi"),
        ("menekan inflasi dengan operasi pasar agar harga stabil", "perdagangan"),
        ("membangun pabrik di kawasan industri", "industri"),
        ("membuka kawasan transmigrasi", "transmigrasi"),
        ("menyusun RPJMD dan RKPD di musrenbang", "perencanaan"),
        ("menaikkan PAD lewat pajak daerah", "keuangan"),
        ("menegakkan disiplin ASN dan absensi pegawai", "kepegawaian"),
        ("mencegah korupsi dan gratifikasi bersama KPK", "pengawasan"),
        ("menjaga netralitas dalam pilkada bersama KPU dan Bawaslu", "pemerintahan-umum"),
        ("melayani jemaah haji dan takmir masjid", "agama"),
    ],
)
def test_a_passage_has_the_sector_of_its_words(text: str, sector: str) -> None:
    assert sectors_of(text)[0] == sector


def test_sector_scores_do_not_grow_by_repetition() -> None:
    once = sectors_in("Sampah menumpuk.")
    assert once == sectors_in("Sampah, sampah, SAMPAH menumpuk.")
    assert once["lingkungan-hidup"] > 0


def test_the_context_decides_where_the_passage_says_nothing() -> None:
    assert sectors_of("segera diselesaikan") == ()
    assert sectors_of("segera diselesaikan", title="Panen Padi di Sawah Petani")[0] == "pertanian"
    assert sectors_of("segera diselesaikan", context="Pupuk bagi petani langka.")[0] == "pertanian"


def test_cues_in_a_sentence() -> None:
    text = "Bupati meminta camat agar tidak lalai dan jangan sampai terlambat, mari bekerja."
    assert [(span.of(text), cue.kind, cue.type) for span, cue in find_cues(text)] == [
        ("meminta", "instruction", "speech"),
        ("agar tidak", "prohibition", "negation"),
        ("jangan sampai", "prohibition", "negation"),
        ("mari", "appeal", "bare"),
    ]


def test_every_kind_has_cues() -> None:
    assert {cue.kind for cue in cues()} == set(KINDS)


def test_the_longest_phrase_wins_and_gaps_do_not_matter() -> None:
    phrases = Phrases([("wali kota", 1), ("wali kota madya", 2), ("toli-toli", 3)])
    text = "Wali  Kota, WALI KOTA MADYA, Toli Toli, wali, kota"
    found = [(hit.span.of(text), hit.value) for hit in phrases.find(text)]
    assert found == [("Wali  Kota", 1), ("WALI KOTA MADYA", 2), ("Toli Toli", 3)]


@given(st.text(alphabet="abc .-", min_size=1, max_size=30), st.lists(st.text(alphabet="abc ", min_size=1), max_size=5))
def test_every_hit_is_a_listed_phrase(text: str, listed: list[str]) -> None:
    phrases = Phrases((phrase, phrase) for phrase in listed if key(phrase))
    assert all(key(hit.span.of(text)) == key(hit.value) for hit in phrases.find(text))


@pytest.mark.parametrize(
    ("file", "row", "function"),
    [
        ("cues.csv", "mohon,plea,speech", "cues"),
        ("cues.csv", "mohon,appeal,verb", "cues"),
        ("cues.csv", "meminta,instruction,speech", "cues"),
        ("sectors.csv", "padi,pertanian,heavy", "_sector_rows"),
        ("sectors.csv", "padi,pertanian,3", "_sector_rows"),
        ("offices.csv", "gubernur,,raja", "_offices"),
        ("groups.csv", "hansip,trantib,maybe", "_groups"),
        ("groups.csv", "??,opd,no", "_groups"),
        ("regions.csv", "53,provinsi,Lembayung,yes", "regions"),
        ("regions.csv", "99.01,kabupaten,Lembayung,yes", "regions"),
        ("regions.csv", "99,negeri,Lembayung,yes", "regions"),
        ("region_aliases.csv", "Wening,99.71,yes", "_matcher"),
        ("region_words.csv", "nagari,desa,yes", "_level_words"),
    ],
)
def test_a_faulty_row_is_named_with_file_and_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, row: str, function: str
) -> None:
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
    (tmp_path / file).write_text("\n".join([*lines, row]) + "\n", encoding="utf-8")

    def rows(name: str, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
        return numbered_rows(name, columns, tmp_path if name == file else FOLDER)

    module = pipeline.vocabulary.regions if file.startswith("region") else gazetteers
    monkeypatch.setattr(module, "numbered_rows", rows)
    with pytest.raises(DataFileError) as caught:
        getattr(module, function).__wrapped__()
    assert caught.value.line == len(lines) + 1
    assert file in str(caught.value)


def test_every_data_file_says_what_it_is() -> None:
    files = [path for path in FOLDER.iterdir() if path.suffix in (".csv", ".toml")]
    assert [path.name for path in files if not path.read_text(encoding="utf-8").startswith("# ")] == []


def test_the_page_on_data_files_is_up_to_date() -> None:
    stored = (REPOSITORY / "docs" / "data-files.md").read_text(encoding="utf-8")
    assert stored == page(), "run `python -m pipeline.vocabulary.reference docs/data-files.md`"
