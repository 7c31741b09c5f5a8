"""Bring the GSD training sentences of UD 2.0 near to today's annotation.

Steps, each a pure function over one sentence: reduplications written "kota - kota" become one word, clitics (-nya, -lah,
-kah, -pun, -ku, -mu) are split from their hosts, and relations and function-word classes are renamed. Lemmas, features and XPOS
stay empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from models.training.gsd_usage import Usage, one_of
from models.training.treebanks import Sentence, Span, Word

CLITIC = re.compile(r"(?P<host>.{2,}?)(?P<clitic>nya|lah|kah|pun|ku|mu)$", re.IGNORECASE)
PARTICLES = {"lah", "kah", "pun"}
CLOSED = {"ADP", "ADV", "AUX", "CCONJ", "DET", "PART", "PRON", "SCONJ"}
OWNERS = {"PROPN": "nmod", "NOUN": "compound"}  # "rumah Budi", "warna kulit": once determiners
SEEN_OFTEN = 2
SURE = 0.8


@dataclass(frozen=True)
class CliticLexicon:
    """What today's treebanks say of forms that end like a clitic, and of function words."""

    whole: frozenset[str]
    split: frozenset[str]
    hosts: frozenset[str]
    closed_class: dict[str, str]

    @classmethod
    def learn(cls, own: Iterable[Sentence], others: Iterable[Sentence] = ()) -> CliticLexicon:
        """Collect what the own treebank does with each form, and for forms that it lacks, what the others do."""
        whole, split, tags = _forms(own)
        other_whole, other_split, other_tags = _forms(others)
        whole += Counter({form: count for form, count in other_whole.items() if form not in split})
        split += Counter({form: count for form, count in other_split.items() if form not in whole})
        usual = _usual(other_tags) | _usual(tags)
        kept_whole = frozenset(form for form in whole if whole[form] >= split[form])
        return cls(kept_whole, frozenset(split) - kept_whole, frozenset(tags) | frozenset(other_tags), usual)

    def clitic_of(self, word: Word) -> str:
        """Return the clitic that today's annotation would split off, "" for none."""
        form = word.form.lower()
        match = CLITIC.match(form)
        if not match or form in self.whole or word.upos in ("PROPN", "PUNCT", "NUM"):
            return ""
        clitic = match["clitic"]
        if form in self.split or (clitic == "nya" and word.upos in ("NOUN", "VERB", "ADJ", "ADP")):
            return clitic
        return clitic if match["host"] in self.hosts and word.upos not in ("ADV", "AUX") else ""


def _forms(sentences: Iterable[Sentence]) -> tuple[Counter[str], Counter[str], dict[str, Counter[str]]]:
    whole: Counter[str] = Counter()
    split: Counter[str] = Counter()
    tags: dict[str, Counter[str]] = {}
    for sentence in sentences:
        split.update(span.form.lower() for span in sentence.spans)
        inside = {number for span in sentence.spans for number in range(span.first, span.last + 1)}
        whole.update(word.form.lower() for number, word in enumerate(sentence.words, 1) if number not in inside)
        for word in sentence.words:
            tags.setdefault(word.form.lower(), Counter())[word.upos] += 1
    return whole, split, tags


def _usual(tags: dict[str, Counter[str]]) -> dict[str, str]:
    usual = {}
    for form, counts in tags.items():
        tag, count = counts.most_common(1)[0]
        if tag in CLOSED and count >= max(SEEN_OFTEN, SURE * counts.total()):
            usual[form] = tag
    return usual


def drop_words(sentence: Sentence, dropped: dict[int, int], forms: dict[int, Word]) -> Sentence:
    """Remove words; `dropped` says which word takes over each one's dependents, `forms` which words change."""
    kept = [number for number in range(1, len(sentence.words) + 1) if number not in dropped]
    renumbered = {old: new for new, old in enumerate(kept, 1)}
    words = []
    for number in kept:
        word = forms.get(number, sentence.words[number - 1])
        head = dropped.get(word.head, word.head)
        words.append(replace(word, head=renumbered.get(head, 0)))
    return Sentence(sentence.sent_id, tuple(words))


def merge_reduplications(sentence: Sentence) -> Sentence:
    """Join "kota - kota" (compound:plur) into "kota-kota"; the hyphen and the copy disappear."""
    dropped: dict[int, int] = {}
    forms: dict[int, Word] = {}
    for number in range(1, len(sentence.words) - 1):
        first, hyphen, second = sentence.words[number - 1 : number + 2]
        joined = hyphen.form == "-" and (second.deprel == "compound:plur" or first.form.lower() == second.form.lower())
        if joined and number not in dropped and second.head == number:
            dropped.update({number + 1: number, number + 2: number})
            forms[number] = replace(first, form=f"{first.form}-{second.form}", misc=second.misc)
    return drop_words(sentence, dropped, forms) if dropped else sentence


def _clitic_word(clitic: str, host: Word, host_number: int) -> Word:
    if clitic in PARTICLES:
        upos, deprel = "PART", "advmod:emph"
    elif host.upos == "ADJ":
        upos, deprel = "DET", "det"
    elif host.upos == "VERB":
        passive = host.form.lower().startswith(("di", "ter"))
        upos, deprel = "PRON", "obl:agent" if passive else "obj"
    else:
        upos, deprel = "PRON", "nmod:poss"
    return Word(clitic, "_", upos, "_", "_", host_number, deprel)


def split_clitics(sentence: Sentence, lexicon: CliticLexicon) -> Sentence:
    """Split clitics into words of their own under a multiword token."""
    clitics = {number: lexicon.clitic_of(word) for number, word in enumerate(sentence.words, 1)}
    shift, new_number = 0, {0: 0}
    for number in clitics:
        new_number[number] = number + shift
        shift += bool(clitics[number])
    words: list[Word] = []
    spans: list[Span] = []
    for number, word in enumerate(sentence.words, 1):
        moved = replace(word, head=new_number[word.head])
        if not (clitic := clitics[number]):
            words.append(moved)
            continue
        host = replace(moved, form=word.form[: -len(clitic)], misc="_")
        words += [host, replace(_clitic_word(clitic, host, new_number[number]), form=word.form[-len(clitic) :])]
        spans.append(Span(len(words) - 1, len(words), word.form, word.misc))
    return Sentence(sentence.sent_id, tuple(words), tuple(spans))


def _relation(number: int, word: Word, head: Word | None, children: list[Word]) -> str:
    if word.deprel == "flat":
        named = word.upos == "PROPN" and head is not None and head.upos == "PROPN"
        return "flat:name" if named else "nmod" if head is not None and head.upos == "NOUN" else "flat"
    if word.deprel in ("acl", "amod") and any(child.form.lower() == "yang" for child in children):
        return "acl:relcl"
    if word.deprel == "det" and word.head < number and word.upos in OWNERS:
        return OWNERS[word.upos]
    if word.deprel == "advmod" and word.upos == "AUX":
        return "aux"
    return {"csubj:pass": "csubj", "compound:plur": "compound"}.get(word.deprel, word.deprel)


def rename(sentence: Sentence, lexicon: CliticLexicon) -> Sentence:
    """Rename relations and give function words the class that today's treebanks give them."""
    words = [
        replace(word, upos=lexicon.closed_class.get(word.form.lower(), word.upos)) if word.upos != "PROPN" else word
        for word in sentence.words
    ]
    children: list[list[Word]] = [[] for _ in range(len(words) + 1)]
    for word in words:
        children[word.head].append(word)
    named = (
        replace(word, deprel=_relation(number, word, words[word.head - 1] if word.head else None, children[number]), feats="_")
        for number, word in enumerate(words, 1)
    )
    return replace(sentence, words=tuple(named))


def convert(sentence: Sentence, lexicon: CliticLexicon, usage: Usage) -> Sentence:
    """Convert one sentence of UD 2.0."""
    return usage.applied(one_of(rename(split_clitics(merge_reduplications(sentence), lexicon), lexicon)))
