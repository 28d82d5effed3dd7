"""Boxes on a born-digital page that may stand for words: by what is painted, in the order of painting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.label_runs import parted_words
from ingest.page import Box, Mark, MarkKind, Word
from ingest.page_frames import PageLines, frames_of, read_lines, without_cells
from ingest.page_objects import PageObjects
from ingest.pdfium import PdfPage
from ingest.redaction_found import FoundBox, FoundBy, LabelWord, RedactionLook
from ingest.redactions import may_hide_words
from ingest.shape_context import (
    Content,
    PageWords,
    is_painted_over,
    is_small_square,
    is_white,
    looks_withheld,
    may_be_code,
)
from ingest.shape_pictures import flat_pictures
from ingest.shape_strikes import struck_words
from ingest.shapes import Shape, ShapeKind, covered_share, overlap_share

_SAME_PLACE = 0.8
_MATCH = 0.9
_MAX_CANDIDATES = 500
_SURE, _LIKELY, _POSSIBLE, _DOUBTFUL = 0.98, 0.9, 0.8, 0.6
_RANK = {look: rank for rank, look in enumerate(("black", "grey", "framed", "white", "annotation", "struck"))}


def find_shape_boxes(
    page: PdfPage, objects: PageObjects, words: Sequence[Word], marks: Sequence[Mark]
) -> tuple[FoundBox, ...]:
    """The page's boxes, those first that need no code to be believed; each place once.

    ``words`` are all of the page's own, also those that are hidden; ``marks`` say what lies beneath and
    which dark boxes are no headings.
    """
    telling = [mark for mark in marks if mark.kind in _TELLING]
    has_code = may_be_code(" ".join(word.text for word in words))
    lines = read_lines(page) if objects.has_drawings else PageLines()
    if not telling and not has_code and not lines.level:
        return ()
    page_words = PageWords(_placed(words), page.width_pt, page.height_pt)
    area = page.width_pt * page.height_pt
    shapes = [shape for shape in objects.shapes if may_hide_words(shape, area)]
    shapes = [shape for shape in shapes if shape.kind == ShapeKind.FILL] + [*flat_pictures(page, shapes)]
    found = list(_marked(telling, shapes, page_words))
    if has_code:
        found += _with_codes(frames_of(lines), shapes, page_words)
    found += (
        FoundBox(box, RedactionLook.STRUCK, FoundBy.SHAPES, _DOUBTFUL)
        for box in struck_words(lines.level, page_words)
    )
    return _each_place_once(found)


def _placed(words: Sequence[Word]) -> tuple[LabelWord, ...]:
    return tuple(
        parted_words([LabelWord(word.text, word.boxes[0], word.start) for word in words if word.boxes])
    )


_TELLING = frozenset({MarkKind.BOX_OVER_TEXT, MarkKind.DARK_BOX, MarkKind.REDACT_ANNOTATION})


def _marked(marks: Sequence[Mark], shapes: Sequence[Shape], words: PageWords) -> Iterator[FoundBox]:
    """What was found before: boxes over words, dark boxes, redactions planned but never applied."""
    for mark in marks:
        if mark.kind == MarkKind.REDACT_ANNOTATION:
            yield FoundBox(mark.box, RedactionLook.ANNOTATION, FoundBy.ANNOTATION, _SURE)
            continue
        shape = next((shape for shape in shapes if overlap_share(shape.box, mark.box) > _MATCH), None)
        if shape is None:
            continue  # a picture that shows something: a photograph, a strip of a scan
        if mark.kind == MarkKind.BOX_OVER_TEXT:
            yield FoundBox(mark.box, _look(shape), FoundBy.SHAPES, _SURE)
        elif not is_painted_over(shape, shapes) and not is_small_square(shape.box):
            is_sure = looks_withheld(shape, shapes, words)
            confidence = _LIKELY if is_sure else _POSSIBLE
            yield FoundBox(mark.box, _look(shape), FoundBy.SHAPES, confidence, needs_code=not is_sure)


def _with_codes(drawn: Sequence[Box], shapes: Sequence[Shape], words: PageWords) -> Iterator[FoundBox]:
    """Boxes of all kinds that hold a code, and empty ones that may have theirs beside them."""
    frames = [*drawn, *(shape.box for shape in shapes if shape.is_framed)]
    alone = set(without_cells(frames))
    candidates = [(shape.box, _look(shape)) for shape in shapes]
    candidates += [(box, RedactionLook.FRAMED) for box in frames]
    for box, look in candidates[:_MAX_CANDIDATES]:
        content = words.content(box)
        if content is Content.CODE or (content is Content.NOTHING and _may_be_empty(box, look, alone)):
            yield FoundBox(box, look, FoundBy.SHAPES, _POSSIBLE, needs_code=True)


def _may_be_empty(box: Box, look: RedactionLook, alone: set[Box]) -> bool:
    """White paper on white paper is nothing, an empty cell of a table is one, and so is a box to tick."""
    if is_small_square(box) or look == RedactionLook.WHITE:
        return False
    return look != RedactionLook.FRAMED or box in alone


def _look(shape: Shape) -> RedactionLook:
    if shape.is_dark:
        return RedactionLook.BLACK
    if is_white(shape):
        return RedactionLook.FRAMED if shape.is_framed else RedactionLook.WHITE
    return RedactionLook.GREY


def _each_place_once(found: Sequence[FoundBox]) -> tuple[FoundBox, ...]:
    """Of boxes at one place the surest; no box that only holds others, and no paper behind a label."""
    kept: list[FoundBox] = []
    for box in sorted(found, key=lambda item: (item.needs_code, _RANK[item.look])):
        twin = next((at for at, other in enumerate(kept) if _are_one(box.box, other.box)), None)
        if twin is None:
            kept.append(box)
        elif kept[twin].look == RedactionLook.WHITE and box.look == RedactionLook.FRAMED:
            kept[twin] = replace(kept[twin], look=box.look)
    kept = [box for box in kept if not (box.look == RedactionLook.WHITE and _is_held(box, kept))]
    return tuple(box for box in kept if not (box.needs_code and _only_holds(box, kept)))


def _are_one(box: Box, other: Box) -> bool:
    return overlap_share(box, other) > _SAME_PLACE


def _only_holds(box: FoundBox, others: Sequence[FoundBox]) -> bool:
    return any(
        other is not box and covered_share(other.box, box.box) > _MATCH and _is_smaller(other.box, box.box)
        for other in others
    )


def _is_held(box: FoundBox, others: Sequence[FoundBox]) -> bool:
    return box.needs_code and any(
        other.look != RedactionLook.WHITE and covered_share(box.box, other.box) > _MATCH for other in others
    )


def _is_smaller(box: Box, other: Box) -> bool:
    return (box.x1 - box.x0) * (box.bottom - box.top) < (other.x1 - other.x0) * (other.bottom - other.top)
