"""The words of a page laid over its image as SVG text, so that they can be selected and found.

One ``<text>`` a printed line, one ``<tspan>`` a word: copied, a line stays a line with its spaces, and
the browser's own search finds phrases. SVG attributes place the words, because the site's security
policy allows no style attributes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.page import Box, Word

_DESCENT = 0.22  # share of a line's height that hangs below the baseline
_UPRIGHT_RATIO = 1.8  # a word this much taller than wide, of three letters or more, runs up or down the page


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or the part of it on one line, in page points. ``gap`` is what stands before it."""

    text: str
    x: float
    baseline: float
    width: float
    gap: str


@dataclass(frozen=True, slots=True)
class TextLine:
    """A printed line. ``turned`` lines run down the page from ``x``, ``y``."""

    pieces: tuple[Piece, ...]
    size: float
    turned: bool = False


def lay_out_text(text: str, words: Sequence[Word]) -> tuple[TextLine, ...]:
    """The lines of a page whose text is ``text``, in reading order."""
    lines: list[TextLine] = []
    for line in _split_lines(text, words):
        lines += _lay_out_line(line)
    return tuple(lines)


def _split_lines(text: str, words: Sequence[Word]) -> Iterable[list[Word]]:
    line: list[Word] = []
    for word in words:
        if line and "\n" in text[line[-1].end : word.start]:
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _lay_out_line(words: list[Word]) -> Iterable[TextLine]:
    level = [word for word in words if not _is_upright(word)]
    if level:
        size = max(1.0, median(box.bottom - box.top for word in level for box in word.boxes))
        yield TextLine(tuple(_pieces(level, size)), round(size, 1))
    for word in words:
        if _is_upright(word):
            yield _turned(word)


def _pieces(words: list[Word], size: float) -> Iterable[Piece]:
    for index, word in enumerate(words):
        for part, (text, box) in enumerate(_split_word(word)):
            yield Piece(
                text=text,
                x=round(box.x0, 1),
                # From the middle: OCR's boxes are as tall as the word's own letters, or as a speck beside it.
                baseline=round((box.top + box.bottom) / 2 + size * (0.5 - _DESCENT), 1),
                width=round(max(box.x1 - box.x0, 0.5), 1),
                gap=" " if index and not part else "",
            )


def _split_word(word: Word) -> Iterable[tuple[str, Box]]:
    """A word that was hyphenated at a line end has two boxes: letters go to each by its width."""
    whole = sum(box.x1 - box.x0 for box in word.boxes) or 1.0
    start, covered = 0, 0.0
    for index, box in enumerate(word.boxes):
        covered += box.x1 - box.x0
        last = index == len(word.boxes) - 1
        end = len(word.text) if last else round(len(word.text) * covered / whole)
        if word.text[start:end]:
            yield word.text[start:end], box
        start = end


def _is_upright(word: Word) -> bool:
    box = word.boxes[0]
    return len(word.text) > 2 and box.bottom - box.top > _UPRIGHT_RATIO * (box.x1 - box.x0)


def _turned(word: Word) -> TextLine:
    box = word.boxes[0]
    size = max(1.0, box.x1 - box.x0)
    piece = Piece(
        word.text,
        round(box.x0 + size * _DESCENT, 1),
        round(box.top, 1),
        round(max(box.bottom - box.top, 0.5), 1),
        "",
    )
    return TextLine((piece,), round(size, 1), turned=True)
