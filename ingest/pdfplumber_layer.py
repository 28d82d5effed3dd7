"""The careful reader: pdfplumber, for pages where something may have been painted over words.

It is twenty times slower than pdfium, and knows each character's place in the order of painting. It gives
the same lines, boxes and shapes as the fast reader, on the page as displayed.
"""

from __future__ import annotations

import logging
import mmap
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from io import BufferedReader
from typing import Any, cast

import pdfplumber
from pdfplumber.utils.text import extract_words

from ingest.layout import Line, RawWord
from ingest.page import Box
from ingest.redactions import PaintedWord
from ingest.shapes import Shape, ShapeKind, is_dark

_MIN_WIDTH_PT, _MIN_HEIGHT_PT = 8.0, 5.0
_GAP_IN_EMS = 0.18  # between letters of one word; a space in a narrow face is 0.2
_SLANT_PT = 0.5
_SECONDS = 8.0

# pdfminer warns of every fault of a file; who reads untrusted files has no use for that
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class CarefulPage:
    """A page as pdfplumber sees it."""

    lines: tuple[Line, ...]
    words: tuple[PaintedWord, ...]
    shapes: tuple[Shape, ...]


class CarefulReader:
    """Reads some pages of one file. Opened late: most files never need it."""

    def __init__(self, file: mmap.mmap, page_numbers: Iterable[int]) -> None:
        self._file, self._wanted = file, sorted(page_numbers)

    def read_page(self, page_number: int) -> CarefulPage:
        """Words, lines and shapes of a page.

        Raises whatever pdfminer raises on a bad one, and ``TimeoutError``: it can work for hours on a file
        made for that.
        """
        with _time_limit(_SECONDS):
            page = self._pages[page_number]
            try:
                return _read(page)
            finally:
                page.close()  # never by closing the file: pdfplumber issue 1339
                page.__dict__.pop("_layout", None)  # what close() forgets: 100 bytes a character

    @cached_property
    def _pages(self) -> dict[int, Any]:
        stream = cast("BufferedReader", self._file)  # all it needs is read, seek and tell
        pdf = pdfplumber.open(stream, pages=self._wanted, raise_unicode_errors=False)
        return {page.page_number: page for page in pdf.pages}


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Interrupt the block, again and again in case somebody swallows it. For a process's main thread.

    A block that comes to its end too late raises ``TimeoutError`` all the same: what is thrown inside a
    destructor or a callback of the garbage collector reaches nobody.
    """
    expired = False

    def interrupt(*_: object) -> None:
        nonlocal expired
        expired = True
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    if expired:
        raise TimeoutError


def _read(page: Any) -> CarefulPage:
    frame = _displayed_frame(page)
    objects = list(enumerate(page.iter_layout_objects(page.layout._objs), start=1))
    characters = [item | {"order": order} for order, item in objects if item["object_type"] == "char"]
    found = extract_words(
        characters, use_text_flow=True, return_chars=True, x_tolerance_ratio=_GAP_IN_EMS, y_tolerance=3
    )
    placed = [(word, box) for word in found if (box := _box(word, frame)) is not None]
    words = tuple(
        PaintedWord(word["text"], box, word["chars"][0]["order"], is_invisible=False) for word, box in placed
    )
    return CarefulPage(tuple(_as_lines(placed)), words, tuple(_iter_shapes(objects, frame)))


def _as_lines(placed: Iterable[tuple[Any, Box]]) -> Iterator[Line]:
    """Words in the order of the file, broken where the next one is lower, higher or further left."""
    line: list[RawWord] = []
    for word, box in placed:
        if line and _is_new_line(line[-1].box, box):
            yield tuple(line)
            line = []
        line.append(RawWord(word["text"], box))
    if line:
        yield tuple(line)


def _is_new_line(before: Box, after: Box) -> bool:
    height = max(before.bottom - before.top, after.bottom - after.top)
    middle = (after.top + after.bottom - before.top - before.bottom) / 2
    return abs(middle) > height / 2 or after.x0 < before.x0


def _iter_shapes(objects: Iterable[tuple[int, Any]], frame: Box) -> Iterator[Shape]:
    for order, item in objects:
        kind = _shape_kind(item)
        box = _box(item, frame) if kind else None
        if kind is None or box is None:
            continue
        if box.x1 - box.x0 >= _MIN_WIDTH_PT and box.bottom - box.top >= _MIN_HEIGHT_PT:
            dark = kind == ShapeKind.FILL and is_dark(*_as_rgb(item.get("non_stroking_color")))
            yield Shape(order, kind, box, dark)


def _shape_kind(item: Any) -> ShapeKind | None:
    match item["object_type"]:
        case "image":
            return ShapeKind.IMAGE
        case "rect" if item.get("fill"):
            return ShapeKind.FILL
        case "curve" if item.get("fill") and _is_upright_rectangle(item):
            return ShapeKind.FILL
        case _:
            return None


def _is_upright_rectangle(curve: Any) -> bool:
    points = curve.get("pts") or []
    if not 4 <= len(points) <= 6:
        return False
    across, down = [x for x, _ in points], [y for _, y in points]
    return all(min(x - min(across), max(across) - x) < _SLANT_PT for x in across) and all(
        min(y - min(down), max(down) - y) < _SLANT_PT for y in down
    )


def _as_rgb(colour: Any) -> tuple[float, float, float]:
    """A colour of 0..1 in grey, RGB or CMYK as RGB of 0..255; white when it is a pattern or unknown."""
    if isinstance(colour, int | float):
        colour = (colour,)
    if not isinstance(colour, tuple | list) or not all(isinstance(part, int | float) for part in colour):
        return 255.0, 255.0, 255.0
    match tuple(colour):
        case (grey,):
            return (grey * 255.0,) * 3
        case (red, green, blue):
            return red * 255.0, green * 255.0, blue * 255.0
        case (cyan, magenta, yellow, black):
            lit = 255.0 * (1.0 - black)
            return lit * (1.0 - cyan), lit * (1.0 - magenta), lit * (1.0 - yellow)
        case _:
            return 255.0, 255.0, 255.0


def _displayed_frame(page: Any) -> Box:
    """What of the MediaBox is displayed, in pdfplumber's coordinates."""
    media, crop = page.mediabox, page.cropbox
    left, top = max(media[0], crop[0]), max(media[1], crop[1])
    right, bottom = min(media[2], crop[2]), min(media[3], crop[3])
    if right <= left or bottom <= top:  # a CropBox beside the page: ignored, as pdfium does
        return Box(*map(float, media))
    return Box(float(left), float(top), float(right), float(bottom))


def _box(item: Any, frame: Box) -> Box | None:
    """The item's box on the displayed page, cut to it; None when its middle is not on the page."""
    x0, top, x1, bottom = (float(item[name]) for name in ("x0", "top", "x1", "bottom"))
    if not (frame.x0 <= (x0 + x1) / 2 <= frame.x1 and frame.top <= (top + bottom) / 2 <= frame.bottom):
        return None
    return Box(
        round(max(x0, frame.x0) - frame.x0, 2),
        round(max(top, frame.top) - frame.top, 2),
        round(min(x1, frame.x1) - frame.x0, 2),
        round(min(bottom, frame.bottom) - frame.top, 2),
    )
