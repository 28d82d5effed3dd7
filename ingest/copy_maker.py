"""Makes copies of a PDF: some of its pages, turned, in another order, or redacted. In a sandbox child only.

A copy is a new file. Nothing is taken over but what its pages show: no metadata, no attachment, no script,
no outline, no form, no tags, no earlier version.
"""

from __future__ import annotations

import io
import mmap
import re
from collections.abc import Iterator
from typing import BinaryIO, cast

import pikepdf
from pikepdf import Dictionary, Pdf

from ingest.copy_check import Covered, check_clean
from ingest.copying import CoverBox, PageRecipe, Recipe, check_recipe
from ingest.covered_page import (
    DPI,
    add_covered_page,
    as_grey_if_it_is,
    covered_words,
    paint_boxes,
    remaining_words,
    says_any,
    telling_words,
    unseen_font,
)
from ingest.errors import DamagedPage
from ingest.frames import PieceWriter
from ingest.limits import Limits
from ingest.page import PageFailure, PageReading
from ingest.pdf_objects import PRODUCER, inherited, objects_below, open_pdf
from ingest.pipeline import PageReader, ReadOptions
from ingest.raster import POINTS_PER_INCH, draw_page
from ingest.text_layer import open_text, read_plain_text

_PRIVATE = ("/Metadata", "/PieceInfo", "/LastModified", "/StructParent", "/StructParents", "/AF", "/OPI")
_KEPT = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents")
_SPOKEN = re.compile(rb"/(ActualText|Alt|E)\b")  # what is read out in place of what is shown


class CopyMaker:
    """Makes one copy of one file. ``data`` must stay as it is meanwhile."""

    def __init__(self, data: mmap.mmap, recipe: Recipe, limits: Limits) -> None:
        """Raises ``DamagedPdf``, ``EncryptedPdf``, ``BadRecipe``."""
        self._recipe, self._limits = recipe, limits
        self._reader = PageReader(data, limits, ReadOptions(images=False, ocr=True))
        self._glance = PageReader(data, limits, ReadOptions(images=True, ocr=False))
        check_recipe(recipe, self._reader.file.page_count)
        self._source = open_pdf(data)
        self._source.remove_unreferenced_resources()  # pages may share one list of everything in the file
        self._copy = Pdf.new()
        self._font = unseen_font(self._copy)
        self._boxes = _boxes_by_page(recipe)
        self._readings: dict[int, PageReading] = {}
        self._removed: list[str] = []
        self._remaining: list[str] = []

    def write(self, file: PieceWriter) -> None:
        """Send the copy to ``file``; a redacted one is read back before a byte of it is sent.

        Raises ``DamagedPage``, ``RedactionNotClean``.
        """
        if not self._recipe.redacts:
            self._source.flatten_annotations("all")  # what fields and stamps show becomes part of the page
            self._add_pages(frozenset())
            self._save(file)
            return
        self._removed = [word for number in self._boxes for word in self._removed_from(number)]
        covered = frozenset(self._pages_to_cover())
        self._add_pages(covered)
        made = io.BytesIO()
        self._save(made)
        self._check(made, covered)
        file.write(made.getbuffer())

    def _add_pages(self, covered: frozenset[int]) -> None:
        for page in self._recipe.pages:
            if page.page_number in covered:
                self._add_covered(page)
            else:
                self._add_as_it_is(page)
        self._copy.docinfo["/Producer"] = PRODUCER
        if self._recipe.title and not says_any(self._recipe.title, self._removed):
            self._copy.docinfo["/Title"] = self._recipe.title
        self._copy.remove_unreferenced_resources()

    def _save(self, file: PieceWriter | io.BytesIO) -> None:
        mode = pikepdf.ObjectStreamMode.generate
        self._copy.save(cast("BinaryIO", file), object_stream_mode=mode, deterministic_id=True)

    def _check(self, made: io.BytesIO, covered: frozenset[int]) -> None:
        self._copy.close()  # its pictures are in what was saved
        of_pixels = frozenset(
            number for number, page in enumerate(self._recipe.pages, 1) if page.page_number in covered
        )
        check_clean(made, Covered(self._recipe, of_pixels, self._removed, self._remaining), self._limits)

    def _removed_from(self, page_number: int) -> tuple[str, ...]:
        return covered_words(self._reading(page_number), self._boxes[page_number])

    def _reading(self, page_number: int) -> PageReading:
        """Of a page that is covered, read once. Raises ``DamagedPage``."""
        if page_number not in self._readings:
            reading = next(self._reader.read_pages((page_number,)))
            if isinstance(reading, PageFailure):
                raise DamagedPage  # a page that cannot be read cannot be known to be clean
            self._readings[page_number] = reading
        return self._readings[page_number]

    def _pages_to_cover(self) -> Iterator[int]:
        """Pages with a box, every page that cannot be told apart from these, and every page that has the
        removed names and numbers in it or words that nobody sees: a picture has what is seen only."""
        telling = frozenset(telling_words(self._removed))
        reach_of_boxed = {reached for number in self._boxes for reached in self._reach(number)}
        for number in sorted({page.page_number for page in self._recipe.pages}):
            if (
                number in self._boxes
                or self._says_more_than_it_shows(number)
                or self._reach(number) & reach_of_boxed
                or self._says_any(number, telling)
                or self._hides_words(number)
            ):
                yield number

    def _hides_words(self, page_number: int) -> bool:
        reading = next(self._glance.read_pages((page_number,)))
        return isinstance(reading, PageFailure) or any(mark.text for mark in reading.marks)

    def _says_any(self, page_number: int, words: frozenset[str]) -> bool:
        with self._reader.file.page(page_number) as page, open_text(page) as text_page:
            return says_any(read_plain_text(text_page, self._limits), words)

    def _reach(self, page_number: int) -> set[tuple[int, int]]:
        """What the page's picture is made of and other pages may use, too: content, pictures, forms."""
        page = self._source.pages[page_number - 1].obj
        roots = [page.get(key) for key in ("/Contents", "/Resources")]
        roots.append(inherited(page, "/Resources"))
        return set(_reachable([root for root in roots if root is not None]))

    def _says_more_than_it_shows(self, page_number: int) -> bool:
        """Comments, fields, layers that can be switched off, and marked content with words of its own.
        Links are no more than taken away."""
        page = self._source.pages[page_number - 1].obj
        resources = inherited(page, "/Resources") or Dictionary()
        annotations = page.get("/Annots", ())
        return (
            any(str(note.get("/Subtype", "")) != "/Link" for note in annotations)
            or "/Properties" in resources
            or any(_SPOKEN.search(content) for content in _contents(page))
        )

    def _add_covered(self, page: PageRecipe) -> None:
        reading = self._reading(page.page_number)
        boxes = self._boxes.get(page.page_number, ())
        with self._reader.file.page(page.page_number) as drawn:
            width_px = round(drawn.width_pt * DPI / POINTS_PER_INCH)
            picture = as_grey_if_it_is(draw_page(drawn, width_px, self._limits))
            width_pt, height_pt = drawn.width_pt, drawn.height_pt
        words = remaining_words(reading, boxes)
        self._remaining += [word.text for word in words]
        add_covered_page(
            self._copy,
            self._font,
            paint_boxes(picture, boxes, picture.width / width_pt),
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
        for found in objects_below([added.obj]):
            for key in _PRIVATE:
                if key in found:
                    del found[key]
        if page.turn:
            added.rotate(page.turn, relative=True)


def _reachable(roots: list[pikepdf.Object]) -> Iterator[tuple[int, int]]:
    """The numbers of all streams below ``roots``, fonts left out."""
    for found in objects_below(roots):
        if isinstance(found, pikepdf.Stream) and found.is_indirect:
            yield found.objgen


def _contents(page: pikepdf.Object) -> Iterator[bytes]:
    """A page's own instructions, unpacked; nothing of what cannot be unpacked."""
    contents = page.get("/Contents", ())
    for stream in contents if isinstance(contents, pikepdf.Array) else (contents,):
        if isinstance(stream, pikepdf.Stream):
            try:
                yield bytes(stream.read_bytes())
            except pikepdf.PdfError:
                continue


def _boxes_by_page(recipe: Recipe) -> dict[int, tuple[CoverBox, ...]]:
    """A page that is in the copy twice is covered both times."""
    boxes: dict[int, tuple[CoverBox, ...]] = {}
    for page in recipe.pages:
        if page.boxes:
            boxes[page.page_number] = (*boxes.get(page.page_number, ()), *page.boxes)
    return boxes
