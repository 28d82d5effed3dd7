"""Pictures of one flat colour: some programs cover words with a tiny picture instead of a rectangle."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium_c

from ingest.page_objects import iter_objects
from ingest.pdfium import PdfPage
from ingest.shapes import Colour, Shape, ShapeKind, is_dark

_MAX_PIXELS = 250_000  # a picture with more was not made to be one flat colour
_MAX_PICTURES = 50
_ONE_SHADE = 12  # of 255: the noise of JPEG
_CHANNELS = {
    pdfium_c.FPDFBitmap_Gray: 1,
    pdfium_c.FPDFBitmap_BGR: 3,
    pdfium_c.FPDFBitmap_BGRx: 4,
    pdfium_c.FPDFBitmap_BGRA: 4,
}


def flat_pictures(page: PdfPage, shapes: Iterable[Shape]) -> tuple[Shape, ...]:
    """Of ``shapes`` the pictures of one colour, with that colour. Transparent ones are left out."""
    wanted = {shape.order: shape for shape in shapes if shape.kind == ShapeKind.IMAGE}
    if not wanted or len(wanted) > _MAX_PICTURES:
        return ()
    flat = []
    for order, (handle, kind, _) in enumerate(iter_objects(page), start=1):
        if order in wanted and kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            colour = _flat_colour(handle)
            if colour is not None:
                flat.append(replace(wanted[order], is_dark=is_dark(*colour), colour=colour))
    return tuple(flat)


def _flat_colour(image: Any) -> Colour | None:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    if not pdfium_c.FPDFImageObj_GetImagePixelSize(image, width, height):
        return None
    if not 0 < width.value * height.value <= _MAX_PIXELS:
        return None
    bitmap = pdfium_c.FPDFImageObj_GetBitmap(image)
    if not bitmap:
        return None
    try:
        return _one_colour(bitmap)
    finally:
        pdfium_c.FPDFBitmap_Destroy(bitmap)


def _one_colour(bitmap: Any) -> Colour | None:
    channels = _CHANNELS.get(pdfium_c.FPDFBitmap_GetFormat(bitmap))
    width, height = pdfium_c.FPDFBitmap_GetWidth(bitmap), pdfium_c.FPDFBitmap_GetHeight(bitmap)
    stride, buffer = pdfium_c.FPDFBitmap_GetStride(bitmap), pdfium_c.FPDFBitmap_GetBuffer(bitmap)
    if channels is None or not buffer or stride < width * channels:
        return None
    raw = np.frombuffer(ctypes.string_at(buffer, stride * height), dtype=np.uint8)
    pixels = raw.reshape(height, stride)[:, : width * channels].reshape(-1, channels)
    shades = pixels[:, :3]
    if int((shades.max(axis=0).astype(np.int16) - shades.min(axis=0)).max()) > _ONE_SHADE:
        return None
    blue, green, red = np.resize(np.median(shades, axis=0)[::-1][::-1], 3).astype(int).tolist()
    return red, green, blue
