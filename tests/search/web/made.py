"""An invented dataset with what the pages show: regions, deadlines, numbers, chains, copies, coverage, an archived page.

People, places' governments and outlets are invented; the regions' codes are real, so that the map has something to colour.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from arahan.tables import ARTICLES, write_sorted
from pipeline.output.schema import DIRECTIVES, OFFICIALS
from search.build import build

Row = dict[str, Any]
TODAY = dt.date(2024, 6, 15)


class Person(NamedTuple):
    """An issuer."""

    name: str
    role: str
    office: str
    code: str
    place: str


class Act(NamedTuple):
    """What is said: {act} stands in the sentence, with the parts that are marked."""

    kind: str
    cue: str
    who: str
    group: str
    act: str
    sectors: tuple[str, ...]
    goal: tuple[str, float, str] | None = None
    due: tuple[str, str] | None = None


PEOPLE = (
    Person("Melkior Tanggu", "Gubernur Contoh Timur", "gubernur", "53", "Nusa Tenggara Timur"),
    Person("Ratna Dewayani", "Wali Kota Teluk Kasih", "wali-kota", "53.71", "Kota Teluk Kasih"),
    Person("Safrudin Mbela", "Bupati Lembah Ranu", "bupati", "74.04", "Lembah Ranu"),
    Person("Asri Prastowo", "Kepala Dinas Kesehatan Bukit Pandan", "kepala-dinas", "33.05", "Bukit Pandan"),
    Person("Endah Wicaksana", "Bupati Muara Senja", "bupati", "35.10", "Muara Senja"),
    Person("Tengku Rizal Mahadi", "Sekda Selat Mutiara", "sekda", "14.08", "Selat Mutiara"),
    Person("Nurlaila Rambe", "Wakil Bupati Tirta Raya", "wakil-bupati", "12.20", "Tirta Raya"),
    Person("Yosef Waremba", "Gubernur Contoh Tengah", "gubernur", "94", "Papua Tengah"),
)
ACTS = (
    Act("commitment", "akan", "", "", "membangun 3 puskesmas di wilayah kepulauan paling lambat Desember 2024",
        ("kesehatan", "pekerjaan-umum"), ("3 puskesmas", 3.0, "puskesmas"), ("2024-12", "paling lambat Desember 2024")),
    Act("instruction", "meminta", "para camat", "camat", "mendata rumah tidak layak huni di setiap desa", ("perumahan", "desa")),
    Act("prohibition", "melarang", "warga", "masyarakat", "membuang sampah ke sungai", ("lingkungan-hidup",)),
    Act("appeal", "mengajak", "warga", "masyarakat", "menanam 500 pohon di bantaran sungai", ("lingkungan-hidup", "kehutanan"),
        ("500 pohon", 500.0, "pohon")),
    Act("target", "menargetkan", "dinas kesehatan", "opd", "menurunkan angka stunting menjadi 14 persen pada 2025",
        ("kesehatan",), ("14 persen", 14.0, "%"), ("2025", "pada 2025")),
    Act("commitment", "akan", "", "", "mengucurkan Rp2,5 miliar untuk perbaikan jalan kabupaten sebelum 31 Maret 2024",
        ("pekerjaan-umum", "keuangan"), ("Rp2,5 miliar", 2.5e9, "IDR"), ("2024-03-31", "sebelum 31 Maret 2024")),
    Act("instruction", "memerintahkan", "kepala desa", "kepala-desa",
        "mengalokasikan 10 persen dana desa untuk pemberian makanan tambahan",
        ("desa", "kesehatan"), ("10 persen", 10.0, "%")),
    Act("instruction", "meminta", "para guru", "sekolah",
        "mengaktifkan kembali perpustakaan sekolah", ("pendidikan", "perpustakaan")),
    Act("commitment", "berjanji", "", "",
        "melanjutkan pembangunan jalan lingkar pada 2025", ("pekerjaan-umum", "perhubungan"), None,
        ("2025", "pada 2025")),
    Act("appeal", "mengimbau", "pedagang", "pelaku-usaha",
        "tidak menaikkan harga pangan menjelang hari raya", ("perdagangan", "pangan")),
)  # fmt: skip


def rows(count: int = 64) -> list[tuple[Row, str]]:
    """Directives with their articles' texts."""
    found = [_directive(number) for number in range(count)]
    first, text = found[0]
    copy = first | {
        "directive_id": "d-salinan",
        "article_id": "a-salinan",
        "outlet": "Kabar Ranu",
        "title": "Salinan: " + first["title"],
    }
    found.append((copy, text))
    return found


def payload(field: str, text: str) -> tuple[Row, str]:
    """A directive with hostile text in one field (lists and numbers hold it too), found by the word `muatan`."""
    row, _ = _directive(1)
    row |= {"directive_id": "d-" + hashlib.sha256(f"{field}{text}".encode()).hexdigest()[:12], "article_id": f"a-{field}"}
    body = f"Bupati meminta warga muatan jujur. {text} Selesai."
    row |= {"evidence": body, "evidence_start": 0, "evidence_end": len(body), "action": "muatan jujur", "cue": "meminta",
            "action_start": body.index("muatan"), "action_end": body.index("muatan") + 12,
            "cluster_id": row["directive_id"]}  # fmt: skip
    if field in ("addressees", "addressee_groups", "sectors"):
        row[field] = [text]
    elif field == "quantities":
        row[field] = [{"text": text, "value": 1.0, "unit": text}]
    elif field in row and isinstance(row[field], str | None) and field not in ("kind", "evidence", "action"):
        row[field] = text
    if field == "action":
        row |= {"action": text, "action_start": body.index(text), "action_end": body.index(text) + len(text)}
    return row, body


def write(output: Path, found: Sequence[tuple[Row, str]]) -> Path:
    """OUTPUT with tables, coverage, an archived page and an index."""
    for year in sorted({row["year"] for row, _ in found}):
        part = [(row, text) for row, text in found if row["year"] == year]
        _put(DIRECTIVES, [row for row, _ in part], output / "directives" / f"year={year}")
        texts = {row["article_id"]: _article(row, text) for row, text in part}
        _put(ARTICLES, list(texts.values()), output / "articles" / f"year={year}")
    people = {(row["article_id"], row["official_id"]): _official(row) for row, _ in found}
    _put(OFFICIALS, list(people.values()), output / "officials")
    pq.write_table(pa.Table.from_pylist(_coverage()), output / "coverage.parquet")
    pq.write_table(pa.Table.from_pylist([_archived(output, found[0][0]["article_id"])]), output / "revisions.parquet")
    build(output)
    return output


def _directive(number: int) -> tuple[Row, str]:
    act, person = ACTS[number % len(ACTS)], PEOPLE[(number * 3) % len(PEOPLE)]
    day = dt.date(2021, 2, 3) + dt.timedelta(days=number * 19)
    evidence = f"{person.role} {person.name} {act.cue} {act.who + ' ' if act.who else ''}{act.act}."
    before = f"{person.place.upper()}, Humas – Pemerintah setempat menggelar rapat koordinasi bersama jajaran, Senin lalu. "
    text = f"{before}{evidence} Rapat itu dihadiri perwakilan warga dan tokoh setempat.\n(Humas, rilis contoh nomor {number})"
    start, place = len(before), text.index(act.act)
    deadline, said = act.due or (None, None)
    row: Row = {
        "directive_id": f"d{number:03}", "article_id": f"a{number:03}", "title": f"Rapat {person.place}, Rilis {number}",
        "url": f"https://contoh.example/rilis/{number}", "outlet": f"Humas {person.place}", "published": day, "event_date": None,
        "kind": act.kind, "issuer_name": person.name, "issuer_role": person.role,
        "official_id": f"{person.name.lower().replace(' ', '-')}:{person.office}:{person.code}",
        "addressees": [act.who] if act.who else [], "addressee_groups": [act.group] if act.group else [], "action": act.act,
        "action_start": place, "action_end": place + len(act.act), "cue": act.cue, "evidence": evidence, "evidence_start": start,
        "evidence_end": start + len(evidence), "direct_quote": number % 3 == 0, "sectors": list(act.sectors),
        "quantities": [dict(zip(("text", "value", "unit"), act.goal, strict=True))] if act.goal else [],
        "deadline": deadline, "deadline_text": said, "deadline_date": _last_day(deadline), "region_code": person.code,
        "region_name": person.place, "confidence": 0.55 + (number % 9) / 20, "extractor": "contoh",
        "cluster_id": f"c{number:03}" if number else "c-sama", "year": day.year,
    }  # fmt: skip
    return row, text


def _last_day(deadline: str | None) -> dt.date | None:
    known = {None: None, "2025": dt.date(2025, 12, 31), "2024-12": dt.date(2024, 12, 31), "2024-03-31": dt.date(2024, 3, 31)}
    return known[deadline]


def _article(row: Row, text: str) -> Row:
    kept = {name: row[name] for name in ("title", "published", "event_date", "url", "outlet", "region_code", "year")}
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
    source = {"source_id": "humas-" + row["region_code"][:20], "fetched_at": dt.datetime(2024, 6, 1, tzinfo=dt.UTC)}
    return {"id": row["article_id"], "text": text, "content_hash": digest, "language": "id"} | kept | source


def _official(row: Row) -> Row:
    office = row["official_id"].split(":")[1] if ":" in row["official_id"] else ""
    names = {"article_id": row["article_id"], "official_id": row["official_id"], "name": row["issuer_name"]}
    return names | {"role": row["issuer_role"], "office": office, "region_code": row["region_code"], "mentions": []}


def _coverage() -> list[Row]:
    days = [dt.date(2024, 5, 30) + dt.timedelta(days=number) for number in range(5)]
    counts = {
        "tried": 12,
        "fetched": 10,
        "unchanged": 1,
        "failed": 1,
        "listings": 2,
        "found": 11,
        "new": 1,
        "edited": 0,
        "removed": 0,
    }
    return [
        {"source_id": f"humas-{code}", "day": day, **counts, "last_success": dt.datetime(2024, 6, 3, 4, tzinfo=dt.UTC)}
        for code in ("53", "53.71", "33.05")
        for day in days
    ]


def _archived(output: Path, article_id: str) -> Row:
    """A revision whose page, script and all, is in the archive."""
    (output / "archive").mkdir(parents=True, exist_ok=True)
    page = b"<html><title>Arsip</title><p>Halaman arsip</p><script>document.title='JALAN'</script></html>"
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = ("WARC/1.0", "WARC-Type: response", "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>",
            "WARC-Date: 2024-06-01T00:00:00Z", "WARC-Target-URI: https://contoh.example/rilis/0",
            "Content-Type: application/http; msgtype=response", f"Content-Length: {len(answer)}", "", "")  # fmt: skip
    record = "\r\n".join(head).encode() + answer + b"\r\n\r\n"
    (output / "archive" / "arahan-000001.warc.gz").write_bytes(gzip.compress(record))
    return {"article_id": article_id, "revision": 1, "warc_file": "arahan-000001.warc.gz", "warc_offset": 0, "removed_at": None}


def _put(table: Any, found: list[Row], folder: Path) -> None:  # noqa: ANN401
    if (folder / "part-0.parquet").exists():
        (folder / "part-0.parquet").unlink()
        folder.rmdir()
    write_sorted(table, pa.Table.from_pylist(found, table.schema), folder)
