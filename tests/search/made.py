"""Invented datasets for the tests of the search, and an encoder that knows a few words of the same meaning."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from arahan.tables import ARTICLES, Table, write_sorted
from pipeline.output.schema import DIRECTIVES, OFFICIALS
from search.embed import WIDTH, Vectors

Row = dict[str, Any]
SAME = {"stunting": "gizi", "kurang": "gizi", "anak": "gizi", "balita": "gizi"}
ACTS: tuple[tuple[str, str, str, str], ...] = (
    ("membangun jembatan gantung", "pekerjaan-umum", "instruction", "camat"),
    ("pembangunan 3 puskesmas", "kesehatan", "commitment", ""),
    ("menurunkan stunting balita menjadi 14 persen", "kesehatan", "target", "dinas kesehatan"),
    ("tidak membuang sampah ke sungai", "lingkungan-hidup", "prohibition", "warga"),
    ("menanam 500 pohon", "lingkungan-hidup", "appeal", "warga"),
)
PLACES = (("91.01", "Lembah Ranu"), ("91.02", "Teluk Kasih"), ("92", "Bukit Pandan"))
NAMES = ("Ani Wijaya", "Budi Santoso", "Citra Lestari")


def directive(number: int, **changes: Any) -> Row:  # noqa: ANN401
    """Directive `number` of an invented archive; `action` may be changed, everything that depends on it follows."""
    act, sector, kind, who = ACTS[number % len(ACTS)]
    act = changes.pop("action", act)
    code, place = PLACES[number % len(PLACES)]
    name = NAMES[number % len(NAMES)]
    evidence = f"Bupati {name} meminta {who or 'kita'} {act} sebelum akhir tahun nomor {number}."
    day = dt.date(2020, 1, 1) + dt.timedelta(days=number)
    due = dt.date(2021, 1, 1) + dt.timedelta(days=number) if number % 2 else None
    start = evidence.index(act)
    row = {
        "directive_id": f"d{number:04}", "article_id": f"a{number // 2:04}", "title": f"Rilis {number // 2} {place}",
        "url": f"https://{place.split()[0].lower()}.example/{number}", "outlet": f"Humas {place}", "published": day,
        "event_date": None, "kind": kind, "issuer_name": name, "issuer_role": f"Bupati {place}", "official_id": f"o-{name}",
        "addressees": [who] if who else [], "addressee_groups": [who] if who else [], "action": act, "action_start": 7 + start,
        "action_end": 7 + start + len(act), "cue": "meminta", "evidence": evidence, "evidence_start": 7,
        "evidence_end": 7 + len(evidence), "direct_quote": False, "sectors": [sector],
        "quantities": [{"text": m[0], "value": float(m[0]), "unit": "buah"} for m in re.finditer(r"\b(3|500|14)\b", act)],
        "deadline": due.isoformat() if due else None, "deadline_text": "sebelum akhir tahun" if due else None,
        "deadline_date": due, "region_code": code, "region_name": place, "confidence": 0.5, "cluster_id": f"c{number:04}",
        "extractor": "made", "year": day.year,
    }  # fmt: skip
    return row | changes


def article(id_: str, directives: Sequence[Row]) -> Row:
    """The article of some directives; each stands at offset 7, so only the first is where it says."""
    first = directives[0]
    text = f"BUKIT, {first['evidence']} (Humas)"
    return {
        "id": id_, "title": first["title"], "text": text, "published": first["published"], "event_date": None,
        "url": first["url"],        "outlet": first["outlet"],
        "source_id": "ranu", "region_code": first["region_code"],
        "fetched_at": None,        "content_hash": hashlib.sha256(text.encode()).hexdigest()[:32], "language": "id",
        "year": first["year"],
    }  # fmt: skip


def write(output: Path, directives: Iterable[Row]) -> Path:
    """A dataset folder with these directives, their articles and officials."""
    for path in sorted(output.rglob("*.parquet")):
        path.unlink()
        path.parent.rmdir()
    rows = list(directives)
    by_article: dict[str, list[Row]] = {}
    for row in rows:
        by_article.setdefault(row["article_id"], []).append(row)
    _write(DIRECTIVES, rows, output)
    _write(ARTICLES, [article(id_, some) for id_, some in by_article.items()], output)
    people = {(row["article_id"], row["official_id"]): _official(row) for row in rows}
    write_sorted(OFFICIALS, pa.Table.from_pylist(list(people.values()), OFFICIALS.schema), output / "officials")
    return output


def _official(row: Row) -> Row:
    names = {"article_id": row["article_id"], "official_id": row["official_id"], "name": row["issuer_name"]}
    return names | {"role": row["issuer_role"], "office": "bupati", "region_code": row["region_code"], "mentions": []}


def _write(table: Table, rows: Sequence[Row], output: Path) -> None:
    (output / table.name).mkdir(parents=True, exist_ok=True)
    for year in sorted({row["year"] for row in rows}):
        some = [row for row in rows if row["year"] == year]
        write_sorted(table, pa.Table.from_pylist(some, table.schema), output / table.name / f"year={year}")


class Words:
    """Each word is a fixed random direction, words of SAME share theirs: enough to tell meanings apart in a test."""

    name = "words"

    def passages(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._text(text) for text in texts])

    def query(self, text: str) -> Vectors:
        return self._text(text)

    def _text(self, text: str) -> Vectors:
        words = [SAME.get(word, word) for word in re.findall(r"\w+", text.lower())] or ["nothing"]
        total = np.sum([_direction(word) for word in words], axis=0)
        return np.asarray(total / np.linalg.norm(total), dtype=np.float32)


def _direction(word: str) -> Vectors:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).standard_normal(WIDTH).astype(np.float32) + 0.3
