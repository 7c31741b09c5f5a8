"""Which sentences train which Stanza model, written as the files that Stanza's trainers read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from stanza.utils.datasets import prepare_tokenizer_data
from stanza.utils.datasets.contract_mwt import contract_mwt

from models.training.gsd_conversion import CliticLexicon, convert
from models.training.gsd_usage import Usage
from models.training.surface import noisy_copies, surface_lines
from models.training.treebanks import (
    Sentence,
    Word,
    noun_modifiers_as,
    raw_text,
    read_conllu,
    with_relations,
    without_tags,
    write_conllu,
)

CSUI_HELD_OUT = 40
GSD_HELD_OUT = 40
PARAGRAPH_EVERY = 0.15


@dataclass(frozen=True)
class Treebanks:
    """The training material: each package's own sentences, those held out, PUD, and the converted old GSD."""

    csui: list[Sentence]
    csui_held_out: list[Sentence]
    gsd: list[Sentence]
    gsd_held_out: list[Sentence]
    pud: list[Sentence]
    gsd_v2: list[Sentence]

    def own(self, package: str) -> list[Sentence]:
        """Sentences annotated in the package's own convention."""
        return self.csui if package == "csui" else self.gsd

    def held_out(self, package: str) -> list[Sentence]:
        """Sentences kept for choosing between trained models."""
        return self.csui_held_out if package == "csui" else self.gsd_held_out


def load_treebanks(data: Path) -> Treebanks:
    """Read the treebanks under DATA/ud; no -test file but PUD's is opened."""
    folder = data / "ud"
    csui = read_conllu(folder / "id_csui-ud-train.conllu")
    gsd = read_conllu(folder / "id_gsd-ud-dev.conllu")
    pud = read_conllu(folder / "id_pud-ud-test.conllu")
    lexicon = CliticLexicon.learn(gsd[:-GSD_HELD_OUT], [*pud, *csui])
    usage = Usage.learn(gsd[:-GSD_HELD_OUT])
    gsd_v2 = [convert(sentence, lexicon, usage) for sentence in read_conllu(folder / "id_gsd-ud-train.v2.0.conllu")]
    return Treebanks(csui[:-CSUI_HELD_OUT], csui[-CSUI_HELD_OUT:], gsd[:-GSD_HELD_OUT], gsd[-GSD_HELD_OUT:], pud, gsd_v2)


def write_text_and_labels(sentences: Sequence[Sentence], stem: Path, paragraphs: float) -> None:
    """Write STEM.txt, STEM.toklabels and STEM.mwt.json with Stanza's own preparation."""
    write_conllu(sentences, stem.with_suffix(".conllu"))
    stem.with_suffix(".txt").write_text(raw_text(sentences, paragraphs), encoding="utf-8")
    files = [str(stem.with_suffix(suffix)) for suffix in (".txt", ".conllu", ".toklabels", ".mwt.json")]
    prepare_tokenizer_data.main([files[0], files[1], "-o", files[2], "-m", files[3]])


def tokenizer_files(banks: Treebanks, package: str, folder: Path) -> None:
    """Own sentences and PUD, copies with typographic and missing spaces, and lines with titles, dates and sums.

    For gsd also the converted old training part, whose sentences end where today's do.
    """
    own = banks.own(package)
    clean = [*own, *banks.pud, *(banks.gsd_v2 if package == "gsd" else ())]
    train = [*clean, *own, *noisy_copies(clean), *surface_lines()]
    write_text_and_labels(train, folder / "train", PARAGRAPH_EVERY)
    write_text_and_labels(banks.held_out(package), folder / "dev", 0.0)


def mwt_files(banks: Treebanks, package: str, folder: Path) -> None:
    """Sentences with their multiword tokens; the held-out ones also contracted."""
    write_conllu([*banks.own(package), *banks.pud], folder / "train.conllu")
    write_conllu(banks.held_out(package), folder / "dev.conllu")
    contract_mwt(str(folder / "dev.conllu"), str(folder / "dev.in.conllu"))


def lemma_files(banks: Treebanks, package: str, folder: Path) -> None:
    """Each form and class once with its commonest lemma, own first; unseen words of the held-out part choose the epoch."""
    other = banks.gsd if package == "csui" else banks.csui
    pud = _lemma_counts(banks.pud, names=package == "csui")
    parts = (_lemma_counts(other, names=False), pud, _lemma_counts(banks.own(package)))
    lemmas = {(form, upos): lemma for counts in parts for (form, upos, lemma), _ in reversed(counts.most_common())}
    write_conllu(_one_word_each(lemmas), folder / "train.conllu")
    held_out = ((word.form, word.upos, word.lemma) for sentence in banks.held_out(package) for word in sentence.words)
    unseen = {(form, upos): lemma for form, upos, lemma in held_out if (form, upos) not in lemmas}
    write_conllu(_one_word_each(unseen), folder / "dev.conllu")


def _lemma_counts(sentences: Sequence[Sentence], names: bool = True) -> Counter[tuple[str, str, str]]:
    words = (word for sentence in sentences for word in sentence.words if names or word.upos != "PROPN")
    return Counter((word.form, word.upos, word.lemma) for word in words)


def _one_word_each(lemmas: dict[tuple[str, str], str]) -> list[Sentence]:
    words = (Word(form, lemma, upos, "_", "_", 0, "root") for (form, upos), lemma in sorted(lemmas.items()))
    return [Sentence(f"lemma-{number}", (word,)) for number, word in enumerate(words)]


def pos_files(banks: Treebanks, package: str, folder: Path) -> None:
    """Own sentences, PUD without the columns that it lacks or that differ, and for gsd the converted old training part.

    The tagger's steps are fixed and its weights averaged: nothing is chosen by the held-out sentences, and they are taught too.
    """
    write_conllu([*banks.own(package), *banks.held_out(package)], folder / "train.conllu")
    write_conllu([without_tags(sentence, "xpos") for sentence in banks.pud], folder / "pud.conllu")
    write_conllu(banks.gsd_v2, folder / "gsd_v2.conllu")
    write_conllu(banks.held_out(package), folder / "dev.conllu")


def depparse_files(banks: Treebanks, package: str, folder: Path) -> None:
    """Sentences in the package's convention, own ones repeated; the others, relations renamed, as silver trees.

    The last steps learn from the held-out sentences too, which by then have chosen the step to go on from.
    """
    if package == "csui":
        train = [*banks.csui, *banks.csui, *banks.pud]
        silver = [noun_modifiers_as("nmod", sentence) for sentence in (*banks.gsd_v2, *banks.gsd)]
    else:
        train = [*banks.gsd, *banks.gsd, *banks.gsd, *banks.gsd_v2]
        silver = [noun_modifiers_as("compound", sentence) for sentence in (*banks.pud, *banks.csui)]
    known = {word.deprel for sentence in train for word in sentence.words}
    write_conllu([without_tags(sentence, "xpos", "feats", "lemma") for sentence in train], folder / "train.conllu")
    within = (with_relations(known, sentence) for sentence in silver)
    write_conllu([without_tags(sentence, "xpos", "feats", "lemma") for sentence in within], folder / "silver.conllu")
    own = (with_relations(known, sentence) for sentence in (*banks.own(package), *banks.held_out(package)))
    write_conllu([without_tags(sentence, "xpos", "feats", "lemma") for sentence in own], folder / "own.conllu")
    write_conllu(banks.held_out(package), folder / "dev.conllu")


WRITERS = {"tokenize": tokenizer_files, "mwt": mwt_files, "lemma": lemma_files, "pos": pos_files, "depparse": depparse_files}
