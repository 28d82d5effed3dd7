"""From printed lines of words to a page's text, the same way for every reader."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.hyphens import ends_with_hyphen, join_at_line_end
from ingest.page import Box, Word


@dataclass(frozen=True, slots=True)
class RawWord:
    """A word as a reader found it, before it has a place in the page's text."""

    text: str
    box: Box
    confidence: float | None = None


Line = tuple[RawWord, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word on its way into the text: joined words have two boxes or more."""

    text: str
    boxes: tuple[Box, ...]
    confidence: float | None


_Row = list[_Piece]


def compose_text(
    lines: Sequence[Line], paragraph_starts: Collection[int] | None = None
) -> tuple[str, tuple[Word, ...]]:
    """The page's text and its words: ``text[word.start:word.end] == word.text`` for each.

    One line a printed line, an empty line between paragraphs. ``paragraph_starts`` are indexes into
    ``lines`` when the reader knows them; else they are found by the gaps and indents. A word hyphenated
    at a line end becomes one word with two boxes and stays on the first line.
    """
    rows, starts = _clean_rows(lines, paragraph_starts)
    if paragraph_starts is None:
        starts = _find_paragraph_starts(rows)
    _join_rows(rows, starts)
    return _write(rows, starts)


def clean_text(text: str) -> str:
    """``text`` in NFC, without control characters, lone surrogates, bidirectional overrides and NULs."""
    if not text.replace("\n", " ").isprintable():
        text = "".join(map(_clean_character, text))
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _clean_character(character: str) -> str:
    if character == "\n" or character.isprintable():
        return character
    # str.isspace() is true of the control characters U+001C to U+001F and U+0085 as well
    return " " if character == "\t" or (character.isspace() and character > "\x9f") else ""


def _clean_rows(
    lines: Sequence[Line], paragraph_starts: Collection[int] | None
) -> tuple[list[_Row], list[bool]]:
    """The lines that have words, and which of them start a paragraph."""
    rows: list[_Row] = []
    starts: list[bool] = []
    pending = False
    for index, line in enumerate(lines):
        pending = pending or (paragraph_starts is not None and index in paragraph_starts)
        row = [piece for word in line if (piece := _clean_piece(word)) is not None]
        if row:
            rows.append(row)
            starts.append(pending)
            pending = False
    return rows, starts


def _clean_piece(word: RawWord) -> _Piece | None:
    parts = clean_text(word.text).split()
    return _Piece("".join(parts), (word.box,), word.confidence) if parts else None


def _join_rows(rows: list[_Row], starts: list[bool]) -> None:
    """Join words over line ends, from the last line up so that a word may run over three lines."""
    for index in range(len(rows) - 2, -1, -1):
        if not rows[index + 1] or not ends_with_hyphen(rows[index][-1].text):
            continue
        left, right = rows[index][-1], rows[index + 1][0]
        text = join_at_line_end(left.text, right.text, next_line=_is_next_line(left, right))
        if text is None:
            continue
        rows[index][-1] = _Piece(
            clean_text(text), left.boxes + right.boxes, _least(left.confidence, right.confidence)
        )
        del rows[index + 1][0]
        starts[index + 1] = False


def _is_next_line(left: _Piece, right: _Piece) -> bool:
    """Whether ``right`` stands on the line below ``left``, further to the left: not in another column."""
    above, below = left.boxes[-1], right.boxes[0]
    height = max(above.bottom - above.top, below.bottom - below.top)
    return above.top < below.top < above.bottom + 1.6 * height and below.x0 < above.x0


def _least(left: float | None, right: float | None) -> float | None:
    known = [confidence for confidence in (left, right) if confidence is not None]
    return min(known, default=None)


def _write(rows: list[_Row], starts: list[bool]) -> tuple[str, tuple[Word, ...]]:
    parts: list[str] = []
    words: list[Word] = []
    position = 0
    break_due = False
    for row, is_start in zip(rows, starts, strict=True):
        break_due = break_due or is_start
        if not row:  # its only word was joined to the line above
            continue
        gap = "" if not parts else "\n\n" if break_due else "\n"
        break_due = False
        for piece in row:
            parts += (gap, piece.text)
            position += len(gap)
            words.append(
                Word(piece.text, position, position + len(piece.text), piece.boxes, piece.confidence)
            )
            position += len(piece.text)
            gap = " "
    return "".join(parts), tuple(words)


# Paragraphs. Gaps are compared with the page's own usual distance between lines, which is much larger in
# a double-spaced brief than in a form.
_WIDE_GAP = 1.4
_MIN_INDENT_PT = 9.0
_MAX_INDENT_PT = 72.0


def _find_paragraph_starts(rows: list[_Row]) -> list[bool]:
    edges = [_bounds(row) for row in rows]
    steps = [below.bottom - above.bottom for above, below in pairwise(edges)]
    forward = [step for step in steps if step > 1.0]
    usual = median(forward) if forward else 0.0
    starts = [False] * len(rows)
    for index in range(1, len(rows)):
        step = steps[index - 1]
        starts[index] = (
            step < -usual  # up again: the next column, or a margin note
            or step > max(_WIDE_GAP * usual, usual + 3.0)
            or _is_indented(edges, index)
        )
    return starts


def _is_indented(edges: list[Box], index: int) -> bool:
    """A first-line indent: set in from the line above *and* from the line below."""
    if index + 1 >= len(edges):
        return False
    above, line, below = edges[index - 1 : index + 2]
    indents = (line.x0 - above.x0, line.x0 - below.x0)
    return min(indents) > _MIN_INDENT_PT and max(indents) < _MAX_INDENT_PT


def _bounds(row: _Row) -> Box:
    boxes = [piece.boxes[0] for piece in row]
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )
