"""Words a second and memory, end to end and by stage: `make bench`.

Runs the main job over 300 articles of `--data`/text/news.jsonl, over the samples where that is not there, in a fresh
process, and beside it plain Stanza (this package's own models, one encoder pass a processor, `bulk_process`) on the same text.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
ARTICLES = 300
PLAIN_ARTICLES = 30


def sample(data: Path, count: int) -> list[str]:
    """Lines of the first `count` articles at hand."""
    news = data / "text" / "news.jsonl"
    path = news if news.exists() else REPOSITORY / "samples" / "releases.jsonl"
    with path.open(encoding="utf-8") as lines:
        return [line for line, _ in zip(lines, range(count), strict=False)]


def words(lines: list[str]) -> int:
    """White-space words of the texts."""
    return sum(len(json.loads(line)["text"].split()) for line in lines)


def main_job(lines: list[str], workers: int) -> dict[str, float]:
    """`arahan extract` in a process of its own: seconds in all, by stage, and peak memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        source.write_text("".join(lines), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "arahan",
            "extract",
            str(source),
            "-o",
            str(Path(folder) / "out"),
            "--workers",
            str(workers),
        ]
        start = time.perf_counter()
        subprocess.run(command, check=True, cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seconds = time.perf_counter() - start
        report = json.loads((Path(folder) / "out" / "run.json").read_text(encoding="utf-8"))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"seconds": seconds, "peak_mb": peak, **{f"stage {k}": v for k, v in report["seconds"].items()}}


def plain_stanza(lines: list[str]) -> float:
    """Seconds of Stanza's own pipeline (tokenize to ner) over the texts, loading left out."""
    import stanza
    from stanza.models.common.doc import Document

    os.chdir(REPOSITORY)
    pipeline = stanza.Pipeline(
        "id", dir="models", package=None, download_method=None, use_gpu=False, logging_level="ERROR",
        processors={**dict.fromkeys(("tokenize", "mwt", "pos", "lemma", "depparse"), "csui"), "ner": "arahan"},
    )  # fmt: skip
    texts = [Document([], text=json.loads(line)["text"]) for line in lines]
    start = time.perf_counter()
    pipeline.bulk_process(texts)
    return time.perf_counter() - start


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--skip-plain", action="store_true")
    o = parser.parse_args()
    lines = sample(o.data, o.articles)
    found, count = main_job(lines, o.workers), words(lines)
    print(f"{len(lines)} articles, {count} words, {os.cpu_count()} cores")
    peak = f"peak {found['peak_mb']:.0f} MB in each of {o.workers} processes"
    print(f"end to end, with loading: {count / found['seconds']:.0f} words/s, {peak}")
    for stage, seconds in found.items():
        if stage.startswith("stage ") and seconds > 0:
            print(f"  {stage[6:]:<20} {seconds:8.2f} s  {count / seconds:9.0f} words/s")
    if not o.skip_plain:
        few = lines[:PLAIN_ARTICLES]
        speed = words(few) / plain_stanza(few)
        print(
            f"plain Stanza, loading left out: {speed:.0f} words/s; end to end is {count / found['seconds'] / speed:.1f} times it"
        )


if __name__ == "__main__":
    main()
