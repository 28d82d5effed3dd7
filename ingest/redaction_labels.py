"""Which code belongs to which box: in it, beside it, or out in the margin at its height."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from ingest.label_runs import CodeRun, Label, find_code_runs, parted_words, read_label
from ingest.margin_codes import WITH_MARGIN, MarginBlock, margin_blocks
from ingest.page import Box
from ingest.pdfium import Boxes
from ingest.redaction_found import FoundBox, FoundRedaction, LabelWord

_TIE = 0.01  # less than any difference between shares in tenths
_INSIDE = 0.45  # of a word: labels are cut by the edges of their boxes
_BESIDE_PT, _OVERLAP_PT = 12.0, 3.0
_SAME_LINE = 0.5  # of the run's height
_AT_ITS_HEIGHT = 0.3  # of the lower of box and block
_NEXT_LINES = 1.2  # of a code's height
_EDGE = 0.04  # of the page's height: stamps of the production
_MAX_PASSES = 3
_NOISE_LETTERS = 6  # that are no code: a frame's own edges read as words
_MAX_CODE_TEXT = 200
_WORD_PT = 14.0
_FEW = 2  # boxes beside which no code stands
_IN_BOX, _BESIDE, _IN_MARGIN, _NEXT_TO, _ON_ITS_PAGE = 0.97, 0.93, 0.9, 0.7, 0.5


def label_boxes(
    boxes: Sequence[FoundBox],
    labels: Sequence[LabelWord],
    *,
    width_pt: float,
    height_pt: float,
    is_ocr: bool,
) -> tuple[FoundRedaction, ...]:
    """The boxes that stand for words, with their codes, in the order of ``boxes``.

    ``labels`` are the page's own words and those that were read out of boxes; ``is_ocr``: they may be
    misread. A box that needs a code and has none is left out.
    """
    if not boxes:
        return ()
    labels = parted_words(labels)
    holder = _holders([item.box for item in boxes], [label.box for label in labels])
    held: list[list[LabelWord]] = [[] for _ in boxes]
    for label, number in zip(labels, holder, strict=True):
        if number >= 0:
            held[number].append(label)
    found = [_inner(box, words, is_ocr=is_ocr) for box, words in zip(boxes, held, strict=True)]
    if not all(label.codes for label in found):
        free = [label for label, number in zip(labels, holder, strict=True) if number < 0]
        free = [label for label in free if _EDGE < _middle(label.box) / height_pt < 1 - _EDGE]
        found = _from_around(boxes, found, free, width_pt, is_ocr=is_ocr)
    return tuple(
        _redaction(box, label)
        for box, label in zip(boxes, found, strict=True)
        if label.codes or not box.needs_code
    )


def _inner(box: FoundBox, words: Sequence[LabelWord], *, is_ocr: bool) -> Label:
    """The label in a box. Where other words prevail in a frame or a grey bar, it is a cell with words."""
    label = read_label(words, is_ocr=is_ocr)
    written = sum(map(str.isalnum, label.text))
    if box.needs_code and label.other_letters > max(_NOISE_LETTERS, written):
        return Label(other_letters=label.other_letters)
    return replace(label, confidence=_IN_BOX * label.confidence)


def _from_around(
    boxes: Sequence[FoundBox],
    found: Sequence[Label],
    free: Sequence[LabelWord],
    width_pt: float,
    *,
    is_ocr: bool,
) -> list[Label]:
    """``found``, and for boxes without a code of their own those that stand about them."""
    places = [item.box for item in boxes]
    runs = find_code_runs(free, is_ocr=is_ocr)
    blocks = margin_blocks(runs, free, places, width_pt) if runs else ()
    labels = list(found)
    open_boxes = [
        number
        for number, (box, label) in enumerate(zip(boxes, found, strict=True))
        if not label.codes and not (box.needs_code and label.other_letters > _NOISE_LETTERS)
    ]
    for number in open_boxes:
        labels[number] = _beside(places[number], runs) or _at_height(places[number], blocks) or Label()
    in_margin = {number for number in open_boxes if labels[number].codes}
    waiting = [
        number
        for number in open_boxes
        if not labels[number].codes and boxes[number].needs_code and boxes[number].look in WITH_MARGIN
    ]
    if blocks:
        _pass_on(places, labels, in_margin, waiting, blocks)
    return labels


def _beside(box: Box, runs: Sequence[CodeRun]) -> Label | None:
    near = [run for run in runs if _is_beside(box, run.box)]
    return _joined(near, _BESIDE) if near else None


def _is_beside(box: Box, run: Box) -> bool:
    shared = min(box.bottom, run.bottom) - max(box.top, run.top)
    gap = max(run.x0 - box.x1, box.x0 - run.x1)
    return shared > _SAME_LINE * (run.bottom - run.top) and -_OVERLAP_PT <= gap <= _BESIDE_PT


def _at_height(box: Box, blocks: Sequence[MarginBlock]) -> Label | None:
    runs = [run for block in blocks if _is_at_height(box, block) for run in block.runs]
    return _joined(runs, _IN_MARGIN) if runs else None


def _is_at_height(box: Box, block: MarginBlock) -> bool:
    shared = min(box.bottom, block.bottom) - max(box.top, block.top)
    return shared > _AT_ITS_HEIGHT * min(box.bottom - box.top, block.bottom - block.top)


def _pass_on(
    boxes: Sequence[Box],
    labels: list[Label],
    labelled: set[int],
    waiting: list[int],
    blocks: Sequence[MarginBlock],
) -> None:
    """A box with no code at its height has those that stand nearest to it: one that goes on from a box with
    codes in the margin, and a few that stand alone; many would be the cells of a form."""
    reach = _NEXT_LINES * max(block.line_height for block in blocks)
    for _ in range(_MAX_PASSES):
        fresh = [
            number
            for number in waiting
            if any(_goes_on(boxes[number], boxes[other], reach) for other in labelled)
        ]
        _take_nearest(fresh, boxes, labels, blocks, _NEXT_TO)
        labelled.update(fresh)
        waiting = [number for number in waiting if number not in labelled]
        if not fresh:
            break
    waiting = [number for number in waiting if _is_wide(boxes[number])]
    if len(waiting) <= max(_FEW, len(labelled)):
        _take_nearest(waiting, boxes, labels, blocks, _ON_ITS_PAGE)


def _take_nearest(
    numbers: Sequence[int],
    boxes: Sequence[Box],
    labels: list[Label],
    blocks: Sequence[MarginBlock],
    confidence: float,
) -> None:
    for number in numbers:
        nearest = min(blocks, key=lambda block: _distance(boxes[number], block))
        labels[number] = _joined(nearest.runs, confidence)


def _is_wide(box: Box) -> bool:
    """Whether a box is as wide as a word, at least; boxes to tick are not."""
    return box.x1 - box.x0 > max(_WORD_PT, 1.5 * min(box.bottom - box.top, _WORD_PT))


def _goes_on(box: Box, other: Box, reach: float) -> bool:
    gap = max(box.top - other.bottom, other.top - box.bottom)
    return gap < reach and min(box.x1, other.x1) > max(box.x0, other.x0)


def _distance(box: Box, block: MarginBlock) -> float:
    return max(box.top - block.bottom, block.top - box.bottom, 0.0)


def _joined(runs: Iterable[CodeRun], confidence: float) -> Label:
    parts = [run.label for run in runs]
    codes = tuple(dict.fromkeys(code for part in parts for code in part.codes))
    text = ", ".join(dict.fromkeys(part.text for part in parts))
    return Label(codes, text, confidence * min(part.confidence for part in parts))


def _holders(boxes: Sequence[Box], words: Sequence[Box]) -> list[int]:
    """For each word the number of the box that it lies in, the one that covers most of it; else -1. Of boxes
    in boxes, as in the cells of a form, the inner one has the word."""
    if not words:
        return []
    edges, places = _edges(words)[:, None, :], _edges(boxes)[None, :, :]
    widths = np.minimum(edges[..., 2], places[..., 2]) - np.maximum(edges[..., 0], places[..., 0])
    heights = np.minimum(edges[..., 3], places[..., 3]) - np.maximum(edges[..., 1], places[..., 1])
    areas = (edges[..., 2] - edges[..., 0]) * (edges[..., 3] - edges[..., 1])
    shares = widths.clip(0) * heights.clip(0) / np.maximum(areas, 1e-6)
    sizes = (places[..., 2] - places[..., 0]) * (places[..., 3] - places[..., 1])
    best = (shares.round(1) - _TIE * sizes / sizes.max()).argmax(axis=1)
    most = np.take_along_axis(shares, best[:, None], axis=1)[:, 0]
    numbers: list[int] = np.where(most > _INSIDE, best, -1).tolist()
    return numbers


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _edges(boxes: Sequence[Box]) -> Boxes:
    return np.array([(box.x0, box.top, box.x1, box.bottom) for box in boxes], dtype=np.float64)


def _redaction(box: FoundBox, label: Label) -> FoundRedaction:
    confidence = box.confidence
    if label.codes:  # a doubtful label makes a box that needs one doubtful
        confidence = label.confidence if box.needs_code else max(box.confidence, label.confidence)
    return FoundRedaction(
        box.box, box.look, box.found_by, label.codes, label.text[:_MAX_CODE_TEXT], round(confidence, 3)
    )
