"""Rows checked by pandera against the declarations in pipeline/output/schema.py, then turned into arrow tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa
from pandera.errors import SchemaErrors

from pipeline.output.schema import Column, Table

Row = dict[str, object]
_INT32 = range(-(2**31), 2**31)


def check(table: Table, rows: Sequence[Row], texts: Mapping[str, str]) -> tuple[list[Row], list[tuple[Row, str]]]:
    """The rows that keep the schema, and the others with the reasons. `texts` has each article's text by id."""
    good = [row for row in rows if _encodable(row)]
    faults = [(row, "holds half of a surrogate pair, which is no text") for row in rows if not _encodable(row)]
    try:
        _pandera_schema(table, texts).validate(_frame(table, good), lazy=True)
    except SchemaErrors as error:
        if not (reasons := _reasons(error.failure_cases)):
            raise
        faults += [(good[number], reason) for number, reason in sorted(reasons.items())]
        good = [row for number, row in enumerate(good) if number not in reasons]
    return good, faults


def to_arrow(table: Table, rows: Sequence[Row]) -> pa.Table:
    """The rows as an arrow table with the partition column and without pandas' metadata."""
    return pa.Table.from_pandas(_frame(table, rows), schema=table.full_schema, preserve_index=False).replace_schema_metadata()


def _frame(table: Table, rows: Sequence[Row]) -> pd.DataFrame:
    return pd.DataFrame({c.name: pd.Series([row[c.name] for row in rows], dtype=object) for c in table.columns})


def _reasons(cases: pd.DataFrame) -> dict[int, str]:
    """The failed checks by row number."""
    reasons: dict[int, list[str]] = {}
    for case in cases.dropna(subset=["index"]).itertuples():
        reason = f"{case.column} {case.check}" if case.schema_context == "Column" else str(case.check)
        if reason not in (known := reasons.setdefault(int(str(case.index)), [])):
            known.append(reason)
    return {number: "; ".join(found) for number, found in reasons.items()}


def _pandera_schema(table: Table, texts: Mapping[str, str]) -> pandera.DataFrameSchema:
    columns = {column.name: _pandera_column(column) for column in table.columns}
    checks = [_span_check(name, texts) for name in table.spans]
    return pandera.DataFrameSchema(columns, checks=checks, strict=True)


def _pandera_column(column: Column) -> pandera.Column:
    checks = [pandera.Check(_accepts(column.type), element_wise=True, error=f"is no {column.type}")]
    if column.rule:
        checks.append(pandera.Check(column.rule, element_wise=True, error="has a value that is not allowed"))
    return pandera.Column(object, checks, nullable=column.nullable)


def _span_check(name: str, texts: Mapping[str, str]) -> pandera.Check:
    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        rows = zip(frame["article_id"], frame[name], frame[f"{name}_start"], frame[f"{name}_end"], strict=True)
        return pd.Series([_found(texts[id_], *row) for id_, *row in rows], dtype=bool)

    return pandera.Check(holds, error=f"{name} is not where its offsets say")


def _found(text: str, value: object, start: object, end: object) -> bool:
    return isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text) and text[start:end] == value


def _accepts(type_: pa.DataType) -> Callable[[object], bool]:
    """Whether a Python value fits the arrow type."""
    if pa.types.is_list(type_):
        inner = _accepts(type_.value_type)
        return lambda value: isinstance(value, list) and all(map(inner, value))
    if pa.types.is_struct(type_):
        parts = {field.name: _accepts(field.type) for field in type_}
        return lambda value: isinstance(value, dict) and value.keys() == parts.keys() and all(parts[k](value[k]) for k in parts)
    if pa.types.is_integer(type_):
        return lambda value: type(value) is int and value in _INT32
    if pa.types.is_floating(type_):
        return lambda value: isinstance(value, float) and value - value == 0.0
    if pa.types.is_string(type_) or pa.types.is_dictionary(type_):
        return lambda value: isinstance(value, str)
    if pa.types.is_timestamp(type_):
        return lambda value: isinstance(value, dt.datetime)
    exact = {pa.bool_(): bool, pa.date32(): dt.date}[type_]
    return lambda value: type(value) is exact


def _encodable(value: object) -> bool:
    """Whether UTF-8 can hold every string in it: no half of a surrogate pair."""
    if isinstance(value, list):
        return all(map(_encodable, value))
    if isinstance(value, dict):
        return all(map(_encodable, value.values()))
    try:
        return not isinstance(value, str) or value.encode() is not None
    except UnicodeEncodeError:
        return False
