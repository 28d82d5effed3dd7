"""The fast reader: a page's words and boxes from its text layer, by pdfium.

Two calls a word (the loose boxes of its first and last character) instead of one a character: 2 to 3
times faster, and the boxes are as high as the line, as a reader would mark it.
"""

from __future__ import annotations

import ctypes
import itertools
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium_c

from ingest.errors import PageTooLarge
from ingest.layout import Line, RawWord
from ingest.limits import Limits
from ingest.page import Box, Mark, MarkKind
from ingest.pdfium import Boxes, Flags, PdfPage

# pdfium marks a hyphen at a line end with one of these and then runs the lines together.
_LINE_END_HYPHENS = "\x02\ufffe"
_TOKEN = re.compile(rf"[{_LINE_END_HYPHENS}]|[\r\n]+|[^\s{_LINE_END_HYPHENS}]+")
_BAD_CODE_POINTS = re.compile("[\ufffd\ue000-\uf8ff\x00\x01\x03-\x08\x0e-\x1f]")
_SAMPLED_CHARACTERS = 200
_MAX_OFF_PAGE_MARKS = 200
INVISIBLE = 3  # text render mode: neither filled nor stroked


@dataclass(frozen=True, slots=True)
class LayerSample:
    """What a sample of the layer's characters says about the whole; shares are 0..1."""

    characters: int
    bad_code_point_share: float = 0.0
    invisible_share: float = 0.0
    map_error_share: float = 0.0


@dataclass(frozen=True, slots=True)
class TextLayer:
    """The words inside the page in reading order, and marks for those outside it.

    ``first_characters`` has, for each word in order, pdfium's number of its first character.
    """

    lines: tuple[Line, ...]
    off_page: tuple[Mark, ...]
    sample: LayerSample
    first_characters: tuple[int, ...] = ()


@contextmanager
def open_text(page: PdfPage) -> Iterator[Any]:
    """pdfium's text page, as long as the block runs."""
    handle = pdfium_c.FPDFText_LoadPage(page.handle)
    try:
        yield handle
    finally:
        pdfium_c.FPDFText_ClosePage(handle)


def read_text_layer(page: PdfPage, text_page: Any, limits: Limits) -> TextLayer:
    """The page's words. Raises ``PageTooLarge`` when there are more than anyone could read."""
    count = pdfium_c.FPDFText_CountChars(text_page)
    if count > limits.max_characters_per_page:
        raise PageTooLarge
    if count < 1:
        return TextLayer((), (), LayerSample(0))
    text = _read_text(text_page, count)
    rows = _split(text)
    if sum(len(row) for row in rows) > limits.max_words_per_page:
        raise PageTooLarge
    if not rows:
        return TextLayer((), (), LayerSample(count))
    characters = _first_and_last_characters(text_page, rows, is_numbered_alike=len(text) == count)
    boxes = _word_boxes(page, text_page, characters)
    inside = _inside(boxes, page)
    lines, off_page = _place(rows, boxes, inside, page)
    first = tuple(itertools.compress(characters[0::2], inside.tolist()))
    return TextLayer(lines, off_page, _sample(text_page, text, count), first)


def read_plain_text(text_page: Any, limits: Limits) -> str:
    """The layer's text without boxes, for a quick look at other pages of the file."""
    count = min(pdfium_c.FPDFText_CountChars(text_page), limits.max_characters_per_page)
    return _read_text(text_page, count).replace("\r\n", "\n") if count > 0 else ""


_Token = tuple[str, int, int]  # the word, and the places of its first and last character in the text


def _split(text: str) -> list[list[_Token]]:
    rows: list[list[_Token]] = []
    row: list[_Token] = []
    for found in _TOKEN.finditer(text):
        token = found.group()
        if token[0] in "\r\n":
            rows.append(row)
            row = []
        elif token in _LINE_END_HYPHENS:
            if row and row[-1][2] == found.start() - 1:
                word, start, _ = row[-1]
                row[-1] = (word + "-", start, found.start())
            rows.append(row)
            row = []
        else:
            row.append((token.replace("\xad", "-"), found.start(), found.end() - 1))
    rows.append(row)
    return [row for row in rows if row]


def _read_text(text_page: Any, count: int) -> str:
    # two UTF-16 units a character: characters outside the basic plane take both
    buffer = ctypes.create_string_buffer(4 * count + 4)
    pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    written = pdfium_c.FPDFText_GetText(text_page, 0, count, pointer)
    return buffer.raw[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")


def _first_and_last_characters(
    text_page: Any, rows: Sequence[Sequence[_Token]], *, is_numbered_alike: bool
) -> list[int]:
    """pdfium's numbers of each word's first and last character.

    They are places in the text, unless some of the page's characters have no text.
    """
    places = [place for row in rows for _, start, end in row for place in (start, end)]
    if is_numbered_alike:
        return places
    return [pdfium_c.FPDFText_GetCharIndexFromTextIndex(text_page, place) for place in places]


def _word_boxes(page: PdfPage, text_page: Any, characters: Sequence[int]) -> Boxes:
    rectangles = (pdfium_c.FS_RECTF * len(characters))()
    read_box, byref = pdfium_c.FPDFText_GetLooseCharBox, ctypes.byref
    for character, rectangle in zip(characters, rectangles, strict=True):
        read_box(text_page, character, byref(rectangle))
    # FS_RECTF is left, top, right, bottom
    edges = np.frombuffer(rectangles, dtype=np.float32).reshape(-1, 4)[:, [0, 3, 2, 1]]
    boxes = page.frame.displayed(edges)
    first, last = boxes[0::2], boxes[1::2]
    return np.concatenate((np.minimum(first[:, :2], last[:, :2]), np.maximum(first[:, 2:], last[:, 2:])), 1)


def _inside(boxes: Boxes, page: PdfPage) -> Flags:
    """Which words have their middle on the page."""
    middle_x, middle_y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    flags: Flags = (
        (middle_x >= 0) & (middle_x <= page.width_pt) & (middle_y >= 0) & (middle_y <= page.height_pt)
    )
    return flags


def _place(
    rows: Sequence[Sequence[_Token]], boxes: Boxes, inside: Flags, page: PdfPage
) -> tuple[tuple[Line, ...], tuple[Mark, ...]]:
    """Words inside the page as lines with their boxes cut to the page; those outside as marks."""
    edges = boxes.clip(0.0, (page.width_pt, page.height_pt) * 2).round(2).tolist()
    if inside.all():
        numbered = iter(edges)
        return tuple(tuple(RawWord(token[0], Box(*next(numbered))) for token in row) for row in rows), ()
    lines: list[Line] = []
    off_page: list[Mark] = []
    number = 0
    for row in rows:
        span = range(number, number + len(row))
        number += len(row)
        kept = [RawWord(token[0], Box(*edges[at])) for token, at in zip(row, span, strict=True) if inside[at]]
        lost = [(token[0], boxes[at]) for token, at in zip(row, span, strict=True) if not inside[at]]
        if kept:
            lines.append(tuple(kept))
        if lost and len(off_page) < _MAX_OFF_PAGE_MARKS:
            off_page.append(_off_page_mark(lost))
    return tuple(lines), tuple(off_page)


def _off_page_mark(words: Sequence[tuple[str, Any]]) -> Mark:
    edges = np.array([box for _, box in words]).round(2)
    box = Box(*edges[:, :2].min(axis=0).tolist(), *edges[:, 2:].max(axis=0).tolist())
    return Mark(MarkKind.OFF_PAGE_TEXT, box, " ".join(word for word, _ in words))


def _sample(text_page: Any, text: str, count: int) -> LayerSample:
    places = range(0, count, max(1, count // _SAMPLED_CHARACTERS))
    solid = [place for place in places if place >= len(text) or not text[place].isspace()]
    if not solid:
        return LayerSample(count)
    invisible = map_errors = 0
    for place in solid:
        map_errors += pdfium_c.FPDFText_HasUnicodeMapError(text_page, place) == 1
        text_object = pdfium_c.FPDFText_GetTextObject(text_page, place)
        if text_object:
            invisible += pdfium_c.FPDFTextObj_GetTextRenderMode(text_object) == INVISIBLE
    bad = len(_BAD_CODE_POINTS.findall(text)) / count
    return LayerSample(count, bad, invisible / len(solid), map_errors / len(solid))
