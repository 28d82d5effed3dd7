"""Reads the words inside boxes on a scanned page: white on black, or black on grey and white.

All boxes of a page go on one sheet, enlarged, so that a page costs one call of the OCR engine.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from ingest.ocr_engine import OcrEngine, RecognisedWord
from ingest.page import Box
from ingest.preprocess import Affine
from ingest.redaction_found import FoundBox, LabelWord, RedactionLook

if TYPE_CHECKING:
    from ingest.scan_page import Sheet

Grey = npt.NDArray[np.uint8]

# Tesseract takes a sheet of a few labels for a picture and reads nothing, unless ordinary words are around.
_ORDINARY = "These words are here to be read"
_LETTER_HEIGHT_PX = 26
_LEAST_SCALE, _MOST_SCALE = 0.25, 3.0
_MARGIN_PX, _SPACE_PX = 24, 20  # paper around each crop, and between two on a line
_LINE_PX = 1500
_SHEET_DPI = 200
_BORDER_PT = {
    RedactionLook.FRAMED: 2.0,
    RedactionLook.GREY: 1.0,
    RedactionLook.BLACK: 0.0,
    RedactionLook.WHITE: 0.0,  # a margin, which may hold several labels
}
_EDGE_PT, _EDGE_INK, _GREYISH = 2.2, 0.4, 190
_LEAST_LABEL_PT = (8.0, 4.5)  # wide and high
_LEAST_CONTRAST = 40  # grey levels between a label and its box
_LETTER_PT2 = 4.0  # square points of ink in a letter; less is a speck
_MOST_INK = 0.6  # of a label's surroundings


@dataclass(frozen=True, slots=True)
class _Crop:
    """A piece of the upright page, as dark words on paper, and where on the page it begins."""

    pixels: Grey
    left: int
    top: int


@dataclass(frozen=True, slots=True)
class _Placed:
    """An enlarged crop, and where on the sheet it begins."""

    crop: _Crop
    picture: Image.Image
    x: int
    y: int

    def holds(self, x: float, y: float) -> bool:
        """Whether this place of the sheet is within it, or nearer to it than to the next."""
        across = -_SPACE_PX / 2 <= x - self.x <= self.picture.width + _SPACE_PX / 2
        return across and -_MARGIN_PX / 2 <= y - self.y <= self.picture.height + _MARGIN_PX / 2


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
    # Only here: OpenCV takes a tenth of a second to load, and most pages are no scans.
    from ingest.scan_page import ScanPage

    page = ScanPage(np.asarray(image), dpi).fine
    crops = [crop for box in wanted if (crop := _crop(page, box))]
    if not crops:
        return ()
    sheet, placed = _sheet(crops)
    words = engine.recognise(sheet, dpi=_SHEET_DPI)
    return tuple(label for word in words if (label := _label(word, placed, page.to_page)))


def _crop(page: Sheet, box: FoundBox) -> _Crop | None:
    """What stands in ``box``, cut out close; nothing when nothing does."""
    upright, px_per_pt = page.pixels, page.px_per_pt
    left, top, right, bottom = page.edges(box.box)
    border = _BORDER_PT[box.look] * px_per_pt
    rows = slice(max(0, math.ceil(top + border)), max(0, math.floor(bottom - border)))
    columns = slice(max(0, math.ceil(left + border)), max(0, math.floor(right - border)))
    inside = upright[rows, columns]
    if inside.shape[1] < _LEAST_LABEL_PT[0] * px_per_pt or inside.shape[0] < _LEAST_LABEL_PT[1] * px_per_pt:
        return None
    letter_px = round(_LETTER_PT2 * px_per_pt * px_per_pt)
    stretched = _stretched(255 - inside if box.look is RedactionLook.BLACK else inside, letter_px)
    if stretched is None:
        return None
    _clear_edges(stretched, round(_EDGE_PT * px_per_pt))
    ink = stretched < 128
    if np.count_nonzero(ink) < letter_px or float(ink.mean()) > _MOST_INK:
        return None
    down, across = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not down.size or down[-1] - down[0] + 1 < _LEAST_LABEL_PT[1] * px_per_pt * 0.8:
        return None
    first, last = int(down[0]), int(down[-1]) + 1
    start, end = int(across[0]), int(across[-1]) + 1
    return _Crop(stretched[first:last, start:end], columns.start + start, rows.start + first)


def _stretched(pixels: Grey, letter_px: int) -> Grey | None:
    """Dark words on white paper; nothing when the box is of one shade but for less than a letter."""
    darkest = np.cumsum(np.bincount(pixels.ravel(), minlength=256))
    paper, ink = (int(np.searchsorted(darkest, count)) for count in (pixels.size / 2, letter_px / 2))
    if paper - ink < _LEAST_CONTRAST:
        return None
    levels = (pixels.astype(np.float32) - ink) * (255 / (0.85 * (paper - ink)))
    return np.asarray(np.clip(levels, 0, 255), dtype=np.uint8)


def _clear_edges(pixels: Grey, within: int) -> None:
    """Take away what is left of the edges of the box, so that only words are dark."""
    for lines in (pixels, pixels.T):
        for start, way in ((0, 1), (len(lines) - 1, -1)):
            near = range(start, start + way * min(within, len(lines)), way)
            edges = [at for at in near if np.mean(lines[at] < _GREYISH) > _EDGE_INK]
            if edges:
                lines[min(start, edges[-1]) : max(start, edges[-1]) + 1] = 255


def _sheet(crops: Sequence[_Crop]) -> tuple[Image.Image, list[_Placed]]:
    """The crops as if they were the words of a page, on lines between two lines of ordinary words."""
    pictures = sorted(((crop, _scaled(crop.pixels)) for crop in crops), key=lambda pair: pair[1].height)
    width = max(_LINE_PX, *(picture.width for _, picture in pictures)) + 2 * _MARGIN_PX
    placed, x, y, high = [], _MARGIN_PX, 2 * _MARGIN_PX + _LETTER_HEIGHT_PX, 0
    for crop, picture in pictures:
        if x > _MARGIN_PX and x + picture.width > width - _MARGIN_PX:
            x, y, high = _MARGIN_PX, y + high + _MARGIN_PX, 0
        placed.append(_Placed(crop, picture, x, y))
        x, high = x + picture.width + _SPACE_PX, max(high, picture.height)
    last = y + high + _MARGIN_PX
    sheet = Image.new("L", (width, last + _LETTER_HEIGHT_PX + 2 * _MARGIN_PX), 255)
    face = ImageFont.load_default(size=_LETTER_HEIGHT_PX)
    for line in (_MARGIN_PX, last):
        ImageDraw.Draw(sheet).text((_MARGIN_PX, line), _ORDINARY, fill=0, font=face)
    for piece in placed:
        sheet.paste(piece.picture, (piece.x, piece.y))
    return sheet, placed


def _scaled(pixels: Grey) -> Image.Image:
    """The crop with its letters as high as the engine likes them."""
    by = min(max(_LETTER_HEIGHT_PX / _letter_height(pixels), _LEAST_SCALE), _MOST_SCALE)
    picture = Image.fromarray(pixels)
    size = (max(1, round(picture.width * by)), max(1, round(picture.height * by)))
    return picture.resize(size, Image.Resampling.BICUBIC if by > 1 else Image.Resampling.BOX)


def _letter_height(pixels: Grey) -> int:
    """How high the highest line of words is."""
    has_ink = np.concatenate(([0], (np.count_nonzero(pixels < 128, axis=1) > 1).astype(np.int8), [0]))
    changes = np.flatnonzero(np.diff(has_ink))
    return int(np.max(changes[1::2] - changes[::2])) if changes.size else pixels.shape[0]


def _label(word: RecognisedWord, placed: Sequence[_Placed], to_points: Affine) -> LabelWord | None:
    """``word`` where it stands on the page."""
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    piece = next((each for each in placed if each.holds(x, y)), None)
    if piece is None:
        return None
    scale = piece.crop.pixels.shape[1] / piece.picture.width
    xs = [piece.crop.left + (x - piece.x) * scale for x in (word.left, word.right)]
    ys = [piece.crop.top + (y - piece.y) * scale for y in (word.top, word.bottom)]
    corners = [to_points.point(x, y) for x in xs for y in ys]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return LabelWord(word.text, Box(min(across), min(down), max(across), max(down)), is_ocr=True)
