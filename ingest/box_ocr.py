"""Reads the words inside boxes on a scanned page: white on black, or black on grey and white.

All boxes of a page go on one sheet, enlarged, so that a page costs one call of the OCR engine.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from ingest.ocr_engine import OcrEngine, RecognisedWord
from ingest.page import Box
from ingest.preprocess import Affine, prepare
from ingest.redaction_found import FoundBox, LabelWord, RedactionLook

Grey = npt.NDArray[np.uint8]

_POINTS_PER_INCH = 72.0
_OCR_DPI = 300.0  # labels are set smaller than the text around them
_MARGIN_PX = 24  # paper around each crop
_BORDER_PT = {RedactionLook.FRAMED: 2.0, RedactionLook.GREY: 1.0, RedactionLook.BLACK: 0.0}
_LEAST_LABEL_PT = (8.0, 4.5)  # wide and high
_LEAST_CONTRAST = 40  # grey levels between a label and its box
_LEAST_SHARE = 0.004  # of a box: less is a speck
_MOST_INK = 0.6  # of a label's surroundings
_LARGEST_LABEL_PT = 40.0  # a label of higher letters there is not; several lines there are


@dataclass(frozen=True, slots=True)
class _Crop:
    """A piece of the upright page, as dark words on paper; where it lies on the page and on the sheet."""

    pixels: Grey
    left: int
    top: int
    row: int = 0


def read_labels(
    image: Image.Image, dpi: float, boxes: Sequence[FoundBox], engine: OcrEngine
) -> tuple[LabelWord, ...]:
    """The words that stand inside ``boxes`` on the grey page ``image``, in points on the page as displayed.

    Struck passages are left out, and boxes that are too small for a label or have nothing in them: when
    all are, the engine is not called. Raises ``OcrFailed``.
    """
    wanted = [box for box in boxes if box.look in _BORDER_PT]
    if not wanted:
        return ()
    prepared = prepare(image, dpi)
    upright = np.asarray(prepared.image)
    px_per_pt = dpi / _POINTS_PER_INCH
    crops = [crop for box in wanted if (crop := _crop(upright, box, prepared.to_original, px_per_pt))]
    if not crops:
        return ()
    enlarge = max(1.0, _OCR_DPI / dpi)
    sheet, placed = _sheet(crops, enlarge)
    to_points = Affine(1 / px_per_pt, 0, 0, 0, 1 / px_per_pt, 0).after(prepared.to_original)
    words = engine.recognise(sheet, dpi=round(dpi * enlarge))
    return tuple(label for word in words if (label := _label(word, placed, enlarge, to_points)))


def _crop(upright: Grey, box: FoundBox, to_original: Affine, px_per_pt: float) -> _Crop | None:
    """What stands in ``box``, cut out close; nothing when nothing does."""
    left, top, right, bottom = _upright_edges(box.box, to_original, px_per_pt)
    border = _BORDER_PT[box.look] * px_per_pt
    rows = slice(max(0, math.ceil(top + border)), max(0, math.floor(bottom - border)))
    columns = slice(max(0, math.ceil(left + border)), max(0, math.floor(right - border)))
    inside = upright[rows, columns]
    if inside.shape[1] < _LEAST_LABEL_PT[0] * px_per_pt or inside.shape[0] < _LEAST_LABEL_PT[1] * px_per_pt:
        return None
    stretched = _stretched(255 - inside if box.look is RedactionLook.BLACK else inside)
    if stretched is None:
        return None
    ink = stretched < 128
    if not _LEAST_SHARE < float(ink.mean()) < _MOST_INK:
        return None
    down, across = np.flatnonzero(ink.mean(axis=1) > 0.01), np.flatnonzero(ink.any(axis=0))
    if not down.size or down[-1] - down[0] + 1 < _LEAST_LABEL_PT[1] * px_per_pt * 0.8:
        return None
    first, last = int(down[0]), int(down[-1]) + 1
    start, end = int(across[0]), int(across[-1]) + 1
    return _Crop(stretched[first:last, start:end], columns.start + start, rows.start + first)


def _upright_edges(box: Box, to_original: Affine, px_per_pt: float) -> tuple[float, float, float, float]:
    """The edges on the upright page of a box that, on the page as it came, is upright around a turned one."""
    sin, cos = abs(to_original.d), to_original.a
    wide, high = (box.x1 - box.x0) * px_per_pt, (box.bottom - box.top) * px_per_pt
    square = cos * cos - sin * sin
    width, height = (wide * cos - high * sin) / square, (high * cos - wide * sin) / square
    x = (box.x0 + box.x1) / 2 * px_per_pt - to_original.c
    y = (box.top + box.bottom) / 2 * px_per_pt - to_original.f
    middle_x, middle_y = to_original.a * x + to_original.d * y, to_original.b * x + to_original.e * y
    return middle_x - width / 2, middle_y - height / 2, middle_x + width / 2, middle_y + height / 2


def _stretched(pixels: Grey) -> Grey | None:
    """Dark words on white paper; nothing when the box is of one shade."""
    paper = float(np.median(pixels))
    ink = float(np.percentile(pixels, 0.8))
    if paper - ink < _LEAST_CONTRAST:
        return None
    levels = (pixels.astype(np.float32) - ink) * (255 / (0.85 * (paper - ink)))
    return np.asarray(np.clip(levels, 0, 255), dtype=np.uint8)


def _sheet(crops: Sequence[_Crop], enlarge: float) -> tuple[Image.Image, list[_Crop]]:
    """The crops one below the other on white paper, and each with the row where it starts."""
    pictures = [_enlarged(crop.pixels, enlarge) for crop in crops]
    width = max(picture.width for picture in pictures) + 2 * _MARGIN_PX
    height = sum(picture.height + _MARGIN_PX for picture in pictures) + _MARGIN_PX
    sheet, row, placed = Image.new("L", (width, height), 255), _MARGIN_PX, []
    for crop, picture in zip(crops, pictures, strict=True):
        sheet.paste(picture, (_MARGIN_PX, row))
        placed.append(_Crop(crop.pixels, crop.left, crop.top, row))
        row += picture.height + _MARGIN_PX
    return sheet, placed


def _enlarged(pixels: Grey, by: float) -> Image.Image:
    picture = Image.fromarray(pixels)
    size = (max(1, round(picture.width * by)), max(1, round(picture.height * by)))
    return picture.resize(size, Image.Resampling.BICUBIC)


def _label(
    word: RecognisedWord, placed: Sequence[_Crop], enlarge: float, to_points: Affine
) -> LabelWord | None:
    """``word`` where it stands on the page."""
    middle = (word.top + word.bottom) / 2
    crop = next((each for each in reversed(placed) if each.row <= middle), None)
    if crop is None:
        return None
    xs = [crop.left + (x - _MARGIN_PX) / enlarge for x in (word.left, word.right)]
    ys = [crop.top + (y - crop.row) / enlarge for y in (word.top, word.bottom)]
    corners = [to_points.point(x, y) for x in xs for y in ys]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return LabelWord(word.text, Box(min(across), min(down), max(across), max(down)), is_ocr=True)
