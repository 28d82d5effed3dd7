"""Reads a redacted copy back: is what was covered gone? By two readers, in the bytes, and in the pixels.

Only ever used in a sandbox child.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pdfplumber
import pikepdf
from pikepdf import Pdf

from ingest.copying import PageRecipe, Recipe, RedactionNotClean
from ingest.covered_page import LEAST_LETTERS, plain
from ingest.limits import Limits
from ingest.pdfium import PdfFile, PdfPage
from ingest.raster import POINTS_PER_INCH, draw_grey
from ingest.text_layer import open_text, read_text_layer

_DPI = 100.0
_DARK = 128
_LABEL_SHARE = 0.5  # white letters of a label in a black box take less than that of it
_MOST_BYTES_LOOKED_AT = 256 << 20  # of one stream, unpacked
_DEEPEST = 50
_NO_WORDS_IN = ("/Image", "/Type1C", "/CIDFontType0C", "/OpenType")


@dataclass(frozen=True, slots=True)
class Covered:
    """What was covered in a copy. ``removed`` and ``remaining``: words of the covered pages, as the original
    had them; ``pages``: which pages of the copy were made of pixels (1-based)."""

    recipe: Recipe
    pages: frozenset[int]
    removed: Sequence[str]
    remaining: Sequence[str]


def check_clean(made: io.BytesIO, covered: Covered, limits: Limits) -> None:
    """Raises ``RedactionNotClean`` when a covered word can still be found in the copy, or a box be seen
    through. A word that also stands where nothing covers it is no leak there."""
    file = PdfFile(np.frombuffer(made.getbuffer(), dtype=np.uint8))  # never closed: it ends with this process
    _check_boxes(file, covered.recipe, limits)
    kept = _words_of(file, set(range(1, file.page_count + 1)) - covered.pages, limits)
    gone = _gone(covered, kept)
    if not gone:
        return
    if gone & _words_of(file, covered.pages, limits):
        raise RedactionNotClean
    expected = plain("".join(covered.remaining))
    _check_letters(gone, _letters_by_pdfplumber(made, covered.pages), expected)
    _check_bytes(gone | {word for word in covered.removed if plain(word) in gone}, made)


def _gone(covered: Covered, kept: set[str]) -> set[str]:
    shown = kept | {plain(word) for word in covered.remaining}
    removed = {plain(word) for word in covered.removed}
    return {word for word in removed if len(word) >= LEAST_LETTERS and not any(word in one for one in shown)}


def _words_of(file: PdfFile, numbers: Iterable[int], limits: Limits) -> set[str]:
    words: set[str] = set()
    for number in numbers:
        with file.page(number) as page, open_text(page) as text_page:
            layer = read_text_layer(page, text_page, limits)
            words |= {plain(word.text) for line in layer.lines for word in line}
    return words


def _letters_by_pdfplumber(made: io.BytesIO, numbers: Iterable[int]) -> str:
    """All letters of these pages, without spaces: a word may stand there in pieces."""
    letters = []
    with pdfplumber.open(made) as pdf:
        for number in sorted(numbers):
            page = pdf.pages[number - 1]
            letters.append("".join(char["text"] for char in page.chars))
            page.close()
    return plain("\n".join(letters))


def _check_letters(gone: Iterable[str], letters: str, expected: str) -> None:
    """No word stands there more often than in what may be seen, where words touch by chance, too."""
    if any(letters.count(word) > expected.count(word) for word in gone):
        raise RedactionNotClean


def _check_bytes(gone: set[str], made: io.BytesIO) -> None:
    """In every text of every object, and in every stream unpacked: as Latin-1, UTF-16 and in hexadecimal.
    Nothing else is in a file that was written in one go."""
    bare = {plain(word) for word in gone}
    pattern = re.compile(
        b"|".join(re.escape(form) for word in gone for form in _spellings(word)), re.IGNORECASE
    )
    with Pdf.open(made) as pdf:
        for found in (*pdf.objects, pdf.trailer):
            said = plain(" ".join(_texts_in(found)))
            if any(word in said for word in bare) or pattern.search(_unpacked(found)):
                raise RedactionNotClean


def _texts_in(found: object, depth: int = 0) -> Iterator[str]:
    """The strings of one object; what it refers to is looked at as an object of its own."""
    if isinstance(found, pikepdf.String):
        yield str(found)
    elif isinstance(found, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream) and depth < _DEEPEST:
        values = found if isinstance(found, pikepdf.Array) else [value for _, value in found.items()]
        for value in values:
            if not (isinstance(value, pikepdf.Object) and value.is_indirect):
                yield from _texts_in(value, depth + 1)


def _unpacked(found: object) -> bytes:
    """The bytes of a stream that may hold words: not those of pictures, fonts and tables of characters."""
    if not isinstance(found, pikepdf.Stream) or str(found.get("/Subtype", "")) in _NO_WORDS_IN:
        return b""
    if "/Length1" in found or "/N" in found:  # a font program, a colour profile
        return b""
    try:
        data = bytes(found.read_bytes())
    except pikepdf.PdfError:
        data = bytes(found.read_raw_bytes())
    return b"" if data.startswith(b"/CIDInit") else data[:_MOST_BYTES_LOOKED_AT]


def _spellings(word: str) -> Iterator[bytes]:
    latin, wide = word.encode("latin-1", "ignore"), word.encode("utf-16-be")
    for form in (latin, wide):
        if len(form) >= LEAST_LETTERS:
            yield form
            yield form.hex().encode("ascii")


def _check_boxes(file: PdfFile, recipe: Recipe, limits: Limits) -> None:
    for number, page in enumerate(recipe.pages, 1):
        if page.boxes:
            with file.page(number) as drawn:
                _check_boxes_of(drawn, page, limits)


def _check_boxes_of(drawn: PdfPage, page: PageRecipe, limits: Limits) -> None:
    picture, dpi = draw_grey(drawn, _DPI, limits)
    pixels, scale = np.rot90(np.asarray(picture), page.turn // 90), dpi / POINTS_PER_INCH
    for cover in page.boxes:
        left, top = int(cover.box.x0 * scale) + 1, int(cover.box.top * scale) + 1
        right, bottom = int(cover.box.x1 * scale) - 1, int(cover.box.bottom * scale) - 1
        part = pixels[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
        if part.size and float(np.mean(part >= _DARK)) > _LABEL_SHARE:
            raise RedactionNotClean
