from __future__ import annotations

from pathlib import Path

import pytest

from arahan.reference import pages, write_docs
from tests.helpers import REPOSITORY


@pytest.mark.parametrize("name", ["schema.md", "cli.md"])
def test_generated_pages_are_up_to_date(name: str) -> None:
    assert (REPOSITORY / "docs" / name).read_text(encoding="utf-8") == pages()[name], "run `make docs`"


def test_they_can_be_written_elsewhere(tmp_path: Path) -> None:
    assert sorted(path.name for path in write_docs(tmp_path / "docs")) == ["cli.md", "schema.md"]
