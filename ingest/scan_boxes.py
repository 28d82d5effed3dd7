"""Boxes that may hide words, on the picture of a scanned page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ingest.page import Box
from ingest.redaction_found import FoundBox, FoundBy, RedactionLook

if TYPE_CHECKING:
    from ingest.scan_page import ScanPage

_SURE, _LIKELY, _POSSIBLE = 0.9, 0.75, 0.5


def find_scan_boxes(
    grey: npt.NDArray[np.uint8], dpi: float, *, words: Sequence[Box] = ()
) -> tuple[FoundBox, ...]:
    """What looks like a redaction on ``grey``, a whole page at ``dpi``, from the top down.

    Boxes are upright rectangles in points on the page as displayed; of a page askew, each goes around all
    of the turned box. ``words`` are the boxes of words that were read on the page, if any were.
    """
    # Only here: OpenCV takes a tenth of a second to load, and most pages are no scans.
    from ingest.scan_page import ScanPage

    page = ScanPage(grey, dpi)
    found = [*_solid(page), *_framed(page)]
    return tuple(sorted(found, key=lambda each: (each.box.top, each.box.x0)))


def _solid(page: ScanPage) -> Iterator[FoundBox]:
    from ingest.scan_solids import find_black, find_grey

    for solid in (*find_black(page), *find_grey(page)):
        needs_code = solid.has_words or solid.look is RedactionLook.GREY
        confidence = _LIKELY if needs_code else _SURE
        yield FoundBox(page.coarse.box(solid.box), solid.look, FoundBy.PICTURE, confidence, needs_code)


def _framed(page: ScanPage) -> Iterator[FoundBox]:
    from ingest.scan_frames import find_frames
    from ingest.scan_lines import PageLines

    for frame in find_frames(PageLines(page)):
        yield FoundBox(
            page.fine.box(frame), RedactionLook.FRAMED, FoundBy.PICTURE, _POSSIBLE, needs_code=True
        )
