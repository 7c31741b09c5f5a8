from __future__ import annotations

from io import StringIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rich.console import Console

from arahan.errors import InputNotFound
from arahan.settings import Settings
from pipeline.jobs.run import run
from pipeline.output.verify import verify


@pytest.fixture
def dataset(releases: Path, output: Path, settings: Settings) -> Path:
    run(releases, output, settings, console=Console(file=StringIO()))
    return output


def change(folder: Path, column: str, value: object) -> None:
    """Put `value` in the first row of the last file."""
    path = sorted(folder.rglob("*.parquet"))[-1]
    table = pq.ParquetFile(path).read()
    changed = pa.array([value, *table[column].to_pylist()[1:]], table.schema.field(column).type)
    pq.write_table(table.set_column(table.schema.get_field_index(column), table.schema.field(column), changed), path)


def test_a_fresh_dataset_has_no_mismatch(dataset: Path) -> None:
    verdict = verify(dataset)
    assert verdict.mismatches == ()
    assert verdict.checked == {"articles": 12, "directives": 18, "officials": 9}


@pytest.mark.parametrize(
    ("table", "column", "value", "reason"),
    [
        ("directives", "action_start", 3, "action moved"),
        ("directives", "evidence", "never said", "evidence is not in the text: 'never said'"),
        ("directives", "article_id", "gone", "its article is missing"),
        ("officials", "article_id", "gone", "its article is missing"),
        ("officials", "mentions", [{"start": 5, "end": 100_000}], "lies outside the text"),
        ("articles", "id", "other", "its article is missing"),
    ],
)
def test_what_no_longer_matches_is_listed(dataset: Path, table: str, column: str, value: object, reason: str) -> None:
    change(dataset / table, column, value)
    assert any(reason in mismatch.reason for mismatch in verify(dataset).mismatches)


def test_rows_that_stand_twice_are_listed(dataset: Path) -> None:
    path = sorted((dataset / "directives").rglob("*.parquet"))[0]
    table = pq.ParquetFile(path).read()
    pq.write_table(pa.concat_tables([table, table.slice(0, 1)]), path)
    assert [mismatch.reason for mismatch in verify(dataset).mismatches] == ["the id stands 2 times"] * 2


def test_a_folder_that_is_no_dataset_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(InputNotFound, match="no dataset"):
        verify(tmp_path)
