"""Commands of the search: index, search, reports."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from arahan.cli.base import app, errors, example, say
from arahan.settings import load_settings

if TYPE_CHECKING:
    import sqlite3

    from search.embed import Encoder
    from search.results import Hit, Results

OUTPUT_HELP = "The folder of the dataset."
Many = list[str] | None


def _facet(what: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(help=f"{what} May be given several times.", show_default=False)
    return option


@app.command(epilog=example("arahan index data", "arahan index data --no-meaning"))
def index(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help=OUTPUT_HELP)],
    meaning: Annotated[bool, typer.Option(help="Search by meaning as well as by words: every text is embedded once.")] = True,
    most_texts: Annotated[
        int | None, typer.Option(min=0, help="Embed at most that many new texts now; the next call goes on.")
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Build anew instead of bringing the old index up to date.")] = False,
) -> None:
    """Build OUTPUT/search.sqlite, or bring it up to date, and apply accepted reports of errors."""
    from search.build import build

    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=errors()
    ) as bar:
        tasks = {name: bar.add_task(name, total=None, visible=False) for name in ("directives", "meaning")}
        built = build(
            output,
            _encoder() if meaning else None,
            fresh=fresh,
            most_texts=most_texts,
            say=lambda what, done, of: bar.update(tasks[what], completed=done, total=of, visible=True),
        )
    typer.echo(
        f"{built.directives} directives in {output / 'search.sqlite'} ({built.size_mb:.1f} MB): {built.added} added, "
        f"{built.changed} changed, {built.removed} removed, {built.corrected} corrections; "
        f"{built.embedded} texts embedded, {built.silent} of {built.texts} without a vector"
    )


@app.command(epilog=example('arahan search "pembangunan jalan" --region 53', 'arahan search "sampah" --kind commitment --csv'))
def search(
    text: Annotated[str, typer.Argument(metavar="QUERY", help='Words, "words in a row", beginnings*.')] = "",
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUTPUT", help=OUTPUT_HELP)] = Path("data"),
    kind: Annotated[Many, _facet("instruction, prohibition, appeal, commitment or target.")] = None,
    sector: Annotated[Many, _facet("Code of a sector.")] = None,
    official: Annotated[Many, _facet("Id of an official.")] = None,
    office: Annotated[Many, _facet("Office of the issuer (gubernur, bupati, ...).")] = None,
    region: Annotated[Many, _facet("Kemendagri code; a province includes its regencies and cities.")] = None,
    year: Annotated[Many, _facet("Year of publication.")] = None,
    group: Annotated[Many, _facet("Group of the addressees (camat, asn, ...).")] = None,
    outlet: Annotated[Many, _facet("Who published it.")] = None,
    since: Annotated[str, typer.Option(help="Published on this day or later.", metavar="DATE", show_default=False)] = "",
    until: Annotated[str, typer.Option(help="Published on this day or before.", metavar="DATE", show_default=False)] = "",
    deadline_from: Annotated[str, typer.Option(help="Due on this day or later.", metavar="DATE", show_default=False)] = "",
    deadline_until: Annotated[str, typer.Option(help="Due on this day or before.", metavar="DATE", show_default=False)] = "",
    status: Annotated[str, typer.Option(help="due or past: by today's date.", show_default=False)] = "",
    sort: Annotated[str, typer.Option(help="relevance, date or deadline.")] = "relevance",
    page: Annotated[int, typer.Option(help="From 1.")] = 1,
    size: Annotated[int, typer.Option(help="Directives a page.")] = 20,
    meaning: Annotated[bool, typer.Option(help="Also by meaning, where the index has it.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Results with facets as JSON.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Results as CSV, formulas made harmless.")] = False,
) -> None:
    """Find directives: who told whom to do what, until when, and where that was said."""
    from search.find import find
    from search.plain import plain, write_csv
    from search.query import Query
    from search.sqlite import open_index

    given = {"kind": kind, "sector": sector, "official": official, "office": office, "region": region, "year": year}
    given |= {"group": group, "outlet": outlet, "q": [text], "since": [since], "until": [until], "status": [status]}
    given |= {"deadline_from": [deadline_from], "deadline_until": [deadline_until], "sort": [sort]}
    given |= {"page": [str(page)], "size": [str(size)]}
    query = Query.from_params((name, value) for name, values in given.items() for value in values or ())
    with closing(open_index(output)) as opened:
        results = find(opened, query, embedder=_encoder_of(opened) if meaning and text else None)
    if as_csv:
        write_csv(results.hits, sys.stdout)
    elif as_json:
        typer.echo(json.dumps(plain(results), ensure_ascii=False, indent=1))
    else:
        _show(results, page, size)


reports_app = typer.Typer(name="reports", help="Reports of errors in records, and what is decided on them.", no_args_is_help=True)
app.add_typer(reports_app)


@reports_app.command("list", epilog=example("arahan reports list data --state open"))
def list_reports(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help=OUTPUT_HELP)],
    state: Annotated[str, typer.Option(help="open, accepted, rejected or applied; empty: all.", show_default=False)] = "",
) -> None:
    """List reports, oldest first."""
    from search.reports import reports

    console = Console()
    for report in reports(output, state):
        decided = f" -> {report.action} {report.field} {report.value}".rstrip() if report.action else ""
        head = f"{report.id}  {report.created_at}  {report.state}  {report.directive_id}  {report.problem}{decided}"
        console.print(Text(_line(head)), soft_wrap=True)
        console.print(Text(f"    {_line(report.text)}"), soft_wrap=True)


@reports_app.command(
    epilog=example("arahan reports accept data 3 --remove", "arahan reports accept data 4 --field kind --value appeal")
)
def accept(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help=OUTPUT_HELP)],
    number: Annotated[int, typer.Argument(help="The report's number.")],
    remove: Annotated[bool, typer.Option("--remove", help="Take the record out of the index.")] = False,
    field: Annotated[str, typer.Option(help="The field to correct.", show_default=False)] = "",
    value: Annotated[str, typer.Option(help="What it is to hold; items of a list with commas between.", show_default=False)] = "",
    note: Annotated[str, typer.Option(help="Why.", show_default=False)] = "",
) -> None:
    """Decide that a report is right; the next `arahan index` applies it."""
    from search import reports
    from search.errors import BadReport

    if remove == bool(field):
        raise BadReport("say either --remove or --field NAME --value VALUE")
    report = reports.accept(output, number, field=field, value=value, note=note)
    typer.echo(f"report {report.id}: {report.action} {report.directive_id}; run arahan index {output} to apply it")


@reports_app.command(epilog=example("arahan reports reject data 5 --note 'the record is right'"))
def reject(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help=OUTPUT_HELP)],
    number: Annotated[int, typer.Argument(help="The report's number.")],
    note: Annotated[str, typer.Option(help="Why.", show_default=False)] = "",
) -> None:
    """Decide that a record stays as it is."""
    from search import reports

    typer.echo(f"report {reports.reject(output, number, note=note).id}: rejected")


def _encoder() -> Encoder:
    from search.embed import load

    return load(load_settings().search_model)


def _encoder_of(opened: sqlite3.Connection) -> Encoder | None:
    """The encoder, where the index has vectors of it."""
    from search.find import meaning_of

    name = meaning_of(opened)
    if not name:
        return None
    encoder = _encoder()
    if encoder.name == name:
        return encoder
    say("the index was built with another encoder; searching by words only (run arahan index)")
    return None


def _show(results: Results, page: int, size: int) -> None:
    console = Console()
    words = {"all": "newest first", "stems": "by words", "meaning": "by meaning", "both": "by words and meaning"}[results.how]
    some = "; too few have all words, so some have only part of them" if results.relaxed else ""
    console.print(Text(f"{results.total} directives, {words}{some}; page {page} of {results.pages(size)}"), soft_wrap=True)
    for hit in results.hits:
        for style, line in _lines(hit):
            console.print(Text(_line(line), style=style), soft_wrap=True)


def _lines(hit: Hit) -> list[tuple[Literal["", "bold", "dim"], str]]:
    issuer = ", ".join(filter(None, (hit.issuer_name, hit.issuer_role))) or "?"
    whom = f" → {', '.join(hit.addressees)}" if hit.addressees else ""
    due = f"due {hit.deadline}" if hit.deadline else ""
    said = hit.published or hit.event_date
    place = " · ".join(filter(None, (hit.kind, ", ".join(hit.sectors), due, hit.region_name, str(said or ""), hit.outlet)))
    copies = f" (+{hit.copies} copies)" if hit.copies else ""
    return [("", ""), ("bold", f"{issuer}{whom}"), ("", f"  {hit.heading}"), ("dim", f"  {place}{copies}"),
            ("dim", f"  {hit.url or hit.title}  [{hit.directive_id}]")]  # fmt: skip


def _line(text: str) -> str:
    """One line without control characters."""
    return "".join(c if c.isprintable() else " " for c in text)
