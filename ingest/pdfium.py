"""The raw pdfium calls that the readers need: open a file, take a page, know where things stand on it.

Only ever used in a sandbox child: pdfium ends the process when it cannot go on, and is not thread-safe.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium_c

from ingest.annotations import Rectangle, look_at_annotations, make_part_of_page
from ingest.errors import DamagedPage, DamagedPdf, EncryptedPdf, NoPages
from ingest.layout import clean_text

Boxes = npt.NDArray[np.float64]  # one row a box: x0, top, x1, bottom
Flags = npt.NDArray[np.bool_]

_METADATA = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate")
_MAX_METADATA_CHARACTERS = 500
_MAX_LABEL_CHARACTERS = 40
_LETTER_PT = (612.0, 792.0)


@dataclass(frozen=True, slots=True)
class Frame:
    """The page as displayed: its box in the file's own coordinates, and by how many quarters it is turned."""

    left: float
    bottom: float
    right: float
    top: float
    quarter_turns: int

    @property
    def width_pt(self) -> float:
        """Width as displayed."""
        return self.top - self.bottom if self.quarter_turns % 2 else self.right - self.left

    @property
    def height_pt(self) -> float:
        """Height as displayed."""
        return self.right - self.left if self.quarter_turns % 2 else self.top - self.bottom

    def displayed(self, rectangles: npt.NDArray[Any]) -> Boxes:
        """Rows of (left, bottom, right, top) in the file's coordinates as boxes on the displayed page."""
        x0, y0, x1, y1 = np.asarray(rectangles, dtype=np.float64).reshape(-1, 4).T
        corners = self._turned(x0, y0), self._turned(x1, y1)
        (ax, ay), (bx, by) = corners
        boxes = np.stack(
            (np.minimum(ax, bx), np.minimum(ay, by), np.maximum(ax, bx), np.maximum(ay, by)), axis=1
        )
        finite: Boxes = np.nan_to_num(boxes, nan=0.0, posinf=1e6, neginf=-1e6).clip(-1e6, 1e6)
        return finite

    def _turned(self, x: npt.NDArray[Any], y: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        match self.quarter_turns:
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case 3:
                return self.top - y, self.right - x
            case _:
                return x - self.left, self.top - y


class PdfPage:
    """One page, loaded. ``handle`` is pdfium's.

    ``redactions`` are those that somebody drew as annotations but never applied, in the file's own
    coordinates. ``has_annotations``: stamps, fields and the like are part of what was loaded.
    """

    def __init__(
        self,
        handle: Any,
        number: int,
        redactions: tuple[Rectangle, ...] = (),
        *,
        has_annotations: bool = False,
    ) -> None:
        self.handle = handle
        self.number = number
        self.redactions = redactions
        self.has_annotations = has_annotations
        self.frame = _frame(handle)

    @property
    def width_pt(self) -> float:
        """Width as displayed."""
        return self.frame.width_pt

    @property
    def height_pt(self) -> float:
        """Height as displayed."""
        return self.frame.height_pt


class PdfFile:
    """An open PDF. ``data`` must stay as it is until ``close``.

    Raises ``EncryptedPdf``, ``NoPages`` or ``DamagedPdf``. A file with an owner password only opens:
    anyone may read it, and so may we.
    """

    def __init__(self, data: npt.NDArray[np.uint8]) -> None:
        pdfium_c.FPDF_InitLibrary()
        self._data = data
        self._handle = pdfium_c.FPDF_LoadMemDocument64(ctypes.c_void_p(data.ctypes.data), data.nbytes, None)
        if not self._handle:
            raise _reason(data)
        self.page_count: int = pdfium_c.FPDF_GetPageCount(self._handle)
        if self.page_count < 1:
            self.close()
            raise NoPages

    def close(self) -> None:
        """Give the memory back."""
        if self._handle:
            pdfium_c.FPDF_CloseDocument(self._handle)
            self._handle = None

    def metadata(self) -> dict[str, str]:
        """The file's own description of itself: untrusted, cleaned, cut at 500 characters a value."""
        found = {name: self._metadata_value(name) for name in _METADATA}
        return {name: value for name, value in found.items() if value}

    def label(self, page_number: int) -> str:
        """The page's printed label ('iv', 'A-3'), empty when the file gives none."""
        text = _read_utf16(
            lambda buffer, size: pdfium_c.FPDF_GetPageLabel(self._handle, page_number - 1, buffer, size)
        )
        return clean_text(text)[:_MAX_LABEL_CHARACTERS].strip()

    @contextmanager
    def page(self, page_number: int) -> Iterator[PdfPage]:
        """Page ``page_number`` (from 1) as long as the block runs. Raises ``DamagedPage``."""
        handle = self._load(page_number)
        try:
            painted, redactions = look_at_annotations(handle)
            if painted and make_part_of_page(handle):
                pdfium_c.FPDF_ClosePage(handle)
                handle = self._load(page_number)
            yield PdfPage(handle, page_number, redactions, has_annotations=painted)
        finally:
            pdfium_c.FPDF_ClosePage(handle)

    def _load(self, page_number: int) -> Any:
        handle = pdfium_c.FPDF_LoadPage(self._handle, page_number - 1)
        if not handle:
            raise DamagedPage
        return handle

    def _metadata_value(self, name: str) -> str:
        tag = name.encode("ascii")
        text = _read_utf16(lambda buffer, size: pdfium_c.FPDF_GetMetaText(self._handle, tag, buffer, size))
        return " ".join(clean_text(text[: 2 * _MAX_METADATA_CHARACTERS]).split())[:_MAX_METADATA_CHARACTERS]


def _read_utf16(ask: Any) -> str:
    size = ask(None, 0)
    if not 2 < size < 1_000_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _frame(handle: Any) -> Frame:
    box = pdfium_c.FS_RECTF()
    turns = pdfium_c.FPDFPage_GetRotation(handle) % 4
    if not pdfium_c.FPDF_GetPageBoundingBox(handle, ctypes.byref(box)) or not _is_sane(box):
        return Frame(0.0, 0.0, *_LETTER_PT, turns)
    return Frame(box.left, box.bottom, box.right, box.top, turns)


def _is_sane(box: Any) -> bool:
    sides = (box.right - box.left, box.top - box.bottom)
    return all(0.0 < side < 1e7 for side in sides)  # false for NaN as well


def _reason(data: npt.NDArray[np.uint8]) -> Exception:
    if pdfium_c.FPDF_GetLastError() in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
        return EncryptedPdf()
    # pdfium calls a file with an empty page tree damaged; whoever made it should hear what it really is
    start = data[: 1 << 20].tobytes()
    if re.search(rb"/Count\s+0\b", start) and not re.search(rb"/Type\s*/Page\b", start):
        return NoPages()
    return DamagedPdf()
