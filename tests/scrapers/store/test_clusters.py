from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.store import articles, clusters, ledger
from scrapers.store.articles import Reading
from scrapers.store.similar import jaccard, min_hash, shingles, signature
from scrapers.store.state import State
from scrapers.types import Response, Scraped
from tests.scrapers.site import NOON, source, text_of

SOURCES = {
    id: source(id, f"http://{id}.test", kind=kind) for id, kind in (("humas", "official"), ("kabar", "press"), ("warta", "press"))
}
Told = tuple[str, int, str, str]  # source, number of the page, day, text


def tell(state: State, told: Sequence[Told]) -> None:
    with state.transaction() as db:
        for name, number, day, text in told:
            url = f"http://{name}.test/{number}"
            response = Response(url, url, 200, {}, b"", NOON)
            scraped = Scraped(url, "Judul", text, dt.date.fromisoformat(day) if day else None)
            ledger.note(db, SOURCES[name])
            articles.record(db, SOURCES[name], scraped, Reading(url, "", response, 1))


def grouped(state: State) -> list[tuple[str, list[str]]]:
    """(leader, members) of every cluster, by page such as humas/1."""
    with state.transaction() as db:
        clusters.update(db)
        places = clusters.places(db)
        pages = {
            row["id"]: row["url"].removeprefix("http://").replace(".test", "")
            for row in db.execute("SELECT id, url FROM article")
        }
    groups: dict[str, list[str]] = {}
    leaders = {place.cluster_id: pages[id] for id, place in places.items() if place.lead}
    for id, place in sorted(places.items()):
        groups.setdefault(place.cluster_id, []).append(pages[id])
    assert len(leaders) == len(groups)
    return sorted((leaders[id], sorted(members)) for id, members in groups.items())


def copy_of(number: int, other: str = "Redaksi menambah satu kalimat pendek.") -> str:
    return f"{text_of(number)}\n{other}"


def test_the_official_site_leads_else_the_earliest(tmp_path: Path) -> None:
    with State(tmp_path / "s") as state:
        tell(
            state,
            [
                ("kabar", 1, "2024-05-02", copy_of(1)),
                ("humas", 1, "2024-05-04", text_of(1)),
                ("warta", 1, "2024-05-01", copy_of(1, "Warta menulis lain.")),
                ("warta", 2, "2024-05-03", text_of(2)),
                ("kabar", 2, "2024-05-02", copy_of(2)),
                ("kabar", 3, "2024-05-02", text_of(3)),
            ],
        )
        assert grouped(state) == [
            ("humas/1", ["humas/1", "kabar/1", "warta/1"]),
            ("kabar/2", ["kabar/2", "warta/2"]),
            ("kabar/3", ["kabar/3"]),
        ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("humas", 1, "2024-05-02", text_of(1)), ("humas", 2, "2024-05-02", text_of(1))),
        (("humas", 1, "2023-05-02", text_of(1)), ("kabar", 2, "2024-05-02", text_of(1))),
        (("humas", 1, "2024-05-02", text_of(1)), ("kabar", 2, "2024-05-02", text_of(2))),
        (("humas", 1, "2024-05-02", text_of(1)), ("kabar", 2, "2024-05-02", f"{text_of(1)[:150]}\n{text_of(2)}")),
    ],
    ids=["one outlet", "a year apart", "other texts", "a quotation"],
)
def test_what_is_no_republication(tmp_path: Path, one: Told, other: Told) -> None:
    with State(tmp_path / "s") as state:
        tell(state, [one, other])
        assert len(grouped(state)) == 2


TOLD: list[Told] = [
    (name, number, f"2024-05-{day:02}" if day else "", copy_of(number % 3, extra))
    for name, number, day, extra in [
        ("kabar", 1, 3, "Satu."),
        ("warta", 1, 0, "Dua kata."),
        ("humas", 1, 9, "Tiga kata lain."),
        ("kabar", 2, 1, "Empat."),
        ("warta", 2, 1, "Lima."),
        ("humas", 3, 1, "Enam."),
        ("warta", 3, 5, "Tujuh."),
        ("kabar", 4, 20, "Delapan."),
    ]
]


@settings(max_examples=12)
@given(st.permutations(TOLD), st.lists(st.integers(0, len(TOLD)), max_size=3))
def test_clusters_do_not_depend_on_order_or_on_how_many_come_at_once(told: list[Told], pauses: list[int]) -> None:
    with State(Path(":memory:")) as state, State(Path(":memory:")) as at_once:
        for place, each in enumerate(told):
            tell(state, [each])
            if place in pauses:
                grouped(state)
        tell(at_once, TOLD)
        assert grouped(state) == grouped(at_once)


def test_an_edit_leaves_its_cluster(tmp_path: Path) -> None:
    with State(tmp_path / "s") as state:
        tell(state, [("humas", 1, "2024-05-02", text_of(1)), ("kabar", 1, "2024-05-02", text_of(1))])
        assert len(grouped(state)) == 1
        with state.transaction() as db:
            assert clusters.update(db) == 0  # nothing is compared twice
        tell(state, [("kabar", 1, "2024-05-02", text_of(2))])
        assert len(grouped(state)) == 2
        tell(state, [("kabar", 1, "2024-05-02", text_of(1))])
        assert len(grouped(state)) == 1


def test_near_duplicates_become_candidates() -> None:
    """The index must not lose what the exact comparison would keep: 200 pairs of similarity 0.6 to 0.75."""
    draw = random.Random(1)
    words = [f"kata{number}" for number in range(2000)]
    missed = pairs = 0
    for _ in range(200):
        text = draw.choices(words, k=250)
        other = [*text]
        for _ in range(draw.randint(6, 9)):
            other[draw.randrange(250)] = "lain"
        one, two = " ".join(text), " ".join(other)
        if jaccard(shingles(one), shingles(two)) >= clusters.SAME_TEXT:
            pairs += 1
            first, second = min_hash(signature(one)).hashvalues, min_hash(signature(two)).hashvalues
            bands = zip(first.reshape(clusters.BANDS, -1), second.reshape(clusters.BANDS, -1), strict=True)
            missed += not any((a == b).all() for a, b in bands)
    assert pairs > 100
    assert missed / pairs < 0.02


@given(st.text(max_size=80), st.text(max_size=80))
def test_similarity_is_a_share_and_symmetric(one: str, other: str) -> None:
    a, b = shingles(one), shingles(other)
    assert 0.0 <= jaccard(a, b) == jaccard(b, a) <= 1.0
    assert jaccard(a, a) == 1.0
    assert signature(one) == signature(one.upper()) or one.upper().casefold() != one.casefold()
