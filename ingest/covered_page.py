"""A page with black boxes, made anew from what can be seen: a picture, and beneath it the words that remain.

Taking letters out of a page's own instructions is where redactions go wrong: words sit in fonts, forms,
pictures, comments, tags and earlier versions of the file. A page that is made of pixels has none of these.
Only ever used in a sandbox child.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, ImageDraw, ImageFont

from ingest.copying import CoverBox
from ingest.page import Box, PageReading, Word

DPI = 200.0
MARKED = "Redacted by this archive"
_POINTS_PER_INCH = 72.0
_GREY_SPREAD = 24  # of the three colours of a pixel: less is a grey page
_JPEG_QUALITY = 80
_LEAST_LABEL_PX, _MOST_LABEL_PX, _LABEL_EDGE_PX = 11, 22, 6
_EM = 0.5  # how wide each letter of the invisible font is, of its size
_PNG_UP = 12
LEAST_LETTERS = 4  # shorter words stand by chance in any file


def paint_boxes(picture: Image.Image, boxes: Sequence[CoverBox], scale: float) -> Image.Image:
    """``picture`` with each box in black, to the next whole pixel outwards, and its reason in white on it.

    ``scale``: pixels a point.
    """
    covered = picture.copy()
    pen = ImageDraw.Draw(covered)
    for cover in boxes:
        left, top = int(cover.box.x0 * scale), int(cover.box.top * scale)
        right, bottom = -int(-cover.box.x1 * scale // 1), -int(-cover.box.bottom * scale // 1)
        pen.rectangle(
            (left - 1, top - 1, right + 1, bottom + 1), fill=0 if picture.mode == "L" else (0, 0, 0)
        )
        _write_label(pen, (left, top, right, bottom), cover.label, 255 if picture.mode == "L" else (255,) * 3)
    return covered


def remaining_words(reading: PageReading, boxes: Sequence[CoverBox]) -> tuple[Word, ...]:
    """The words that the covered page still shows: none that a box touches, none that were hidden before."""
    covers = [cover.box for cover in boxes]
    covers += [mark.box for mark in reading.marks if mark.text]
    return tuple(word for word in reading.words if not _is_touched(word, covers))


def covered_words(reading: PageReading, boxes: Sequence[CoverBox]) -> tuple[str, ...]:
    """What the boxes take away: words that one touches, and what could be read beneath marks there."""
    covers = [cover.box for cover in boxes]
    words = [word.text for word in reading.words if _is_touched(word, covers)]
    for mark in reading.marks:
        if mark.text and any(_overlap(mark.box, box) for box in covers):
            words += mark.text.split()
    return tuple(words)


def telling_words(words: Iterable[str]) -> Iterator[str]:
    """Those that are names or numbers, as far as one can see: not what any page says."""
    for word in words:
        if len(plain(word)) >= LEAST_LETTERS and any(map(_is_telling, word)):
            yield word


def says_any(text: str, words: Iterable[str]) -> bool:
    """Whether one of these words (of four letters or more) is in ``text``, even in pieces."""
    joined = plain(text)
    return any(len(bare) >= LEAST_LETTERS and bare in joined for bare in map(plain, words))


def plain(text: str) -> str:
    """Letters and digits alone, in lower case: how words are compared."""
    return re.sub(r"\W+", "", text).casefold()


def add_covered_page(
    pdf: Pdf,
    font: pikepdf.Object,
    picture: Image.Image,
    words: Sequence[Word],
    *,
    width_pt: float,
    height_pt: float,
    turn: int,
) -> None:
    """Put a page into ``pdf``: the picture, and ``words`` so that they can be selected and searched.

    ``font`` is ``unseen_font``'s, made once for the file.
    """
    content = _picture_content(width_pt, height_pt) + _words_content(words, height_pt)
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(width_pt, 2), round(height_pt, 2)]),
        Resources=Dictionary(XObject=Dictionary(Im0=_picture_object(pdf, picture)), Font=Dictionary(F0=font)),
        Contents=Stream(pdf, content),
    )
    if turn:
        page.Rotate = turn
    pdf.pages.append(pikepdf.Page(page))


def as_grey_if_it_is(picture: Image.Image) -> Image.Image:
    """A page without colour in grey: a third of the bytes."""
    sample = np.asarray(picture)[::3, ::3].astype(np.int16)
    is_grey = int((sample.max(axis=2) - sample.min(axis=2)).max()) <= _GREY_SPREAD
    return picture.convert("L") if is_grey else picture


def _is_telling(letter: str) -> bool:
    return letter.isupper() or letter.isdigit()


def _is_touched(word: Word, covers: Sequence[Box]) -> bool:
    return any(_overlap(box, cover) for box in word.boxes for cover in covers)


def _overlap(box: Box, cover: Box) -> bool:
    """Whether the cover takes something of what is in ``box``; lines of print may stand in each other's
    boxes by a tenth of their height."""
    slack = (box.bottom - box.top) / 10
    across = box.x0 < cover.x1 and cover.x0 < box.x1
    return across and box.top + slack < cover.bottom and cover.top < box.bottom - slack


def _write_label(
    pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int], label: str, white: int | tuple[int, ...]
) -> None:
    """The longest wording that fits into the box; nothing where none does."""
    left, top, right, bottom = box
    size = min(_MOST_LABEL_PX, 2 * (bottom - top) // 5)
    if size < _LEAST_LABEL_PX:
        return
    font = ImageFont.load_default(size)
    for wording in (f"{MARKED}: {label}" if label else MARKED, label):
        width = pen.textlength(wording, font=font)
        if wording and width <= right - left - 2 * _LABEL_EDGE_PX:
            middle = (left + right) / 2, (top + bottom) / 2
            pen.text(middle, wording, fill=white, font=font, anchor="mm")
            return


def _picture_content(width_pt: float, height_pt: float) -> bytes:
    return f"q {width_pt:.2f} 0 0 {height_pt:.2f} 0 0 cm /Im0 Do Q\n".encode("ascii")


def _words_content(words: Sequence[Word], height_pt: float) -> bytes:
    """Text that is not painted (render mode 3), each word stretched over its box."""
    lines = ["BT 3 Tr"]
    for word in words:
        box = word.boxes[0]
        codes = [ord(letter) for letter in word.text if ord(letter) < 0x10000]
        size, width = max(1.0, box.bottom - box.top), box.x1 - box.x0
        if not codes or width <= 0:
            continue
        stretch = 100.0 * width / (len(codes) * _EM * size)
        text = "".join(f"{code:04X}" for code in codes) + "0020"
        baseline = height_pt - box.bottom + 0.2 * size
        lines.append(f"/F0 {size:.2f} Tf {stretch:.2f} Tz 1 0 0 1 {box.x0:.2f} {baseline:.2f} Tm <{text}> Tj")
    return ("\n".join([*lines, "ET"]) + "\n").encode("ascii")


def _picture_object(pdf: Pdf, picture: Image.Image) -> pikepdf.Object:
    """The picture in 16 greys without loss, or as a photograph: whichever is smaller."""
    photograph = io.BytesIO()
    picture.save(photograph, "JPEG", quality=_JPEG_QUALITY)
    data, filter_, bits, parameters = photograph.getvalue(), Name.DCTDecode, 8, None
    if picture.mode == "L":
        packed = _sixteen_greys(picture)
        if len(packed) < len(data):
            data, filter_, bits = packed, Name.FlateDecode, 4
            parameters = Dictionary(Predictor=_PNG_UP, Colors=1, BitsPerComponent=4, Columns=picture.width)
    image = Stream(pdf, data)
    image.Type, image.Subtype = Name.XObject, Name.Image
    image.Width, image.Height, image.BitsPerComponent = picture.width, picture.height, bits
    image.ColorSpace = Name.DeviceGray if picture.mode == "L" else Name.DeviceRGB
    image.Filter = filter_
    if parameters is not None:
        image.DecodeParms = parameters
    return pdf.make_indirect(image)


def _sixteen_greys(picture: Image.Image) -> bytes:
    """Rows of four bits a pixel, each as its difference from the row above (PNG filter 'up'), deflated."""
    pixels = np.asarray(picture) >> 4
    if pixels.shape[1] % 2:
        pixels = np.pad(pixels, ((0, 0), (0, 1)))
    packed = (pixels[:, ::2] << 4) | pixels[:, 1::2]
    above = np.vstack((np.zeros((1, packed.shape[1]), np.uint8), packed[:-1]))
    rows = np.full((packed.shape[0], packed.shape[1] + 1), 2, np.uint8)
    rows[:, 1:] = packed - above
    return zlib.compress(rows.tobytes(), 9)


def unseen_font(pdf: Pdf) -> pikepdf.Object:
    """One font a file for words that are not painted: every code is the character of that number."""
    unseen = Name("/ReadingRoomUnseen")
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=unseen,
        Flags=4,
        FontBBox=Array([0, -200, 500, 800]),
        ItalicAngle=0,
        Ascent=800,
        Descent=-200,
        CapHeight=800,
        StemV=80,
    )
    letters = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=unseen,
        DW=round(1000 * _EM),
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        CIDToGIDMap=Name.Identity,
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=unseen,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(letters)]),
        ToUnicode=pdf.make_indirect(Stream(pdf, _to_unicode())),
    )
    return pdf.make_indirect(font)


def _to_unicode() -> bytes:
    """A CMap that says that code N is the character U+N (PDF 32000-1, 9.10.3: at most 100 ranges a block,
    no range over the end of a high byte)."""
    ranges = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256)]
    blocks = [ranges[start : start + 100] for start in range(0, 256, 100)]
    body = "\n".join(f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /ReadingRoomUnseen def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{body}\nendcmap CMapName currentdict /CMap defineresource pop end end\n"
    ).encode("ascii")
