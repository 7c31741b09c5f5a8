"""Who is told to act, by the words of the clause alone."""

from __future__ import annotations

import pytest

from arahan.types import Span
from pipeline.addressees.frames import told


@pytest.mark.parametrize(
    ("text", "cue", "act", "expected"),
    [
        ("Bupati meminta para camat dan lurah untuk mendata rumah rusak.", "meminta", "mendata", "para camat dan lurah"),
        ("Wali kota berharap kepada pedagang agar dapat menjaga kebersihan.", "berharap", "menjaga", "pedagang"),
        ("Pesan gubernur agar semua pihak menahan diri.", "Pesan", "menahan", "semua pihak"),
        ("Ia menilai kepala desa harus membuka anggaran.", "harus", "membuka", "kepala desa"),
        ("Bupati, camat, dan lurah wajib turun ke lapangan.", "wajib", "turun", "Bupati, camat, dan lurah"),
        ("Ia mengatakan kita harus bekerja sama.", "harus", "bekerja", ""),
        ("Jalan rusak harus diperbaiki tahun ini.", "harus", "diperbaiki", ""),
        ("Prinsip kehati-hatian harus menjadi dasar.", "harus", "menjadi", ""),
        ("Kepala dinas itu diminta Bupati untuk mundur.", "diminta", "mundur", "Kepala dinas"),
        ("Gubernur mendorong dan mendukung para nelayan untuk menabung.", "mendorong", "menabung", "para nelayan"),
        ("Ia meminta tiga puskesmas membuka layanan malam.", "meminta", "membuka", "tiga puskesmas"),
        ("Bupati menghendaki setiap koperasi menyusun laporan.", "menghendaki", "menyusun", "setiap koperasi"),
        ("Camat menyarankan takmir mengurus akta wakaf.", "menyarankan", "mengurus", "takmir"),
        ("Camat menyarankan perbaikan mengikuti aturan.", "menyarankan", "mengikuti", ""),
        ('"Distributor kirim 40 ton pupuk minggu ini."', "kirim", "kirim 40 ton", "Distributor"),
        ('"Kapolsek, cek lagi pos ronda di kampung."', "cek", "cek lagi", "Kapolsek"),
        ('"Kalau ada warga yang sakit, laporkan ke saya."', "laporkan", "laporkan ke saya", ""),
        ('"Beras ini bagikan hari ini juga."', "bagikan", "bagikan hari ini", ""),
        ("Kepada partai politik, ia mengharapkan alat peraga diturunkan.", "mengharapkan", "diturunkan", "partai politik"),
        ("Ia meminta langkah nyata dinas terkait untuk menutup tambang.", "meminta", "menutup", "dinas terkait"),
        ("Ia meminta percepatan perbaikan talut untuk menahan banjir.", "meminta", "menahan", ""),
        (
            "Wagub mengajak warga Tirta, khususnya Wajib Pajak untuk melapor.",
            "mengajak",
            "melapor",
            "warga Tirta, khususnya Wajib Pajak",
        ),
        ("Ketua Komisi Arya Sentosa menyampaikan pandangan agar defisit ditekan.", "agar", "ditekan", ""),
        ("Ketua Komisi Arya Sentosa mengusulkan agar menunda rapat.", "mengusulkan agar", "menunda", ""),
        ("Bupati langsung menghubungi kepala dinas agar menyediakan solar.", "agar", "menyediakan", "kepala dinas"),
        ("Camat, lanjut Wabup, supaya membuka posko.", "supaya", "membuka", "Camat"),
        ("Pedagang pun, kata Sari, hendaknya menata lapak.", "hendaknya", "menata", "Pedagang"),
        ("Bulan Mei nanti seluruh OPD wajib memakai absen digital.", "wajib", "memakai", "seluruh OPD"),
        ("Selepas pelatihan kader harus mendata balita.", "harus", "mendata", "kader"),
        ("Ketua fraksi mendesak Dinas Perikanan menambah solar, jangan menunda surat.", "jangan", "menunda", "Dinas Perikanan"),
        ("Petugas saya perintahkan datang pagi, jangan menunggu siang.", "jangan", "menunggu", "Petugas"),
        ("Ia mengingatkan pula agar jamaah tidak membawa cairan.", "mengingatkan", "membawa", "jamaah"),
        ("Lurah mengajak pemuda bergotong royong memasang lampu.", "mengajak", "memasang", "pemuda"),
        ("Warga yang rumahnya tidak terdata wajib melapor.", "wajib", "melapor", "Warga yang rumahnya tidak terdata"),
        ("Masyarakat bisa berkumpul dengan catatan menjaga jarak.", "dengan catatan", "menjaga", "Masyarakat"),
    ],
)
def test_the_clause_names_who_is_told(text: str, cue: str, act: str, expected: str) -> None:
    begin, at = text.index(cue), text.index(act)
    found = told(text, Span(0, len(text)), Span(begin, begin + len(cue)), Span(at, len(text) - 1))
    assert (found.span.of(text) if found else "") == expected


@pytest.mark.parametrize(
    ("text", "cue", "act", "expected"),
    [
        ("Catatan itu wajib diikuti oleh seluruh camat.", "wajib", "diikuti", "seluruh camat"),
        ("Ada syarat yang perlu dipatuhi UMKM, koperasi, dan BUMD.", "perlu", "dipatuhi", "UMKM, koperasi, dan BUMD"),
        ("Aturan wajib diikuti oleh pemda, dewan hanya memastikan hal itu.", "wajib", "diikuti", "pemda"),
        ("Dapur itu harus ditata ruangannya.", "harus", "ditata", ""),
        ("Hal ini perlu disampaikan kepada masyarakat.", "perlu", "disampaikan", ""),
        ("Tarif itu harus diatur oleh Peraturan Menteri.", "harus", "diatur", ""),
        ("Kepada seluruh ASN, Bupati berpesan untuk menjaga disiplin.", "berpesan", "menjaga", "seluruh ASN"),
        (
            "Bagi warga yang belum terdaftar, disarankan segera melapor.",
            "disarankan",
            "segera melapor",
            "warga yang belum terdaftar",
        ),
        ("Bumdes sekarang kita dorong untuk membuka toko.", "dorong", "membuka", "Bumdes"),
        ("Karena itu saya minta segera melapor.", "minta", "segera melapor", ""),
        ("Polres mengimbau agar seluruh petani menjaga air.", "mengimbau agar", "seluruh petani", "seluruh petani"),
        ("Ia mengingatkan jangan sampai camat menunda laporan.", "mengingatkan jangan", "sampai camat", "camat"),
        ("Ia berharap ada dukungan anggaran dari pemda tahun ini.", "berharap", "ada dukungan", "pemda tahun ini"),
    ],
)
def test_those_in_the_act_and_those_named_first(text: str, cue: str, act: str, expected: str) -> None:
    begin, at = text.index(cue), text.index(act)
    found = told(text, Span(0, len(text)), Span(begin, begin + len(cue)), Span(at, len(text) - 1))
    assert (found.span.of(text) if found else "") == expected
