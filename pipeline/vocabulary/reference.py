"""Writes docs/data-files.md out of the data files: each file's own comment is its documentation, its header the schema."""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.vocabulary.datafile import FOLDER

INTRO = """# Data files

The vocabularies, gazetteers and thresholds under `pipeline/data/`. Edit them with a text editor; no code has to change.
This page is written by `python -m pipeline.vocabulary.reference docs/data-files.md` out of the comments in the files.

A CSV file is UTF-8 with commas. Lines that start with `#` are comments, blank lines are skipped, and the first other line is
the header, which has to be exactly the one given here. Upper and lower case do not matter in the words to be found, except where
said. A line with too few or too many cells, an unknown code or a row given twice stops the program with the file, the number of
the line and the reason.
"""


def page(folder: Path = FOLDER) -> str:
    """The page, in Markdown."""
    files = sorted(path for path in folder.iterdir() if path.suffix in (".csv", ".toml"))
    return INTRO + "".join(_section(path) for path in files)


def _section(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    count = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    comment = [line.removeprefix("#").removeprefix(" ").rstrip() for line in lines[:count]]
    columns = " · ".join(f"`{name.strip()}`" for name in lines[count].split(",")) if path.suffix == ".csv" else ""
    text = "\n".join(comment) if path.suffix == ".csv" else "```text\n" + "\n".join(comment) + "\n```"
    return f"\n## {path.name}\n" + (f"{columns}\n\n" if columns else "") + f"{text}\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
