"""docs/scraping.md names what the code has."""

from __future__ import annotations

import re

import pytest

from arahan.tables import Table
from scrapers.platforms import PLATFORMS
from scrapers.platforms.options import PAGE_OPTIONS
from scrapers.sources.schema import FIELDS
from scrapers.store.tables import COVERAGE, REVISIONS
from scrapers.types import Outcome
from tests.helpers import REPOSITORY

PAGE = (REPOSITORY / "docs" / "scraping.md").read_text(encoding="utf-8")


def row(name: str) -> str:
    """The table row that begins with `name`."""
    return next(line for line in PAGE.splitlines() if line.startswith(f"| `{name}"))


def named(text: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", text))


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_option_of_a_platform_is_named_and_no_other(platform: str) -> None:
    assert named(row(platform)) == {platform, *PLATFORMS[platform].options} - PAGE_OPTIONS.keys()


def test_page_options_and_fields_are_named() -> None:
    assert named(PAGE) >= {*PAGE_OPTIONS, *FIELDS}


def test_every_outcome_is_named() -> None:
    outcomes = {
        name for line in PAGE.split("## Outcomes")[1].splitlines() for name in named(line.split("|")[1] if "|" in line else "")
    }
    assert outcomes == set(Outcome)


@pytest.mark.parametrize("table", [REVISIONS, COVERAGE], ids=lambda table: table.name)
def test_every_column_is_named(table: Table) -> None:
    assert named(row(f"{table.name}.parquet")) == {f"{table.name}.parquet", *(column.name for column in table.columns)}
