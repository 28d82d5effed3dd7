"""Finds what was painted over words that are still in the file, and dark boxes that may be redactions.

Used on what either reader found. Nothing is said to be hidden unless it cannot be seen in the picture of
the page: readers do not know clipping and transparency, the picture does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from ingest.page import Box, Mark, MarkKind
from ingest.shapes import Shape, ShapeKind, covered_share

MAX_MARKS = 500
MAX_MARK_CHARACTERS = 5_000
_BENEATH = 0.6  # of a word's box: a box that cuts a word's edge hides nothing
_SAME_PLACE = 0.5
_BACKGROUND_COVER = 0.7  # of the page: paper colour or the scan itself, not a box over words
# '(b)(6)', 'b7C', '(j)(2)', 'PII', 'Redacted' and so on, as they stand on boxes
_GROUND = re.compile(r"\(\s*[bdjk]\s*\)|\b[bB]\d|\bPII\b|redact|withheld|exempt|privilege", re.IGNORECASE)

IsVisible = Callable[[Box], bool]


@dataclass(frozen=True, slots=True)
class PaintedWord:
    """A word and its place in the order of painting; ``is_invisible`` when it is painted without ink.

    ``number`` is its place among the page's words, where the reader counts them.
    """

    text: str
    box: Box
    order: int
    is_invisible: bool = False
    number: int = -1


def may_hide_words(shape: Shape, page_area: float) -> bool:
    """Whether a shape is worth a look: not the page's own background."""
    box = shape.box
    return (box.x1 - box.x0) * (box.bottom - box.top) < _BACKGROUND_COVER * page_area


def find_marks(
    shapes: Iterable[Shape],
    words: Sequence[PaintedWord],
    is_visible: IsVisible,
    *,
    checks_labels: bool = True,
) -> tuple[Mark, ...]:
    """Boxes over words, and dark boxes with nothing beneath, in the order of painting.

    ``checks_labels``: whether words on a dark box are looked at, too; they may be black on black.
    """
    marks: list[Mark] = []
    for shape in shapes:
        inside = [word for word in words if covered_share(word.box, shape.box) > _BENEATH]
        labels = [word for word in inside if _is_label(word, shape, is_visible if checks_labels else None)]
        beneath = " ".join(
            word.text
            for word in inside
            if word not in labels and not _can_be_read(word, shape, labels, is_visible)
        )
        if any(map(str.isalnum, beneath)):  # not the line that a signature stands on
            marks.append(Mark(MarkKind.BOX_OVER_TEXT, shape.box, beneath))
        elif shape.is_dark and shape.kind == ShapeKind.FILL and not _is_heading(labels):
            marks.append(Mark(MarkKind.DARK_BOX, shape.box))
    return merge_marks(marks)


def _is_label(word: PaintedWord, shape: Shape, is_visible: IsVisible | None) -> bool:
    """Whether the word was painted on the shape, and not in black on black."""
    if word.order <= shape.order or word.is_invisible:
        return False
    return not shape.is_dark or is_visible is None or is_visible(_middle(word.box, shape.box))


def _is_heading(labels: Sequence[PaintedWord]) -> bool:
    """Light words on a dark bar: a table's heading, unless they say why something was taken out."""
    text = " ".join(label.text for label in labels)
    return bool(text) and not _GROUND.search(text)


def _can_be_read(
    word: PaintedWord, shape: Shape, labels: Sequence[PaintedWord], is_visible: IsVisible
) -> bool:
    """Whether the page shows the word: where it is, or painted once more on the box."""
    over_it = [label for label in labels if covered_share(label.box, word.box) > 0]
    if any(label.text == word.text and covered_share(label.box, word.box) > _SAME_PLACE for label in over_it):
        return True
    # ink of a label that stands on the box says nothing about the word beneath
    return not over_it and is_visible(_middle(word.box, shape.box))


def _middle(word: Box, shape: Box) -> Box:
    """Where a word's strokes must be seen if it is seen at all: clear of the shape's own edges."""
    height, width = word.bottom - word.top, word.x1 - word.x0
    return Box(
        max(word.x0 + width * 0.1, shape.x0 + 1.0),
        max(word.top + height * 0.35, shape.top + 1.0),
        min(word.x1 - width * 0.1, shape.x1 - 1.0),
        min(word.bottom - height * 0.3, shape.bottom - 1.0),
    )


def merge_marks(*parts: Iterable[Mark]) -> tuple[Mark, ...]:
    """All marks, at most 500: of two for the same place, the one with words beneath is the truth."""
    kept: dict[tuple[object, ...], Mark] = {}
    for mark in chain(*parts):
        box = mark.box
        place = (_WHAT[mark.kind], *(round(edge) for edge in (box.x0, box.top, box.x1, box.bottom)))
        if place not in kept or (mark.text and not kept[place].text):
            kept[place] = replace(mark, text=mark.text[:MAX_MARK_CHARACTERS])
    return tuple(kept.values())[:MAX_MARKS]


_WHAT = {
    MarkKind.BOX_OVER_TEXT: "box",
    MarkKind.DARK_BOX: "box",
    MarkKind.REDACT_ANNOTATION: "annotation",
    MarkKind.OFF_PAGE_TEXT: "off page",
    MarkKind.INVISIBLE_TEXT: "invisible",
}
