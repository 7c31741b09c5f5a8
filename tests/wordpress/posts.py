"""Invented releases of an invented regency, in the markup that WordPress editors of several years write."""

from __future__ import annotations

import datetime as dt
import html
import random
from dataclasses import dataclass

REGENCY = "Lembah Ranu"
DISTRICTS = ("Tirta Asri", "Bukit Pandan", "Muara Senja", "Sumber Kencana", "Padang Lalang", "Ranu Wetan")
OFFICIALS = (
    ("Bupati", "Sastro Winangun"),
    ("Wakil Bupati", "Dewi Purnamaningrum"),
    ("Sekretaris Daerah", "Markus Tolanda"),
    ("Kepala Dinas Kesehatan", "Nirmala Fatubun"),
    ("Kepala Dinas Pekerjaan Umum", "Gregorius Manalip"),
    ("Asisten Perekonomian", "Halimah Sangkala"),
)
ACTS = (
    ("membersihkan saluran irigasi", "saluran irigasi yang tersumbat"),
    ("mendata ulang penerima bantuan pangan", "data penerima bantuan yang ganda"),
    ("menyelesaikan laporan keuangan desa", "laporan keuangan yang terlambat"),
    ("menyiapkan posko siaga banjir", "curah hujan yang meningkat"),
    ("menambah jam layanan puskesmas pembantu", "antrean pasien yang panjang"),
    ("memasang rambu di tikungan rawan", "kecelakaan di jalan menurun"),
    ("menanam mangrove di pesisir", "abrasi yang mengikis kampung"),
    ("memeriksa timbangan pedagang pasar", "keluhan pembeli soal takaran"),
)
PLACES = ("aula kantor bupati", "balai desa", "pendopo", "lapangan kecamatan", "ruang rapat sekretariat")
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
CATEGORIES = ("Berita", "Pemerintahan", "Layanan Publik", "Pengumuman")
COUNT, PRIVATE, DRAFTS = 250, 1, 1


@dataclass(frozen=True, slots=True)
class Post:
    """A post as a reader should get it, and as its editor typed it. `published` is local time."""

    key: str
    title: str
    paragraphs: tuple[str, ...]
    caption: str
    category: str
    published: dt.datetime
    status: str
    html: str

    @property
    def text(self) -> str:
        """The text that a scraper should find."""
        return "\n".join(self.paragraphs)

    def given(self) -> dict[str, object]:
        """The post as control.php takes it."""
        named: dict[str, object] = {
            "key": self.key,
            "title": self.title,
            "html": self.html,
            "status": self.status,
            "category": self.category,
        }
        return named | {"date": self.published.strftime("%Y-%m-%d %H:%M:%S")}


def posts() -> list[Post]:
    """250 public posts, a private one and a draft; the same ones every time."""
    statuses = ["publish"] * COUNT + ["private"] * PRIVATE + ["draft"] * DRAFTS
    return [_post(number, status, random.Random(number)) for number, status in enumerate(statuses)]


def edited(post: Post) -> tuple[str, str]:
    """(text, markup) of a post after its editor has added a correction."""
    paragraphs = [*post.paragraphs, f"Ralat: kegiatan di {REGENCY} itu diikuti 12 desa, bukan 10 desa."]
    return "\n".join(paragraphs), _markup(int(post.key[1:]), paragraphs, post.caption)


def _post(number: int, status: str, choose: random.Random) -> Post:
    (role, name), (act, cause) = choose.choice(OFFICIALS), choose.choice(ACTS)
    district, when = choose.choice(DISTRICTS), dt.datetime(2021, 3, 1, 7, 5) + dt.timedelta(hours=31 * number)
    paragraphs = _paragraphs(number, role, name, act, cause, district, when, choose)
    caption = f"{role} {name} saat berdialog dengan warga {district}. Foto: Humas" if number % 4 < 2 else ""
    return Post(
        key=f"p{number:03}",
        title=f"{role} Minta Warga {district} {act.title()} (Rilis {number})",
        paragraphs=tuple(paragraphs),
        caption=caption,
        category=choose.choice(CATEGORIES),
        published=when,
        status=status,
        html=_markup(number, paragraphs, caption),
    )


def _paragraphs(
    number: int, role: str, name: str, act: str, cause: str, district: str, when: dt.datetime, choose: random.Random
) -> list[str]:
    day = f"{WEEKDAYS[when.weekday()]} ({when.day}/{when.month}/{when.year})"
    villages, days = choose.randint(3, 18), choose.randint(2, 30)
    opening = f"{district.upper()} – {role} {REGENCY} {name} meminta seluruh kepala desa di Kecamatan {district} {act}."
    told = f"Permintaan nomor {number} itu disampaikan di {choose.choice(PLACES)}, {day}, di hadapan {villages} kepala desa."
    quotes = (
        f"“Saya beri waktu {days} hari. Setelah itu saya datang sendiri & melihat hasilnya,” kata {name}.",
        f"“Jangan tunggu perintah kedua; kerjakan bersama warga,” ujar {name} menegaskan.",
        f"“Kalau ada kendala, laporkan. Jangan diam saja,” pesan {name} kepada peserta.",
    )
    cause_line = f"Menurut {name}, langkah itu perlu karena {cause} sudah dirasakan warga {villages} desa sejak awal tahun."
    more = f"Pemerintah kabupaten menargetkan pekerjaan selesai sebelum {days} hari dan membiayainya dari anggaran perubahan."
    middle = choose.sample([cause_line, more, *quotes], k=choose.randint(2, 5))
    return [opening, told, *middle, f"(Humas {REGENCY}/{number})"]


def _markup(number: int, paragraphs: list[str], caption: str) -> str:
    """Block editor, classic editor (blank lines become paragraphs), or text pasted from a word processor."""
    write, figure = ((_blocks, _block_figure), (_classic, _shortcode), (_pasted, _shortcode))[number % 3]
    return (figure(number, caption) if caption else "") + write(paragraphs)


def _blocks(paragraphs: list[str]) -> str:
    return "\n\n".join(
        f"<!-- wp:paragraph -->\n<p>{html.escape(text, quote=False)}</p>\n<!-- /wp:paragraph -->" for text in paragraphs
    )


def _classic(paragraphs: list[str]) -> str:
    return "\n\n".join(html.escape(text, quote=False) for text in paragraphs)


def _pasted(paragraphs: list[str]) -> str:
    spans = (f'<span style="font-size: 12pt;">{html.escape(text, quote=False)}</span>' for text in paragraphs)
    return "\n".join(f'<p style="text-align: justify;">{span}</p>' for span in spans)


def _block_figure(number: int, caption: str) -> str:
    inside = f'<figure class="wp-block-image">{_image(number)}<figcaption>{caption}</figcaption></figure>'
    return f"<!-- wp:image -->\n{inside}\n<!-- /wp:image -->\n\n"


def _shortcode(number: int, caption: str) -> str:
    return f'[caption id="attachment_{number}" align="alignnone" width="600"]{_image(number)} {caption}[/caption]\n\n'


def _image(number: int) -> str:
    return f'<img src="/foto-{number}.jpg" alt=""/>'
