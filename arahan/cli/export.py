"""Commands that publish a dataset and take corrections back: export, import-corrections."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console
from rich.text import Text

import arahan
from arahan.cli.base import FAILED, app, example, say

if TYPE_CHECKING:
    from arahan.tables import Table


@app.command(
    epilog=example(
        "arahan export data -o published --title 'Arahan NTT' --creator 'Kabar Ranu' --contact koreksi@contoh.example",
        "arahan export data -o tasks --format label-studio",
    )
)
def export(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="The folder of the dataset.")],
    folder: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where it goes; an earlier export is replaced.")
    ],
    format: Annotated[
        Literal["dataset", "label-studio", "brat"], typer.Option(help="A dataset to publish, or passages to be corrected.")
    ] = "dataset",
    with_texts: Annotated[bool, typer.Option("--with-texts", help="Also publish the articles' full texts.")] = False,
    title: Annotated[str, typer.Option(help="Name of the dataset.")] = "Arahan directives",
    version: Annotated[str, typer.Option(help="Version of the dataset.")] = arahan.__version__,
    license: Annotated[str, typer.Option(help="SPDX id (CC-BY-4.0, CC0-1.0, ...) or an https:// address.")] = "CC-BY-4.0",
    creator: Annotated[str, typer.Option(help="Who publishes it.")] = "The publisher of this copy",
    contact: Annotated[str, typer.Option(help="Where errors are to be reported: a mail address or a page.")] = "",
    url: Annotated[str, typer.Option(help="The dataset's page.")] = "",
    date: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Day of publication. Default: day of the newest article."),
    ] = None,
) -> None:
    """Write the dataset for others: parquet, CSV, hashes, Frictionless and Croissant metadata, a card and a datasheet.

    Full texts stay out unless asked for; passages, offsets and links are in. With --format label-studio or brat the
    directives become annotations over the full texts, to be corrected there and brought back by import-corrections.
    """
    from search.export.about import About
    from search.export.publish import export as publish

    if format != "dataset":
        from search.export.annotate import export_annotations

        counts = export_annotations(output, folder, format)
        typer.echo(f"{counts.directives} directives in {counts.articles} articles: {folder}")
        return
    about = About(title, version, license, creator, contact, url, date.date() if date else None)
    exported = publish(output, folder, _tables(), about, with_texts=with_texts)
    rows = ", ".join(f"{count} {name}" for name, count in exported.rows.items())
    Console().print(Text(f"{rows}; {len(exported.files)} files in {folder}"), soft_wrap=True)


@app.command("import-corrections", epilog=example("arahan import-corrections project-1.json -o corrected.jsonl"))
def import_corrections(
    source: Annotated[
        Path, typer.Argument(metavar="FILE", help="Label Studio's JSON export, a brat .ann file or a folder of them.")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Annotated JSON Lines. Default: standard output.")
    ] = None,
) -> None:
    """Turn corrected annotations into annotated articles: JSON Lines with offsets, as training and scoring read them.

    Label Studio: tasks that somebody submitted; others are left out. What cannot be taken is listed, and the exit status is 1.
    """
    from search.export.corrections import read_corrections, write_records

    outcome = read_corrections(source)
    for fault in outcome.faults:
        say(str(fault))
    write_records(outcome.records, output)
    say(f"{len(outcome.records)} articles taken, {outcome.untouched} not submitted, {len(outcome.faults)} faulty")
    raise typer.Exit(FAILED if outcome.faults else 0)


def _tables() -> tuple[Table, ...]:
    """Every table that a dataset may have."""
    from pipeline.output.schema import TABLES
    from scrapers.store.tables import COVERAGE

    return (*TABLES, COVERAGE)
