"""When two texts say the same words: what is left when that is folded which typing and printing vary.

``fold_strictly`` is all there is to know of it, and short, so that anyone can write it again and check a
citation without this program.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032`\u00b4"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_ALIKE = str.maketrans(
    dict.fromkeys(_SINGLE_QUOTES, "'") | dict.fromkeys(_DOUBLE_QUOTES, '"') | dict.fromkeys(DASHES, "-")
)
_GAP = re.compile(r"[\s-]+")
_RUN = re.compile(r"([!-,.-_a-~]+)|(\s+)|.", re.DOTALL)  # ASCII that is kept as it is, white space, another


def fold_strictly(text: str) -> str:
    """``text`` without what does not change its words. Letter case is kept. In this order:

    1. Quotation marks become ' or ", dashes become -; then Unicode NFKC (ligatures become letters).
    2. Characters that are not seen (category Cf: soft hyphens, joiners) are dropped.
    3. Runs of white space and hyphens are dropped; only between two digits a run with a hyphen becomes one
       hyphen, another one a space: '5-0' is not '50'.
    """
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFC", text).translate(_ALIKE))
    plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf").strip()
    return _GAP.sub(_between, plain)


def _between(gap: re.Match[str]) -> str:
    before, after = gap.string[gap.start() - 1 : gap.start()], gap.string[gap.end() : gap.end() + 1]
    if not (before.isdigit() and after.isdigit()):
        return ""
    return "-" if "-" in gap[0] else " "


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; character ``i`` of ``text`` comes from character ``places[i]`` of the original."""

    text: str
    places: tuple[int, ...]

    def lower(self) -> Folded:
        """The same without capitals, letter by letter: words are not parted here, so what depends on a
        word's end (the Greek sigma) must not count."""
        if self.text.isascii():
            return Folded(self.text.lower(), self.places)
        small = [letter.lower() for letter in self.text]
        places = (
            place for place, letters in zip(self.places, small, strict=True) for _ in letters
        )  # one capital may become two letters
        return Folded("".join(small), tuple(places))


def fold_with_places(text: str) -> Folded:
    """As ``fold_strictly``, knowing where each character comes from. ``text`` is taken as NFC."""
    letters: list[str] = []
    places: list[int] = []
    gap, last = "", ""
    for run in _RUN.finditer(text):
        place, kept = run.start(), run[1] or ""
        if kept:
            places += range(place, run.end())
        elif run[2]:
            gap += run[2]
            continue
        else:
            kept = _folded_letter(run[0])
            if kept in ("", "-"):
                gap += kept
                continue
            places += [place] * len(kept)
        if gap and last.isdigit() and kept[0].isdigit():
            letters.append("-" if "-" in gap else " ")
            places.insert(len(places) - len(kept), place)
        gap, last = "", kept[-1]
        letters.append(kept)
    return Folded("".join(letters), tuple(places))


@lru_cache(maxsize=1_000)
def _folded_letter(letter: str) -> str:
    alike = unicodedata.normalize("NFKC", letter.translate(_ALIKE))
    return "".join(one for one in alike if unicodedata.category(one) != "Cf" and not one.isspace())


def same_words(first: str, second: str) -> bool:
    """Whether both say the same words: see ``fold_strictly``."""
    return fold_strictly(first) == fold_strictly(second)


def squeeze(text: str) -> str:
    """On one line, with single spaces."""
    return " ".join(text.split())
