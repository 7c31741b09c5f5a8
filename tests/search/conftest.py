from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from search.build import build
from search.sqlite import open_index
from tests.search.made import Words, directive, write


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty directives; d0040 is a republished copy of d0004."""
    rows = [directive(number) for number in range(40)]
    copy = directive(4) | {"directive_id": "d0040", "article_id": "a0099", "outlet": "Kabar Pandan"}
    output = write(tmp_path_factory.mktemp("search") / "data", [*rows, copy])
    build(output, Words())
    return output


@pytest.fixture(scope="session")
def index(dataset: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_index(dataset)) as connection:
        yield connection
