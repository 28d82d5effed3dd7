"""A page's words as sixty-four numbers: two pages that share many of them share many of their words.

The words are cut into runs of three, each run is hashed, and the lowest hashes are kept. What one release of
a record withholds breaks the runs beside it and no others; so does a word that OCR has misread.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from ingest.stamps import is_known_stamp

HASHES_A_PAGE = 64
FEWEST_WORDS = 12  # of fewer, every cover sheet is like every other
_MIX = np.uint64(0x9E3779B97F4A7C15)  # odd, its bits without a pattern
_SPARE_BITS = np.uint64(17)  # 47 are left: six bytes in SQLite, and hardly two runs alike by chance

# A code in place of words, in small letters; what stands on either side of it does not belong together.
# Each begins with a letter, not with the edge of a word: so most of a page is passed over quickly.
_CODE = re.compile(
    r"\( ?b ?\) ?\(? ?[1-9](?: ?\)?(?: ?\( ?[a-f] ?\)(?! ?\(? ?\d))*)?(?: ?- ?\d)?"
    r"|\( ?[jk] ?\) ?\( ?[1-7] ?\)"
    r"|b(?<!\wb)[1-9][a-f]?\b(?:[ ,;/]{1,3}b?[1-9][a-f]?\b)*"
    r"|1(?<!\w1)\.4 ?\( ?[a-h] ?\)"
)
_WORD = re.compile(r"[^\W_]+(?:['\u2019.,-][^\W_]+)*")
# Letters and figures that OCR takes for one another are one. 'rn' for 'm' changes the number of letters.
_ALIKE = str.maketrans(
    {"1": "l", "i": "l", "0": "o", "5": "s", "'": None, "\u2019": None, "-": None, ".": None}
)
GAP = ""  # stands among the words where a code stood


@dataclass(frozen=True, slots=True)
class Sketch:
    """``word_count`` words were sketched; ``hashes`` are the lowest of their runs, rising."""

    word_count: int
    hashes: tuple[int, ...]


def sketch(text: str) -> Sketch:
    """The sketch of a page's text; without hashes when it has too few words to be known again."""
    words = sketched_words(text)
    count = len(words) - words.count(GAP)
    return Sketch(count, _lowest(words) if count >= FEWEST_WORDS else ())


def sketched_words(text: str) -> list[str]:
    """The words of a page as they are compared: folded, without stamps; ``GAP`` where a code stands."""
    plain = "\n".join(line for line in text.splitlines() if not is_known_stamp(line)).lower()
    if not plain.isascii():
        plain = _without_accents(plain)
    words: list[str] = []
    for number, piece in enumerate(_CODE.split(plain)):
        if number and words[-1:] != [GAP]:  # several codes for one place are one gap
            words.append(GAP)
        words += " ".join(_WORD.findall(piece)).translate(_ALIKE).replace("rn", "m").split()
    return words


def _without_accents(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _lowest(words: Sequence[str]) -> tuple[int, ...]:
    """The lowest hashes of the runs of words without a gap in them."""
    hashes = np.fromiter(map(_hash_of, words), np.uint64, len(words))
    runs = ((hashes[:-2] * _MIX + hashes[1:-1]) * _MIX + hashes[2:]) * _MIX
    runs = (runs ^ (runs >> np.uint64(32))) * _MIX
    is_whole = (hashes[:-2] != 0) & (hashes[1:-1] != 0) & (hashes[2:] != 0)
    return tuple(np.unique(runs[is_whole] >> _SPARE_BITS)[:HASHES_A_PAGE].tolist())


@lru_cache(maxsize=20_000)
def _hash_of(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big") if word != GAP else 0
