from __future__ import annotations

import pyarrow as pa

from pipeline.output.schema import ARTICLES, DIRECTIVES, OFFICIALS, TABLES
from pipeline.output.schema_docs import markdown, type_name

CONTRACT = {  # the columns that others rely on; those without a type are strings
    "articles": """id title text published:date32 event_date:date32 url outlet source_id region_code
        fetched_at:timestamp[us, tz=UTC] content_hash language year:int32""",
    "directives": """directive_id article_id title url outlet published:date32 event_date:date32 kind:dictionary issuer_name
        issuer_role official_id addressees:list<string> addressee_groups:list<string> action action_start:int32 action_end:int32
        cue evidence evidence_start:int32 evidence_end:int32 direct_quote:bool sectors:list<string>
        quantities:list<struct<text:string, value:double, unit:string>> deadline deadline_text deadline_date:date32 region_code
        region_name confidence:float32 cluster_id extractor year:int32""",
    "officials": """article_id official_id name role office region_code mentions:list<struct<start:int32, end:int32>>""",
}


def test_the_tables_have_the_promised_columns_and_types() -> None:
    for table in TABLES:
        found = " ".join(f"{c.name}:{type_name(c.type)}".replace(": ", ":") for c in table.columns)
        assert found.replace(":string ", " ").split() == CONTRACT[table.name].split()


def test_the_partition_column_is_in_the_path_and_not_in_the_file() -> None:
    assert "year" not in DIRECTIVES.schema.names
    assert DIRECTIVES.full_schema.field("year").type == pa.int32()
    assert OFFICIALS.schema == OFFICIALS.full_schema


def test_only_what_can_be_unknown_may_be_null() -> None:
    assert [c.name for c in DIRECTIVES.columns if c.nullable] == [
        "published",
        "event_date",
        "deadline",
        "deadline_text",
        "deadline_date",
    ]
    assert [c.name for c in ARTICLES.columns if c.nullable] == ["published", "event_date", "fetched_at"]


def test_rows_are_sorted_by_columns_that_exist() -> None:
    assert all(set(table.sort) <= set(table.schema.names) for table in TABLES)


def test_every_column_is_documented() -> None:
    page = markdown()
    for table in TABLES:
        section = page.split(f"## {table.name}\n")[1].split("\n## ")[0]
        assert [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")] == [c.name for c in table.columns]
        assert all(column.meaning for column in table.columns)
