"""Makes the pages of an exhibit from one file: as they are there, marked, and stamped below. In a child only.

A page is drawn whole inside a new page (as a form), upright and cut to what is displayed. So it stays what it
was, letters and lines, and nothing of the old page comes along: no link, no script, no field, no metadata.
"""

from __future__ import annotations

import io
import mmap
from collections.abc import Iterator
from typing import BinaryIO, cast

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from ingest.copying import BadRecipe
from ingest.errors import DamagedPage, DamagedPdf
from ingest.exhibit import ExhibitPage, ExhibitPart, Placement, check_part, place_page
from ingest.frames import PieceWriter
from ingest.page import Box
from ingest.pdf_objects import inherited, objects_below, open_pdf
from ingest.pdfium import Frame, PdfFile

_NO_TRACE = ("/Metadata", "/PieceInfo", "/LastModified", "/StructParent", "/StructParents", "/AF", "/OPI")
_RESOURCES = (
    "/ColorSpace",
    "/ExtGState",
    "/Font",
    "/Pattern",
    "/ProcSet",
    "/Properties",
    "/Shading",
    "/XObject",
)
_FORM_KEYS = (
    "/Type",
    "/Subtype",
    "/BBox",
    "/Matrix",
    "/Resources",
    "/Group",
    "/Filter",
    "/DecodeParms",
    "/Length",
)
_UNSEEN_NOTES = ("/Link", "/Popup")
_YELLOW = b"1 0.88 0.25 rg"
_MARK_EDGE_PT = 0.8


class ExhibitMaker:
    """Makes the part of one file. ``data`` must stay as it is meanwhile."""

    def __init__(self, data: mmap.mmap, part: ExhibitPart) -> None:
        """Raises ``DamagedPdf``, ``EncryptedPdf``, ``NoPages``, ``BadRecipe``."""
        self._file = PdfFile(np.frombuffer(data, dtype=np.uint8))
        check_part(part, self._file.page_count)
        self._part = part
        self._source = open_pdf(data)
        if len(self._source.pages) != self._file.page_count:
            raise DamagedPdf  # two readers count otherwise: which page is which cannot be known
        self._strips = Pdf.open(io.BytesIO(part.strips))
        if len(self._strips.pages) != len(part.pages):
            raise BadRecipe
        self._made = Pdf.new()
        self._veil = self._made.make_indirect(Dictionary(Type=Name.ExtGState, BM=Name.Multiply, ca=0.75))

    def write(self, file: PieceWriter) -> None:
        """Send the part to ``file``. Raises ``DamagedPage``."""
        try:
            if any(self._is_annotated(page.page_number) for page in self._part.pages):
                self._source.flatten_annotations("all")  # what fields and stamps show is part of the page
            for place, page in enumerate(self._part.pages):
                self._add(page, place)
            self._keep_layers_hidden()
            mode = pikepdf.ObjectStreamMode.generate
            self._made.save(cast("BinaryIO", file), object_stream_mode=mode, deterministic_id=True)
        except pikepdf.PdfError as error:
            raise DamagedPage from error

    def _is_annotated(self, page_number: int) -> bool:
        notes = self._source.pages[page_number - 1].obj.get("/Annots", ())
        return any(str(note.get("/Subtype", "")) not in _UNSEEN_NOTES for note in notes)

    def _add(self, page: ExhibitPage, place: int) -> None:
        with self._file.page(page.page_number) as displayed:
            frame = displayed.frame
        on_paper = place_page(frame.width_pt, frame.height_pt)
        strip = self._strips.pages[place].as_form_xobject()
        forms = Dictionary(
            Page=self._made.copy_foreign(self._form_of(page.page_number, frame)),
            Stamp=self._made.copy_foreign(strip),
        )
        made = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, round(on_paper.paper_width, 3), round(on_paper.paper_height, 3)]),
            Resources=Dictionary(XObject=forms, ExtGState=Dictionary(Veil=self._veil)),
            Contents=Stream(self._made, _content(page, on_paper, frame.height_pt)),
        )
        self._made.pages.append(pikepdf.Page(made))

    def _form_of(self, page_number: int, frame: Frame) -> pikepdf.Object:
        """The page as a form that is drawn upright, its lower left corner at 0, 0."""
        page = self._source.pages[page_number - 1]
        form = page.as_form_xobject(handle_transformations=False)
        for key in set(form.keys()) - set(_FORM_KEYS):
            del form[key]
        resources = inherited(page.obj, "/Resources") or Dictionary()
        form.Resources = Dictionary({key: resources[key] for key in _RESOURCES if key in resources})
        form.BBox = Array([round(side, 4) for side in (frame.left, frame.bottom, frame.right, frame.top)])
        form.Matrix = Array([round(number, 4) for number in _upright(frame)])
        for found in objects_below([form]):
            _forget_traces(found)
        return form

    def _keep_layers_hidden(self) -> None:
        """Layers that the file does not show stay unseen: the new file has to say so as well."""
        layers = self._source.Root.get("/OCProperties")
        if isinstance(layers, pikepdf.Dictionary):
            said = self._source.make_indirect(_said_of_layers(layers))
            self._made.Root.OCProperties = self._made.copy_foreign(said)


def _content(page: ExhibitPage, on_paper: Placement, height_pt: float) -> bytes:
    left, bottom, scale = on_paper.left, on_paper.bottom, on_paper.scale
    lines = [b"q %.5f 0 0 %.5f %.3f %.3f cm /Page Do" % (scale, scale, left, bottom)]
    if page.marks:
        lines += [b"/Veil gs", _YELLOW, *(_rectangle(mark, height_pt) for mark in page.marks), b"f"]
    strip = on_paper.strip_scale
    lines.append(b"Q q %.5f 0 0 %.5f %.3f 0 cm /Stamp Do Q" % (strip, strip, on_paper.strip_left))
    return b"\n".join(lines) + b"\n"


def _rectangle(mark: Box, height_pt: float) -> bytes:
    width, height = mark.x1 - mark.x0, mark.bottom - mark.top
    edge = _MARK_EDGE_PT
    left, bottom = mark.x0 - edge, height_pt - mark.bottom - edge
    return b"%.2f %.2f %.2f %.2f re" % (left, bottom, width + 2 * edge, height + 2 * edge)


def _upright(frame: Frame) -> tuple[float, ...]:
    """From the file's own coordinates to those of the page as displayed (PDF 32000-1, 8.3.3)."""
    match frame.quarter_turns:
        case 1:
            return 0, -1, 1, 0, -frame.bottom, frame.right
        case 2:
            return -1, 0, 0, -1, frame.right, frame.top
        case 3:
            return 0, 1, -1, 0, frame.top, -frame.left
        case _:
            return 1, 0, 0, 1, -frame.left, -frame.bottom


def _forget_traces(found: pikepdf.Object) -> None:
    """Names of fonts and pictures are left alone: one may be called Metadata."""
    if isinstance(found, pikepdf.Stream):
        for key in _NO_TRACE:
            if key in found:
                del found[key]
    for said in _property_lists(found):
        for key in _NO_TRACE:
            if key in said:
                del said[key]


def _property_lists(found: pikepdf.Object) -> Iterator[pikepdf.Object]:
    resources = found.get("/Resources")
    listed = resources.get("/Properties") if isinstance(resources, pikepdf.Dictionary) else None
    if isinstance(listed, pikepdf.Dictionary):
        yield from (said for _, said in listed.items() if isinstance(said, pikepdf.Dictionary))


def _said_of_layers(layers: pikepdf.Object) -> Dictionary:
    """All layers, and which are off, without their names in a list (PDF 32000-1, 8.11.4.3)."""
    every = list(layers.get("/OCGs", ()))
    usual = layers.get("/D", Dictionary())
    off = list(usual.get("/OFF", ()))
    if str(usual.get("/BaseState", "")) == "/OFF":
        shown = {layer.objgen for layer in usual.get("/ON", ())}
        off = [layer for layer in every if layer.objgen not in shown]
    return Dictionary(OCGs=Array(every), D=Dictionary(OFF=Array(off), AS=Array(list(usual.get("/AS", ())))))
