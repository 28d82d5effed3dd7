"""What is painted on a page beside words: pictures and filled rectangles, in the order of painting."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium_c

from ingest.page import Box
from ingest.pdfium import PdfPage
from ingest.shapes import Colour, Shape, ShapeKind, is_dark, luma

_MAX_OBJECTS = 50_000  # looked at; a drawing with more has no say in where its words come from
_MAX_DEPTH = 4  # forms within forms
_MAX_SHAPES = 2_000
_MAX_SEGMENTS = 400  # of one path: boxes have five each, maps and logos have thousands
_MIN_WIDTH_PT, _MIN_HEIGHT_PT = 8.0, 5.0
_SLANT_PT = 0.5
_OPAQUE = 242  # of 255: a veil of 0.95 hides what is beneath
_SEEN_LINE = 215  # of 255: a line that is lighter frames nothing on white paper

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Rectangle = tuple[float, float, float, float]


class _Found(NamedTuple):
    """A shape in the file's coordinates."""

    order: int
    kind: ShapeKind
    rectangle: Rectangle
    is_dark: bool = False
    colour: Colour | None = None
    is_framed: bool = False


@dataclass(frozen=True, slots=True)
class TextObject:
    """pdfium's ``handle`` of some words painted at once, and how its place becomes one on the page."""

    order: int
    handle: Any
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class PageObjects:
    """The page's filled rectangles and pictures. Covers are shares of the page's area.

    ``text_order`` gives a text object's place in the order of painting by its address; it is empty when
    all words were painted after all shapes. ``text_objects`` are pdfium's, in that order. ``others`` are
    shapes of any other form that were painted after the first words, by what they lie in.
    ``object_count`` is all objects.
    """

    shapes: tuple[Shape, ...]
    largest_image_cover: float
    total_image_cover: float
    text_order: dict[int, int]
    object_count: int
    text_objects: tuple[TextObject, ...] = ()
    others: tuple[Shape, ...] = ()

    @property
    def has_drawings(self) -> bool:
        """Whether there is more than words and pictures: lines, boxes, curves, shades."""
        pictures = sum(shape.kind == ShapeKind.IMAGE for shape in self.shapes)
        return self.object_count > len(self.text_objects) + pictures

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all is painted."""
        return self.object_count == 0


def read_page_objects(page: PdfPage, *, all_forms: bool = True) -> PageObjects:
    """Walk over the page's objects, into forms as well; for ``others`` only with ``all_forms``."""
    found: list[_Found] = []
    others: list[_Found] = []
    text: list[TextObject] = []
    order = 0
    for handle, kind, matrix in iter_objects(page):
        order += 1
        if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            text.append(TextObject(order, handle, matrix))
        elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE and len(found) < _MAX_SHAPES:
            found.append(_Found(order, ShapeKind.IMAGE, bounds_of(handle, matrix)))
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH and len(found) < _MAX_SHAPES:
            boxes = list(_filled_boxes(order, handle, matrix))
            found += boxes
            if all_forms and text and not boxes and len(others) < _MAX_SHAPES:
                others.append(_Found(order, ShapeKind.FILL, bounds_of(handle, matrix)))
        elif kind == pdfium_c.FPDF_PAGEOBJ_SHADING and all_forms and text and len(others) < _MAX_SHAPES:
            others.append(_Found(order, ShapeKind.FILL, bounds_of(handle, matrix)))
    shapes, covering = _placed(found, page), _placed(others, page)
    covers = [_cover(shape.box, page) for shape in shapes if shape.kind == ShapeKind.IMAGE]
    may_hide = bool(covering) or (bool(text) and any(shape.order > text[0].order for shape in shapes))
    return PageObjects(
        shapes,
        max(covers, default=0.0),
        sum(covers),
        {address_of(item.handle): item.order for item in text} if may_hide else {},
        order,
        tuple(text),
        covering,
    )


def iter_objects(page: PdfPage) -> Iterator[tuple[Any, int, Matrix]]:
    """What is painted on the page, in order, with pdfium's kind and the matrix of the form it is part of."""
    left = _MAX_OBJECTS
    get_object, get_type = pdfium_c.FPDFPage_GetObject, pdfium_c.FPDFPageObj_GetType
    for number in range(min(pdfium_c.FPDFPage_CountObjects(page.handle), _MAX_OBJECTS)):
        handle = get_object(page.handle, number)
        kind = get_type(handle)
        left -= 1
        if kind == pdfium_c.FPDF_PAGEOBJ_FORM:
            for item in _iter_form(handle, _IDENTITY, 1):
                left -= 1
                if left < 0:
                    return
                yield item
        else:
            yield handle, kind, _IDENTITY


def _iter_form(form: Any, outer: Matrix, depth: int) -> Iterator[tuple[Any, int, Matrix]]:
    matrix = _combined(_matrix(form), outer)
    for number in range(min(max(pdfium_c.FPDFFormObj_CountObjects(form), 0), _MAX_OBJECTS)):
        handle = pdfium_c.FPDFFormObj_GetObject(form, number)
        kind = pdfium_c.FPDFPageObj_GetType(handle)
        if kind != pdfium_c.FPDF_PAGEOBJ_FORM:
            yield handle, kind, matrix
        elif depth < _MAX_DEPTH:
            yield from _iter_form(handle, matrix, depth + 1)


def _filled_boxes(order: int, path: Any, outer: Matrix) -> Iterator[_Found]:
    """The upright rectangles that a path fills so that little shows through.

    One that blends with what is beneath is never called dark: that is for the picture to say.
    """
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium_c.FPDFPath_GetDrawMode(path, mode, stroke) or not mode.value:
        return
    left, bottom, right, top = bounds_of(path, outer)
    if not _is_large_enough(right - left, top - bottom):
        return
    colour = _fill_colour(path)
    if colour is None:
        return
    dark = is_dark(*colour) and not pdfium_c.FPDFPageObj_HasTransparency(path)
    framed = bool(stroke.value) and has_visible_line(path)
    for box in rectangles(path, outer):
        if _is_large_enough(box[2] - box[0], box[3] - box[1]):
            yield _Found(order, ShapeKind.FILL, box, dark, colour, framed)


def has_visible_line(path: Any) -> bool:
    """Whether the line that a path is drawn with can be seen on white paper."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetStrokeColor(path, red, green, blue, alpha):
        return True
    return alpha.value > 0 and luma(red.value, green.value, blue.value) < _SEEN_LINE


def rectangles(path: Any, outer: Matrix) -> Iterator[Rectangle]:
    """The upright rectangles of a path, in the file's coordinates."""
    matrix = _combined(_matrix(path), outer)
    count = pdfium_c.FPDFPath_CountSegments(path)
    if not 4 <= count <= _MAX_SEGMENTS:
        return
    points: list[tuple[float, float]] = []
    for number in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, number)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO and points:
            yield from _as_rectangle(points)
            points = []
        if kind == pdfium_c.FPDF_SEGMENT_BEZIERTO:
            return
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(_moved(x.value, y.value, matrix))
    yield from _as_rectangle(points)


def _as_rectangle(points: list[tuple[float, float]]) -> Iterator[Rectangle]:
    """The points as an upright rectangle, when they are one: every corner at an extreme both ways."""
    if not 4 <= len(points) <= 6:
        return
    across, down = [x for x, _ in points], [y for _, y in points]
    left, right, bottom, top = min(across), max(across), min(down), max(down)
    near_x = all(min(x - left, right - x) < _SLANT_PT for x in across)
    near_y = all(min(y - bottom, top - y) < _SLANT_PT for y in down)
    corners = {(x - left < _SLANT_PT, y - bottom < _SLANT_PT) for x, y in points}
    if near_x and near_y and len(corners) == 4:
        yield left, bottom, right, top


def _placed(found: list[_Found], page: PdfPage) -> tuple[Shape, ...]:
    if not found:
        return ()
    boxes = page.frame.displayed(np.array([item.rectangle for item in found]))
    inside = boxes.clip(0.0, (page.width_pt, page.height_pt) * 2).round(2).tolist()
    return tuple(
        Shape(item.order, item.kind, Box(*edges), item.is_dark, item.colour, item.is_framed)
        for item, edges in zip(found, inside, strict=True)
        if item.kind == ShapeKind.IMAGE or _is_large_enough(edges[2] - edges[0], edges[3] - edges[1])
    )


def _is_large_enough(width: float, height: float) -> bool:
    return width >= _MIN_WIDTH_PT and height >= _MIN_HEIGHT_PT


def _fill_colour(path: Any) -> tuple[int, int, int] | None:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetFillColor(path, red, green, blue, alpha) or alpha.value < _OPAQUE:
        return None
    return red.value, green.value, blue.value


def bounds_of(handle: Any, outer: Matrix) -> Rectangle:
    """What an object takes up, with its line, in the file's coordinates."""
    return _transformed(_bounds(handle), outer)


def _bounds(handle: Any) -> Rectangle:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium_c.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _matrix(handle: Any) -> Matrix:
    matrix = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(handle, ctypes.byref(matrix)):
        return _IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _combined(inner: Matrix, outer: Matrix) -> Matrix:
    """First ``inner``, then ``outer``."""
    if outer == _IDENTITY:
        return inner
    a, b, c, d, e, f = inner
    (a, b), (c, d) = _turned(a, b, outer), _turned(c, d, outer)
    return a, b, c, d, *_moved(e, f, outer)


def _turned(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, _, _ = matrix
    return a * x + c * y, b * x + d * y


def _transformed(box: Rectangle, matrix: Matrix) -> Rectangle:
    if matrix == _IDENTITY:
        return box
    corners = [_moved(x, y, matrix) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across, down = zip(*corners, strict=True)
    return min(across), min(down), max(across), max(down)


def _cover(box: Box, page: PdfPage) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top) / (page.width_pt * page.height_pt)


def place_of(item: TextObject, page: PdfPage) -> Box:
    """Where words painted at once stand on the displayed page."""
    (edges,) = page.frame.displayed(np.array([bounds_of(item.handle, item.matrix)])).tolist()
    return Box(*edges)


def address_of(handle: Any) -> int:
    """Where pdfium keeps an object: the only name it has."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
