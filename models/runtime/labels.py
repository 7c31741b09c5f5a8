"""What the directive model's outputs mean, in the order of its output layers."""

from __future__ import annotations

from arahan.types import KINDS

ACTION = ("O", *(f"{tag}-{kind}" for kind in KINDS for tag in "BI"))
CUE = ("O", "B", "I")
PEOPLE = ("O", "B-name", "I-name", "B-role", "I-role")
ADDRESSEE = ("O", "B", "I")
AMOUNT = ("O", "B-quantity", "I-quantity", "B-deadline", "I-deadline")
TOKEN_HEADS: dict[str, tuple[str, ...]] = {
    "action": ACTION,
    "cue": CUE,
    "people": PEOPLE,
    "addressee": ADDRESSEE,
    "amount": AMOUNT,
}
ROLES = ("cue", "addressee", "issuer", "quantity", "deadline")
SECTORS = (
    "pendidikan", "kesehatan", "pekerjaan-umum", "perumahan", "trantibum", "sosial", "tenaga-kerja", "perempuan-anak", "pangan",
    "pertanahan", "lingkungan-hidup", "adminduk", "desa", "keluarga-berencana", "perhubungan", "kominfo", "koperasi-ukm",
    "investasi", "pemuda-olahraga", "statistik", "kebudayaan", "perpustakaan", "kearsipan", "perikanan", "pariwisata",
    "pertanian", "kehutanan", "energi", "perdagangan", "industri", "transmigrasi", "perencanaan", "keuangan", "kepegawaian",
    "pengawasan", "pemerintahan-umum", "agama",
)  # fmt: skip
