"""Boxes that may hide words, on the picture of a scanned page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ingest.page import Box
from ingest.redaction_found import FoundBox, FoundBy, RedactionLook

if TYPE_CHECKING:
    from ingest.scan_page import ScanPage

_SURE, _LIKELY, _POSSIBLE = 0.9, 0.75, 0.5
_LEAST_SIDE_PX = 16  # no box with words has a smaller side
_SEVERAL = 3
_HIGHEST_LINE_PT = 30.0
_TOUCH_PT, _SPACE_PT = 3.0, 12.0  # between a box and the word beside it


def find_scan_boxes(
    grey: npt.NDArray[np.uint8], dpi: float, *, words: Sequence[Box] = ()
) -> tuple[FoundBox, ...]:
    """What looks like a redaction on ``grey``, a whole page at ``dpi``, from the top down.

    Boxes are upright rectangles in points on the page as displayed; of a page askew, each goes around all
    of the turned box. ``words`` are the boxes of words that were read on the page, if any were.
    """
    if min(grey.shape) < _LEAST_SIDE_PX:
        return ()
    # Only here: OpenCV takes a tenth of a second to load, and most pages are no scans.
    from ingest.scan_page import ScanPage

    page = ScanPage(grey, dpi)
    found = [_with_neighbours(each, words) for each in (*_solid(page), *_lined(page))]
    return tuple(sorted(found, key=lambda each: (each.box.top, each.box.x0)))


def _with_neighbours(found: FoundBox, words: Sequence[Box]) -> FoundBox:
    """``found``, which needs no code when the line of words goes on to its left and to its right.

    Form fields have a word on one side at most, headings and cells none so near.
    """
    box = found.box
    if not found.needs_code or box.bottom - box.top > _HIGHEST_LINE_PT:
        return found
    middle = (box.top + box.bottom) / 2
    beside = [word for word in words if word.top < middle < word.bottom]
    is_after = any(-_TOUCH_PT <= box.x0 - word.x1 <= _SPACE_PT for word in beside)
    is_before = any(-_TOUCH_PT <= word.x0 - box.x1 <= _SPACE_PT for word in beside)
    if not is_after or not is_before:
        return found
    return replace(found, needs_code=False, confidence=max(found.confidence, _LIKELY))


def _solid(page: ScanPage) -> Iterator[FoundBox]:
    from ingest.scan_solids import find_bars, find_black, find_grey

    solids = [*find_black(page), *find_grey(page)]
    bars = find_bars(solids, page.coarse)
    for solid in solids:
        needs_code = solid.has_words or solid.look is RedactionLook.GREY or solid in bars
        confidence = _LIKELY if needs_code else _SURE
        yield FoundBox(page.coarse.box(solid.box), solid.look, FoundBy.PICTURE, confidence, needs_code)


def _lined(page: ScanPage) -> Iterator[FoundBox]:
    from ingest.scan_frames import find_frames
    from ingest.scan_lines import PageLines
    from ingest.scan_struck import find_struck

    lines = PageLines(page)
    for frame in find_frames(lines):
        yield FoundBox(
            page.fine.box(frame), RedactionLook.FRAMED, FoundBy.PICTURE, _POSSIBLE, needs_code=True
        )
    struck = find_struck(lines)
    # one or two may be a stamp that was cancelled ('SECRET', 'For Official Use Only'), not words withheld
    is_few = len(struck) < _SEVERAL
    for passage in struck:
        confidence = _POSSIBLE if is_few else _LIKELY
        box = page.fine.box(passage)
        yield FoundBox(box, RedactionLook.STRUCK, FoundBy.PICTURE, confidence, needs_code=is_few)
