"""`arahan serve` as people start it."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

from tests.helpers import REPOSITORY, arahan, environment
from tests.search.web import made

WAIT_S = 120


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _answer(address: str, process: subprocess.Popen[str]) -> httpx.Response:
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end and process.poll() is None:
        try:
            return httpx.get(address, timeout=30)
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(process.communicate(timeout=5))


def test_it_builds_the_index_and_serves(tmp_path: Path) -> None:
    data, port = made.write(tmp_path / "data", made.rows(4)), _free_port()
    (data / "search.sqlite").unlink()
    command = [
        sys.executable,
        "-m",
        "arahan",
        "serve",
        str(data),
        "--port",
        str(port),
        "--no-meaning",
        "--public-url",
        "https://a.example/",
    ]
    process = subprocess.Popen(
        command, cwd=REPOSITORY, env=environment(), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        response = _answer(f"http://127.0.0.1:{port}/arahan/d001", process)
        head = httpx.head(f"http://127.0.0.1:{port}/cari", timeout=30)
    finally:
        process.terminate()
        _, said = process.communicate(timeout=30)
    assert response.status_code == 200
    assert "https://a.example/arahan/d001" in response.text
    assert "server" not in response.headers
    assert (head.status_code, head.content) == (200, b"")
    assert re.search(r"the search page is at http://127\.0\.0\.1:\d+/", said)


def test_it_says_what_is_missing(tmp_path: Path) -> None:
    nothing = arahan("serve", tmp_path, "--no-meaning")
    assert nothing.returncode == 2
    assert "arahan extract" in nothing.stderr
    odd = arahan("serve", tmp_path, "--public-url", "javascript:alert(1)")
    assert odd.returncode == 2
    assert "--public-url" in odd.stderr
