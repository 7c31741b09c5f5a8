"""`arahan export`: a dataset in a folder that others can take, check and cite."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from arahan.tables import Table
from search.export.about import About, BadExport, Counts, count
from search.export.card import card, datasheet
from search.export.croissant import croissant
from search.export.datapackage import datapackage
from search.export.files import SUMS, stored, write_sums
from search.export.tables import copy_parquet, parquet_files, without, write_csv


@dataclass(frozen=True, slots=True)
class Exported:
    """Rows of each table, and the files by their path in the folder."""

    rows: dict[str, int]
    files: tuple[str, ...]


def export(output: Path, folder: Path, tables: Sequence[Table], about: About, *, with_texts: bool = False) -> Exported:
    """Write the dataset `output` into `folder`, which is replaced as a whole; the same dataset gives the same bytes.

    Without `with_texts` the articles keep title, link, date and hash, but not their text. Tables that `output` does not
    have are left out, except articles and directives. Raises DatasetMissing and BadExport.
    """
    refuse_foreign(folder)
    kept = [table if with_texts else without(table, "text") for table in _present(output, tables)]
    draft = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        rows = {table.name: copy_parquet(output, table, draft) for table in kept}
        for table in kept:
            write_csv(draft, table, draft / "csv" / f"{table.name}.csv")
        _describe(draft, kept, about, with_texts=with_texts)
        write_sums(draft)
        _replace(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Exported(rows, tuple(sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())))


def _present(output: Path, tables: Sequence[Table]) -> list[Table]:
    needed = {"articles", "directives"}
    return [t for t in tables if t.name in needed or (output / t.name).is_dir() or (output / f"{t.name}.parquet").is_file()]


def _describe(folder: Path, tables: Sequence[Table], about: About, *, with_texts: bool) -> None:
    """Everything that is said about the tables."""
    counts = count(folder)
    about = dataclasses.replace(about, date=about.date or counts.last)
    name = re.sub(r"[^a-z0-9]+", "-", about.title.lower()).strip("-") or "arahan"
    data = [folder / "csv" / f"{table.name}.csv" for table in tables]
    files = stored(folder, data + [path for table in tables for path in parquet_files(folder, table)])
    summary = _summary(counts)
    _json(folder / "datapackage.json", datapackage(about, name, summary, tables, files))
    _json(folder / "croissant.json", croissant(about, name, summary, tables, files))
    (folder / "README.md").write_text(card(about, counts, tables, with_texts=with_texts), encoding="utf-8")
    (folder / "DATASHEET.md").write_text(datasheet(about, counts, with_texts=with_texts), encoding="utf-8")


def _summary(counts: Counts) -> str:
    span = f", published {counts.first} to {counts.last}" if counts.first else ""
    return (
        "Who told whom to do what: instructions, prohibitions, appeals, commitments and targets of Indonesian officials, "
        f"read by machine from press releases. {counts.directives} directives in {counts.articles} articles "
        f"of {counts.outlets} outlets{span}."
    )


def _json(path: Path, document: object) -> None:
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def refuse_foreign(folder: Path, mark: str = SUMS) -> None:
    """Never replace a folder that holds something else than an earlier export."""
    if folder.is_file():
        raise BadExport(f"{folder} is a file; choose a folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / mark).is_file():
        raise BadExport(f"{folder} holds other files, which would be lost; choose another folder")


def _replace(draft: Path, folder: Path) -> None:
    old = folder.with_name(f"{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    draft.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
