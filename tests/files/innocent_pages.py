"""Pages on which nothing is hidden, though each does something that a search for hidden words might mistake.

The words ANNA SAMPLE, or those of the page's own, can be seen on every one of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw
from reportlab.lib.colors import Color, black, blue, darkgreen, navy, white, yellow
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.files.hidden_words import COVER, QUADS, annotated, looks, noise
from tests.scans import scan_image

SEEN = "ANNA SAMPLE"
SCANNED = "A detainer is a request and not a command\nsaid the county to the agency in its letter"
PALE_GREY = Color(0.85, 0.85, 0.85)

Draw = Callable[[Canvas], None]
Finish = Callable[[pikepdf.Pdf], None]


def words(canvas: Canvas) -> None:
    """Words in plain sight."""
    canvas.drawString(100, 60, SEEN)


def before(paint: Draw, colour: Color = black) -> Draw:
    """Something painted first, and words on it."""

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        paint(canvas)
        canvas.restoreState()
        canvas.setFillColor(colour)
        canvas.setFont("Helvetica", 12)
        words(canvas)

    return draw


def after(paint: Draw) -> Draw:
    """Words, and something painted later that hides none of them."""

    def draw(canvas: Canvas) -> None:
        words(canvas)
        paint(canvas)

    return draw


def box(colour: Color, *, alpha: float = 1.0, at: tuple[float, float, float, float] = COVER) -> Draw:
    """A filled rectangle."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(colour, alpha=alpha)
        canvas.rect(*at, stroke=0, fill=1)

    return draw


def table(canvas: Canvas) -> None:
    for row in range(6):
        canvas.setFillColor((navy, PALE_GREY, white)[0 if row == 0 else 1 + row % 2])
        canvas.rect(90, 110 - 20 * row, 400, 20, stroke=1, fill=1)
        canvas.setFillColor(white if row == 0 else black)
        for column in range(4):
            canvas.drawString(96 + 100 * column, 116 - 20 * row, f"Cell {row} {column}")


def table_cells_painted_white_first(canvas: Canvas) -> None:
    for row in range(6):
        for column in range(4):
            canvas.setFillColor(white)
            canvas.rect(90 + 100 * column, 110 - 20 * row, 100, 20, stroke=0, fill=1)
            canvas.setFillColor(black)
            canvas.drawString(96 + 100 * column, 116 - 20 * row, f"Cell {row} {column}")


def bars(canvas: Canvas) -> None:
    for number, share in enumerate((90, 60, 30)):
        canvas.setFillColor(blue)
        canvas.rect(100 + 80 * number, 30, 60, share, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.drawString(106 + 80 * number, 36, f"{share} %")
        canvas.setFillColor(black)
        canvas.drawString(106 + 80 * number, 34 + share, f"Year {number}")


def pie(canvas: Canvas) -> None:
    for number, colour in enumerate((blue, darkgreen, navy)):
        canvas.setFillColor(colour)
        canvas.wedge(100, 20, 220, 120, 120 * number, 120, stroke=1, fill=1)
    canvas.setFillColor(white)
    canvas.drawString(170, 90, "Denied")


def over_prose(size: float, colour: Color, alpha: float = 1.0) -> Draw:
    """A word across the page, over its lines."""

    def draw(canvas: Canvas) -> None:
        words(canvas)
        canvas.saveState()
        canvas.translate(150, 250)
        canvas.rotate(45)
        canvas.setFillColor(colour, alpha=alpha)
        canvas.setFont("Helvetica-Bold", size)
        canvas.drawString(0, 0, "CONFIDENTIAL")
        canvas.restoreState()

    return draw


def shadow(canvas: Canvas) -> None:
    canvas.setFont("Helvetica-Bold", 20)
    canvas.setFillColor(PALE_GREY)
    canvas.drawString(101, 59, SEEN)
    canvas.setFillColor(black)
    canvas.drawString(100, 60, SEEN)


def white_edge_behind(canvas: Canvas) -> None:
    for shift in (-0.5, 0.5):
        canvas.setFillColor(white)
        canvas.drawString(100 + shift, 60 + shift, SEEN)
    canvas.setFillColor(black)
    words(canvas)


def painted_twice(canvas: Canvas) -> None:
    words(canvas)
    canvas.drawString(100.3, 60, SEEN)


def outlined(canvas: Canvas) -> None:
    text = canvas.beginText(100, 60)
    text.setFont("Helvetica-Bold", 18)
    text.setTextRenderMode(1)
    text.textLine(SEEN)
    canvas.drawText(text)


def white_with_a_black_edge(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    text = canvas.beginText(100, 60)
    text.setFont("Helvetica-Bold", 24)
    text.setTextRenderMode(2)
    text.textLine(SEEN)
    canvas.drawText(text)


def sized(size: float) -> Draw:
    """Small print that can still be read."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        words(canvas)

    return draw


def struck_through(canvas: Canvas) -> None:
    words(canvas)
    canvas.line(96, 64, 190, 64)


def leaders(canvas: Canvas) -> None:
    canvas.drawString(100, 60, "Chapter 1 ........................................ 7 - - _____")


def clipped_to_its_cell(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(*COVER)
    canvas.saveState()
    canvas.clipPath(path, stroke=0)
    words(canvas)
    canvas.restoreState()


def on_a_photograph(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(noise().point(lambda shade: shade // 3)), 80, 30, 300, 100)
    canvas.setFillColor(white)
    canvas.setFont("Helvetica-Bold", 18)
    words(canvas)


def picture_at(picture: Callable[[], Image.Image], x: float, y: float) -> Draw:
    """A picture, 120 x 40 points."""

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(picture()), x, y, 120, 40, mask="auto")

    return draw


def signature() -> Image.Image:
    """Strokes on nothing."""
    picture = Image.new("RGBA", (240, 60), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line(
        [(5, 50), (60, 5), (80, 55), (140, 10), (230, 50)], fill=(0, 0, 90, 255), width=3
    )
    return picture


def scan_with_layer(canvas: Canvas, *, order: str, mode: Literal[0, 3], strips: int = 1) -> None:
    """A scan with its words as a layer of text, as scanners' programs make them."""
    picture = scan_image(SCANNED)

    def layer() -> None:
        for number, line in enumerate(SCANNED.splitlines()):
            text = canvas.beginText(72, 792 - 84 - 18.3 * number)
            text.setFont("Helvetica", 12.6)
            text.setTextRenderMode(mode)
            text.textLine(line)
            canvas.drawText(text)

    def image() -> None:
        height = picture.height // strips
        for number in range(strips):
            strip = picture.crop((0, number * height, picture.width, (number + 1) * height))
            canvas.drawImage(ImageReader(strip), 0, 792 - 792 / strips * (number + 1), 612, 792 / strips)

    for paint in (layer, image) if order == "words first" else (image, layer):
        paint()


def scan_layer_beneath(canvas: Canvas) -> None:
    scan_with_layer(canvas, order="words first", mode=0)


def scan_layer_without_ink(canvas: Canvas) -> None:
    scan_with_layer(canvas, order="picture first", mode=3)


def scan_layer_without_ink_beneath(canvas: Canvas) -> None:
    scan_with_layer(canvas, order="words first", mode=3)


def scan_in_strips(canvas: Canvas) -> None:
    scan_with_layer(canvas, order="words first", mode=3, strips=11)


def scan_in_strips_over_black_words(canvas: Canvas) -> None:
    scan_with_layer(canvas, order="words first", mode=0, strips=11)


def stamped_scan(canvas: Canvas) -> None:
    scan_with_layer(canvas, order="picture first", mode=3)
    canvas.drawString(60, 775, "Case 1:18-cv-11557-ER Document 44 Filed 03/10/21 Page 1 of 15")


def scanned_with_prose(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(scan_image(SCANNED).crop((150, 150, 1400, 400))), 72, 20, 400, 80)


def slide(canvas: Canvas) -> None:
    canvas.setFillColor(navy)
    canvas.rect(0, 0, 612, 792, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.setFont("Helvetica", 24)
    canvas.drawString(80, 600, "What the agency said")
    canvas.setFillColor(yellow)
    words(canvas)


def withheld(label: str = "", at: float = 300) -> Draw:
    """A true redaction: nothing is beneath."""

    def draw(canvas: Canvas) -> None:
        words(canvas)
        canvas.rect(at, 54, 130, 22, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.drawString(at + 10, 60, label)

    return draw


def form_fields(canvas: Canvas) -> None:
    words(canvas)
    form = canvas.acroForm
    form.textfield(name="name", x=100, y=90, width=200, height=20, value="Anna Sample", borderWidth=1)
    form.checkbox(name="yes", x=320, y=90, checked=True)
    form.textfield(name="city", x=100, y=30, width=200, height=20, value="", fillColor=yellow)


def links(canvas: Canvas) -> None:
    words(canvas)
    canvas.linkURL("https://example.org/", (98, 56, 190, 74), relative=0, thickness=1)


def shown_layer(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Notes"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(ON=Array([layer])))
    page = pdf.pages[0]
    page.Resources.Properties = Dictionary(L0=layer)
    font = next(iter(page.Resources.Font.keys()))
    page.contents_add(f"q /OC /L0 BDC BT {font} 12 Tf 100 90 Td (ANNA AGAIN) Tj ET EMC Q".encode())


def turned(degrees: int) -> Finish:
    def finish(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Rotate = degrees

    return finish


DRAWN: dict[str, Draw] = {
    "prose": words,
    "table": table,
    "table_cells_painted_white_first": table_cells_painted_white_first,
    "bars_with_numbers_in_them": bars,
    "pie_with_a_word_in_it": pie,
    "white_heading_on_black": before(box(black), white),
    "white_heading_on_navy": before(box(navy), white),
    "yellow_on_blue": before(box(blue), yellow),
    "words_on_a_pale_box": before(box(Color(1, 1, 0.8))),
    "words_on_a_white_box": before(box(white)),
    "pale_grey_words": before(lambda canvas: None, Color(0.75, 0.75, 0.75)),
    "yellow_words_on_white": before(lambda canvas: None, yellow),
    "highlighter": after(box(yellow, alpha=0.4)),
    "grey_veil_of_70_percent": after(box(Color(0.5, 0.5, 0.5), alpha=0.7)),
    "white_veil_of_80_percent": after(box(white, alpha=0.8)),
    "box_beside_the_words": after(box(black, at=(300, 54, 100, 20))),
    "box_that_touches_the_words": after(box(black, at=(94, 44, 130, 14))),
    "white_box_over_nothing": after(box(white, at=(300, 30, 200, 60))),
    "frame_around_the_words": after(lambda canvas: canvas.rect(*COVER, stroke=1, fill=0)),
    "watermark_over_the_words": over_prose(60, Color(0.9, 0.9, 0.9), alpha=0.5),
    "watermark_of_10_percent": over_prose(60, black, alpha=0.1),
    "watermark_in_red": over_prose(40, Color(1, 0.6, 0.6), alpha=0.4),
    "shadow": shadow,
    "white_edge_behind": white_edge_behind,
    "painted_twice": painted_twice,
    "outlined": outlined,
    "white_with_a_black_edge": white_with_a_black_edge,
    "small_print_of_4_pt": sized(4),
    "small_print_of_2_pt": sized(2),
    "struck_through": struck_through,
    "leaders_and_dashes": leaders,
    "clipped_to_its_cell": clipped_to_its_cell,
    "white_words_on_a_photograph": on_a_photograph,
    "signature_over_a_line": after(picture_at(signature, 90, 40)),
    "picture_beside_the_words": after(picture_at(noise, 300, 40)),
    "scanned_clipping_in_prose": scanned_with_prose,
    "true_redaction": withheld(),
    "true_redaction_with_a_code": withheld("(b)(6)"),
    "redactions_on_a_line": after(withheld("b7C", at=400)),
    "form_fields": form_fields,
    "links": links,
}
ALONE: dict[str, Draw] = {
    "scan_with_its_layer_beneath": scan_layer_beneath,
    "scan_with_a_layer_without_ink": scan_layer_without_ink,
    "scan_with_a_layer_without_ink_beneath": scan_layer_without_ink_beneath,
    "scan_in_strips": scan_in_strips,
    "scan_in_strips_over_black_words": scan_in_strips_over_black_words,
    "stamped_scan": stamped_scan,
    "slide": slide,
    "blank": lambda canvas: None,
}
FINISHED: dict[str, tuple[Draw, Finish]] = {
    "highlight_annotation": (
        words,
        annotated("Highlight", AP=looks(b"1 1 0 rg", "Multiply"), QuadPoints=QUADS),
    ),
    "highlight_annotation_without_appearance": (
        words,
        annotated("Highlight", QuadPoints=QUADS, C=Array([1, 1, 0])),
    ),
    "underline_annotation": (words, annotated("Underline", QuadPoints=QUADS, C=Array([1, 0, 0]))),
    "hollow_square": (words, annotated("Square", C=Array([1, 0, 0]))),
    "link_annotation": (words, annotated("Link", Border=Array([0, 0, 1]))),
    "note_annotation": (words, annotated("Text", Contents="A note")),
    "layer_switched_on": (words, shown_layer),
} | {
    f"{name}_on_a_page_turned_{degrees}": (draw, turned(degrees))
    for degrees in (90, 180, 270)
    for name, draw in (("table", table), ("white_heading", before(box(black), white)))
}
