"""Phrases looked up over tokens, the longest first, and the heads of roles among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.text.tokens import TOKEN, Token, tokenize

COINED_LETTERS = (2, 12)  # behind what a coined word opens with


class TokenPhrases:
    """Phrases to a value each, looked up at a position of a token list, the longest first; case is ignored."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self._values: dict[tuple[str, ...], str] = {}
        self._lengths: dict[str, set[int]] = {}
        for phrase, value in entries:
            words = tuple(m[0].lower() for m in TOKEN.finditer(phrase))
            self._values.setdefault(words, value)
            self._lengths.setdefault(words[0], set()).add(len(words))

    def at(self, tokens: Sequence[Token], i: int) -> tuple[int, str]:
        """How many tokens from `i` on the longest phrase has, and its value; (0, "") when none starts there."""
        if i >= len(tokens) or tokens[i].low not in self._lengths:
            return 0, ""
        for length in sorted(self._lengths[tokens[i].low], reverse=True):
            words = tuple(t.low for t in tokens[i : i + length])
            if len(words) == length and words in self._values:
                return length, self._values[words]
        return 0, ""

    def within(self, text: str) -> bool:
        """Whether any of the phrases stands in `text`."""
        tokens = tokenize(text)
        return any(self.at(tokens, i)[0] for i in range(len(tokens)))

    def __contains__(self, phrase: object) -> bool:
        return isinstance(phrase, str) and tuple(m[0].lower() for m in TOKEN.finditer(phrase)) in self._values


class RoleHeads(TokenPhrases):
    """The phrases, and short forms of offices coined in one word ("Kadisdikpora", "Danyonif"), each opened by one of `coined`."""

    def __init__(self, entries: Iterable[tuple[str, str]], coined: Iterable[str]) -> None:
        super().__init__(entries)
        fewest, most = COINED_LETTERS
        self._coined = re.compile(rf"(?:{'|'.join(map(re.escape, sorted(coined)))})[a-z]{{{fewest},{most}}}")

    def at(self, tokens: Sequence[Token], i: int) -> tuple[int, str]:
        """As TokenPhrases.at; a coined word opens any public office."""
        length, kind = super().at(tokens, i)
        coined = not length and i < len(tokens) and tokens[i].capital and self._coined.fullmatch(tokens[i].low)
        return (1, "open") if coined else (length, kind)
