"""Finds words that are in the file and that the page does not show, whatever the reason.

First by the picture: a word whose place is of one shade shows nothing. Then by what is painted: words in
the paper's colour and words beneath something painted later are left out of a second drawing, and where
that changes nothing they were not seen, be there what may.

A scan's layer of words without ink is no secret as long as the scan shows ink where it has words.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium_c

from ingest.layout import RawWord
from ingest.look import PageLook
from ingest.page import Box, Mark, MarkKind
from ingest.page_objects import PageObjects, address_of, place_of
from ingest.pdfium import Boxes, Flags, PdfPage
from ingest.redactions import PaintedWord, may_hide_words
from ingest.shapes import ShapeKind, covered_share
from ingest.text_layer import INVISIBLE, TextLayer
from ingest.unseen_marks import count_letters, join_words

_FEWEST_LETTERS = 3  # of what is hidden together: specks of a bad text layer are no words
_FEWEST_LETTERS_ON_PAPER = 5  # of what a scan's layer has where the scan is white
_FEW = 0.2  # of a scan's words: more are not whited out but misplaced
_SMALLEST_PT = 1.25  # a line of 1 pt type is as high
_PALE, _CLEAR = 235, 13  # of 255
_BACKGROUND_COVER = 0.7
_COVERED = 0.6
_SAME_PLACE = 0.5
_DARK = 0.65  # of black: something lies there, and one sees it
_MAX_MARKS = 200
_MAX_TRIED_OBJECTS = 3_000


@dataclass(frozen=True)
class _Scene:
    """Everything that is asked of one page."""

    page: PdfPage
    text_page: Any
    layer: TextLayer
    objects: PageObjects
    words: Sequence[RawWord]
    boxes: Boxes

    @property
    def is_scan(self) -> bool:
        """Whether the page is a picture with words over or behind it."""
        return self.objects.total_image_cover > _BACKGROUND_COVER

    @cached_property
    def wordless(self) -> tuple[Box, ...]:
        """Where something was painted as text of which no word begins in what pdfium read."""
        known = {address_of(_text_object(self, number)) for number in range(len(self.words))}
        return tuple(
            place_of(item, self.page)
            for item in self.objects.text_objects
            if address_of(item.handle) not in known
        )


def find_unseen_words(
    page: PdfPage,
    text_page: Any,
    layer: TextLayer,
    objects: PageObjects,
    suspects: Sequence[PaintedWord],
    look: PageLook,
    *,
    is_trusted: bool,
) -> tuple[Mark, ...]:
    """Marks for words that cannot be seen, a mark for those that stand together. Raises ``PageTooLarge``.

    A scan's layer that is not ``is_trusted`` and mostly stands where nothing is, is no layer of this scan.
    It is kept as a whole beside what OCR reads; only its words in something dark are of interest.
    """
    words = [word for line in layer.lines for word in line]
    if not words:
        return ()
    boxes = np.array([_edges(word.box) for word in words], dtype=np.float64)
    scene = _Scene(page, text_page, layer, objects, words, boxes)
    unseen = _flat_words(scene, look)
    if not scene.is_scan:
        unseen |= _tiny(scene)
        unseen |= _unseen_by_comparison(scene, suspects, unseen, look)
    if not unseen.any():
        return ()
    marks: Iterator[Mark] = (
        replace(mark, kind=_kind(scene, mark.box, look))
        for mark in join_words(layer.lines, unseen, _FEWEST_LETTERS)
    )
    if scene.is_scan:
        is_misplaced = not is_trusted and unseen.mean() > _FEW
        fewest = math.inf if is_misplaced else _FEWEST_LETTERS_ON_PAPER
        marks = (
            mark
            for mark in marks
            if mark.kind == MarkKind.BOX_OVER_TEXT or count_letters(mark.text) >= fewest
        )
    return tuple(islice(marks, _MAX_MARKS))


def without_known(marks: Iterable[Mark], known: Sequence[Mark]) -> tuple[Mark, ...]:
    """``marks`` without those whose words an earlier mark has for the same place."""
    return tuple(
        mark
        for mark in marks
        if not any(
            covered_share(mark.box, other.box) > _SAME_PLACE
            and set(mark.text.split()) <= set(other.text.split())
            for other in known
        )
    )


def _flat_words(scene: _Scene, look: PageLook) -> Flags:
    """Words whose place shows one shade: all of it on a scan, where a layer's boxes are seldom exact."""
    if scene.is_scan:
        return _flat_words_of_scan(scene, look.sharp)
    boxes = _middles(scene.boxes)
    flat = look.flat(boxes)
    numbers = np.flatnonzero(flat)
    if numbers.size and look.sharp is not look:
        flat[numbers] = look.sharp.flat(boxes[numbers])
        numbers = np.flatnonzero(flat)
    if numbers.size:
        # a word of dots and dashes, or of a typeface with odd metrics, has its ink elsewhere
        doubtful = numbers[~look.sharp.flat(scene.boxes[numbers])].tolist()
        wordless = [number for number in doubtful if not count_letters(scene.words[number].text)]
        flat[wordless] = False
        doubtful = [number for number in doubtful if number not in wordless]
        flat[doubtful] = _not_seen(scene, doubtful, look.sharp, inkless=True)
    return flat


def _flat_words_of_scan(scene: _Scene, look: PageLook) -> Flags:
    flat = look.flat(scene.boxes)
    # in the middle of something dark, with an edge of its own in sight
    for number in np.flatnonzero(~flat & look.flat(_middles(scene.boxes))).tolist():
        flat[number] = look.darkness(scene.words[number].box) > _DARK
    return flat


def _tiny(scene: _Scene) -> Flags:
    """Words in type so small that nobody reads it."""
    width, height = scene.boxes[:, 2] - scene.boxes[:, 0], scene.boxes[:, 3] - scene.boxes[:, 1]
    letters = np.array([count_letters(word.text) for word in scene.words])
    tiny: Flags = ((height < _SMALLEST_PT) | ((width < _SMALLEST_PT) & (letters > 2))) & (letters > 0)
    return tiny


def _unseen_by_comparison(
    scene: _Scene, suspects: Sequence[PaintedWord], known: Flags, look: PageLook
) -> Flags:
    numbers = sorted({*_pale_words(scene, look), *_covered_words(scene, suspects)})
    numbers = [number for number in numbers if not known[number]]
    flags: Flags = np.zeros(len(scene.words), dtype=bool)
    if numbers:
        flags[numbers] = _not_seen(scene, numbers, look.sharp)
    return flags


def _not_seen(scene: _Scene, numbers: Sequence[int], look: PageLook, *, inkless: bool = False) -> list[bool]:
    """Which words can be left out without a change; ``inkless`` is what is said of those without ink."""
    handles = [_text_object(scene, number) for number in numbers]
    without_ink = [bool(handle) and _is_inkless(handle) for handle in handles]
    tried = {
        address_of(handle): handle
        for handle, is_inkless in zip(handles, without_ink, strict=True)
        if handle and not is_inkless
    }
    if len(tried) > _MAX_TRIED_OBJECTS:
        return [False] * len(numbers)
    changes = (
        look.changes_without(tried.values(), scene.boxes[list(numbers)]) if tried else [True] * len(numbers)
    )
    return [
        inkless if is_inkless else bool(handle) and not changed and not _is_shown_by_another(scene, number)
        for number, handle, is_inkless, changed in zip(numbers, handles, without_ink, changes, strict=True)
    ]


def _pale_words(scene: _Scene, look: PageLook) -> Iterator[int]:
    """Words in the colour of paper that do not stand on something dark."""
    pale = {address_of(item.handle) for item in scene.objects.text_objects if _is_pale(item.handle)}
    if not pale:
        return
    for number, word in enumerate(scene.words):
        if address_of(_text_object(scene, number)) in pale and look.darkness(word.box) < 1 - _DARK:
            yield number


def _covered_words(scene: _Scene, suspects: Sequence[PaintedWord]) -> Iterator[int]:
    """Painted words beneath something that was painted later."""
    area = scene.page.width_pt * scene.page.height_pt
    both = (*scene.objects.shapes, *scene.objects.others)
    shapes = [shape for shape in both if may_hide_words(shape, area)]
    for word in suspects:
        if not word.is_invisible and any(
            shape.order > word.order and covered_share(word.box, shape.box) > _COVERED for shape in shapes
        ):
            yield word.number


def _is_pale(handle: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha):
        return False
    return alpha.value <= _CLEAR or min(red.value, green.value, blue.value) >= _PALE


def _is_inkless(handle: Any) -> bool:
    return bool(pdfium_c.FPDFTextObj_GetTextRenderMode(handle) == INVISIBLE)


def _is_shown_by_another(scene: _Scene, number: int) -> bool:
    """Whether the same word stands there twice, as with shadows and white edges: then the other is seen.

    pdfium leaves the second of two equal words out of its text; its object has no words then.
    """
    word = scene.words[number]
    for place, other in enumerate(scene.words):
        if place != number and other.text == word.text and covered_share(word.box, other.box) > _SAME_PLACE:
            return True
    return any(covered_share(word.box, box) > _SAME_PLACE for box in scene.wordless)


def _text_object(scene: _Scene, number: int) -> Any:
    return pdfium_c.FPDFText_GetTextObject(scene.text_page, scene.layer.first_characters[number])


def _kind(scene: _Scene, box: Box, look: PageLook) -> MarkKind:
    """Beneath something, if one sees that something lies there."""
    covered = any(
        shape.kind == ShapeKind.IMAGE and covered_share(box, shape.box) > _COVERED
        for shape in scene.objects.shapes
    )
    dark = look.darkness(box) > _DARK
    return MarkKind.BOX_OVER_TEXT if dark or (covered and not scene.is_scan) else MarkKind.INVISIBLE_TEXT


def _middles(boxes: Boxes) -> Boxes:
    """Where a word's strokes are seen if it is seen at all: clear of rules above and below it."""
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    middles: Boxes = np.stack(
        (
            boxes[:, 0] + 0.1 * width,
            boxes[:, 1] + 0.35 * height,
            boxes[:, 2] - 0.1 * width,
            boxes[:, 3] - 0.3 * height,
        ),
        axis=1,
    )
    return middles


def _edges(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.top, box.x1, box.bottom
