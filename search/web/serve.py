"""Run the site: whether its index is up to date, and one process on one port."""

from __future__ import annotations

from pathlib import Path

import uvicorn

from search.sqlite import index_path
from search.web.site import Site

TABLES = ("directives", "articles", "officials", "revisions.parquet", "coverage.parquet", "reports.sqlite")


def stale(output: Path) -> bool:
    """Whether anything that the index is built from is newer than it, or there is no index."""
    index = index_path(output)
    if not index.exists():
        return True
    built = index.stat().st_mtime_ns
    return any(_newest(output / name) > built for name in TABLES)


def serve(site: Site, host: str, port: int) -> None:
    """Serve until stopped."""
    config = uvicorn.Config(
        site.application(), host=host, port=port, log_level="warning", access_log=False, lifespan="off", server_header=False,
        limit_concurrency=200, timeout_keep_alive=5, h11_max_incomplete_event_size=65_536,
    )  # fmt: skip
    uvicorn.Server(config).run()


def _newest(path: Path) -> int:
    """When a table was last changed; files' own times, as folders' change when a build merely stages beside them."""
    if path.is_file():
        return path.stat().st_mtime_ns
    return max((file.stat().st_mtime_ns for file in path.rglob("*.parquet")), default=0)
