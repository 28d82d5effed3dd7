"""What stands around and on a painted box: a redaction is not a rule, a heading, a bullet or a chart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from statistics import median

import numpy as np

from ingest.exemption_codes import read_codes
from ingest.page import Box
from ingest.pdfium import Boxes
from ingest.redaction_found import LabelWord
from ingest.shapes import Shape, ShapeKind, covered_share, luma

_INSIDE = 0.5  # of a word
_MOSTLY_CODE = 0.6  # of the letters in a box
_A_COLUMN = 3  # times the same code: cells of a table that is shaded as a whole
_USUAL_WORD_PT = 11.0
_THIN = 0.55  # of a word's height: a rule
_WHOLE_WIDTH = 0.97  # of the page: a band
_SIDEBAR_PT, _SIDEBAR_TIMES = 100.0, 3.0
_BULLET_PT, _BULLET_TIMES = 14.0, 1.3
_NEUTRAL = 40  # of 255 between red, green and blue: what is more colourful was not painted to hide
_BARS = 3
_SAME_PT = 1.0
_LARGER = 1.1
_THICK_BAR = 1.8  # of a word's height
_HIDDEN = 0.6
_WHITE = 235  # of 255

# whatever might be a code, in a word; whether it is one is for others to say
_LIKE_A_CODE = re.compile(r"\(\s*[bdjk]\b|\b[bBjJkK]\d|\d[.(]|\b(?:AWP|ACP|DPP|AC|WP|DP)\b|\b25X")


def may_be_code(text: str) -> bool:
    """Whether it is worth while to look for codes in ``text``: quick, and often wrong."""
    return _LIKE_A_CODE.search(text) is not None


class Content(StrEnum):
    """What can be read in a box."""

    NOTHING = "nothing"
    CODE = "code"
    WORDS = "words"


@dataclass(frozen=True)
class PageWords:
    """The page's words, to be asked about places."""

    words: tuple[LabelWord, ...]
    width_pt: float
    height_pt: float

    @cached_property
    def edges(self) -> Boxes:
        """One row a word."""
        boxes = [word.box for word in self.words]
        return np.array([(box.x0, box.top, box.x1, box.bottom) for box in boxes]).reshape(-1, 4)

    @cached_property
    def usual_height(self) -> float:
        """Of a word, in points."""
        heights = [word.box.bottom - word.box.top for word in self.words]
        return median(heights) if heights else _USUAL_WORD_PT

    def inside(self, box: Box) -> list[LabelWord]:
        """The words that lie in ``box`` for the larger part, in order."""
        edges = self.edges
        widths = np.minimum(edges[:, 2], box.x1) - np.maximum(edges[:, 0], box.x0)
        heights = np.minimum(edges[:, 3], box.bottom) - np.maximum(edges[:, 1], box.top)
        areas = (edges[:, 2] - edges[:, 0]) * (edges[:, 3] - edges[:, 1])
        covered = (widths > 0) & (heights > 0) & (widths * heights > _INSIDE * areas)
        return [self.words[number] for number in np.flatnonzero(covered).tolist()]

    def content(self, box: Box) -> Content:
        """What can be read in ``box``."""
        text = " ".join(word.text for word in self.inside(box))
        letters = sum(map(str.isalnum, text))
        if not letters:
            return Content.NOTHING
        if not may_be_code(text):
            return Content.WORDS
        codes = [text[span.start : span.end] for span in read_codes(text)]
        in_codes = sum(map(str.isalnum, "".join(codes)))
        is_list = any(codes.count(code) >= _A_COLUMN for code in codes)
        return Content.CODE if in_codes >= _MOSTLY_CODE * letters and not is_list else Content.WORDS


def looks_withheld(shape: Shape, shapes: Sequence[Shape], words: PageWords) -> bool:
    """Whether a dark box says by itself that words were taken out."""
    box = shape.box
    width, height = box.x1 - box.x0, box.bottom - box.top
    return not (
        (shape.colour is not None and max(shape.colour) - min(shape.colour) > _NEUTRAL)
        or height < _THIN * words.usual_height
        or width > _WHOLE_WIDTH * words.width_pt
        or (height > _SIDEBAR_PT and height > _SIDEBAR_TIMES * width)
        or is_small_square(box)
        or _is_bar_of_chart(box, [other.box for other in shapes if not is_white(other)], words.usual_height)
    )


def is_small_square(box: Box) -> bool:
    """Whether a box is as small and square as a bullet or a box to tick."""
    width = box.x1 - box.x0
    return width < _BULLET_PT and width < _BULLET_TIMES * (box.bottom - box.top)


def is_white(shape: Shape) -> bool:
    """Whether a shape has the colour of paper, as far as is known."""
    return not shape.is_dark and (shape.colour is None or luma(*shape.colour) >= _WHITE)


def is_painted_over(shape: Shape, shapes: Sequence[Shape]) -> bool:
    """Whether a light box or a picture was painted upon the larger part of it."""
    return any(
        other.order > shape.order
        and (other.kind == ShapeKind.IMAGE or not other.is_dark)
        and covered_share(shape.box, other.box) > _HIDDEN
        for other in shapes
    )


def _is_bar_of_chart(box: Box, others: Sequence[Box], word_height: float) -> bool:
    upright = [
        (other.bottom - other.top)
        for other in others
        if abs(other.bottom - box.bottom) < _SAME_PT
        and abs((other.x1 - other.x0) - (box.x1 - box.x0)) < _SAME_PT
    ]
    level = [
        (other.x1 - other.x0)
        for other in others
        if abs(other.x0 - box.x0) < _SAME_PT
        and abs((other.bottom - other.top) - (box.bottom - box.top)) < _SAME_PT
    ]
    is_thick = box.bottom - box.top > _THICK_BAR * word_height
    return _are_bars(upright) or (is_thick and _are_bars(level))


def _are_bars(lengths: Sequence[float]) -> bool:
    return len(lengths) >= _BARS and max(lengths) > _LARGER * min(lengths)
