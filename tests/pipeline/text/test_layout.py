"""The text laid out for Stanza leads back to the article, character by character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arahan.types import Span
from pipeline.text.layout import MAX_RUN, cut, lay_out, plain_spaces

texts = st.text(alphabet=st.sampled_from(list("abcd é“”.\t\r\u00a0")), max_size=60)


@given(paragraphs=st.lists(texts, max_size=6))
def test_every_character_leads_back_to_where_it_came_from(paragraphs: list[str]) -> None:
    text = "\n".join(paragraphs)
    spans, at = [], 0
    for p in paragraphs:
        if p.strip():
            spans.append(Span(at, at + len(p)))
        at += len(p) + 1
    layout = lay_out(text, spans)
    for offset, character in enumerate(layout.text):
        if not character.isspace():
            assert text[layout.place(offset)] == character


@given(words=st.lists(st.sampled_from(["membangun", "jalan", "desa.", "dan", "x" * 700]), min_size=1, max_size=800))
def test_long_paragraphs_are_cut_without_losing_anything(words: list[str]) -> None:
    text = " ".join(words)
    parts = cut(text, Span(0, len(text)))
    assert "".join(p.of(text) for p in parts) == text
    assert all(p.end - p.start <= MAX_RUN for p in parts)


def test_two_megabytes_without_a_full_stop_become_many_parts() -> None:
    text = "membangun jalan desa " * 100_000
    layout = lay_out(text, [Span(0, len(text))])
    assert len(layout.starts) > 900


@given(text=st.text())
def test_plain_spaces_change_no_offset_and_no_line(text: str) -> None:
    plain = plain_spaces(text)
    assert len(plain) == len(text)
    for before, after in zip(text, plain, strict=True):
        assert before == after or (after == " " and (before.isspace() or not before.isprintable()))
        assert before not in "\n\r\u2028\u2029" or after == before


def test_what_looks_like_a_space_or_like_nothing_is_a_space() -> None:
    assert plain_spaces("camat\u00a0dan\u200blurah\tdi\u202fdesa\ufeff\n") == "camat dan lurah di desa \n"
