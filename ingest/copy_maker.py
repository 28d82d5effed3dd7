"""Makes copies of a PDF: some of its pages, turned, in another order, or redacted. In a sandbox child only.

A copy is a new file. Nothing is taken over but what its pages show: no metadata, no attachment, no script,
no outline, no form, no tags, no earlier version.
"""

from __future__ import annotations

import io
import mmap
from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Pdf

from ingest.copy_check import Covered, check_clean
from ingest.copying import PageRecipe, Recipe, check_recipe
from ingest.covered_page import (
    DPI,
    add_covered_page,
    as_grey_if_it_is,
    covered_words,
    paint_boxes,
    remaining_words,
    unseen_font,
)
from ingest.errors import DamagedPage, DamagedPdf, EncryptedPdf
from ingest.limits import Limits
from ingest.page import PageFailure
from ingest.pipeline import PageReader, ReadOptions
from ingest.raster import POINTS_PER_INCH, draw_page

PRODUCER = "Reading Room"
_KEPT = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents")
_NOT_FOLLOWED = ("/Parent", "/P", "/ColorSpace", "/CS")  # up the tree, and what holds colours only


class CopyMaker:
    """Makes one copy of one file. ``data`` must stay as it is meanwhile."""

    def __init__(self, data: mmap.mmap, recipe: Recipe, limits: Limits) -> None:
        """Raises ``DamagedPdf``, ``EncryptedPdf``, ``BadRecipe``."""
        self._recipe, self._limits = recipe, limits
        self._reader = PageReader(data, limits, ReadOptions(images=False, ocr=True))
        check_recipe(recipe, self._reader.file.page_count)
        self._source = _open(data)
        self._source.remove_unreferenced_resources()  # pages may share one list of everything in the file
        self._copy = Pdf.new()
        self._font = unseen_font(self._copy)
        self._removed: list[str] = []
        self._remaining: list[str] = []

    def write(self, file: io.FileIO) -> int:
        """Write the copy and read it back; its length in bytes.

        Raises ``DamagedPage``, ``RedactionNotClean``.
        """
        if not self._recipe.redacts:
            self._source.flatten_annotations("all")  # what fields and stamps show becomes part of the page
        covered = set(self._pages_to_cover()) if self._recipe.redacts else set()
        for page in self._recipe.pages:
            if page.page_number in covered:
                self._add_covered(page)
            else:
                self._add_as_it_is(page)
        self._copy.docinfo["/Producer"] = PRODUCER
        if self._recipe.title:
            self._copy.docinfo["/Title"] = self._recipe.title
        self._copy.remove_unreferenced_resources()
        self._copy.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        file.flush()
        size = file.tell()
        if self._recipe.redacts:
            made_of_pixels = frozenset(
                number for number, page in enumerate(self._recipe.pages, 1) if page.page_number in covered
            )
            found = Covered(self._recipe, made_of_pixels, self._removed, self._remaining)
            check_clean(file.fileno(), size, found, self._limits)
        return size

    def _pages_to_cover(self) -> Iterator[int]:
        """Pages with a box, and every page that cannot be told apart from these."""
        boxed = {page.page_number for page in self._recipe.pages if page.boxes}
        reach_of_boxed = set()
        for number in boxed:
            reach_of_boxed |= self._reach(number)
        for page in self._recipe.pages:
            number = page.page_number
            if (
                number in boxed
                or self._says_more_than_it_shows(number)
                or self._reach(number) & reach_of_boxed
            ):
                yield number

    def _reach(self, page_number: int) -> set[tuple[int, int]]:
        """What the page's picture is made of and other pages may use, too: content, pictures, forms."""
        page = self._source.pages[page_number - 1].obj
        roots = [page.get(key) for key in ("/Contents", "/Resources")]
        roots.append(_inherited(page, "/Resources"))
        return set(_reachable([root for root in roots if root is not None]))

    def _says_more_than_it_shows(self, page_number: int) -> bool:
        """Comments, fields, layers that can be switched off, and marked content with words of its own."""
        page = self._source.pages[page_number - 1].obj
        resources = _inherited(page, "/Resources") or Dictionary()
        return bool(page.get("/Annots")) or "/Properties" in resources

    def _add_covered(self, page: PageRecipe) -> None:
        reading = next(self._reader.read_pages((page.page_number,)))
        if isinstance(reading, PageFailure):
            raise DamagedPage  # a page that cannot be read cannot be known to be clean
        with self._reader.file.page(page.page_number) as drawn:
            width_px = round(drawn.width_pt * DPI / POINTS_PER_INCH)
            picture = as_grey_if_it_is(draw_page(drawn, width_px, self._limits))
            width_pt, height_pt = drawn.width_pt, drawn.height_pt
        words = remaining_words(reading, page.boxes)
        self._removed += covered_words(reading, page.boxes)
        self._remaining += [word.text for word in words]
        add_covered_page(
            self._copy,
            self._font,
            paint_boxes(picture, page.boxes, picture.width / width_pt),
            words,
            width_pt=width_pt,
            height_pt=height_pt,
            turn=page.turn,
        )

    def _add_as_it_is(self, page: PageRecipe) -> None:
        self._copy.pages.append(self._source.pages[page.page_number - 1])
        added = self._copy.pages[-1]
        for key in set(added.obj.keys()) - {*_KEPT, "/Type", "/Parent"}:
            del added.obj[key]
        if page.turn:
            added.rotate(page.turn, relative=True)


def _open(data: mmap.mmap) -> Pdf:
    try:
        return Pdf.open(io.BufferedReader(_Window(data)))
    except pikepdf.PasswordError as error:
        raise EncryptedPdf from error
    except pikepdf.PdfError as error:
        raise DamagedPdf from error


class _Window(io.RawIOBase):
    """The mapped file as a stream."""

    def __init__(self, data: mmap.mmap) -> None:
        super().__init__()
        self._data, self._at = data, 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """See ``io.IOBase.seek``."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: len(self._data)}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: object) -> int:
        """See ``io.RawIOBase.readinto``."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]  # what a reader hands over is a buffer
        chunk = self._data[self._at : self._at + len(view)]
        view[: len(chunk)] = chunk
        self._at += len(chunk)
        return len(chunk)


def _inherited(page: pikepdf.Object, key: str) -> pikepdf.Object | None:
    """A page's own value, or that of the tree above it (PDF 32000-1, 7.7.3.4)."""
    for _ in range(64):  # a tree that bites its own tail ends
        if key in page:
            return page[key]
        if "/Parent" not in page:
            return None
        page = page["/Parent"]
    return None


def _reachable(roots: list[pikepdf.Object]) -> Iterator[tuple[int, int]]:
    """The numbers of all streams below ``roots``, fonts left out."""
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
        elif isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            if _holds_letters_only(found):
                continue
            if isinstance(found, pikepdf.Stream) and found.is_indirect:
                yield found.objgen
            todo += [value for key, value in found.items() if key not in _NOT_FOLLOWED]


def _holds_letters_only(found: pikepdf.Object) -> bool:
    """A font; one of type 3 draws its letters by programs, which may draw anything."""
    return str(found.get("/Type", "")) == "/Font" and str(found.get("/Subtype", "")) != "/Type3"
