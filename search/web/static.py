"""Style sheet, script and icon: read once, named by their content, so that browsers may keep them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("static")
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@cache
def files() -> dict[str, tuple[bytes, str]]:
    """Content and type by name."""
    return {path.name: (path.read_bytes(), TYPES[path.suffix]) for path in sorted(FOLDER.iterdir()) if path.suffix in TYPES}


@cache
def address(name: str) -> str:
    """Where a file is served."""
    return f"/statis/{hashlib.sha256(files()[name][0]).hexdigest()[:12]}/{name}"
