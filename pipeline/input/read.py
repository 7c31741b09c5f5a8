"""Articles out of a JSON Lines file, a parquet file, a folder of parquet files, or JSON Lines on standard input.

Reads as a stream. A record that cannot be an article comes out as Rejected in its place and stops nothing. Text is
handed on as it stands, control characters and mixed line ends included, so that offsets hold.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from arahan.errors import InputNotFound
from arahan.types import Article, Rejected
from pipeline.input.records import to_article

MAX_LINE_BYTES = 64 * 1024 * 1024
COLUMNS = ("id", "text", "title", "date", "published", "url", "outlet", "source_id", "region_code", "fetched_at")
BATCH_ROWS = 256
BOM, GZIP = b"\xef\xbb\xbf", b"\x1f\x8b"
PARQUET = b"PAR1"

Record = Article | Rejected


def read_articles(source: Path | Literal["-"], notes: Counter[str] | None = None) -> Iterator[Record]:
    """Every record of `source` in order; `notes`, if given, counts what was put right without rejecting (see to_article).

    Raises InputNotFound when `source` is missing, unreadable or neither JSON Lines nor parquet. An empty file has no articles.
    Record numbers are lines of a JSON Lines file, or rows counted through all parquet files in the order of their paths.
    """
    counts = Counter[str]() if notes is None else notes
    if source == "-":
        yield from _lines(sys.stdin.buffer, "standard input", counts)
    elif source.is_dir():
        yield from _folder(source, counts)
    elif not source.exists():
        raise InputNotFound(f"{source} does not exist")
    else:
        yield from _file(source, counts)


def begun(records: Iterator[Record]) -> Iterator[Record]:
    """The same records, the first of them read already, so that a wrong source is noticed before anything is written."""
    first = next(records, None)
    return records if first is None else chain([first], records)


def _file(path: Path, notes: Counter[str]) -> Iterator[Record]:
    try:
        stream = path.open("rb")
    except OSError as error:
        raise InputNotFound(f"{path} cannot be read: {error.strerror}") from error
    with stream:
        if not stream.peek(len(PARQUET)).startswith(PARQUET):
            yield from _lines(stream, str(path), notes)
            return
    try:
        yield from _rows(path, 0, set(), notes)
    except (pa.ArrowException, OSError) as error:
        raise InputNotFound(f"{path} cannot be read as parquet: {_first_line(error)}") from error


def parquet_files(folder: Path) -> list[Path]:
    """The parquet files below `folder`, or below its `articles/` when it is a whole OUTPUT, without hidden ones; sorted."""
    root = _root(folder)
    return sorted(p for p in root.rglob("*.parquet") if not any(part[0] in "._" for part in p.relative_to(root).parts))


def _root(folder: Path) -> Path:
    return folder / "articles" if (folder / "articles").is_dir() else folder


def _folder(folder: Path, notes: Counter[str]) -> Iterator[Record]:
    """The records of all files; a broken file is one rejected record."""
    files = parquet_files(folder)
    if not files:
        raise InputNotFound(f"{folder} holds no parquet file")
    record, seen = 0, set[str]()
    for path in files:
        try:
            for item in _rows(path, record, seen, notes):
                record += 1
                yield item
        except (pa.ArrowException, OSError, InputNotFound) as error:
            record += 1
            reason = _first_line(error).removeprefix(f"{path} ")
            yield Rejected(record, "", "UnreadableFile", f"{path.relative_to(_root(folder))}: {reason}")


def _rows(path: Path, before: int, seen: set[str], notes: Counter[str]) -> Iterator[Record]:
    with pq.ParquetFile(path) as file:
        names = file.schema_arrow.names
        missing = [name for name in ("id", "text") if name not in names]
        if missing:
            raise InputNotFound(f"{path} has no column {' and no column '.join(missing)}")
        if twice := [name for name in COLUMNS if names.count(name) > 1]:
            raise InputNotFound(f"{path} has more than one column {' and more than one column '.join(twice)}")
        number = before
        for batch in file.iter_batches(BATCH_ROWS, columns=[name for name in COLUMNS if name in names]):
            for row in range(batch.num_rows):
                number += 1
                yield _row(batch, row, number, seen, notes)


def _row(batch: pa.RecordBatch, row: int, number: int, seen: set[str], notes: Counter[str]) -> Record:
    try:
        value = {name: batch.column(name)[row].as_py() for name in batch.schema.names}
    except (UnicodeDecodeError, pa.ArrowException, ValueError) as error:
        return Rejected(number, "", "UndecodableRow", f"the row cannot be decoded: {_first_line(error)}")
    return to_article(number, value, seen, notes)


def _lines(stream: BinaryIO, name: str, notes: Counter[str]) -> Iterator[Record]:
    seen = set[str]()
    lines = numbered_lines(stream)
    head = list(islice(lines, 2))
    if head and head[0][1].startswith(GZIP):
        raise InputNotFound(f"{name} is compressed; expected JSON Lines: gunzip -c FILE | arahan extract - -o OUTPUT")
    if head and all(b"\0" in line for _, line in head):
        raise InputNotFound(f"{name} is neither UTF-8 text nor parquet (it holds NUL bytes); expected JSON Lines")
    for number, line in chain(head, lines):
        line = line.removeprefix(BOM) if number == 1 else line
        if len(line) > MAX_LINE_BYTES:
            yield Rejected(number, "", "LineTooLong", f"the line is longer than {MAX_LINE_BYTES // 2**20} MB")
        elif line.strip():
            yield _line(number, line, seen, notes)


def numbered_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Lines ended by "\\n", numbered from 1; of one that is too long only the head, so that no line fills the memory."""
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        tail = line
        while len(tail) > MAX_LINE_BYTES and not tail.endswith(b"\n"):
            tail = stream.readline(MAX_LINE_BYTES + 1)
        yield number, line


def _line(number: int, line: bytes, seen: set[str], notes: Counter[str]) -> Record:
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return Rejected(number, "", "UndecodableLine", f"byte {error.start + 1} of the line is not UTF-8")
    except json.JSONDecodeError as error:
        return Rejected(number, "", "BrokenJson", f"not JSON: {error.msg} at character {error.pos + 1}")
    except (ValueError, RecursionError) as error:
        return Rejected(number, "", "BrokenJson", f"not usable JSON: {_first_line(error)}")
    return to_article(number, value, seen, notes)


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
