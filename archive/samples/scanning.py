"""Prints a PDF and scans it again: the same pages as pictures, askew, grainy and speckled.

The pictures go into a PDF written by hand, because only so can a page be a plain CCITT or JPEG image
with, at most, the stamps or the poor hidden words that real scans carry.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter, TiffImagePlugin

from ingest.limits import Limits
from ingest.pdfium import PdfFile
from ingest.raster import draw_grey

_DPI = 200
_STRIP_OFFSETS, _STRIP_BYTE_COUNTS = 273, 279


@dataclass(frozen=True, slots=True)
class Scanner:
    """A machine's faults. ``jpeg_quality`` 0 means black and white only."""

    seed: int
    skew_degrees: float = 0.8  # at most, either way
    grain: float = 10.0
    specks: float = 0.00035
    jpeg_quality: int = 0
    paper_grey: int = 244
    ink_grey: int = 38


@dataclass(frozen=True, slots=True)
class TextLine:
    """Words laid over the picture. ``y`` in points from the bottom; hidden words are in the file only."""

    x: float
    y: float
    size: float
    words: str
    hidden: bool = False


TextLayer = Callable[[int], list[TextLine]]
"""The lines for a page number, from 1."""


def scanned_pdf(data: bytes, scanner: Scanner, *, text_layer: TextLayer | None = None) -> bytes:
    """The PDF ``data`` as a scanner would give it back."""
    chance = noise(scanner)
    angles = random.Random(scanner.seed)  # noqa: S311 - a drawing, not a secret
    writer = _PdfWriter()
    for number, (image, size_pt) in enumerate(_page_images(data), 1):
        angle = angles.uniform(-scanner.skew_degrees, scanner.skew_degrees)
        worn = worn_image(image, scanner, angle, chance)
        writer.add_page(worn, scanner.jpeg_quality, size_pt, text_layer(number) if text_layer else [])
    return writer.finished()


def noise(scanner: Scanner) -> np.random.Generator:
    """The scanner's own noise: the same each time."""
    return np.random.default_rng(scanner.seed)


def _page_images(data: bytes) -> Iterator[tuple[Image.Image, tuple[float, float]]]:
    """Our own drawings, never a stranger's file: no sandbox is needed to render them."""
    document, limits = PdfFile(np.frombuffer(data, dtype=np.uint8)), Limits()
    try:
        for number in range(1, document.page_count + 1):
            with document.page(number) as page:
                yield draw_grey(page, _DPI, limits)[0], (page.width_pt, page.height_pt)
    finally:
        document.close()


def worn_image(
    image: Image.Image, scanner: Scanner, angle: float, chance: np.random.Generator
) -> Image.Image:
    """``image`` after ``scanner`` had it, turned by ``angle`` degrees."""
    turned = image.rotate(angle, Image.Resampling.BILINEAR, fillcolor=255)
    soft = turned.filter(ImageFilter.BoxBlur(0.6))
    span = scanner.paper_grey - scanner.ink_grey
    grey = scanner.ink_grey + np.asarray(soft, dtype=np.float32) * (span / 255)
    grey += chance.standard_normal(grey.shape, dtype=np.float32) * scanner.grain
    height, width = grey.shape
    for _ in range(int(height * width * scanner.specks / 4)):
        x, y = int(chance.integers(width - 3)), int(chance.integers(height - 3))
        grey[y : y + int(chance.integers(1, 4)), x : x + int(chance.integers(1, 4))] = scanner.ink_grey
    grey[:, : int(chance.integers(2, 9))] = 60  # the shadow at the edge of the glass
    worn = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    if scanner.jpeg_quality:
        return worn
    return worn.point(lambda value: 255 if value > 150 else 0).convert("1")


def _encoded(image: Image.Image, jpeg_quality: int) -> tuple[bytes, str]:
    """The image's bytes, and its PDF dictionary entries."""
    buffer = io.BytesIO()
    if jpeg_quality:
        image.save(buffer, "JPEG", quality=jpeg_quality)
        return buffer.getvalue(), "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode"
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[278] = image.height  # rows per strip: all of them, so that there is one strip to take out
    image.save(buffer, "TIFF", compression="group4", tiffinfo=tags)
    buffer.seek(0)
    tiff = TiffImagePlugin.TiffImageFile(buffer)
    offset, count = tiff.tag_v2[_STRIP_OFFSETS][0], tiff.tag_v2[_STRIP_BYTE_COUNTS][0]
    black_is_one = "true" if tiff.tag_v2[262] == 1 else "false"
    parameters = f"<< /K -1 /Columns {image.width} /Rows {image.height} /BlackIs1 {black_is_one} >>"
    entries = f"/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms {parameters}"
    return buffer.getvalue()[offset : offset + count], entries


class _PdfWriter:
    """Objects 1 to 3 are the catalog, the page tree and the stamps' font."""

    def __init__(self) -> None:
        self._objects: list[bytes] = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ]
        self._pages: list[int] = []

    def add_page(
        self,
        image: Image.Image,
        jpeg_quality: int,
        size_pt: tuple[float, float],
        lines: list[TextLine],
    ) -> None:
        data, entries = _encoded(image, jpeg_quality)
        width, height = size_pt
        head = f"<< /Type /XObject /Subtype /Image /Width {image.width} /Height {image.height} {entries}"
        picture = self._add(f"{head} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream")
        content = f"q {width:g} 0 0 {height:g} 0 0 cm /Scan Do Q\n" + "".join(map(_text_operators, lines))
        drawn = content.encode("cp1252")
        stream = self._add(f"<< /Length {len(drawn)} >>\nstream\n".encode() + drawn + b"\nendstream")
        resources = f"<< /XObject << /Scan {picture} 0 R >> /Font << /F1 3 0 R >> >>"
        box = f"[0 0 {width:g} {height:g}]"
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Resources {resources} /Contents {stream} 0 R >>"
        )
        self._pages.append(self._add(page.encode()))

    def finished(self) -> bytes:
        kids = " ".join(f"{number} 0 R" for number in self._pages)
        self._objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(self._pages)} >>".encode()
        out, offsets = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"), []
        for number, body in enumerate(self._objects, 1):
            offsets.append(len(out))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        start, count = len(out), len(self._objects) + 1
        out += f"xref\n0 {count}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
        out += f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
        return bytes(out)

    def _add(self, body: bytes) -> int:
        self._objects.append(body)
        return len(self._objects)


def _text_operators(line: TextLine) -> str:
    escaped = re.sub(r"([\\()])", r"\\\1", line.words)
    mode = 3 if line.hidden else 0
    return f"BT {mode} Tr /F1 {line.size:g} Tf {line.x:g} {line.y:g} Td ({escaped}) Tj ET\n"
