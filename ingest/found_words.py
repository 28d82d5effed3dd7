"""The words that were taken for the page's, wherever they come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.layout import Line
from ingest.page import Reader, TextSource, Word
from ingest.trust import Verdict

_LEAST_AGREEMENT = 0.9  # of the words of both readers


@dataclass(frozen=True, slots=True)
class FoundWords:
    """``hidden_text`` is a text layer that was there and not trusted; ``reason`` replaces the verdict's."""

    text: str
    words: tuple[Word, ...]
    source: TextSource
    reader: Reader
    quality: float
    hidden_text: str = ""
    reason: str = ""


def words_of_layer(text: str, words: tuple[Word, ...], verdict: Verdict) -> FoundWords:
    """The text layer's own words."""
    if not words:
        return FoundWords("", (), TextSource.NONE, Reader.NONE, verdict.quality)
    return FoundWords(text, words, TextSource.TEXT_LAYER, Reader.PDFIUM, verdict.quality)


def readers_agree(careful: Sequence[Line], fast: Sequence[Line]) -> bool:
    """Whether both readers found nearly the same words, in whatever order."""
    one, other = (Counter(word.text for line in lines for word in line) for lines in (careful, fast))
    shared = sum((one & other).values())
    return 2 * shared >= _LEAST_AGREEMENT * (one.total() + other.total())
