"""From a page to pictures: grey for OCR, WebP for people. The same bytes every time."""

from __future__ import annotations

import ctypes
import io
import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium_c
from PIL import Image

from ingest.errors import PageTooLarge
from ingest.limits import Limits
from ingest.page import PageImage
from ingest.pdfium import PdfPage

Grey = npt.NDArray[np.uint8]

PAGE_WIDTH_PX = 1_000
THUMBNAIL_WIDTH_PX = 240
LARGE_WIDTH_PX = 1_700
MIN_WIDTH_PX, MAX_WIDTH_PX = 16, 4_000
POINTS_PER_INCH = 72.0

# Print in 16 shades without loss takes a third of the time of a photograph's way, is smaller and stays
# sharp; a grey photograph would come out large, and is then encoded as one (docs/why/which-reader.md).
_SIXTEEN_SHADES = [round(shade / 17) * 17 for shade in range(256)]
_MAX_BYTES_A_PIXEL = 0.2
_GREY_SPREAD = 12  # how far apart red, green and blue may be in what we call grey
_QUALITY = 60


@dataclass(frozen=True, slots=True)
class PageImages:
    """What is kept of each page."""

    image: PageImage
    thumbnail: PageImage


def draw_images(page: PdfPage, limits: Limits) -> PageImages:
    """The page at 1,000 px for reading and at 240 px for lists. Raises ``PageTooLarge``."""
    return as_page_images(draw_page(page, PAGE_WIDTH_PX, limits))


def draw_blank(width_pt: float, height_pt: float, limits: Limits) -> PageImages:
    """What ``draw_images`` gives for a page with nothing on it, without drawing it each time."""
    scale = _clamped_scale(width_pt, height_pt, PAGE_WIDTH_PX / width_pt, limits)
    return _blank(max(1, round(width_pt * scale)), max(1, round(height_pt * scale)))


@lru_cache(maxsize=8)
def _blank(width_px: int, height_px: int) -> PageImages:
    return as_page_images(Image.new("RGB", (width_px, height_px), "white"))


def draw_webp(page: PdfPage, width_px: int, limits: Limits) -> PageImage:
    """The page at the width asked for, or what the limits leave of it. Raises ``PageTooLarge``."""
    return _as_webp(draw_page(page, width_px, limits))


def draw_page(page: PdfPage, width_px: int, limits: Limits) -> Image.Image:
    """The page as displayed, with its annotations. Raises ``PageTooLarge``."""
    return _render(
        page, _clamped_scale(page.width_pt, page.height_pt, width_px / page.width_pt, limits), colour=True
    )


def draw_grey(page: PdfPage, dpi: float, limits: Limits) -> tuple[Image.Image, float]:
    """The page in grey (mode ``L``), and the resolution that the limits left of ``dpi``."""
    scale = _clamped_scale(page.width_pt, page.height_pt, dpi / POINTS_PER_INCH, limits)
    return _render(page, scale, colour=False), scale * POINTS_PER_INCH


def ink_share(page: PdfPage, limits: Limits) -> float:
    """How much of the page is dark, 0..1, looked at in 50 dpi."""
    image, _ = draw_grey(page, 50.0, limits)
    return float(np.mean(np.asarray(image) < 128))


def _clamped_scale(width_pt: float, height_pt: float, scale: float, limits: Limits) -> float:
    """A page may say that it is 10 x 14,400 points: at 1,000 px wide that would be 1.4 GB."""
    longest = limits.max_image_side_px / max(width_pt, height_pt)
    largest = math.sqrt(limits.max_pixels / (width_pt * height_pt))
    return min(scale, longest, largest)


def _render(page: PdfPage, scale: float, *, colour: bool) -> Image.Image:
    # round: 612 pt at 1,000 px must give 1,000 px, not 1,001 for the last bit of a float
    width, height = (max(1, round(side * scale)) for side in (page.width_pt, page.height_pt))
    kind = pdfium_c.FPDFBitmap_BGRx if colour else pdfium_c.FPDFBitmap_Gray
    stride = width * 4 if colour else (width + 3) & ~3
    pixels = np.full((height, stride), 255, dtype=np.uint8)  # white paper
    bitmap = pdfium_c.FPDFBitmap_CreateEx(width, height, kind, ctypes.c_void_p(pixels.ctypes.data), stride)
    if not bitmap:
        raise PageTooLarge
    try:
        flags = pdfium_c.FPDF_ANNOT | (0 if colour else pdfium_c.FPDF_GRAYSCALE)
        pdfium_c.FPDF_RenderPageBitmap(bitmap, page.handle, 0, 0, width, height, 0, flags)
    finally:
        pdfium_c.FPDFBitmap_Destroy(bitmap)
    if not colour:
        return Image.fromarray(np.ascontiguousarray(pixels[:, :width]))
    return Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", stride, 1)


def as_page_images(picture: Image.Image) -> PageImages:
    """What is kept of a page that was drawn at 1,000 px."""
    return PageImages(_as_webp(picture), _as_webp(_shrunk(picture, THUMBNAIL_WIDTH_PX)))


def _shrunk(picture: Image.Image, width_px: int) -> Image.Image:
    height = max(1, round(picture.height * width_px / picture.width))
    if width_px >= picture.width:
        return picture
    return picture.resize((width_px, height), Image.Resampling.BOX, reducing_gap=2.0)


def _as_webp(picture: Image.Image) -> PageImage:
    """Grey pages without loss in 16 shades, others as photographs are: whichever suits the page."""
    if _is_grey(picture):
        shades = picture.convert("L").point(_SIXTEEN_SHADES).convert("RGB")
        webp = _encoded(shades, lossless=True, quality=0, method=0)
        if len(webp) <= _MAX_BYTES_A_PIXEL * picture.width * picture.height:
            return PageImage(picture.width, picture.height, webp)
    webp = _encoded(picture, lossless=False, quality=_QUALITY, method=0)
    return PageImage(picture.width, picture.height, webp)


def _is_grey(picture: Image.Image) -> bool:
    sample = np.asarray(picture)[::3, ::3].astype(np.int16)
    return int((sample.max(axis=2) - sample.min(axis=2)).max()) <= _GREY_SPREAD


def _encoded(picture: Image.Image, *, lossless: bool, quality: int, method: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", lossless=lossless, quality=quality, method=method)
    return buffer.getvalue()
