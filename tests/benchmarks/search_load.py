"""Build and query an index over many directives: `python -m tests.benchmarks.search_load --data DATASET`.

Resamples a real dataset to `--directives`: passages keep their words, with numbers and a village's name changed, and get
another issuer, region, date, outlet and title. Vectors are not computed but drawn for each text (their cost is in
`arahan index`); every text counts as distinct, so the nearest are looked for among as many vectors as directives.
Reports build time by step, size, peak memory, and p50 and p95 of ten queries with facets, the query's own vector not computed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import os
import random
import re
import resource
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import numpy as np
import pyarrow as pa
import pyarrow.dataset as ds

from arahan.tables import ARTICLES, write_sorted
from pipeline.output.schema import DIRECTIVES, OFFICIALS
from search import memory
from search.build import build
from search.embed import WIDTH, Vectors
from search.find import find
from search.query import Query
from search.sqlite import open_index

Row = dict[str, Any]
REGIONS = [f"{p}.{n:02}" for p in (11, 12, 13, 32, 33, 34, 35, 51, 53, 64, 71, 73, 81, 91) for n in range(1, 25)]
OFFICES = ("bupati", "gubernur", "wali-kota", "sekda", "camat", "menteri", "kepala-dinas")
SYLLABLES = ("ra", "nu", "ka", "sih", "pan", "dan", "mu", "a", "sen", "ja", "lem", "bah", "te", "luk", "bu", "kit")
QUERIES = (
    Query(text="pembangunan jalan"),
    Query(text="sampah", kinds=("instruction", "prohibition")),
    Query(text="harga bahan pokok", regions=("35",)),
    Query(text="anak kurang gizi"),
    Query(text='"protokol kesehatan"', years=(2021,)),
    Query(text="masyarakat"),
    Query(text="bantuan sosial keluarga miskin", sort="date"),
    Query(regions=("53",), status="past", sort="deadline"),
    Query(kinds=("commitment",), sectors=("kesehatan",)),
    Query(),
)


class Drawn:
    """A vector for each text, drawn by its hash."""

    name = "drawn"

    def passages(self, texts: Sequence[str]) -> Vectors:
        """(texts, WIDTH)."""
        return np.stack([self.query(text) for text in texts])

    def query(self, text: str) -> Vectors:
        """(WIDTH,)."""
        seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
        vector = np.random.default_rng(seed).standard_normal(WIDTH, dtype=np.float32)
        return vector / np.float32(np.linalg.norm(vector))


def resample(source: Path, output: Path, count: int, a_file: int = 50_000) -> None:
    """Write a dataset of `count` directives under `output`."""
    rows = _read(source / "directives", DIRECTIVES.schema.names)
    texts = {row["id"]: row["text"] for row in _read(source / "articles", ["id", "text"])}
    draw = random.Random(1)
    for part, start in enumerate(range(0, count, a_file)):
        some = [_changed(draw, draw.choice(rows), texts, start + n) for n in range(min(a_file, count - start))]
        year = 2000 + part
        write_sorted(
            DIRECTIVES, pa.Table.from_pylist([d for d, _, _ in some], DIRECTIVES.schema), output / "directives" / f"year={year}"
        )
        articles = {a["id"]: a for _, a, _ in some}.values()
        write_sorted(ARTICLES, pa.Table.from_pylist(list(articles), ARTICLES.schema), output / "articles" / f"year={year}")
        officials = [o for _, _, o in some]
        write_sorted(OFFICIALS, pa.Table.from_pylist(officials, OFFICIALS.schema), output / "officials" / f"part={year}")


def _read(folder: Path, columns: Sequence[str]) -> list[Row]:
    paths = sorted(str(path) for path in folder.rglob("*.parquet"))
    found: list[Row] = (
        ds.dataset(paths, partitioning="hive", partition_base_dir=str(folder)).to_table(columns=list(columns)).to_pylist()
    )
    return found


def _changed(draw: random.Random, row: Row, texts: dict[str, str], number: int) -> tuple[Row, Row, Row]:
    """A directive with its article and official. Three directives share an article; one in twenty is a copy."""
    evidence = re.sub(r"\d", lambda _: str(draw.randrange(1, 10)), row["evidence"])
    village = "".join(draw.choices(SYLLABLES, k=3))
    region, person, article = draw.choice(REGIONS), draw.randrange(20_000), f"x{number // 3:08}"
    day = dt.date(2015, 1, 1) + dt.timedelta(days=draw.randrange(4000))
    due = day + dt.timedelta(days=draw.randrange(30, 700)) if row["deadline"] else None
    tail = f" Demikian di Desa {village.capitalize()}."
    new = row | {
        "directive_id": f"{number:012x}", "article_id": article, "evidence": evidence + tail,
        "title": f"{row['title']} di {village}",
        "evidence_end": row["evidence_end"] + len(tail), "outlet": f"Humas {region}", "url": f"https://{region}.example/{number}",
        "published": day, "kind": row["kind"], "official_id": f"o{person}", "region_code": region,
        "region_name": f"Daerah {region}",
        "addressee_groups": draw.sample(["camat", "asn", "opd", "masyarakat", "kepala-desa"], draw.randrange(3)),
        "deadline": due and due.isoformat(), "deadline_date": due,
        "cluster_id": f"c{number - number % 20 if number % 20 == 1 else number}",
    }  # fmt: skip
    about = {name: new[name] for name in ("title", "url", "outlet", "published", "region_code")}
    empty = {"event_date": None, "source_id": "", "fetched_at": None, "content_hash": "", "language": "id"}
    text = texts[row["article_id"]][:1500]
    official = {
        "article_id": article,
        "official_id": f"o{person}",
        "name": row["issuer_name"] or "Ranu",
        "role": row["issuer_role"],
    }
    rest = {"office": OFFICES[person % len(OFFICES)], "region_code": region, "mentions": []}
    return new, {"id": article, "text": text} | about | empty, official | rest


def timed(ask: Any, repeat: int) -> list[float]:  # noqa: ANN401
    """Milliseconds of each call, queries in turn."""
    found = []
    for _ in range(repeat):
        for query in QUERIES:
            start = time.perf_counter()
            ask(query)
            found.append((time.perf_counter() - start) * 1000)
    return found


def show(name: str, ms: list[float]) -> None:
    """p50 and p95 over all, and each query's median."""
    ordered = sorted(ms)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    print(f"{name}: p50 {statistics.median(ms):.0f} ms, p95 {p95:.0f} ms, most {ordered[-1]:.0f} ms")
    for number, query in enumerate(QUERIES):
        mine = ms[number :: len(QUERIES)]
        print(f"  {statistics.median(mine):7.0f} ms  {urlencode(query.to_params()) or '(everything)'}")


def ask(connection: sqlite3.Connection, embedder: Drawn | None, repeat: int) -> None:
    """The first query of a process, queries that nothing is remembered of, the same again."""

    def cold(query: Query) -> None:
        memory.forget()
        find(connection, query, embedder=embedder)

    start = time.perf_counter()
    for query in (QUERIES[0], QUERIES[-1]):
        find(connection, query, embedder=embedder)
    print(f"first two queries of the process {(time.perf_counter() - start) * 1000:.0f} ms")
    busy = time.process_time()
    ms = timed(cold, repeat)
    print(f"processor time a query {(time.process_time() - busy) * 1000 / len(ms):.0f} ms")
    show("in this process, nothing remembered of earlier queries", ms)
    show("in this process, asked before", timed(lambda query: find(connection, query, embedder=embedder), repeat))


def peak_mb() -> float:
    """Most memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("data"), help="a dataset to resample")
    parser.add_argument("--directives", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=10)
    parser.add_argument("--work", type=Path, help="keep the resampled dataset and its index here")
    parser.add_argument("--no-meaning", action="store_true")
    parser.add_argument("--no-build", action="store_true", help="ask the index that --work already holds")
    parser.add_argument(
        "--url", help="ask a running `arahan serve` instead of this process, e.g. http://127.0.0.1:8001/api/v1/directives"
    )
    o = parser.parse_args()
    if o.url:
        show("through HTTP", timed(lambda query: urlopen(f"{o.url}?{urlencode(query.to_params())}").read(), o.repeat))
        return
    work = o.work or Path(tempfile.mkdtemp())
    if not (work / "directives").exists():
        resample(o.data, work, o.directives)
    embedder = None if o.no_meaning else Drawn()
    if not o.no_build:
        start = time.perf_counter()
        built = build(work, embedder)
        print(f"{built.directives} directives, {built.added} new: {time.perf_counter() - start:.0f} s, {built.size_mb:.0f} MB")
        print(json.dumps(built.seconds))
    print(f"load of the machine {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    print(f"peak memory before the first query {peak_mb():.0f} MB")
    ask(open_index(work), embedder, o.repeat)
    print(f"peak memory after the last query {peak_mb():.0f} MB")
    if not o.work:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
