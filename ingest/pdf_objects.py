"""Files as pikepdf sees them: opened from mapped bytes, and walked through. In a sandbox child only."""

from __future__ import annotations

import io
import mmap
from collections.abc import Iterator

import pikepdf
from pikepdf import Pdf

from ingest.errors import DamagedPdf, EncryptedPdf

PRODUCER = "Reading Room"
_NOT_FOLLOWED = ("/Parent", "/P", "/ColorSpace", "/CS")  # up the tree, and what holds colours only


def open_pdf(data: mmap.mmap, start: int = 0, length: int | None = None) -> Pdf:
    """The PDF in ``data``, or in ``length`` bytes of it from ``start``; ``data`` must stay as it is.

    Raises ``EncryptedPdf``, ``DamagedPdf``.
    """
    end = len(data) if length is None else start + length
    try:
        return Pdf.open(io.BufferedReader(_Window(data, start, end)))
    except pikepdf.PasswordError as error:
        raise EncryptedPdf from error
    except pikepdf.PdfError as error:
        raise DamagedPdf from error


class _Window(io.RawIOBase):
    """Bytes ``first`` to ``end`` of the mapped file as a stream."""

    def __init__(self, data: mmap.mmap, first: int, end: int) -> None:
        super().__init__()
        self._data, self._first, self._end, self._at = data, first, end, 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """See ``io.IOBase.seek``."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._end - self._first}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: object) -> int:
        """See ``io.RawIOBase.readinto``."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]  # what a reader hands over is a buffer
        start = self._first + self._at
        chunk = self._data[start : min(start + len(view), self._end)]
        view[: len(chunk)] = chunk
        self._at += len(chunk)
        return len(chunk)


def inherited(page: pikepdf.Object, key: str) -> pikepdf.Object | None:
    """A page's own value, or that of the tree above it (PDF 32000-1, 7.7.3.4)."""
    for _ in range(64):  # a tree that bites its own tail ends
        if key in page:
            return page[key]
        if "/Parent" not in page:
            return None
        page = page["/Parent"]
    return None


def objects_below(roots: list[pikepdf.Object]) -> Iterator[pikepdf.Object]:
    """All dictionaries and streams below ``roots``, each once; fonts are not looked into."""
    seen: set[tuple[int, int]] = set()
    todo = list(roots)
    while todo:
        found = todo.pop()
        if not isinstance(found, pikepdf.Object):
            continue
        if found.is_indirect:
            if found.objgen in seen:
                continue
            seen.add(found.objgen)
        if isinstance(found, pikepdf.Array):
            todo += list(found)
        elif isinstance(found, pikepdf.Dictionary | pikepdf.Stream) and not _holds_letters_only(found):
            yield found
            todo += [value for key, value in found.items() if key not in _NOT_FOLLOWED]


def _holds_letters_only(found: pikepdf.Object) -> bool:
    """A font; one of type 3 draws its letters by programs, which may draw anything."""
    return str(found.get("/Type", "")) == "/Font" and str(found.get("/Subtype", "")) != "/Type3"
