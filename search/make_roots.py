"""Write search/data/roots.txt, the root words that the stemmer goes by: `python -m search.make_roots TEXT.jsonl...`.

A root is a word that texts use on its own and in at least two derived forms: "tanam" beside "menanam", "ditanam", "tanaman".
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from search.stem import RARE, ROOTS, WHOLE, analyses

WORD = re.compile(r"[a-z]+")
LEAST = 3
FORMS, UNSEEN_FORMS = 2, 5
# No root begins so, and roots that no text uses alone have the shape of most: no cluster in front, no suffix.
NO_ONSET = re.compile("m[bp]|n[cdjt]|ng[^aiueo]|r[^aiueo]")
SOUND = re.compile("[bcdghjklprstw]?[aiueo].*(?<!kan)")
SHORTEST, LONGEST = 4, 11


def words(paths: Iterable[Path]) -> Iterator[str]:
    """The lower-case words of the field `text` of JSON Lines files, or of plain text; names (capitals) are left out."""
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line)["text"] if path.suffix == ".jsonl" else line
                yield from (w for w in re.findall(r"\w+", text) if WORD.fullmatch(w) and len(w) > 2)


def roots(counts: Counter[str]) -> list[str]:
    """Words with enough derived forms, in alphabetical order; of two with the same forms the one that explains more."""
    forms: dict[str, set[str]] = defaultdict(set)
    whole = frozenset(WHOLE.read_text(encoding="utf-8").split())
    for word in (word for word, count in counts.items() if count >= LEAST - 1 and word not in whole):
        for root in (root for root, cost in analyses(word) if cost < RARE):
            forms[root].add(word)
    likely = {w for w, found in forms.items() if _likely(w, counts[w], found)}
    return sorted(w for w in likely if not any(_explains_more(r, w, forms) for r, c in analyses(w) if r in likely and c <= RARE))


def _likely(word: str, count: int, forms: set[str]) -> bool:
    if not SHORTEST <= len(word) <= LONGEST or NO_ONSET.match(word):
        return False
    if count >= LEAST:
        return len(forms) >= FORMS
    plain = any(form.startswith((f"di{word}", f"ter{word}", f"ber{word}")) for form in forms)
    return plain and len(forms) >= UNSEEN_FORMS and bool(SOUND.fullmatch(word))


def _explains_more(root: str, word: str, forms: dict[str, set[str]]) -> bool:
    """Whether `root` has forms that are none of `word`: "salur" explains "penyaluran", which "salurkan" does not."""
    return len(forms[root] - forms[word] - {word}) >= FORMS


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, nargs="+")
    found = roots(Counter(words(parser.parse_args().texts)))
    ROOTS.parent.mkdir(exist_ok=True)
    ROOTS.write_text("".join(f"{word}\n" for word in found), encoding="utf-8")


if __name__ == "__main__":
    main()
