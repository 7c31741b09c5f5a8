"""What people do on the page, in Debian's Chromium."""

from __future__ import annotations

import csv
from pathlib import Path

import feedparser
import pytest
from playwright.sync_api import Browser, Page, expect

from search.reports import reports
from tests.browser.conftest import PHONE, TIMEOUT_MS
from tests.search.web import made


def marked(page: Page, label: str) -> list[str]:
    """What is marked so in the passage, without the marks' own words."""
    script = """marks => marks.map(mark => { const copy = mark.cloneNode(true);
        copy.querySelectorAll('.vh, .tag').forEach(own => own.remove()); return copy.textContent; })"""
    return list(page.locator(f".context mark.m-{label}").evaluate_all(script))


def test_from_a_word_to_a_file(page: Page, tmp_path: Path) -> None:
    """A commitment by a word that only its stem shares, narrowed by region and kind, opened, downloaded, followed."""
    page.goto("/")
    page.get_by_label("Kata kunci").fill("dibangunnya puskesmas")
    page.get_by_role("button", name="Cari").click()
    page.locator("details.facet", has_text="Wilayah").get_by_role("link", name="Nusa Tenggara Timur").click()
    page.locator("details.facet", has_text="Jenis").get_by_role("link", name="Komitmen").click()
    expect(page.locator(".chips li")).to_have_count(3)
    assert "q=dibangunnya+puskesmas" in page.url
    assert "region=53" in page.url
    assert "kind=commitment" in page.url
    assert page.locator(".hit mark.m-match").all_inner_texts() == ["membangun", "puskesmas"] * 2
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    download.value.save_as(tmp_path / "hasil.csv")
    with (tmp_path / "hasil.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2
    assert {row["region_name"] for row in rows} == {"Nusa Tenggara Timur"}
    feed = page.context.request.get(page.get_by_role("link", name="Umpan Atom").get_attribute("href") or "")
    assert [entry.link for entry in feedparser.parse(feed.body()).entries]
    page.locator(".hit h3 a").first.click()
    assert marked(page, "cue") == ["akan"]
    assert marked(page, "quantity") == ["3 puskesmas"]
    assert marked(page, "deadline") == ["paling lambat Desember 2024"]
    assert marked(page, "action") == ["membangun 3 puskesmas di wilayah kepulauan paling lambat Desember 2024"]
    assert marked(page, "issuer") == ["Gubernur Contoh Timur", "Melkior Tanggu"]


def test_the_other_language_keeps_the_place(page: Page) -> None:
    page.goto("/cari?q=stunting&kind=target")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("/en/cari?q=stunting&kind=target")
    expect(page.locator("#count")).to_have_text("6 directives")
    page.get_by_role("link", name="Bahasa Indonesia").click()
    expect(page.locator("#count")).to_have_text("6 arahan")


def test_an_error_is_reported(page: Page, browser_data: Path) -> None:
    page.goto("/arahan/d004")
    page.get_by_role("link", name="Laporkan kesalahan").click()
    page.get_by_label("Apa yang keliru?").select_option(label="Angka")
    page.get_by_label("Penjelasan").fill("Targetnya 13 persen, bukan 14.")
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_role("status")).to_contain_text("Laporan nomor")
    assert [(one.directive_id, one.problem) for one in reports(browser_data, "open")] == [("d004", "number")]


def test_a_citation_is_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/arahan/d000")
    page.get_by_role("button", name="Salin kutipan").click()
    expect(page.locator(".copied")).to_have_text("Tersalin")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#citation").input_value()


def test_everything_without_a_script(browser: Browser, address: str, browser_data: Path) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=address)
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    page.goto("/cari?q=sampah")
    page.locator("details.facet", has_text="Jenis").get_by_role("link", name="Larangan").click()
    page.locator(".hit h3 a").first.click()
    assert "Catatan Arahan" in page.locator("#citation").input_value()
    expect(page.get_by_role("button", name="Salin kutipan")).to_be_hidden()
    page.get_by_role("link", name="Laporkan kesalahan").click()
    page.get_by_label("Apa yang keliru?").select_option(label="Lainnya")
    page.get_by_label("Penjelasan").fill("Tanpa skrip.")
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_role("status")).to_contain_text("Laporan nomor")
    assert reports(browser_data)[-1].text == "Tanpa skrip."
    context.close()


def test_by_keyboard(page: Page) -> None:
    page.goto("/cari")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("/")
    page.keyboard.type("pohon")
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_contain_text("arahan")
    page.locator(".hit h3 a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".passage")).to_be_visible()


def test_from_the_map_to_an_official(page: Page) -> None:
    page.goto("/wilayah")
    page.get_by_role("link", name="Nusa Tenggara Timur: 16").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nusa Tenggara Timur")
    expect(page.locator(".coverage")).to_contain_text("humas-53")
    page.get_by_role("link", name="Melkior Tanggu, Gubernur Contoh Timur").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Melkior Tanggu")
    expect(page.locator("#group")).to_contain_text("Masyarakat")


def test_commitments_by_deadline(page: Page) -> None:
    page.goto("/komitmen")
    expect(page.locator(".hit").first).to_contain_text("dilaporkan oleh")
    page.get_by_role("link", name="Tenggat sudah lewat").click()
    expect(page.locator(".hit").first).to_contain_text("sudah lewat")


@pytest.mark.parametrize(
    "path", ["/", "/cari", "/arahan/d000", "/komitmen", "/wilayah/53", "/grafik", "/pejabat", "/arahan/d000/lapor"]
)
def test_no_page_is_wider_than_a_phone(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport=PHONE, base_url=address)  # type: ignore[arg-type]
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    context.close()


def test_nothing_of_the_data_runs(browser: Browser, tmp_path: Path) -> None:
    """Hostile records in a real browser; whatever ran would rename the page or open a dialogue."""
    import threading

    import uvicorn

    from search.web.site import Site
    from tests.search.web.test_safety import FIELDS, SCRIPTS

    rows = [made.payload(field, text) for field in FIELDS for text in SCRIPTS[:5]]
    site = Site(made.write(tmp_path / "data", rows), time_limit_s=30)
    server = uvicorn.Server(uvicorn.Config(site.application(), host="127.0.0.1", port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    context = browser.new_context()
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    while not server.started:
        thread.join(0.05)
    base = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    for path in (
        "/",
        "/cari?size=100",
        "/en/komitmen?kind=commitment",
        "/grafik",
        *(f"/arahan/{row['directive_id']}" for row, _ in rows[::7]),
    ):
        page.goto(base + path)
        assert page.title() != "JALAN"
    assert ran == []
    context.close()
    server.should_exit = True
    thread.join(30)
    site.close()
