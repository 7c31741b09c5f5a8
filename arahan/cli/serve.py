"""The command that serves the search page."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from arahan.cli.base import app, example, say
from arahan.cli.search import index
from arahan.errors import ModelNotFound
from arahan.settings import load_settings

if TYPE_CHECKING:
    from search.embed import Encoder


@app.command(epilog=example("arahan serve data", "arahan serve data --port 8080 --public-url https://arahan.example"))
def serve(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="The folder of the dataset.")] = Path("data"),
    host: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 is every one of this machine.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65_535, help="The port to listen on.")] = 8001,
    public_url: Annotated[
        str, typer.Option(help="Where readers reach the page, for links in feeds and citations.", show_default=False)
    ] = "",
    meaning: Annotated[bool, typer.Option(help="Search by meaning as well as by words, where the encoder is there.")] = True,
    tables: Annotated[
        bool, typer.Option("--tables", help="Also open Datasette's own pages, with SQL, at /search: for yourself only.")
    ] = False,
) -> None:
    """Serve the search page over OUTPUT. The index is built or brought up to date first when the dataset is newer."""
    from search.web.links import safe_url
    from search.web.serve import serve as run
    from search.web.serve import stale
    from search.web.site import Site

    if public_url and not safe_url(public_url):
        raise typer.BadParameter("not an address that begins with http:// or https://", param_hint="--public-url")
    encoder = _encoder() if meaning else None
    if stale(output):
        say(f"bringing the index of {output} up to date")
        index(output, meaning=encoder is not None, most_texts=None, fresh=False)
    site = Site(output, public_url=public_url.rstrip("/"), embedder=_usable(output, encoder), tables=tables)
    say(f"the search page is at http://{f'[{host}]' if ':' in host else host}:{port}/ (Ctrl-C stops it)")
    run(site, host, port)


def _encoder() -> Encoder | None:
    """The encoder that ships, or None with a word about it."""
    from search.embed import load

    try:
        return load(load_settings().search_model)
    except ModelNotFound as error:
        say(f"{error}; searching by words only")
        return None


def _usable(output: Path, encoder: Encoder | None) -> Encoder | None:
    """The encoder if the index has its vectors."""
    from search.find import meaning_of
    from search.sqlite import open_index

    with closing(open_index(output)) as opened:
        return encoder if encoder and meaning_of(opened) == encoder.name else None
