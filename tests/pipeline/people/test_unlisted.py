"""Places that no gazetteer knows are no names of officials. All places and people are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arahan.types import Article
from pipeline.people.misspelt import misspelt_region
from pipeline.people.officials import resolve_officials
from pipeline.people.unlisted import LONGEST, unlisted_places
from pipeline.text.tokens import tokenize
from pipeline.vocabulary.regions import TITLES, Region, regions


def pairs(text: str, outlet: str = "") -> list[tuple[str, str]]:
    return [(official.name, official.role) for official in resolve_officials(Article("a", text, "", outlet=outlet))]


@pytest.mark.parametrize(
    ("text", "outlet", "name", "role"),
    [
        ("Gubernur Kalimasada, Wirya Adiputra membuka rapat.", "", "Wirya Adiputra", "Gubernur Kalimasada"),
        ("Bupati Sela Arum, Dewi Sasmita mengatakan panen baik.", "", "Dewi Sasmita", "Bupati Sela Arum"),
        ("Gubernur Nusa Kirana Wirya Adiputra hadir.", "", "Wirya Adiputra", "Gubernur Nusa Kirana"),
        ("Bupati Arumdalu Selatan Dewi Sasmita hadir.", "", "Dewi Sasmita", "Bupati Arumdalu Selatan"),
        ("Ketua DPRD Teluk Arum Wirya Adiputra hadir.", "", "Wirya Adiputra", "Ketua DPRD Teluk Arum"),
        ("Bupati Sela Arum Dewi Sasmita hadir.", "Humas Kabupaten Sela Arum", "Dewi Sasmita", "Bupati Sela Arum"),
        ("Sekda Padang Kirana Wirya Adiputra hadir.", "Humas Kabupaten Padang Kirana", "Wirya Adiputra", "Sekda Padang Kirana"),
    ],
)
def test_a_place_belongs_to_the_office(text: str, outlet: str, name: str, role: str) -> None:
    assert pairs(text, outlet) == [(name, role)]


def test_a_place_shown_once_is_a_place_throughout() -> None:
    text = "Warga Kalimasada datang. Gubernur Kalimasada, Wirya Adiputra membuka rapat.\nWakil Gubernur Kalimasada ikut."
    assert pairs(text) == [("Wirya Adiputra", "Gubernur Kalimasada")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bupati Dewi Sasmita, Senin (1/2), membuka rapat.", ["Dewi Sasmita"]),
        ("Bupati Dewi Sasmita, S.Sos., M.Si. mengatakan panen baik.", ["Dewi Sasmita"]),
        ("Bupati Dewi Sasmita, Wakil Bupati Wirya Adiputra mendampingi.", ["Dewi Sasmita", "Wirya Adiputra"]),
        ("Bupati Dewi Sasmita, Kapolres Siak menghadiri apel.", ["Dewi Sasmita"]),
    ],
)
def test_a_name_stays_a_name(text: str, names: list[str]) -> None:
    assert [name for name, _ in pairs(text, "Humas Kabupaten Siak")] == names


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("Bupati Lampung Selatn", "Dewi Sasmita"),
        ("Gubernur Nusa Tengara Barat", "Wirya Adiputra"),
        ("Bupati TanjungJabung Timur", "Dewi Sasmita"),
        ("Bupati Ogan Komering Ulu Selatam", "Wirya Adiputra"),
        ("Kepala Dinas Kesehatan Kabupaten Lampung Selatn", "Dewi Sasmita"),
        ("Sekretaris Daerah Kabupaten Maluku Tenggar", "Wirya Adiputra"),
    ],
)
def test_a_misspelt_region_belongs_to_the_office(role: str, name: str) -> None:
    assert pairs(f"{role} {name} hadir.") == [(name, role)]
    assert pairs(f"Rapat dibuka {role}, Senin (1/2).") == []
    assert pairs(f"Rapat dibuka {role}.\n{role}, {name} hadir.") == [(name, role)]


@pytest.mark.parametrize("region", sorted(regions().values(), key=lambda region: region.code)[::9])
def test_a_region_that_lost_its_last_letter_is_no_name(region: Region) -> None:
    bare = region.name.removeprefix(TITLES[region.level])
    cut = tokenize(f"{bare[:-1]} Dewi Sasmita")
    several = len(tokenize(bare)) > 1
    assert misspelt_region(cut, 0) == (tuple(token.low for token in tokenize(bare[:-1])) if several else ())
    assert misspelt_region(tokenize(f"{bare} Dewi Sasmita"), 0) == ()


@given(st.lists(st.sampled_from(["Tanjung", "Jabung", "Timu", "Jawa", "Dewi", "Barat", ",", "kota"]), max_size=12))
def test_a_misspelt_region_is_a_run_of_capital_words(pieces: list[str]) -> None:
    tokens = tokenize(" ".join(pieces))
    for i in range(len(tokens)):
        found = misspelt_region(tokens, i)
        assert found == tuple(token.low for token in tokens[i : i + len(found)])
        assert all(token.capital for token in tokens[i : i + len(found)])


@given(
    st.lists(
        st.sampled_from(["Gubernur", "Kabupaten", "Nusa", "Arum", "Selatan", ",", "Dewi", "Sasmita", "membuka", "DPRD", "\n"]),
        max_size=20,
    )
)
def test_places_lie_within_the_text_and_start_with_a_capital(pieces: list[str]) -> None:
    text = " ".join(pieces)
    tokens = tokenize(text)
    for start, after in unlisted_places(text, tokens, {}, text).items():
        assert start < after <= min(len(tokens), start + LONGEST)
        assert tokens[start].capital
