"""Makes files that ask too much of a PDF reader, each named for what it does. See README.md beside this.

``python tests/files/make_hostile.py FOLDER`` writes them all; the tests make them in a temporary folder, so
that nothing big is kept. The same bytes every time.
"""

from __future__ import annotations

import io
import random
import sys
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pikepdf
from PIL import Image

MakeBytes = Callable[[], bytes]
HOSTILE: dict[str, MakeBytes] = {}

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_LETTER = b"[0 0 612 792]"


def hostile(name: str) -> Callable[[MakeBytes], MakeBytes]:
    """Register a maker under its file's name."""

    def register(make: MakeBytes) -> MakeBytes:
        HOSTILE[name] = make
        return make

    return register


def write_hostile_files(folder: Path) -> list[Path]:
    """Write all of them; their paths in the order of their names."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in HOSTILE.items():
        (folder / name).write_bytes(make())
    return sorted(folder / name for name in HOSTILE)


# Small tools ---------------------------------------------------------------------------------------------


def _file(objects: Sequence[bytes], root: int = 1, extra: bytes = b"") -> bytes:
    """A whole PDF of these objects, numbered from 1."""
    out = bytearray(_HEADER)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root %d 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        *(len(objects) + 1, root),
        *(extra, start),
    )
    return bytes(out)


def _stream(data: bytes, entries: bytes = b"", *, deflate: bool = True) -> bytes:
    if deflate:
        data, entries = zlib.compress(data, 9), entries + b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def _one_page(
    content: bytes,
    *,
    box: bytes = _LETTER,
    page: bytes = b"",
    resources: bytes = b"/Font << /F1 5 0 R >>",
    more: Sequence[bytes] = (),
) -> bytes:
    """A PDF with one page; ``content`` is object 4, the font 5, ``more`` begins at 6."""
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R /Resources << %s >> %s >>"
            % (box, resources, page),
            content,
            _FONT,
            *more,
        ]
    )


def _words(text: bytes = b"The agency did not answer whether a county may opt out.") -> bytes:
    return b"BT /F1 12 Tf 72 700 Td (%s) Tj ET\n" % text


def _plain() -> bytes:
    return _one_page(_stream(_words()))


def _encrypted(*, owner: str, user: str) -> bytes:
    with pikepdf.open(io.BytesIO(_plain())) as pdf:
        buffer = io.BytesIO()
        pdf.save(buffer, encryption=pikepdf.Encryption(owner=owner, user=user, R=6))
    return buffer.getvalue()


# Not PDFs ------------------------------------------------------------------------------------------------


@hostile("empty.pdf")
def _empty() -> bytes:
    return b""


@hostile("png_named_pdf.pdf")
def _png() -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (40, 40), 200).save(buffer, "PNG")
    return buffer.getvalue()


@hostile("web_page_named_pdf.pdf")
def _web_page() -> bytes:
    return b"<!DOCTYPE html>\n<html><title>Sign in</title><p>Your session has ended.</p></html>\n"


@hostile("word_document_named_pdf.pdf")
def _word_document() -> bytes:
    return b"PK\x03\x04" + b"\x14\x00\x06\x00" * 300


@hostile("random_bytes.pdf")
def _random_bytes() -> bytes:
    return random.Random(1).randbytes(50_000)


# Damaged -------------------------------------------------------------------------------------------------


@hostile("header_only.pdf")
def _header_only() -> bytes:
    return _HEADER


@hostile("cut_in_half.pdf")
def _cut_in_half() -> bytes:
    whole = _many_pages(40)
    return whole[: len(whole) // 2]


@hostile("cut_before_its_table.pdf")
def _cut_before_its_table() -> bytes:
    whole = _many_pages(3)
    return whole[: whole.rindex(b"xref")]


@hostile("random_bytes_changed.pdf")
def _random_bytes_changed() -> bytes:
    data, rng = bytearray(_many_pages(20)), random.Random(2)
    for _ in range(len(data) // 20):
        data[rng.randrange(20, len(data))] = rng.randrange(256)
    return bytes(data)


@hostile("html_after_header.pdf")
def _html_after_header() -> bytes:
    return _HEADER + b"<html>" * 20_000


@hostile("needs_password.pdf")
def _needs_password() -> bytes:
    return _encrypted(owner="owner", user="secret")


@hostile("owner_password_only.pdf")
def _owner_password_only() -> bytes:
    return _encrypted(owner="owner", user="")


# Page trees ----------------------------------------------------------------------------------------------


def _many_pages(count: int, content: bytes | None = None) -> bytes:
    """``count`` pages that share one content stream."""
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 5 + count))
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 3 0 R /Resources << /Font << /F1 4 0 R >> >> >>"
    )
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
            _stream(_words() if content is None else content),
            _FONT,
            *([page % _LETTER] * count),
        ]
    )


@hostile("no_pages.pdf")
def _no_pages() -> bytes:
    return _file([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"])


@hostile("a_billion_pages_claimed.pdf")
def _a_billion_pages_claimed() -> bytes:
    return _plain().replace(b"/Count 1 >>", b"/Count 1000000000 >>")


@hostile("ten_thousand_pages.pdf")
def _ten_thousand_pages() -> bytes:
    return _many_pages(10_000, content=b"")


@hostile("more_pages_than_accepted.pdf")
def _more_pages_than_accepted() -> bytes:
    return _many_pages(10_001, content=b"")


@hostile("page_tree_loop.pdf")
def _page_tree_loop() -> bytes:
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 5 /Parent 3 0 R >>",
            b"<< /Type /Pages /Kids [2 0 R] /Count 5 /Parent 2 0 R >>",
        ]
    )


@hostile("page_tree_5000_deep.pdf")
def _page_tree_5000_deep() -> bytes:
    depth = 5_000
    nodes = [
        b"<< /Type /Pages /Kids [%d 0 R] /Count 1 /Parent %d 0 R >>" % (number + 1, number - 1)
        for number in range(2, 2 + depth)
    ]
    page = b"<< /Type /Page /Parent %d 0 R /MediaBox %s >>" % (1 + depth, _LETTER)
    return _file([b"<< /Type /Catalog /Pages 2 0 R >>", *nodes, page])


@hostile("pages_object_is_itself.pdf")
def _pages_object_is_itself() -> bytes:
    return _file([b"<< /Type /Catalog /Pages 2 0 R >>", b"2 0 R"])


@hostile("cross_reference_loop.pdf")
def _cross_reference_loop() -> bytes:
    data = _plain()
    start = data.rindex(b"xref\n0")
    return data.replace(b"trailer\n<<", b"trailer\n<< /Prev %d" % start)


@hostile("200000_nested_arrays.pdf")
def _nested_arrays() -> bytes:
    return _one_page(_stream(_words()), more=[b"[" * 200_000 + b"]" * 200_000], page=b"/Nested 6 0 R")


# Bombs ---------------------------------------------------------------------------------------------------


def _deflated_zeros(megabytes: int, byte: bytes = b" ") -> bytes:
    packer = zlib.compressobj(1)
    block = byte * (1 << 20)
    return b"".join([*(packer.compress(block) for _ in range(megabytes)), packer.flush()])


@hostile("flate_bomb_1_gigabyte.pdf")
def _flate_bomb() -> bytes:
    data = _deflated_zeros(1024)
    return _one_page(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(data), data))


@hostile("flate_in_flate_bomb.pdf")
def _flate_in_flate_bomb() -> bytes:
    data = zlib.compress(_deflated_zeros(2048), 9)
    entries = b"/Filter [/FlateDecode /FlateDecode]"
    return _one_page(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data))


@hostile("run_length_bomb.pdf")
def _run_length_bomb() -> bytes:
    data = zlib.compress(b"\x81 " * 4_000_000, 9)  # each pair stands for 128 spaces: 512 MB
    entries = b"/Filter [/FlateDecode /RunLengthDecode]"
    return _one_page(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data))


@hostile("500_filters_in_a_row.pdf")
def _filters_in_a_row() -> bytes:
    data = b"20" * 1000 + b">"
    entries = b"/Filter [%s]" % (b"/ASCIIHexDecode " * 500)
    return _one_page(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data))


@hostile("image_of_60000_pixels_square.pdf")
def _image_bomb() -> bytes:
    data = _deflated_zeros(1200, b"\x00")
    image = (
        b"<< /Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8"
        b" /ColorSpace /DeviceGray /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
        % (len(data), data)
    )
    return _one_page(
        _stream(b"q 612 0 0 792 0 0 cm /I Do Q\n" + _words()),
        resources=b"/Font << /F1 5 0 R >> /XObject << /I 6 0 R >>",
        more=[image],
    )


@hostile("fax_image_of_nonsense.pdf")
def _fax_image() -> bytes:
    data = random.Random(3).randbytes(2_000_000)
    image = (
        b"<< /Type /XObject /Subtype /Image /Width 65535 /Height 65535 /BitsPerComponent 1"
        b" /ColorSpace /DeviceGray /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 65535 >>"
        b" /Length %d >>\nstream\n%s\nendstream" % (len(data), data)
    )
    return _one_page(
        _stream(b"q 612 0 0 792 0 0 cm /I Do Q\n"),
        resources=b"/XObject << /I 6 0 R >>",
        more=[image],
    )


@hostile("jbig2_image_of_nonsense.pdf")
def _jbig2_image() -> bytes:
    data = b"\x00\x00\x00\x00\x30\x00\x01\x00\x00\x00\x13\x00\x00\xff\xff\x00\x00\xff\xff" + bytes(200)
    image = (
        b"<< /Type /XObject /Subtype /Image /Width 65535 /Height 65535 /BitsPerComponent 1"
        b" /ColorSpace /DeviceGray /Filter /JBIG2Decode /Length %d >>\nstream\n%s\nendstream"
        % (len(data), data)
    )
    return _one_page(
        _stream(b"q 612 0 0 792 0 0 cm /I Do Q\n"),
        resources=b"/XObject << /I 6 0 R >>",
        more=[image],
    )


# Too much on one page ------------------------------------------------------------------------------------


@hostile("form_calls_itself.pdf")
def _form_calls_itself() -> bytes:
    form = _stream(
        b"/X Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /X 6 0 R >> >>",
    )
    return _one_page(
        _stream(_words() + b"/X Do"),
        resources=b"/Font << /F1 5 0 R >> /XObject << /X 6 0 R >>",
        more=[form],
    )


@hostile("forms_doubling_24_times.pdf")
def _forms_doubling() -> bytes:
    depth = 24
    forms = [
        _stream(
            b"/X Do /X Do" if level < depth - 1 else b"0 0 10 10 re f",
            b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /X %d 0 R >> >>"
            % (7 + level),
        )
        for level in range(depth)
    ]
    return _one_page(
        _stream(_words() + b"/X Do"),
        resources=b"/Font << /F1 5 0 R >> /XObject << /X 6 0 R >>",
        more=forms,
    )


@hostile("a_million_rectangles.pdf")
def _a_million_rectangles() -> bytes:
    return _one_page(_stream(_words() + b"10 10 20 20 re f\n" * 1_000_000))


@hostile("300000_text_blocks.pdf")
def _text_blocks() -> bytes:
    return _one_page(_stream(b"BT /F1 12 Tf 72 700 Td (word) Tj ET\n" * 300_000))


@hostile("a_million_saved_states.pdf")
def _saved_states() -> bytes:
    return _one_page(_stream(b"q " * 1_000_000 + _words()))


@hostile("100000_content_streams.pdf")
def _content_streams() -> bytes:
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents [%s]"
            b" /Resources << /Font << /F1 5 0 R >> >> >>" % (_LETTER, b"4 0 R " * 100_000),
            _stream(_words()),
            _FONT,
        ]
    )


@hostile("500000_unknown_operators.pdf")
def _unknown_operators() -> bytes:
    return _one_page(_stream(b"1 2 3 nonsense\n" * 500_000 + _words()))


@hostile("200000_redact_annotations.pdf")
def _redact_annotations() -> bytes:
    annotation = b"<< /Type /Annot /Subtype /Redact /Rect [70 690 400 715] >>"
    return _one_page(_stream(_words()), page=b"/Annots 6 0 R", more=[b"[" + annotation * 200_000 + b"]"])


@hostile("200000_stamps.pdf")
def _stamps() -> bytes:
    stamp = b"<< /Type /Annot /Subtype /Stamp /Rect [70 690 400 715] /AP << /N 7 0 R >> >>"
    form = _stream(b"0 0 10 10 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 10 10]")
    return _one_page(_stream(_words()), page=b"/Annots 6 0 R", more=[b"[" + stamp * 200_000 + b"]", form])


@hostile("pattern_of_tiny_tiles.pdf")
def _tiny_tiles() -> bytes:
    tile = _stream(
        b"0 0 1 1 re f",
        b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep .001 /YStep .001"
        b" /Resources << >>",
    )
    return _one_page(
        _stream(b"/Pattern cs /P scn 0 0 612 792 re f\n" + _words()),
        resources=b"/Font << /F1 5 0 R >> /Pattern << /P 6 0 R >>",
        more=[tile],
    )


@hostile("tounicode_range_of_two_billion.pdf")
def _tounicode_range() -> bytes:
    cmap = _stream(b"1 begincodespacerange <00000000> <ffffffff> endcodespacerange\n"
                   b"1 beginbfrange <00000000> <7fffffff> <0041> endbfrange\n")  # fmt: skip
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /Identity-H /ToUnicode 7 0 R"
        b" /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Any"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>"
    )
    return _one_page(
        _stream(b"BT /F1 12 Tf 72 700 Td <00410042> Tj ET"),
        resources=b"/Font << /F1 6 0 R >>",
        more=[font, cmap],
    )


@hostile("two_million_characters.pdf")
def _two_million_characters() -> bytes:
    return _one_page(_stream(b"BT /F1 1 Tf 1 700 Td (%s) Tj ET" % (b"word " * 400_000)))


# Odd pages -----------------------------------------------------------------------------------------------


@hostile("page_of_a_million_points.pdf")
def _huge_page() -> bytes:
    return _one_page(_stream(_words()), box=b"[0 0 1000000 1000000]")


@hostile("page_of_no_size.pdf")
def _page_of_no_size() -> bytes:
    return _one_page(_stream(_words()), box=b"[0 0 0 0]")


@hostile("page_box_of_words.pdf")
def _page_box_of_words() -> bytes:
    return _one_page(_stream(_words()), box=b"[/left /bottom (right) null]")


@hostile("page_10_by_14400_points.pdf")
def _tall_page() -> bytes:
    return _one_page(_stream(_words()), box=b"[0 0 10 14400]")


@hostile("user_unit_of_100000.pdf")
def _user_unit() -> bytes:
    return _one_page(_stream(_words()), page=b"/UserUnit 100000")


@hostile("rotated_by_37_degrees.pdf")
def _odd_rotation() -> bytes:
    return _one_page(_stream(_words()), page=b"/Rotate 37")


@hostile("javascript_on_opening.pdf")
def _javascript() -> bytes:
    return _plain().replace(
        b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /JavaScript /JS (while\\(true\\){}) >>"
    )


@hostile("launches_a_program.pdf")
def _launch() -> bytes:
    return _plain().replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /Launch /F (/bin/sh) >>")


@hostile("words_with_nul_and_surrogates.pdf")
def _odd_characters() -> bytes:
    cmap = _stream(b"1 begincodespacerange <00> <ff> endcodespacerange\n"
                   b"4 beginbfchar <41> <0000> <42> <d800> <43> <202e> <44> <fffe> endbfchar\n")  # fmt: skip
    font = _FONT.replace(b">>", b"/ToUnicode 7 0 R >>")
    return _one_page(
        _stream(_words(b"plain ABCD words A B C D end")),
        resources=b"/Font << /F1 6 0 R >>",
        more=[font, cmap],
    )


if __name__ == "__main__":
    for written in write_hostile_files(Path(sys.argv[1])):
        print(f"{written.stat().st_size:>12,} {written.name}")
