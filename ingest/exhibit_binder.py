"""Binds an exhibit: papers of our own, and the parts that other children made. In a sandbox child only."""

from __future__ import annotations

import mmap
from collections.abc import Iterable
from datetime import UTC
from typing import BinaryIO, cast

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf

from ingest.copying import BadRecipe
from ingest.errors import DamagedPage
from ingest.exhibit import Binding
from ingest.frames import PieceWriter
from ingest.pdf_objects import PRODUCER, open_pdf

_KEPT = ("/Type", "/Parent", "/MediaBox", "/Resources", "/Contents")


class ExhibitBinder:
    """Binds what stands in ``data``, section after section."""

    def __init__(self, data: mmap.mmap, binding: Binding) -> None:
        """Raises ``BadRecipe``, ``DamagedPdf``."""
        self._binding = binding
        self._sections: list[Pdf] = []
        start = 0
        for section in binding.sections:
            opened = open_pdf(data, start, section.byte_count)
            if len(opened.pages) != section.page_count:
                raise BadRecipe
            self._sections.append(opened)
            start += section.byte_count
        if start != len(data) or not 0 <= binding.front_pages <= len(self._sections[0].pages):
            raise BadRecipe
        self._bound = Pdf.new()

    def write(self, file: PieceWriter) -> None:
        """Send the exhibit to ``file``. Raises ``DamagedPage``."""
        papers, parts = self._sections[0].pages, self._sections[1:]
        front = self._binding.front_pages
        try:
            self._add(papers[:front])
            for part in parts:
                self._add(part.pages)
            self._add(papers[front:])
            self._keep_layers_hidden(parts)
            self._describe()
            mode = pikepdf.ObjectStreamMode.generate
            self._bound.save(cast("BinaryIO", file), object_stream_mode=mode, deterministic_id=True)
        except pikepdf.PdfError as error:
            raise DamagedPage from error

    def _add(self, pages: Iterable[pikepdf.Page]) -> None:
        for page in pages:
            self._bound.pages.append(page)
            added = self._bound.pages[-1].obj
            for key in set(added.keys()) - set(_KEPT):
                del added[key]

    def _keep_layers_hidden(self, parts: Iterable[Pdf]) -> None:
        every, off, automatic = Array(), Array(), Array()
        for part in parts:
            layers = part.Root.get("/OCProperties")
            if layers is not None:
                said = self._bound.copy_foreign(part.make_indirect(layers))
                every.extend(said.OCGs)
                off.extend(said.D.OFF)
                automatic.extend(said.D.AS)
        if len(every):
            usual = Dictionary(OFF=off, AS=automatic, Order=Array())
            self._bound.Root.OCProperties = Dictionary(OCGs=every, D=usual)

    def _describe(self) -> None:
        made_at = self._binding.made_at.astimezone(UTC)
        information = self._bound.docinfo
        information["/Title"], information["/Producer"] = self._binding.title, PRODUCER
        information["/CreationDate"] = f"D:{made_at:%Y%m%d%H%M%S}Z"
        root = self._bound.Root
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        root.PageMode = Name.UseOutlines
        with self._bound.open_outline() as outline:
            for mark in self._binding.bookmarks:
                outline.root.append(OutlineItem(mark.title, mark.page_number - 1))
