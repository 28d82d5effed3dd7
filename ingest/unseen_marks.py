"""From words that are not seen to marks: one for those that stand together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.layout import Line, RawWord
from ingest.page import Box, Mark, MarkKind
from ingest.pdfium import Flags


def join_words(lines: Sequence[Line], unseen: Flags, fewest_letters: int) -> Iterator[Mark]:
    """Hidden words side by side on a line, and hidden lines that follow each other, as one mark each.

    ``unseen`` has a flag for each word. Fewer than ``fewest_letters`` are specks and no words.
    """
    for mark in _joined_lines(_hidden_parts(lines, unseen)):
        if count_letters(mark.text) >= fewest_letters:
            yield mark


def count_letters(text: str) -> int:
    """How many letters and digits."""
    return sum(map(str.isalnum, text))


def _hidden_parts(lines: Sequence[Line], unseen: Flags) -> Iterator[Mark]:
    number = 0
    for line in lines:
        part: list[RawWord] = []
        for word in line:
            if unseen[number]:
                part.append(word)
            elif part:
                yield _as_mark(part)
                part = []
            number += 1
        if part:
            yield _as_mark(part)


def _as_mark(words: Sequence[RawWord]) -> Mark:
    boxes = [word.box for word in words]
    return Mark(MarkKind.INVISIBLE_TEXT, _union(boxes), " ".join(word.text for word in words))


def _joined_lines(parts: Iterable[Mark]) -> Iterator[Mark]:
    """Hidden lines that follow each other closely are one mark."""
    current: Mark | None = None
    last = Box(0, 0, 0, 0)
    for part in parts:
        if current is not None and _is_next_line(last, part.box):
            current = replace(
                current, box=_union([current.box, part.box]), text=f"{current.text} {part.text}"
            )
        else:
            if current is not None:
                yield current
            current = part
        last = part.box
    if current is not None:
        yield current


def _is_next_line(above: Box, below: Box) -> bool:
    height = max(above.bottom - above.top, below.bottom - below.top)
    overlap = min(above.x1, below.x1) - max(above.x0, below.x0)
    return overlap > 0 and above.top < below.top < above.bottom + height


def _union(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )
