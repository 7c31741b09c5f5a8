"""How today's GSD uses its function words and times, learned from its own sentences and applied to the old training part."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from models.training.treebanks import Sentence, Word

FUNCTION = frozenset({"case", "mark", "cc", "advmod", "advmod:emph", "det", "aux", "cop", "nmod:poss", "nummod", "amod", "fixed"})
SEEN_OFTEN = 4
SURE = 0.8
TIME, TIME_BEFORE = "obl:tmod", "obl"
USUALLY_A_TIME = 0.6
YEAR = re.compile(r"1\d\d\d|20\d\d")


@dataclass(frozen=True)
class Usage:
    """`relations` by form and class of the head, `classes` by form and relation, `times`: nouns that date a verb."""

    relations: dict[tuple[str, str], str]
    classes: dict[tuple[str, str], str]
    times: frozenset[str]

    @classmethod
    def learn(cls, own: Iterable[Sentence]) -> Usage:
        """What nearly all examples of a form agree on, if they are several."""
        relations: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        classes: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        dates: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for words in (sentence.words for sentence in own):
            for word in words:
                relations[_form(word), _class_above(word, words)][word.deprel] += 1
                classes[_form(word), word.deprel][word.upos] += 1
                if word.deprel in (TIME, TIME_BEFORE):
                    dates[_form(word)][word.deprel] += 1
        usual = {key: found for key, counts in relations.items() if (found := _usual(counts)) in FUNCTION}
        times = (form for form, counts in dates.items() if counts[TIME] >= max(2, USUALLY_A_TIME * counts.total()))
        return cls(usual, {key: found for key, counts in classes.items() if (found := _usual(counts))}, frozenset(times))

    def applied(self, sentence: Sentence) -> Sentence:
        """The sentence with today's relations and classes."""
        return replace(
            sentence, words=tuple(self._today(number, word, sentence.words) for number, word in enumerate(sentence.words, 1))
        )

    def _today(self, number: int, word: Word, words: tuple[Word, ...]) -> Word:
        relation = word.deprel
        if relation in FUNCTION:
            relation = self.relations.get((_form(word), _class_above(word, words)), relation)
        elif (
            relation == TIME_BEFORE and _form(word) in self.times and any(w.head == number and w.deprel == "case" for w in words)
        ):
            relation = TIME
        upos = (
            self.classes.get((_form(word), relation), word.upos) if relation in FUNCTION and word.upos != "PROPN" else word.upos
        )
        return replace(word, deprel=relation, upos=upos)


def one_of(sentence: Sentence) -> Sentence:
    """ "salah satu kota": "satu" counts the noun and "salah" goes with it, where the old part had both the other way round."""
    words = list(sentence.words)
    for number in range(1, len(words)):
        first, second = words[number - 1 : number + 1]
        if (_form(first), _form(second)) == ("salah", "satu") and second.head == number:
            relation = "nummod" if first.deprel in FUNCTION else first.deprel
            words = [replace(word, head=number + 1) if word.head == number else word for word in words]
            words[number - 1] = replace(first, head=number + 1, deprel="advmod", upos="ADJ")
            words[number] = replace(second, head=first.head, deprel=relation, upos="NUM")
    return replace(sentence, words=tuple(words))


def _form(word: Word) -> str:
    form = word.form.lower()
    return "YEAR" if YEAR.fullmatch(form) else form


def _class_above(word: Word, words: tuple[Word, ...]) -> str:
    return words[word.head - 1].upos if word.head else ""


def _usual(counts: Counter[str]) -> str:
    value, count = counts.most_common(1)[0]
    return value if count >= max(SEEN_OFTEN, SURE * counts.total()) else ""
