from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arahan.errors import DataFileError
from models.training.gsd_conversion import CliticLexicon, convert, merge_reduplications, split_clitics
from models.training.gsd_usage import Usage, one_of
from models.training.surface import glued_to_next, parse_line, surface_lines, with_quotes
from models.training.treebanks import (
    Sentence,
    Span,
    Word,
    noun_modifiers_as,
    raw_text,
    read_conllu,
    to_conllu,
    without_tags,
    write_conllu,
)


def word(form: str, upos: str, head: int, deprel: str, misc: str = "_") -> Word:
    return Word(form, "_", upos, "_", "_", head, deprel, misc)


LEXICON = CliticLexicon(frozenset({"biasanya", "setelah"}), frozenset({"apakah"}), frozenset({"apa", "warga"}), {"telah": "AUX"})
NO_USAGE = Usage.learn([])
VISIT = Sentence(
    "s1",
    (
        word("Camat", "NOUN", 2, "nsubj"),
        word("mengajak", "VERB", 0, "root"),
        word("warganya", "NOUN", 2, "obj", "SpaceAfter=No"),
        word(".", "PUNCT", 2, "punct"),
    ),
)
VILLAGES = Sentence(
    "s2",
    (
        word("Desa", "NOUN", 5, "nsubj"),
        word("-", "PUNCT", 1, "punct"),
        word("desa", "NOUN", 1, "compound:plur"),
        word("telah", "ADV", 5, "advmod"),
        word("berkembang", "VERB", 0, "root"),
    ),
)

forms = st.text(alphabet="abdeghiklmnoprstuy", min_size=1, max_size=9)
sentences = st.lists(st.tuples(forms, st.booleans()), min_size=1, max_size=12).map(
    lambda pairs: Sentence(
        "s", tuple(word(form, "NOUN", 0 if n == 0 else 1, "root" if n == 0 else "nmod", "SpaceAfter=No" if glued else "_")
                   for n, (form, glued) in enumerate(pairs))
    )
)  # fmt: skip


class TestConllu:
    @given(st.lists(sentences, min_size=1, max_size=4))
    def test_what_is_written_reads_back(self, tmp_path_factory: pytest.TempPathFactory, treebank: list[Sentence]) -> None:
        path = tmp_path_factory.mktemp("conllu") / "bank.conllu"
        write_conllu(treebank, path)
        assert read_conllu(path) == treebank

    def test_multiword_token_reads_back(self, tmp_path: Path) -> None:
        split = split_clitics(VISIT, LEXICON)
        write_conllu([split], tmp_path / "bank.conllu")
        assert read_conllu(tmp_path / "bank.conllu") == [split]

    def test_faulty_line_is_named(self, tmp_path: Path) -> None:
        path = tmp_path / "bank.conllu"
        path.write_text(to_conllu(VISIT).replace("2\tmengajak\t", "2 mengajak "), encoding="utf-8")
        with pytest.raises(DataFileError, match="line 4: 8 columns"):
            read_conllu(path)

    def test_text_has_no_space_before_the_full_stop(self) -> None:
        assert VISIT.text == "Camat mengajak warganya."

    def test_raw_text_breaks_paragraphs_or_joins(self) -> None:
        assert raw_text([VISIT, VISIT]) == f"{VISIT.text} {VISIT.text}\n"
        assert raw_text([VISIT, VISIT], paragraph_every=1.0) == f"{VISIT.text}\n\n{VISIT.text}\n"

    def test_blanked_column(self) -> None:
        assert {w.upos for w in without_tags(VISIT, "upos").words} == {"_"}


class TestClitics:
    def test_possessor_becomes_a_word_under_its_noun(self) -> None:
        split = split_clitics(VISIT, LEXICON)
        assert [w.form for w in split.words] == ["Camat", "mengajak", "warga", "nya", "."]
        assert (split.words[3].head, split.words[3].deprel, split.words[3].upos) == (3, "nmod:poss", "PRON")
        assert split.spans == (Span(3, 4, "warganya", "SpaceAfter=No"),)
        assert split.text == VISIT.text

    @pytest.mark.parametrize(
        ("form", "upos", "clitic"),
        [
            ("biasanya", "ADV", ""),
            ("setelah", "ADP", ""),
            ("Apakah", "ADV", "kah"),
            ("memanggilnya", "VERB", "nya"),
            ("Surabaya", "PROPN", ""),
            ("buku", "NOUN", ""),
        ],
    )
    def test_what_is_split(self, form: str, upos: str, clitic: str) -> None:
        assert LEXICON.clitic_of(word(form, upos, 0, "root")) == clitic

    def test_agent_of_a_passive(self) -> None:
        split = split_clitics(Sentence("s", (word("dipimpinnya", "VERB", 0, "root"),)), LEXICON)
        assert split.words[1].deprel == "obl:agent"

    @given(sentences)
    def test_text_and_tree_survive(self, sentence: Sentence) -> None:
        converted = convert(sentence, LEXICON, NO_USAGE)
        assert converted.text.replace(" ", "") == sentence.text.replace(" ", "")
        assert [w.head for w in converted.words].count(0) == 1
        assert all(0 <= w.head <= len(converted.words) for w in converted.words)

    def test_lexicon_prefers_the_own_treebank(self) -> None:
        whole = Sentence("s", (word("lainnya", "ADJ", 0, "root"),))
        split = Sentence("s", (word("lain", "ADJ", 0, "root"), word("nya", "DET", 1, "det")), (Span(1, 2, "lainnya"),))
        assert CliticLexicon.learn([whole], [split]).clitic_of(word("lainnya", "ADJ", 0, "root")) == ""
        assert CliticLexicon.learn([split], [whole]).clitic_of(word("lainnya", "ADJ", 0, "root")) == "nya"


class TestConversion:
    def test_reduplication_becomes_one_word(self) -> None:
        merged = merge_reduplications(VILLAGES)
        assert [(w.form, w.head) for w in merged.words] == [("Desa-desa", 3), ("telah", 3), ("berkembang", 0)]

    def test_auxiliary_is_renamed(self) -> None:
        assert [(w.upos, w.deprel) for w in convert(VILLAGES, LEXICON, NO_USAGE).words][1] == ("AUX", "aux")

    def test_relative_clause_and_names(self) -> None:
        sentence = Sentence(
            "s",
            (
                word("Bupati", "PROPN", 0, "root"),
                word("Arman", "PROPN", 1, "flat"),
                word("yang", "PRON", 4, "nsubj"),
                word("hadir", "VERB", 1, "acl"),
            ),
        )
        assert [w.deprel for w in convert(sentence, LEXICON, NO_USAGE).words] == ["root", "flat:name", "nsubj", "acl:relcl"]

    def test_bare_noun_modifiers_follow_the_package(self) -> None:
        sentence = Sentence(
            "s",
            (
                word("kepala", "NOUN", 0, "root"),
                word("dinas", "NOUN", 1, "compound"),
                word("di", "ADP", 4, "case"),
                word("kota", "NOUN", 1, "nmod"),
            ),
        )
        assert [w.deprel for w in noun_modifiers_as("nmod", sentence).words] == ["root", "nmod", "case", "nmod"]
        assert [w.deprel for w in noun_modifiers_as("compound", sentence).words] == ["root", "compound", "case", "nmod"]


class TestSurface:
    def test_quotes_open_and_close(self) -> None:
        quoted = parse_line('" ~ Siap ~ , ~ " kata Camat ~ .', 1)
        assert with_quotes(quoted, {'"': ("“", "”")}).text == "“Siap,” kata Camat."

    def test_line_keeps_its_tokens(self) -> None:
        assert [form for form, _ in parse_line("Rp ~ 2,3 miliar", 1).tokens()] == ["Rp", "2,3", "miliar"]

    def test_glued_sentence_loses_only_its_last_space(self) -> None:
        assert raw_text([glued_to_next(VISIT), VISIT]) == f"{VISIT.text}{VISIT.text}\n"

    def test_shipped_lines_parse(self) -> None:
        lines = surface_lines(copies=1)
        assert len(lines) > 20
        assert all("~" not in line.text for line in lines)


def to_build(preposition: str, upos: str, deprel: str, noun: str, relation: str) -> Sentence:
    """ "dipakai untuk membangun pada tahun": a function word under a verb, and a noun that may date it."""
    return Sentence(
        "s",
        (
            word("dipakai", "VERB", 0, "root"),
            word(preposition, upos, 3, deprel),
            word("membangun", "VERB", 1, "advcl"),
            word("pada", "ADP", 5, "case"),
            word(noun, "NOUN", 3, relation),
        ),
    )


class TestUsage:
    def test_function_words_and_times_follow_what_nearly_all_examples_say(self) -> None:
        usage = Usage.learn([to_build("untuk", "SCONJ", "mark", "tahun", "obl:tmod")] * 5)
        old = usage.applied(to_build("untuk", "ADP", "case", "tahun", "obl"))
        assert [(w.upos, w.deprel) for w in old.words][1] == ("SCONJ", "mark")
        assert old.words[4].deprel == "obl:tmod"

    def test_rare_or_divided_use_changes_nothing(self) -> None:
        mixed = [to_build(*form, "rapat", "obl") for form in (("untuk", "SCONJ", "mark"), ("untuk", "ADP", "case"))]
        old = to_build("untuk", "ADP", "case", "rapat", "obl")
        assert Usage.learn(mixed * 5).applied(old) == old
        assert Usage.learn(mixed[:1] * 2).applied(old) == old

    def test_one_of_counts_the_noun(self) -> None:
        old = Sentence(
            "s",
            (
                word("Salah", "DET", 3, "det"),
                word("satu", "DET", 1, "fixed"),
                word("desa", "NOUN", 4, "nsubj"),
                word("maju", "ADJ", 0, "root"),
            ),
        )
        assert [(w.head, w.deprel) for w in one_of(old).words] == [(2, "advmod"), (3, "nummod"), (4, "nsubj"), (0, "root")]
