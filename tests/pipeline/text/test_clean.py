from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arahan.errors import DataFileError
from arahan.types import Labelled, Span
from pipeline.text.clean import body_paragraphs, language, noise
from pipeline.text.noise_rules import LABELS, headlines, outlet_word, rules

BODY = "Bupati Lembayung, Ratna Wiguna meminta para camat segera mendata rumah yang rusak akibat banjir, Senin (4/1/2021)."
QUOTE = "“Kita harus turun ke lapangan, jangan hanya menunggu laporan,” kata Ratna."


def labels(text: str, title: str = "") -> list[tuple[str, str]]:
    return [(span.label, text[span.start : span.end]) for span in noise(text, title)]


def body(text: str) -> list[str]:
    return [span.of(text) for span in body_paragraphs(text, noise(text))]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("BACA JUGA:  Camat Diminta Data Ulang Warga Miskin", "baca-juga"),
        ("Baca juga: Pemkab Lembayung Siapkan Rp 3 Miliar untuk Pasar", "baca-juga"),
        ("Simak juga Video 'Detik-detik Banjir di Lembayung':", "baca-juga"),
        ("Halaman Selanjutnya", "share"),
        ("[Gambas:Video 20detik]", "share"),
        ("Share:", "share"),
        ("• Whatsapp", "share"),
        ("Facebook Twitter WhatsApp", "share"),
        ("Bagikan ke Facebook", "share"),
        ("Komentar", "share"),
        ("Komentar Anda?", "share"),
        ("Daerah1085 Dilihat", "share"),
        ("Dibaca : 1.204 kali", "share"),
        ("Post Views: 77", "share"),
        ("#PemkabLembayung #Banjir", "share"),
        ("Tags: banjir, camat", "share"),
        ("Halaman 2 dari 3", "share"),
        ("Ikuti berita terbaru Lembayung Pos di Google News.", "share"),
        ("Mari bergabung di Grup Telegram Lembayung Pos.", "share"),
        ("Editor: Sari Melati", "editor"),
        ("Penulis : Dodi / Editor : Sari", "editor"),
        ("Reporter | Dodi", "editor"),
        ("Sumber: lembayungkab.go.id", "editor"),
        ("Bupati Ratna saat meninjau tanggul Sungai Wening / Foto: Humas", "caption"),
        ("Foto: Dok. Diskominfo Lembayung", "caption"),
        ("Keterangan foto: Bupati menyerahkan bantuan kepada warga", "caption"),
        ("Rapat koordinasi di aula kantor bupati. (Foto: Istimewa)", "caption"),
        ("LembayungPos.com/Dodi Warga membersihkan sisa lumpur di Desa Wening", "caption"),
        ("Berita Terkait", "related"),
        ("Related posts", "related"),
        ("Jangan Lewatkan", "related"),
        ("Pilihan Editor: Harga Cabai Turun di Pasar Wening", "baca-juga"),
        ("Baca: Stok Beras Aman Sampai Lebaran", "baca-juga"),
        ("Simak Video: Banjir Merendam Pasar Wening", "baca-juga"),
        ("- Advertisement -", "share"),
        ("Komentar (0)", "share"),
        ("Beri rating artikel ini", "share"),
        ("Berita ini 25 kali dibaca", "share"),
        ("Rilis ini telah dibaca 54x", "share"),
        ("Click to share on Facebook (Opens in new window)", "share"),
        ("Copyright © Lembayung Pos 2024", "share"),
        ("Dilarang keras mengutip atau menyalin berita ini tanpa izin tertulis dari redaksi.", "share"),
        ("Demikian siaran pers ini disampaikan untuk dipublikasikan.", "share"),
        ("Dapatkan update berita pilihan setiap hari di saluran WhatsApp kami.", "share"),
        ("Autentikasi: Kepala Penerangan Korem", "editor"),
        ("Laporan wartawan Lembayung Pos, Dodi", "editor"),
        ("Email: humas@lembayung.example", "editor"),
        ("Caption: Bupati menyerahkan bantuan kepada nelayan", "caption"),
        ("Dokumentasi kegiatan: Bidang Humas", "caption"),
        ("</figure>", "share"),
        ('<p style="text-align: justify;">', "share"),
    ],
)
def test_a_line_that_is_no_text(line: str, label: str) -> None:
    text = f"{BODY}\n{line}\n{QUOTE}"
    assert labels(text) == [(label, line)]
    assert body(text) == [BODY, QUOTE]


@pytest.mark.parametrize(
    "dateline",
    [
        "Kupang, Warta-nusa.com –",
        "SAMARINDA -",
        "MUARASABAK-",
        "LUBUKLINGGAU-",
        "JAKARTA, WARTANUSA.com -",
        "Wartanusa.com, JAKARTA —",
        "WARTANUSA.COM -",
        "Jakarta, Kominfo -",
        "Kota Kupang-",
        "LEMBAYUNG –",
        "Wening Jaya -",
        "Jambi (Humas Pemprov Jambi) -",
        "BENGKALIS, PROKOPIM -",
        "Jakarta:",
        "WARTANUSA.CO.ID - JAKARTA.",
        "Lembayung Raya (Kemenag) ---",
        "Lembayung Raya (ANTARA) -",
        "Jakarta, Warta Nusa Indonesia --",
        "LEMBAYUNG RAYA, 3 September 2024 –",
        "Lembayung Raya, Senin (4/1/2021) -",
        "Lembayung, wartanusa.com - Senin, 4 Januari 2021 |",
        "KELURAHAN WENING, Senin 4 Januari 2021.",
    ],
)
def test_datelines(dateline: str) -> None:
    gap = "" if dateline[-2].isupper() and dateline[-1] == "-" else " "
    assert labels(f"{dateline}{gap}{BODY}\n{QUOTE}") == [("dateline", dateline)]
    assert body(f"{dateline}{gap}{BODY}\n{QUOTE}") == [BODY, QUOTE]


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        QUOTE,
        "Bupati - wakil bupati terpilih akan dilantik pekan depan di Kota Wening.",
        "Gubernur – seperti diberitakan – meminta bupati hadir.",
        "Jakarta-Bandung ditempuh dalam tiga jam, kata Kepala Dinas Perhubungan.",
        "Wali Kota Wening, Budi Santosa – akrab disapa Busan – mengajak warga bergotong royong.",
        "Catatan: camat wajib melapor setiap hari Senin.",
        "Mari bergabung dalam kerja bakti di Desa Wening, ajak Bupati.",
        "Komentar warga di media sosial akan ditindaklanjuti, kata Kadis Kominfo.",
        "Bupati meminta warga membaca juga petunjuk yang sudah dibagikan kepada RT.",
        "Bupati meminta camat membagikan foto: rumah, sawah, dan jembatan yang rusak, kepada BPBD, “paling lambat Jumat.”",
        "Jalan itu akan diperbaiki tahun depan oleh Dinas Pekerjaan Umum (PU).",
        "Ia menargetkan inflasi turun menjadi 3 persen (yoy).",
        "Rapat digelar pada Rabu (8/5/2024).",
        "Ratna Wiguna, Senin (4/1/2021) meminta camat mendata rumah yang rusak.",
        "Hak cipta atas batik Lembayung harus segera didaftarkan, kata Bupati.",
        "Warga dilarang mengambil pasir di Sungai Wening tanpa izin dari Dinas Pekerjaan Umum, kata Bupati, Senin.",
        "Dilarang mengambil pasir di Sungai Wening tanpa izin Dinas Pekerjaan Umum.",
        "Nilai a < b dan c > d pada tabel harus diperbaiki oleh camat.",
        "Sebelumnya, Bupati meminta camat mendata rumah yang rusak.",
    ],
)
def test_running_text_stays(text: str) -> None:
    assert noise(text) == []
    assert body(text) == [text]


@pytest.mark.parametrize(
    "mark",
    [
        "(Humas/ek/kn)",
        "(mar/sul/ri/humsprov kaltim)",
        "(*)",
        "(dra/mk)",
        "(jef)",
        "(Rina Sari Dewi)",
        "***",
        "(Humas Lembayung)",
        "(Ar/red).",
    ],
)
@pytest.mark.parametrize("after", ["", "\n\nShare:\nKomentar\nBerita Terkait\nHarga Cabai Turun di Pasar Wening"])
def test_sign_offs_at_the_end(mark: str, after: str) -> None:
    text = f"{BODY}\n{QUOTE} {mark}{after}"
    assert labels(text)[0] == ("sign-off", mark)
    assert body(text) == [BODY, QUOTE]


def test_a_sign_off_after_a_name_and_a_tag() -> None:
    text = f"{BODY}\n“Terima kasih,” tutur Remi (dra/mk) #LembayungMaju"
    assert labels(text) == [("sign-off", "(dra/mk)"), ("share", "#LembayungMaju")]


def test_brackets_in_the_middle_of_a_text_are_no_sign_off() -> None:
    text = "\n".join([BODY, f"{QUOTE} (bersama Sekda)", BODY, QUOTE, BODY])
    assert noise(text) == []


def test_title_byline_and_caption_before_a_dateline_are_header() -> None:
    caption = "Bupati Ratna didampingi Sekda memimpin rapat di aula."
    text = f"Bupati Minta Camat Data Rumah Rusak\n\nEditor: lembayungpos.com\n{caption}\n\nWening, lembayungpos.com\n{BODY}"
    assert [label for label, _ in labels(text)] == ["header", "editor", "header", "dateline"]
    assert body(text) == [BODY]


def test_a_place_and_a_date_under_a_short_text_make_it_no_header() -> None:
    text = "Camat diminta mendata rumah yang rusak.\nLembayung, 4 Januari 2021\nBupati Lembayung"
    assert body(text) == ["Camat diminta mendata rumah yang rusak.", "Bupati Lembayung"]


@pytest.mark.parametrize("heading", ["Baca Juga", "Lihat Juga :", "Sebelumnya", "Jangan Lewatkan:"])
def test_headlines_below_a_link_heading_are_no_text(heading: str) -> None:
    text = f"{BODY}\n{heading}\nHarga Cabai Turun di Pasar Wening\n{QUOTE}"
    assert body(text) == [BODY, QUOTE]


@pytest.mark.parametrize("mark", ["(Yd)", "(Mateus)", "[Sari]", "rds/mb05", "MC Lembayung/adi/toe"])
def test_a_sign_off_on_a_line_of_its_own(mark: str) -> None:
    assert labels(f"{BODY}\n{QUOTE}\n{mark}") == [("sign-off", mark)]


def test_running_text_before_a_dateline_is_no_header() -> None:
    text = f"Camat harus siaga, kata Bupati Ratna.\nSAMARINDA - {BODY}"
    assert labels(text) == [("dateline", "SAMARINDA -")]


def test_the_title_repeated_is_header() -> None:
    assert labels(f"Camat Siaga Banjir\n{BODY}", title="CAMAT SIAGA BANJIR ") == [("header", "Camat Siaga Banjir")]


def test_a_link_glued_to_running_text_ends_with_its_headline() -> None:
    text = f"{BODY} Baca juga: Pemkab Lembayung Siapkan Pasar Baru untuk Pedagang Dinas akan menata pasar lama tahun depan."
    assert body(text) == [BODY, "Dinas akan menata pasar lama tahun depan."]


def test_headlines_below_a_heading_are_related_until_text_follows() -> None:
    text = f"{BODY}\nBerita Terkini\nHarga Cabai Turun di Pasar Wening\nWarga Desa Wening Panen Padi\n{QUOTE}"
    assert [label for label, _ in labels(text)] == ["related"] * 3
    assert body(text) == [BODY, QUOTE]


def test_a_line_broken_in_a_word_is_one_paragraph() -> None:
    text = "Rapat membahas tema da\nn prioritas tahun 2022.\nBupati hadir,\ndengan camat\n\nlurah juga\na. satu"
    assert body(text) == [
        "Rapat membahas tema da\nn prioritas tahun 2022.",
        "Bupati hadir,\ndengan camat",
        "lurah juga",
        "a. satu",
    ]


def test_all_kinds_of_line_ends() -> None:
    assert body("Satu.\r\nDua.\rTiga.\u2028Empat.\n\n \n") == ["Satu.", "Dua.", "Tiga.", "Empat."]


@pytest.mark.parametrize(
    "piece", ["camat dan lurah ", "Baca juga: ", "(a/", "KOTA ", "' ", "#a ", "- ", "[video ", "Berita Terkait\n"]
)
def test_time_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    spans = body_paragraphs(text, noise(text))
    assert all(span.of(text).strip() for span in spans)


PIECES = st.sampled_from(
    [
        "SAMARINDA - ",
        BODY,
        QUOTE,
        "\n",
        "\r\n",
        " ",
        "Baca juga: Judul Lain",
        "Editor: X",
        "(a/b)",
        "***",
        "Foto: Humas",
        "Share:",
        "😀",
        "\x00",
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(PIECES | st.text(max_size=5), max_size=14).map("".join)), st.text(max_size=5))
def test_noise_and_paragraphs_share_the_text_out(text: str, title: str) -> None:
    found = noise(text, title)
    spans = [Span(item.start, item.end) for item in found] + body_paragraphs(text, found)
    at = 0
    for span in sorted(spans):
        assert not text[at : span.start].strip()
        assert at <= span.start < span.end
        assert span.of(text) == span.of(text).strip()
        at = span.end
    assert not text[at:].strip()
    assert {item.label for item in found} <= set(LABELS)


def test_paragraphs_are_cut_at_noise_and_never_empty() -> None:
    text = "Satu dua tiga"
    assert body_paragraphs(text, [Labelled(0, 4, "share"), Labelled(5, 8, "share")]) == [Span(9, 13)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BODY, "id"),
        ("Camat diminta segera turun ke desa.", "id"),
        ("The regent asked all heads of district to visit the villages.", "en"),
        ("Floods in the valley have been receding since Monday, officials said.", "en"),
        ("Menteri Besar berkata kerajaan negeri akan memaklumkan perkara itu kerana syarikat sahaja", "ms"),
        ("Der Bürgermeister bittet alle Bürger um Geduld während der Bauarbeiten", "other"),
        ("知事は全員に協力を求めた", "other"),
        ("12345 !!!", "other"),
        ("", "other"),
    ],
)
def test_language(text: str, expected: str) -> None:
    assert language(text) == expected


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ('[[pattern]]\nlabel = "share"\nscope = "line"\nregex = "("\n', 1, "regex is faulty"),
        ('\n[[pattern]]\nlabel = "iklan"\nscope = "line"\nregex = "x"\n', 2, "label of"),
        ('[[pattern]]\nlabel = "share"\nscope = "line"\n', 1, "needs a regex"),
        ('[[pattern]]\nlabel = "share"\nscope = "line"\nregex = "x"\nmax_chars = "60"\n', 1, "max_chars"),
        ('[[pattern]]\nlabel = "share"\nlabel = "share"\n', 3, "overwrite"),
    ],
)
def test_a_faulty_pattern_is_named_with_its_line(tmp_path: Path, content: str, line: int, says: str) -> None:
    path = tmp_path / "noise.toml"
    path.write_text(content)
    with pytest.raises(DataFileError, match=says) as caught:
        rules(path)
    assert caught.value.line == line


def test_missing_headline_words_are_told(tmp_path: Path) -> None:
    path = tmp_path / "noise.toml"
    path.write_text('[headlines]\nsmall = ["dan"]\n')
    with pytest.raises(DataFileError, match="headlines"):
        headlines(path)


@pytest.mark.parametrize("content", ["", "[datelines]\noutlets = []\n", "[datelines]\noutlets = ['(news']\n"])
def test_missing_or_faulty_words_of_outlets_are_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "noise.toml"
    path.write_text(content)
    with pytest.raises(DataFileError, match="datelines"):
        outlet_word(path)
