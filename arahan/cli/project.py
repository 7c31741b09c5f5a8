"""Commands about the project itself: docs, version."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import arahan
from arahan.cli.base import app, example
from arahan.settings import REPOSITORY


@app.command(epilog=example("arahan docs"))
def docs(folder: Annotated[Path, typer.Argument(help="Where to write them.", show_default="docs")] = REPOSITORY / "docs") -> None:
    """Write schema.md and cli.md from the code."""
    from arahan.reference import write_docs

    for path in write_docs(folder):
        typer.echo(path)


@app.command(epilog=example("arahan version"))
def version() -> None:
    """Print the version."""
    typer.echo(arahan.__version__)
