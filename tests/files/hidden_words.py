"""Pages on which the words MARIA QUINTERO can be read in the file and not on the page, one a way.

Everybody and everything in them is made up.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw
from reportlab.lib.colors import CMYKColor, Color, black, navy, red, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.scans import scan_image

SECRET = "MARIA QUINTERO"
PAGE = (612.0, 792.0)
AT = (100.0, 60.0)  # where the words stand, from the lower left
COVER = (94.0, 54.0, 130.0, 22.0)  # x, y, width, height of what is laid over them at 12 pt

Draw = Callable[[Canvas], None]
Finish = Callable[[pikepdf.Pdf], None]


def secret(canvas: Canvas, size: float = 12.0) -> None:
    """The words, in black."""
    canvas.setFillColor(black)
    canvas.setFont("Helvetica", size)
    canvas.drawString(*AT, SECRET)


def covered(colour: Color, *, size: float = 12.0, alpha: float = 1.0) -> Draw:
    """The words with a rectangle painted after them."""

    def draw(canvas: Canvas) -> None:
        secret(canvas, size)
        canvas.setFillColor(colour, alpha=alpha)
        x, y, width, height = COVER
        canvas.rect(x, y, width * size / 12, height * size / 12, stroke=0, fill=1)

    return draw


def coloured(colour: Color, beneath: Color | None = None) -> Draw:
    """The words in the colour of what they stand on."""

    def draw(canvas: Canvas) -> None:
        if beneath is not None:
            canvas.setFillColor(beneath)
            canvas.rect(*COVER, stroke=0, fill=1)
        canvas.setFillColor(colour)
        canvas.drawString(*AT, SECRET)

    return draw


def drawn_as_lines(canvas: Canvas) -> None:
    secret(canvas)
    x, y, width, height = COVER
    path = canvas.beginPath()
    path.moveTo(x, y)
    for corner in ((x + width, y), (x + width, y + height), (x, y + height)):
        path.lineTo(*corner)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def rounded(canvas: Canvas) -> None:
    secret(canvas)
    canvas.roundRect(*COVER, radius=6, stroke=0, fill=1)


def ellipse(canvas: Canvas) -> None:
    secret(canvas)
    canvas.ellipse(60, 30, 260, 100, stroke=0, fill=1)


def thick_stroke(canvas: Canvas) -> None:
    secret(canvas)
    canvas.setLineWidth(20)
    canvas.line(94, 64, 226, 64)


def thin_stacked_boxes(canvas: Canvas) -> None:
    secret(canvas)
    for number in range(12):
        canvas.rect(94, 54 + 2 * number, 130, 2.2, stroke=0, fill=1)


def narrow_boxes_side_by_side(canvas: Canvas) -> None:
    secret(canvas)
    for number in range(26):
        canvas.rect(94 + 5 * number, 54, 5.2, 22, stroke=0, fill=1)


def labelled(canvas: Canvas) -> None:
    covered(black)(canvas)
    canvas.setFillColor(white)
    canvas.drawString(140, 60, "(b)(6)")


def on_cream(canvas: Canvas) -> None:
    cream = Color(0.98, 0.96, 0.88)
    canvas.saveState()
    canvas.setFillColor(cream)
    canvas.rect(40, 30, 400, 60, stroke=0, fill=1)
    canvas.restoreState()
    covered(cream)(canvas)


def picture_over(picture: Image.Image) -> Draw:
    """The words with a picture painted after them."""

    def draw(canvas: Canvas) -> None:
        secret(canvas)
        canvas.drawImage(ImageReader(picture), *COVER)

    return draw


def noise() -> Image.Image:
    """What a photograph of gravel would be: every point another shade."""
    dice = random.Random(4)
    picture = Image.new("L", (130, 22))
    picture.putdata([dice.randrange(256) for _ in range(130 * 22)])
    return picture


def inline_picture(canvas: Canvas) -> None:
    secret(canvas)
    canvas.drawInlineImage(Image.new("RGB", (20, 4), "black"), *COVER)


def shaded(canvas: Canvas) -> None:
    secret(canvas)
    x, y, width, height = COVER
    path = canvas.beginPath()
    path.rect(x, y, width, height)
    canvas.saveState()
    canvas.clipPath(path, stroke=0)
    canvas.linearGradient(x, y, x + width, y, (black, Color(0.9, 0.2, 0.2)))
    canvas.restoreState()


def in_a_form(canvas: Canvas) -> None:
    secret(canvas)
    canvas.beginForm("cover")
    canvas.rect(*COVER, stroke=0, fill=1)
    canvas.endForm()
    canvas.doForm("cover")


def in_a_form_in_a_form(canvas: Canvas) -> None:
    secret(canvas)
    canvas.beginForm("inner")
    canvas.rect(*COVER, stroke=0, fill=1)
    canvas.endForm()
    canvas.beginForm("outer")
    canvas.doForm("inner")
    canvas.endForm()
    canvas.doForm("outer")


def words_in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("words")
    secret(canvas)
    canvas.endForm()
    canvas.doForm("words")
    canvas.setFillColor(white)
    canvas.rect(*COVER, stroke=0, fill=1)


def white_words_in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("words")
    canvas.setFillColor(white)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(*AT, SECRET)
    canvas.endForm()
    canvas.doForm("words")


def without_ink(canvas: Canvas) -> None:
    words = canvas.beginText(*AT)
    words.setTextRenderMode(3)
    words.textLine(SECRET)
    canvas.drawText(words)


def transparent(canvas: Canvas) -> None:
    canvas.setFillColor(black, alpha=0.0)
    canvas.drawString(*AT, SECRET)


def white_with_a_rule_through(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    canvas.drawString(*AT, SECRET)
    canvas.setStrokeColor(black)
    canvas.line(90, 64, 250, 64)


def white_underlined(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    canvas.drawString(*AT, SECRET)
    canvas.line(90, 58, 250, 58)


def white_lines(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    canvas.drawString(100, 74, "HER NAME IS")
    canvas.drawString(*AT, SECRET)


def sized(size: float) -> Draw:
    """The words in tiny type."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        canvas.drawString(*AT, SECRET)

    return draw


def squeezed(canvas: Canvas) -> None:
    words = canvas.beginText(*AT)
    words.setHorizScale(0.5)
    words.textLine(SECRET)
    canvas.drawText(words)


def clipped(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(300, 300, 50, 50)
    canvas.saveState()
    canvas.clipPath(path, stroke=0)
    canvas.drawString(*AT, SECRET)
    canvas.restoreState()


def half_covered(canvas: Canvas) -> None:
    secret(canvas)
    canvas.drawString(230, 60, "lives in Exampletown")
    canvas.rect(*COVER, stroke=0, fill=1)


def turned(degrees: float) -> Draw:
    """The words and their box, turned on the page."""

    def draw(canvas: Canvas) -> None:
        canvas.translate(400, 30)
        canvas.rotate(degrees)
        canvas.translate(-AT[0], -AT[1])
        covered(black)(canvas)

    return draw


def beside_the_media_box(canvas: Canvas) -> None:
    canvas.drawString(-300, 60, SECRET)


# What cannot be drawn is added to a page with the words in plain sight -------------------------------


def annotated(kind: str, **entries: object) -> Finish:
    """An annotation over the words."""

    def finish(pdf: pikepdf.Pdf) -> None:
        x, y, width, height = COVER
        annotation = Dictionary(
            Type=Name.Annot, Subtype=Name("/" + kind), F=4, Rect=Array([x, y, x + width, y + height])
        )
        for name, value in entries.items():
            annotation[Name("/" + name)] = value(pdf) if callable(value) else value
        pdf.pages[0].Annots = pdf.make_indirect(Array([pdf.make_indirect(annotation)]))

    return finish


def looks(paint: bytes, blend: str = "Normal") -> Callable[[pikepdf.Pdf], Dictionary]:
    """An appearance that fills the annotation's place."""

    def make(pdf: pikepdf.Pdf) -> Dictionary:
        look = pdf.make_stream(b"/G0 gs " + paint + b" 0 0 130 22 re f")
        look.Type, look.Subtype = Name.XObject, Name.Form
        look.BBox = Array([0, 0, 130, 22])
        look.Resources = Dictionary(ExtGState=Dictionary(G0=Dictionary(BM=Name("/" + blend))))
        return Dictionary(N=look)

    return make


QUADS = Array([94, 76, 224, 76, 94, 54, 224, 54])


def burnt_into_a_scan(shade: int) -> Draw:
    """A scan whose box is part of the picture, made after its words were read by a program."""
    return lambda canvas: _scan_with_box(canvas, shade)


def _scan_with_box(canvas: Canvas, shade: int) -> None:
    picture = scan_image("A detainer is a request and not a command\n\nsaid the county to the agency")
    ImageDraw.Draw(picture).rectangle((180, 330, 900, 420), fill=shade)
    canvas.drawImage(ImageReader(picture), 0, 0, 612, 792)
    for height, line in (
        (708, "A detainer is a request and not a command"),
        (656, SECRET),
        (671, "said the county"),
    ):
        words = canvas.beginText(72, height)
        words.setTextRenderMode(3)
        words.textLine(line)
        canvas.drawText(words)


def cropped(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].CropBox = Array([0, 100, 612, 792])


def layer_switched_off(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Notes"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    page = pdf.pages[0]
    page.Resources.Properties = Dictionary(L0=layer)
    fonts = page.Resources.Font
    page.contents_add(
        f"q /OC /L0 BDC BT {next(iter(fonts.keys()))} 12 Tf 100 60 Td ({SECRET}) Tj ET EMC Q".encode()
    )


def page_turned(degrees: int) -> Finish:
    def finish(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Rotate = degrees

    return finish


DRAWN: dict[str, Draw] = {
    "black_box": covered(black),
    "black_box_over_6_pt": covered(black, size=6),
    "black_box_over_8_pt": covered(black, size=8),
    "black_box_over_30_pt": covered(black, size=30),
    "white_box": covered(white),
    "white_box_over_6_pt": covered(white, size=6),
    "white_box_over_30_pt": covered(white, size=30),
    "grey_box": covered(Color(0.6, 0.6, 0.6)),
    "red_box": covered(red),
    "four_colour_black_box": covered(CMYKColor(0, 0, 0, 1)),
    "black_veil_of_97_percent": covered(black, alpha=0.97),
    "white_veil_of_96_percent": covered(white, alpha=0.96),
    "box_drawn_as_lines": drawn_as_lines,
    "rounded_box": rounded,
    "ellipse": ellipse,
    "thick_stroke": thick_stroke,
    "thin_stacked_boxes": thin_stacked_boxes,
    "narrow_boxes_side_by_side": narrow_boxes_side_by_side,
    "box_with_a_label": labelled,
    "cream_box_on_cream": on_cream,
    "black_picture": picture_over(Image.new("L", (40, 40), 0)),
    "white_picture": picture_over(Image.new("L", (40, 40), 255)),
    "noisy_picture": picture_over(noise()),
    "inline_picture": inline_picture,
    "gradient": shaded,
    "box_in_a_form": in_a_form,
    "box_in_a_form_in_a_form": in_a_form_in_a_form,
    "words_in_a_form_under_a_box": words_in_a_form,
    "half_the_line_covered": half_covered,
    "box_turned_30_degrees": turned(30),
    "box_turned_90_degrees": turned(90),
    "white_on_white": coloured(white),
    "nearly_white_on_white": coloured(Color(0.975, 0.975, 0.975)),
    "black_on_a_black_box": coloured(black, beneath=black),
    "navy_on_a_navy_box": coloured(navy, beneath=navy),
    "red_on_a_red_box": coloured(red, beneath=red),
    "white_in_a_form": white_words_in_a_form,
    "white_with_a_rule_through": white_with_a_rule_through,
    "white_underlined": white_underlined,
    "two_white_lines": white_lines,
    "without_ink": without_ink,
    "transparent": transparent,
    "half_a_point_high": sized(0.5),
    "nine_tenths_of_a_point_high": sized(0.9),
    "squeezed_to_nothing": squeezed,
    "clipped_away": clipped,
    "beside_the_media_box": beside_the_media_box,
}
ALONE: dict[str, Draw] = {
    "words_blacked_out_in_a_scan": burnt_into_a_scan(0),
    "words_whited_out_in_a_scan": burnt_into_a_scan(255),
}
FINISHED: dict[str, tuple[Draw, Finish]] = {
    "redaction_never_applied": (secret, annotated("Redact")),
    "square_with_appearance": (secret, annotated("Square", AP=looks(b"0 g"))),
    "square_without_appearance": (secret, annotated("Square", C=Array([0, 0, 0]), IC=Array([0, 0, 0]))),
    "white_free_text": (secret, annotated("FreeText", AP=looks(b"1 g"), Contents="")),
    "black_stamp": (secret, annotated("Stamp", AP=looks(b"0 g"))),
    "black_highlight": (
        secret,
        annotated("Highlight", AP=looks(b"0 g", "Multiply"), QuadPoints=QUADS, C=Array([0, 0, 0])),
    ),
    "black_highlight_without_appearance": (
        secret,
        annotated("Highlight", QuadPoints=QUADS, C=Array([0, 0, 0])),
    ),
    "cropped_away": (secret, cropped),
    "layer_switched_off": (lambda canvas: None, layer_switched_off),
} | {
    f"{name}_on_a_page_turned_{degrees}": (draw, page_turned(degrees))
    for degrees in (90, 180, 270)
    for name, draw in (
        ("black_box", covered(black)),
        ("white_on_white", coloured(white)),
        ("without_ink", without_ink),
        ("thin_stacked_boxes", thin_stacked_boxes),
    )
}
