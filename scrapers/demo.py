"""A site on this machine with the sample releases, and the command that fetches it: `python -m scrapers.demo -o OUTPUT`."""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

from arahan.settings import REPOSITORY
from scrapers.demo_site import Demo

RELEASES = REPOSITORY / "samples" / "releases.jsonl"
PORT = 8640  # the same one on every run where it is free: an article is known by its address


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD for a `Demo`, with an ETag and 304."""

    demo: ClassVar[Demo]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send the answer, or 304 when the client has it."""
        answer = self.demo.answer(self.path)
        body = answer.body.encode()
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        unchanged = answer.status == 200 and self.headers.get("If-None-Match") == tag
        self.send_response(304 if unchanged else answer.status)
        for name, value in {**answer.headers, "ETag": tag}.items() if answer.status == 200 else ():
            self.send_header(name, value)
        if not unchanged:
            self.send_header("Content-Type", answer.type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and not unchanged:
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def running(releases: Path = RELEASES, port: int = 0) -> Iterator[Demo]:
    """The demo site on 127.0.0.1, on `port` or, when that is taken or 0, a free one; it stops at the end."""
    server = _server(port)
    demo = Demo(f"http://127.0.0.1:{server.server_port}", _records(releases))
    server.RequestHandlerClass = type("DemoHandler", (Handler,), {"demo": demo})
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield demo
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def main() -> int:
    """Start the site, run `arahan scrape` on it, stop it. Returns the exit status of the scrape."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, required=True, help="the folder that gets articles/")
    parser.add_argument("arguments", nargs="*", help="further arguments of arahan scrape, after --")
    given = parser.parse_args()
    with running(port=PORT) as demo, tempfile.TemporaryDirectory() as folder:
        registry = Path(folder) / "demo.toml"
        registry.write_text(demo.declarations(), encoding="utf-8")
        print(f"The demo site is at {demo.base}; it has {sum(map(len, demo.sites.values()))} releases.", flush=True)
        command = [
            sys.executable,
            "-m",
            "arahan",
            "scrape",
            "--registry",
            str(registry),
            "--allow-loopback",
            "-o",
            str(given.output),
        ]
        return subprocess.run([*command, *given.arguments], check=False).returncode


def _server(port: int) -> ThreadingHTTPServer:
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), Handler)
    except OSError:
        return ThreadingHTTPServer(("127.0.0.1", 0), Handler)


def _records(releases: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in releases.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    sys.exit(main())
