"""How alike two texts are: word shingles, their exact Jaccard similarity, and a MinHash that finds candidates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datasketch import LeanMinHash

SHINGLE_WORDS = 4
PERMUTATIONS = 128
SEED, SCHEME = 1, "affine32"
WORD = re.compile(r"\w+")

Shingles = frozenset[tuple[str, ...]]


def shingles(text: str) -> Shingles:
    """Every run of SHINGLE_WORDS words, without case and punctuation; a shorter text is one shingle."""
    words = WORD.findall(text.casefold())
    return frozenset(tuple(words[i : i + SHINGLE_WORDS]) for i in range(max(1, len(words) - SHINGLE_WORDS + 1)))


def jaccard(one: Shingles, other: Shingles) -> float:
    """Share of the shingles of both that are in each, 0 to 1."""
    return len(one & other) / len(one | other)


def signature(text: str) -> bytes:
    """The MinHash of a text's shingles: PERMUTATIONS numbers of 32 bits, little endian."""
    from datasketch import MinHash  # imports scipy, as below

    made = MinHash(num_perm=PERMUTATIONS, seed=SEED, scheme=SCHEME)
    made.update_batch([" ".join(shingle).encode() for shingle in shingles(text)])
    return bytes(made.hashvalues.astype("<u4").tobytes())


def min_hash(stored: bytes) -> LeanMinHash:
    """The MinHash of a stored signature."""
    import numpy as np
    from datasketch import LeanMinHash

    return LeanMinHash(seed=SEED, hashvalues=np.frombuffer(stored, dtype="<u4").astype(np.uint32), scheme=SCHEME)
