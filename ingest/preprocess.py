"""Makes a scan easier to read: turned upright, noise removed, and only where that helps.

On clean pages both steps cost accuracy (character errors 0.7 % -> 1.0 %), on bad ones they save the page
(13 % -> 0.6 %), so each has a threshold. Measured in docs/why/ocr.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

Grey = npt.NDArray[np.uint8]
Levels = npt.NDArray[np.int16]

MIN_SKEW_DEGREES = 0.3
MAX_SKEW_DEGREES = 5.0
_SKEW_DPI = 75  # enough for 0.05 degrees over a page's width, and 7 times less to look at than 200 dpi
_MAX_SKEW_PIXELS = 40_000
_NOISE_LEVEL = 9.0  # grey levels: clean scans are under 3, a bad photocopy over 12
_COARSE_NOISE_LEVEL = 6.0  # the same in half size, where clean scans are under 4
_SPECK_SHARE = 0.0015  # of the pixels: print has nearly no single dark or light pixels
# Grain and specks together need less of each: one word in ten was misread at 3.5 levels and 0.0006.
_NOISE_WITH_SPECKS, _SPECKS_WITH_NOISE = 2.5, 0.0003
_MOST_INK_STARTS = 0.035  # of a row's pixels: 0.024 on the densest real page, 0.04 to 0.2 on specks
_STEADY = 0.6  # smoothing letters leaves more of them than this
_MAX_SMOOTHINGS = 5
_LAST_BLUR_PX = 2.5
_SPECK_CONTRAST = 60  # grey levels


class Grain(IntEnum):
    """How rough a scan is: how often it is to be smoothed at least."""

    CLEAN = 0
    FINE = 1
    COARSE = 2


@dataclass(frozen=True, slots=True)
class Affine:
    """Where a pixel of the prepared image lies in the image as it came: ``x = a*u + b*v + c`` ..."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 0.0
    e: float = 1.0
    f: float = 0.0

    def point(self, u: float, v: float) -> tuple[float, float]:
        """The place of ``(u, v)``."""
        return self.a * u + self.b * v + self.c, self.d * u + self.e * v + self.f

    def after(self, inner: Affine) -> Affine:
        """First ``inner``, then this."""
        return Affine(
            self.a * inner.a + self.b * inner.d,
            self.a * inner.b + self.b * inner.e,
            self.a * inner.c + self.b * inner.f + self.c,
            self.d * inner.a + self.e * inner.d,
            self.d * inner.b + self.e * inner.e,
            self.d * inner.c + self.e * inner.f + self.f,
        )


@dataclass(frozen=True, slots=True)
class Prepared:
    """An image ready for OCR, and the way back to the image as it came."""

    image: Image.Image
    to_original: Affine = Affine()


def prepare(image: Image.Image, dpi: float) -> Prepared:
    """``image`` (grey) without skew and noise, where it has any."""
    pixels: Grey = np.asarray(image)
    if grain := grain_of(pixels):
        pixels = _smoothed(pixels, grain)
        image = Image.fromarray(pixels)
    skew = find_skew(pixels, dpi)
    if abs(skew) <= MIN_SKEW_DEGREES:
        return Prepared(image)
    return _turned(image, skew)


def _smoothed(pixels: Grey, grain: Grain) -> Grey:
    """``pixels`` without grain: smoothed until what is left is letters and not specks.

    A page of specks is worse than unreadable: Tesseract looks at each of them, for minutes.
    """
    before = _ink_starts(pixels)
    for done in range(1, _MAX_SMOOTHINGS + 1):
        pixels = median_3x3(pixels)
        now = _ink_starts(pixels)
        if done >= grain and now < _MOST_INK_STARTS and now > _STEADY * before:
            return pixels
        before = now
    if before < _MOST_INK_STARTS:
        return pixels
    return np.asarray(Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(_LAST_BLUR_PX)))


def _ink_starts(pixels: Grey) -> float:
    """The share of pixels along a row where ink begins: of letters, or of specks."""
    sample = pixels[::8]
    ink = sample <= _otsu_threshold(sample)
    return float(np.mean(ink[:, 1:] & ~ink[:, :-1]))


def _otsu_threshold(pixels: Grey) -> int:
    """The grey level that parts dark from light best, as Tesseract will choose it (Otsu 1979)."""
    counts = np.bincount(pixels.ravel(), minlength=256).astype(np.float64)
    below, mass = np.cumsum(counts), np.cumsum(counts * np.arange(256))
    between = (mass[-1] * below - mass * below[-1]) ** 2 / np.maximum(below * (below[-1] - below), 1.0)
    return int(np.argmax(between))


def turn_quarters(image: Image.Image, clockwise_degrees: int) -> Prepared:
    """``image`` turned clockwise by 90, 180 or 270 degrees."""
    width, height = image.size
    if clockwise_degrees == 90:
        return Prepared(image.transpose(Image.Transpose.ROTATE_270), Affine(0, 1, 0, -1, 0, height))
    if clockwise_degrees == 180:
        return Prepared(image.transpose(Image.Transpose.ROTATE_180), Affine(-1, 0, width, 0, -1, height))
    return Prepared(image.transpose(Image.Transpose.ROTATE_90), Affine(0, -1, width, 1, 0, 0))


def find_skew(pixels: Grey, dpi: float) -> float:
    """By how many degrees the lines of text fall to the right; 0.0 when the page has too little ink.

    The upper edges of the ink are projected sideways: at the right angle they gather in few rows. Edges
    only, so that black boxes and dark borders do not outweigh the words.
    """
    rows, columns = _upper_edges(pixels, max(1, round(dpi / _SKEW_DPI)))
    if rows.size < 200:
        return 0.0
    best = _best_angle(rows, columns, np.arange(-MAX_SKEW_DEGREES, MAX_SKEW_DEGREES + 0.01, 0.5))
    if abs(best) >= MAX_SKEW_DEGREES:
        return 0.0  # the best is beyond what is searched: not text, or a page on its side
    best = _best_angle(rows, columns, np.arange(best - 0.5, best + 0.51, 0.1))
    return _best_angle(rows, columns, np.arange(best - 0.1, best + 0.11, 0.02))


def grain_of(pixels: Grey) -> Grain:
    """How rough the paper itself is, looked at in sample rows.

    A scan of few dots an inch, drawn larger, has its noise spread over neighbouring pixels: smooth from
    one to the next, and rough when looked at in half size.
    """
    if _roughness(np.asarray(Image.fromarray(pixels).reduce(2))) > _COARSE_NOISE_LEVEL:
        return Grain.COARSE
    noise, specks = _roughness(pixels), _speck_share(pixels)
    if noise > _NOISE_LEVEL or specks > _SPECK_SHARE:
        return Grain.FINE
    has_both = noise > _NOISE_WITH_SPECKS and specks > _SPECKS_WITH_NOISE
    return Grain.FINE if has_both else Grain.CLEAN


def _roughness(pixels: Grey) -> float:
    """By how many grey levels the middling pixel differs from its four neighbours' mean."""
    middle, around = _neighbours(pixels)
    return float(np.median(np.abs(4 * middle - np.sum(around, axis=0)))) / 4


def _speck_share(pixels: Grey) -> float:
    """The share of pixels much darker, or much lighter, than all four neighbours."""
    middle, around = _neighbours(pixels)
    darker, lighter = np.min(around, axis=0) - middle, middle - np.max(around, axis=0)
    return float(np.mean(np.maximum(darker, lighter) > _SPECK_CONTRAST))


def _neighbours(pixels: Grey) -> tuple[Levels, Levels]:
    """Sample pixels, and the four around each."""
    bands = _sample_rows(pixels).astype(np.int16)
    middle = bands[:, 1, 1:-1]
    return middle, np.stack((bands[:, 0, 1:-1], bands[:, 2, 1:-1], bands[:, 1, :-2], bands[:, 1, 2:]))


def median_3x3(pixels: Grey) -> Grey:
    """Each inner pixel's median with its eight neighbours; the one-pixel frame stays as it is.

    A sorting network on whole arrays: half the time of Pillow's MedianFilter, the same pixels.
    """
    height, width = pixels.shape
    if height < 3 or width < 3:
        return pixels
    nine = [pixels[y : height - 2 + y, x : width - 2 + x] for y in range(3) for x in range(3)]
    for low, high in _MEDIAN_OF_NINE:
        nine[low], nine[high] = np.minimum(nine[low], nine[high]), np.maximum(nine[low], nine[high])
    result = pixels.copy()
    result[1:-1, 1:-1] = nine[4]
    return result


# Which of nine values to compare and swap, in order, until the fifth is the median (Paeth, Graphics Gems I).
_MEDIAN_OF_NINE = (
    *((1, 2), (4, 5), (7, 8), (0, 1), (3, 4), (6, 7), (1, 2), (4, 5), (7, 8), (0, 3)),
    *((5, 8), (4, 7), (3, 6), (1, 4), (2, 5), (4, 7), (4, 2), (6, 4), (4, 2)),
)


def _turned(image: Image.Image, skew_degrees: float) -> Prepared:
    cos, sin = math.cos(math.radians(skew_degrees)), math.sin(math.radians(skew_degrees))
    middle_x, middle_y = image.width / 2, image.height / 2
    back = Affine(
        *(cos, -sin, middle_x - cos * middle_x + sin * middle_y),
        *(sin, cos, middle_y - sin * middle_x - cos * middle_y),
    )
    matrix = (back.a, back.b, back.c, back.d, back.e, back.f)
    turned = image.transform(
        image.size, Image.Transform.AFFINE, matrix, Image.Resampling.BICUBIC, fillcolor=255
    )
    return Prepared(turned, back)


def _upper_edges(pixels: Grey, step: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    small: Grey = np.asarray(Image.fromarray(pixels).reduce(step))
    ink = small < _ink_threshold(small)
    rows, columns = np.nonzero(ink[1:] & ~ink[:-1])
    if rows.size > _MAX_SKEW_PIXELS:
        every = rows.size // _MAX_SKEW_PIXELS + 1
        rows, columns = rows[::every], columns[::every]
    return rows, columns


def _ink_threshold(pixels: Grey) -> float:
    paper, ink = np.percentile(pixels, (75, 1))
    return float(ink + (paper - ink) * 0.6)


def _best_angle(
    rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], angles: npt.NDArray[np.float64]
) -> float:
    scores = [_sharpness(rows, columns, float(angle)) for angle in angles]
    return float(angles[int(np.argmax(scores))])


def _sharpness(rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], degrees: float) -> float:
    level = rows - columns * math.tan(math.radians(degrees))
    counts = np.bincount((level - level.min()).astype(np.int64)).astype(np.float64)
    return float(np.sum(counts * counts))


def _sample_rows(pixels: Grey) -> npt.NDArray[np.uint8]:
    """Bands of three rows, one in sixteen: shape (bands, 3, width)."""
    height, width = pixels.shape
    if height < 3 or width < 3:
        return np.full((1, 3, 3), 255, dtype=np.uint8)
    starts = np.arange(0, height - 2, 16)
    return np.stack([pixels[starts + offset] for offset in range(3)], axis=1)
