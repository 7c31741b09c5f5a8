"""Invented releases, and how to run the program and read its output, for the tests around extraction."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
NO_MODELS = REPOSITORY / "tests" / "no-models"
RULES = {"ARAHAN_EXTRACTOR": "tests.rules:Extractor", "ARAHAN_BATCH_ARTICLES": "2", "ARAHAN_MODELS": str(NO_MODELS)}
PLACES = ("Lembah Ranu", "Teluk Kasih", "Bukit Pandan", "Muara Senja")
NAMES = ("Ani Wijaya", "Budi Santoso", "Citra Lestari")
ACTS = ("membersihkan saluran air", "menanam 500 pohon di bantaran sungai", "menjaga pasar", "mendata 40 lansia")


def release(number: int) -> dict[str, object]:
    """An invented release with two directives; every fourth has none."""
    place, name, act = PLACES[number % 4], NAMES[number % 3], ACTS[number % 4]
    orders = f"Bupati {name} meminta camat {act}.\n“Kami bangga,” katanya. Bupati {name} mengajak warga menjaga kebersihan."
    body = orders if number % 4 else "Panen raya berlangsung meriah. Warga bergembira."
    date = f"{2019 + number % 3}-0{number % 9 + 1}-15" if number % 5 else ""
    return {
        "id": f"r{number:03}",
        "title": f"Rilis {number}",
        "text": f"{place} – {body}\n(Humas)",
        "date": date,
        "outlet": "Kabar Ranu",
    }


RELEASES = [release(number) for number in range(12)]


def write_jsonl(path: Path, records: Iterable[Mapping[str, object] | str]) -> Path:
    """Records as JSON Lines; a string is written as it stands."""
    lines = (record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def dataset_bytes(output: Path) -> dict[str, bytes]:
    """Every byte that must be the same after every run: the tables and rejected.jsonl."""
    tables = [path for name in ("articles", "directives", "officials") for path in (output / name).rglob("*") if path.is_file()]
    return {str(path.relative_to(output)): path.read_bytes() for path in sorted([*tables, output / "rejected.jsonl"])}


def environment(**more: str) -> dict[str, str]:
    """The environment of a child process that uses the rule extractor, in batches of about two articles."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("ARAHAN_")}
    return others | RULES | {"PYTHONPATH": str(REPOSITORY), "COLUMNS": "120"} | more


def arahan(*arguments: object, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """`arahan ARGUMENTS` in a process of its own."""
    command = [sys.executable, "-m", "arahan", *map(str, arguments)]
    return subprocess.run(
        command,
        input=stdin,
        capture_output=True,
        text=True,
        env=environment(**variables),
        cwd=REPOSITORY,
        timeout=300,
        check=False,
    )
