"""The commonest words of the languages these records are in: enough to know one from another.

A dictionary would be ten thousand times larger and no better at the two questions asked here: is this
text at all, and in which language?
"""

from __future__ import annotations

import re
from collections.abc import Sequence

ENGLISH = "eng"
SPANISH = "spa"

_COMMON_ENGLISH = """
the of and to in a is that for it as was with be by on not he this are or his from at which but have an
they you were their one all we can has there been if more when will would who so no any may other such
shall each upon under about your our its these his her had do re date page
"""
_COMMON_SPANISH = """
de la que el en y a los del se las por un para con no una su al es lo como más o pero sus le ha este sí
porque esta entre cuando muy sin sobre también hasta desde todo nos durante todos uno les ni contra otros
ese eso ante ellos e esto antes algunos qué unos yo otro otras otra él tanto esa estos mucho cual si puede
ser son usted fecha página
"""
COMMON_WORDS: dict[str, frozenset[str]] = {
    ENGLISH: frozenset(_COMMON_ENGLISH.split()),
    SPANISH: frozenset(_COMMON_SPANISH.split()),
}
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['\u2019][A-Za-z]+)?")


def latin_words(text: str) -> list[str]:
    """The words of Latin letters, in lower case."""
    return [word.lower() for word in _LATIN_WORD.findall(text)]


def common_share(words: Sequence[str], language: str) -> float:
    """The share of ``words`` that are among the commonest of ``language``; about 0.4 in running text."""
    if not words:
        return 0.0
    common = COMMON_WORDS[language]
    return sum(word in common for word in words) / len(words)


def best_common_share(words: Sequence[str]) -> float:
    """The share in whichever language fits best."""
    return max(common_share(words, language) for language in COMMON_WORDS)


def likely_language(words: Sequence[str]) -> str:
    """The language that fits best; English when in doubt."""
    if common_share(words, SPANISH) > common_share(words, ENGLISH) + 0.05:
        return SPANISH
    return ENGLISH
