"""Officials in regional releases: lists, ranks, posts without their body, names in brackets. All people are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arahan.types import Article
from pipeline.people.between import past_modifiers
from pipeline.people.officials import resolve_officials
from pipeline.text.tokens import tokenize


def pairs(text: str) -> list[tuple[str, str]]:
    return [(official.name, official.role) for official in resolve_officials(Article("a", text, ""))]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Hadir Danlanal Dumai Letkol Laut (P) Arif Wicaksana, M.Tr.Hanla.", "Arif Wicaksana", "Danlanal Dumai"),
        ("Hadir pula Danyonif 142/KJ Mayor Inf Tri Handoko.", "Tri Handoko", "Danyonif 142/KJ"),
        ("Kadisdikpora Aidil Fitra membuka lomba.", "Aidil Fitra", "Kadisdikpora"),
        ("Kasi Intel Kejari Kampar Silfanus Rota ikut memantau.", "Silfanus Rota", "Kasi Intel Kejari Kampar"),
        ("Kepala Rutan Kelas IIB Siak Deni Mahesa hadir.", "Deni Mahesa", "Kepala Rutan Kelas IIB Siak"),
        ("Bupati Kampar Dr. (H.C.) Raden Surya Winata membuka acara.", "Raden Surya Winata", "Bupati Kampar"),
        ("Menko Bidang Pangan saat itu Arya Wirabuana menolak.", "Arya Wirabuana", "Menko Bidang Pangan"),
        ("Camat Tapung yang baru yakni Ramli Hasan dilantik.", "Ramli Hasan", "Camat Tapung"),
        ("Bupati Siak periode 2025-2030, Afni Zulkarim, berpidato.", "Afni Zulkarim", "Bupati Siak"),
        ("Presiden Peru yang berkuasa selama 3 tahun, Luis Carrera, mundur.", "Luis Carrera", "Presiden Peru"),
        ("Hal itu disampaikan Pak Menteri (Yopi Rahmadi) kemarin.", "Yopi Rahmadi", "Menteri"),
        (
            "Kepala Pos Pengamatan Gunung Seminung, Ahmad Rifai mengatakan aman.",
            "Ahmad Rifai",
            "Kepala Pos Pengamatan Gunung Seminung",
        ),
        ("Kepala Diskukmdagin Bpk. Ganda Gunawan menutup lomba.", "Ganda Gunawan", "Kepala Diskukmdagin"),
        ("Kapolres Siak, Kodim 0322/Siak Letkol Inf. Lizar Gumelar, dan warga.", "Lizar Gumelar", "Kodim 0322/Siak"),
        ("Ketua Fraksi Partai Golkar Mulyono Sarwo meminta kajian.", "Mulyono Sarwo", "Ketua Fraksi Partai Golkar"),
        ("Setyo Kusuma, yang saat itu masih menjabat Wakapolres Siak.", "Setyo Kusuma", "Wakapolres Siak"),
        ("Repol, yang menjabat sebagai Camat Tapung, hadir.", "Repol", "Camat Tapung"),
        ("Menteri Luar Negeri Retna Marsita bertemu tamu.", "Retna Marsita", "Menteri Luar Negeri"),
        ("Menteri ESDM Bahran Lahadimengatakan, stok aman.", "Bahran Lahadi", "Menteri ESDM"),
        ("Wali Kota Tirta Raya, Yosafat R Nawa Lering meminta camat siaga.", "Yosafat R Nawa Lering", "Wali Kota Tirta Raya"),
        ("Gubernur I Wayan Kostra berpidato.", "I Wayan Kostra", "Gubernur"),
        ("Kapenrem Mayor Inf Tri Handoko hadir.", "Tri Handoko", "Kapenrem"),
        ("Kasi Tikkim Deni Mahesa menjelaskan kuota.", "Deni Mahesa", "Kasi Tikkim"),
        ("Kanit Gakkum Deni Mahesa hadir.", "Deni Mahesa", "Kanit Gakkum"),
        ("Ps. Kasi Humas Aiptu Deni Mahesa hadir.", "Deni Mahesa", "Ps. Kasi Humas"),
        ("Penjabat Sementara (Pjs) Wali Kota Bogor Rina Wulan hadir.", "Rina Wulan", "Penjabat Sementara Wali Kota Bogor"),
        (
            "Sekretaris Provinsi (Sekprov) Sulawesi Barat, Dr Idham Arsa hadir.",
            "Idham Arsa",
            "Sekretaris Provinsi Sulawesi Barat",
        ),
        ("Inspektur Pembantu III Rina Wulan hadir.", "Rina Wulan", "Inspektur Pembantu III"),
        ("Kapolsek Turi KOMPOL JOKO mengatakan aman.", "JOKO", "Kapolsek Turi"),
        ("Lurah Turi (Rina Wulan, SE) bekerja.", "Rina Wulan", "Lurah Turi"),
        ("Camat Sengguan Ni Luh Putu Rini mengatakan aman.", "Ni Luh Putu Rini", "Camat Sengguan"),
        ("Camat Wringin Anom, Sulistyani, S.STP langsung bekerja.", "Sulistyani", "Camat Wringin Anom"),
        ("Kepala Puskesmas Balai Sari drg. Rina Wulan hadir.", "Rina Wulan", "Kepala Puskesmas Balai Sari"),
        ("Hadir Danlanal Mayor Laut (P) I Wayan Darsana.", "I Wayan Darsana", "Danlanal"),
        ("Kepala Basarnas setempat, Hari Adi Purna hadir.", "Hari Adi Purna", "Kepala Basarnas"),
        ("Kadis Sosial Rizki Ramadhan hadir.", "Rizki Ramadhan", "Kadis Sosial"),
        ("Asisten I St. Hasnia hadir.", "St. Hasnia", "Asisten I"),
        ("Asisten I Rudi Hartana M.Agr hadir.", "Rudi Hartana", "Asisten I"),
        ("Panit Binmas IPDA DEDI RUSTAM dan Aiptu Cecep hadir.", "DEDI RUSTAM", "Panit Binmas"),
    ],
)
def test_post_and_name(text: str, name: str, role: str) -> None:
    assert (name, role) in pairs(text)


def test_who_speaks_to_many_does_not_hold_their_post() -> None:
    text = "Camat Turi Rina Wulandari datang. Kepada para kades, Sulastri minta laporan."
    assert pairs(text) == [("Rina Wulandari", "Camat Turi")]


def test_posts_of_a_council_named_before_them() -> None:
    text = "Hadir pimpinan DPRD Kabupaten Siak, seperti Ketua Khairul Umam, Wakil Ketua I Saiful Ardan dan Wakil Ketua II Indra."
    body = "DPRD Kabupaten Siak"
    assert pairs(text) == [
        ("Khairul Umam", f"Ketua {body}"),
        ("Saiful Ardan", f"Wakil Ketua I {body}"),
        ("Indra", f"Wakil Ketua II {body}"),
    ]


def test_members_called_by_their_chairman() -> None:
    text = "Ketua KPU Siak, Mochtar Afandi, beserta tiga anggotanya, yaitu: Idham Halik, Yulia Sudrajat, dan Betti Rosa."
    assert [name for name, _ in pairs(text)] == ["Mochtar Afandi", "Idham Halik", "Yulia Sudrajat", "Betti Rosa"]


def test_posts_of_a_club_inherit_nothing() -> None:
    assert pairs("Ketua Umum Persatuan Sepak Bola Siak Rudi Hartana, Wakil Ketua Andi Malika, dan Sekretaris Bayu.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Presiden Nusantara Electronics Budi Hartana meresmikan pabrik.",
        "Acara digelar di Wisma Melati Putih (Bupati berhalangan).",
        "Kadar Fine Dust Matter (FDM) naik, kata pakar.",
        "Ia dinilai cocok untuk menjadi gubernur, yakni Rahman Jauhari.",
        "Ketua KPK periode 2015-2019 Agus Raharja menulis buku pada 2023.",
    ],
)
def test_nobody_in_office(text: str) -> None:
    assert pairs(text) == []


@given(st.text(alphabet="abI ().,-2019saatituyngkl", max_size=60))
def test_what_follows_a_role_is_passed_within_bounds(text: str) -> None:
    tokens = tokenize(text)
    for i in range(len(tokens)):
        assert i <= past_modifiers(tokens, i) <= min(i + 3, len(tokens))


@given(
    st.lists(
        st.sampled_from(["Ketua", "DPRD", "Siak", "anggotanya", ",", "(", ")", "I", "yaitu", "Andi", "Letkol", "Kodim", "\n"]),
        max_size=25,
    )
)
def test_any_order_of_words_is_read(words: list[str]) -> None:
    text = " ".join(words)
    for name, role in pairs(text):
        assert name in text
        assert role == role.strip()
