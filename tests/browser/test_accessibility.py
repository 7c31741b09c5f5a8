"""axe-core over every page, at both widths, in both languages: no serious or critical fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import DESKTOP, PHONE, TIMEOUT_MS

AXE = Path(__file__).with_name("node_modules") / "axe-core" / "axe.min.js"
PAGES = (
    "/", "/cari?q=pembangunan&kind=commitment", "/cari?q=qqqq", "/arahan/d000", "/arahan/d000/lapor", "/embed/d000",
    "/tulisan/a000", "/komitmen", "/pejabat", "/pejabat/melkior-tanggu%3Agubernur%3A53", "/wilayah", "/wilayah/53", "/wilayah/62",
    "/sektor", "/sektor/kesehatan", "/grafik", "/tentang", "/tidak-ada",
)  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("code", ["id", "en"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_axe_finds_no_serious_fault(browser: Browser, address: str, code: str, size: str, scheme: str) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed; tests/browser/install installs it (npm ci)")
    viewport = DESKTOP if size == "desktop" else PHONE
    context = browser.new_context(viewport=viewport, base_url=address, color_scheme=scheme)  # type: ignore[arg-type]
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    faults = []
    for path in PAGES:
        page.goto(path if code == "id" else f"/en{path}")
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found: list[dict[str, Any]] = page.evaluate("axe.run({resultTypes: ['violations']}).then(found => found.violations)")
        faults += [f"{path}: {_said(one)}" for one in found if one["impact"] in ("serious", "critical")]
    context.close()
    assert faults == []


def _said(fault: dict[str, Any]) -> str:
    nodes = [f"{node['html'][:160]} ({node['failureSummary'][:200]})" for node in fault["nodes"][:3]]
    return f"{fault['id']}: {' | '.join(nodes)}"
