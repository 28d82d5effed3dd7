"""Makes PDFs that hold words to be covered, in each of the ways that a PDF can hold a word."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import reportlab
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, Stream, String
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from ingest.page import Box

WIDTH, HEIGHT = 440.0, 480.0
LEFT, TOP, STEP, SIZE = 36.0, 50.0, 23.0, 11.0
PAGES, LINES, WORDS = 3, 18, 5
_FONT_FILE = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"


@dataclass
class Case:
    """A PDF of three pages. ``secrets`` stand on page ``number``; ``places`` are where, when no reader can
    tell; ``beside`` are the words around them, ``elsewhere`` those of the other pages."""

    kind: str
    data: bytes
    number: int
    secrets: tuple[str, ...]
    beside: tuple[str, ...]
    elsewhere: tuple[str, ...]
    places: tuple[Box, ...] = ()


@dataclass
class _Draft:
    chance: random.Random
    pages: list[list[list[str]]] = field(default_factory=list)  # page, line, word
    number: int = 1
    secrets: tuple[str, ...] = ()

    @classmethod
    def make(cls, seed: int) -> _Draft:
        chance = random.Random(seed)
        pages = [[[_word(chance) for _ in range(WORDS)] for _ in range(LINES)] for _ in range(PAGES)]
        number = chance.randint(1, PAGES)
        on_page = [word for line in pages[number - 1] for word in line]
        secrets = tuple(chance.sample(on_page, chance.randint(1, 3)))
        return cls(chance, pages, number, secrets)

    def case(self, kind: str, data: bytes, places: Sequence[Box] = ()) -> Case:
        on_page = [word for line in self.pages[self.number - 1] for word in line]
        return Case(
            kind,
            data,
            self.number,
            self.secrets,
            tuple(word for word in on_page if word not in self.secrets),
            tuple(
                word
                for number, page in enumerate(self.pages, 1)
                for line in page
                for word in line
                if number != self.number
            ),
            tuple(places),
        )

    @property
    def secret_lines(self) -> list[list[str]]:
        return self.pages[self.number - 1]


def make_case(seed: int) -> Case:
    """The same case for the same number; the kinds take turns."""
    kind = list(KINDS)[seed % len(KINDS)]
    return KINDS[kind](_Draft.make(seed), kind)


def _word(chance: random.Random) -> str:
    if chance.random() < 0.15:
        return f"A{chance.randint(10**8, 10**9 - 1)}"
    letters = "".join(
        chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(chance.randint(4, 5))
    )
    return letters.capitalize() if chance.random() < 0.5 else letters


# Text ------------------------------------------------------------------------------------------------------


def _plain(draft: _Draft, kind: str) -> Case:
    return draft.case(kind, _typed(draft, "Helvetica"))


def _subset(draft: _Draft, kind: str) -> Case:
    pdfmetrics.registerFont(TTFont("Vera", str(_FONT_FILE)))
    return draft.case(kind, _typed(draft, "Vera"))


def _typed(draft: _Draft, font: str) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=True)
    for page in draft.pages:
        canvas.setFont(font, SIZE)
        for row, line in enumerate(page):
            canvas.drawString(LEFT, HEIGHT - TOP - row * STEP, " ".join(line))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _kerned(draft: _Draft, kind: str) -> Case:
    return draft.case(kind, _saved(_by_hand(draft, lambda text: _in_pieces(text, draft.chance))))


def _in_hex(draft: _Draft, kind: str) -> Case:
    return draft.case(kind, _saved(_by_hand(draft, lambda text: f"<{text.encode().hex()}> Tj")))


def _in_pieces(text: str, chance: random.Random) -> str:
    return "[" + " ".join(f"({letter}) {chance.randint(-30, 30)}" for letter in text) + "] TJ"


def _shown(text: str) -> str:
    return f"({text}) Tj"


def _content(lines: Sequence[Sequence[str]], show: Callable[[str], str] = _shown) -> bytes:
    rows = [
        f"BT /F1 {SIZE} Tf {LEFT} {HEIGHT - TOP - row * STEP} Td {show(' '.join(line))} ET"
        for row, line in enumerate(lines)
    ]
    return "\n".join(rows).encode()


def _by_hand(draft: _Draft, show: Callable[[str], str] = _shown) -> Pdf:
    """A PDF written object by object, all pages with the same resources."""
    pdf = Pdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    resources = pdf.make_indirect(Dictionary(Font=Dictionary(F1=font), XObject=Dictionary()))
    for lines in draft.pages:
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, WIDTH, HEIGHT]),
            Resources=resources,
            Contents=Stream(pdf, _content(lines, show)),
        )
        pdf.pages.append(pikepdf.Page(page))
    return pdf


def _saved(pdf: Pdf, *, packed: bool = False) -> bytes:
    buffer = io.BytesIO()
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    pdf.save(buffer, object_stream_mode=mode)
    return buffer.getvalue()


def _page(pdf: Pdf, draft: _Draft) -> pikepdf.Object:
    return pdf.pages[draft.number - 1].obj


# Forms, pictures -------------------------------------------------------------------------------------------


def _shared_form(draft: _Draft, kind: str) -> Case:
    """The words are in a form that every page lists and one page shows."""
    pdf = _by_hand(draft)
    page = _page(pdf, draft)
    page.Resources.XObject.Secret = _form(pdf, page.Contents.read_bytes(), page.Resources)
    page.Contents = Stream(pdf, b"/Secret Do")
    return draft.case(kind, _saved(pdf))


def _nested_form(draft: _Draft, kind: str) -> Case:
    pdf = _by_hand(draft)
    page = _page(pdf, draft)
    inner = _form(pdf, page.Contents.read_bytes(), page.Resources)
    outer = _form(pdf, b"q 1 0 0 1 10 -10 cm /Inner Do Q", Dictionary(XObject=Dictionary(Inner=inner)))
    page.Resources = Dictionary(XObject=Dictionary(Outer=outer))
    page.Contents = Stream(pdf, b"q 1 0 0 1 -10 10 cm /Outer Do Q")
    return draft.case(kind, _saved(pdf))


def _form(pdf: Pdf, content: bytes, resources: pikepdf.Object) -> pikepdf.Object:
    form = Stream(pdf, content)
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox, form.Resources = Array([0, 0, WIDTH, HEIGHT]), Dictionary(Font=resources.get("/Font"))
    if "/XObject" in resources:
        form.Resources.XObject = resources.XObject
    return pdf.make_indirect(form)


def _picture(draft: _Draft, kind: str) -> Case:
    pdf = _by_hand(draft)
    places = _paint(pdf, draft)
    return draft.case(kind, _saved(pdf), places)


def _scan_with_layer(draft: _Draft, kind: str) -> Case:
    """A picture of the words, and the words themselves, not painted."""
    pdf = _by_hand(draft)
    page = _page(pdf, draft)
    places = _paint(pdf, draft)
    words = "\n".join(
        f"BT 3 Tr /F1 {SIZE} Tf {x:.2f} {HEIGHT - TOP - row * STEP} Td ({word}) Tj ET"
        for row, x, _, word in _typeset(draft)
    )
    page.Contents = Stream(pdf, page.Contents.read_bytes() + b"\n" + words.encode())
    return draft.case(kind, _saved(pdf), places)


def _typeset(draft: _Draft) -> Iterator[tuple[int, float, float, str]]:
    """Row, left and right edge in points of each word of the secret page."""
    font = ImageFont.truetype(str(_FONT_FILE), SIZE * 10)
    for row, line in enumerate(draft.secret_lines):
        x = LEFT
        for word in line:
            width = font.getlength(word) / 10
            yield row, x, x + width, word
            x += width + 8


def _paint(pdf: Pdf, draft: _Draft, dpi: float = 200.0) -> list[Box]:
    """Make the secret page a picture; where the secrets are on it."""
    scale = dpi / 72
    picture = Image.new("L", (round(WIDTH * scale), round(HEIGHT * scale)), 255)
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(str(_FONT_FILE), SIZE * scale)
    places = []
    for row, left, right, word in _typeset(draft):
        baseline = TOP + row * STEP
        pen.text((left * scale, baseline * scale), word, fill=0, font=font, anchor="ls")
        if word in draft.secrets:
            places.append(Box(left - 1, baseline - SIZE, right + 1, baseline + 0.3 * SIZE))
    page, image = _page(pdf, draft), Stream(pdf, picture.tobytes())
    image.Type, image.Subtype, image.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
    image.Width, image.Height, image.BitsPerComponent = picture.width, picture.height, 8
    page.Resources = Dictionary(Font=page.Resources.Font, XObject=Dictionary(Im1=pdf.make_indirect(image)))
    page.Contents = Stream(pdf, f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Im1 Do Q".encode())
    return places


# The page's own box ----------------------------------------------------------------------------------------


def _turned(draft: _Draft, kind: str) -> Case:
    pdf = _by_hand(draft)
    _page(pdf, draft).Rotate = draft.chance.choice((90, 180, 270))
    return draft.case(kind, _saved(pdf))


def _cropped(draft: _Draft, kind: str) -> Case:
    pdf = _by_hand(draft)
    page = _page(pdf, draft)
    page.MediaBox = Array([-50, -70, WIDTH + 100, HEIGHT + 40])
    page.CropBox = Array([17, 23, WIDTH + 30, HEIGHT + 11])
    page.Rotate = draft.chance.choice((0, 90, 180, 270))
    return draft.case(kind, _saved(pdf))


# What a file keeps beside its pages ------------------------------------------------------------------------


def _updated(draft: _Draft, kind: str) -> Case:
    """The file was changed after it was written: the earlier version is still in it."""
    pdf = _by_hand(draft)
    data = bytearray(_saved(pdf))
    with Pdf.open(io.BytesIO(data)) as opened:
        number = opened.pages[draft.number - 1].obj.Contents.objgen[0]
        root = opened.trailer.Root.objgen[0]
        size = int(opened.trailer.Size)
    start = data.rindex(b"startxref") + len(b"startxref")
    previous = int(data[start:].split()[0])
    content = _content(draft.secret_lines) + b"\n% a later version"
    at = len(data)
    data += b"%d 0 obj\n<< /Length %d >>\nstream\n%b\nendstream\nendobj\n" % (number, len(content), content)
    table = len(data)
    data += b"xref\n0 1\n0000000000 65535 f \n%d 1\n%010d 00000 n \n" % (number, at)
    data += b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        root,
        previous,
        table,
    )
    return draft.case(kind, bytes(data))


def _packed(draft: _Draft, kind: str) -> Case:
    """Objects in streams; the words also in the file's title, its outline and its named places."""
    pdf = _by_hand(draft)
    said = " ".join(draft.secrets)
    pdf.docinfo["/Title"], pdf.docinfo["/Keywords"] = said, said
    with pdf.open_outline() as outline:
        outline.root.append(OutlineItem(f"About {said}", draft.number - 1))
    place = Array([pdf.pages[draft.number - 1].obj, Name.Fit])
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String(said), place])))
    return draft.case(kind, _saved(pdf, packed=True))


def _described(draft: _Draft, kind: str) -> Case:
    """Metadata of file and page, an attachment, a script, what a program kept for itself."""
    pdf = _by_hand(draft)
    said = " ".join(draft.secrets)
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = said
        metadata["dc:description"] = said
    pdf.attachments["list.txt"] = said.encode()
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{said}')"))
    for page in pdf.pages:
        page.obj.PieceInfo = Dictionary(Maker=Dictionary(Private=String(said)))
        page.obj.Metadata = pdf.make_indirect(Stream(pdf, said.encode()))
        page.obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String(said)))
    pdf.make_indirect(Stream(pdf, said.encode()))
    return draft.case(kind, _saved(pdf))


def _annotated(draft: _Draft, kind: str) -> Case:
    """Comments on every page that say the words again, as text and as rich text."""
    pdf = _by_hand(draft)
    said = " ".join(draft.secrets)
    for page in pdf.pages:
        note = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Text,
            Rect=Array([300, 20, 320, 40]),
            Contents=String(said),
            RC=String(f"<body><p>{said}</p></body>"),
            T=String(said),
        )
        link = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([40, 20, 80, 40]),
            A=Dictionary(S=Name.URI, URI=String("https://example.org/" + said.replace(" ", "-"))),
        )
        page.obj.Annots = Array([pdf.make_indirect(note), pdf.make_indirect(link)])
    return draft.case(kind, _saved(pdf))


def _filled_form(draft: _Draft, kind: str) -> Case:
    """The words are the values of fields."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=True)
    places = []
    for number, page in enumerate(draft.pages, 1):
        canvas.setFont("Helvetica", SIZE)
        for row, line in enumerate(page):
            y = HEIGHT - TOP - row * STEP
            for column, word in enumerate(line):
                x = LEFT + column * 78
                if number == draft.number and word in draft.secrets:
                    canvas.acroForm.textfield(
                        name=f"field{row}{column}",
                        value=word,
                        x=int(x),
                        y=int(y) - 4,
                        width=76,
                        height=17,
                        fontSize=10,
                    )
                    places.append(Box(x - 1, HEIGHT - y - 14, x + 77, HEIGHT - y + 5))
                else:
                    canvas.drawString(x, y, word)
        canvas.showPage()
    canvas.save()
    return draft.case(kind, buffer.getvalue(), places)


def _tagged(draft: _Draft, kind: str) -> Case:
    """Marked content and the tree of tags say the words for those who listen, on every page."""
    pdf = _by_hand(draft)
    said = " ".join(draft.secrets)
    for page in pdf.pages:
        content = page.obj.Contents.read_bytes()
        page.obj.Contents = Stream(
            pdf, b"/Span << /MCID 0 /ActualText (" + said.encode() + b") >> BDC\n" + content + b"\nEMC"
        )
        page.obj.StructParents = 0
    element = Dictionary(
        Type=Name.StructElem,
        S=Name.P,
        Pg=_page(pdf, draft),
        K=0,
        ActualText=String(said),
        Alt=String(said),
    )
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    element.P = root
    root.K = Array([pdf.make_indirect(element)])
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
    return draft.case(kind, _saved(pdf))


def _said_unseen(draft: _Draft, kind: str) -> Case:
    """The words stand once more on another page, where nobody sees them."""
    pdf = _by_hand(draft)
    other = pdf.pages[draft.number % PAGES].obj
    said = " ".join(draft.secrets).encode()
    hidden = b"\nBT 1 1 1 rg /F1 12 Tf 36 8 Td (" + said + b") Tj ET"
    other.Contents = Stream(pdf, other.Contents.read_bytes() + hidden)
    return draft.case(kind, _saved(pdf))


KINDS: dict[str, Callable[[_Draft, str], Case]] = {
    "plain": _plain,
    "subset font": _subset,
    "kerned": _kerned,
    "hexadecimal": _in_hex,
    "shared form": _shared_form,
    "nested form": _nested_form,
    "picture": _picture,
    "picture with words beneath": _scan_with_layer,
    "turned": _turned,
    "cropped": _cropped,
    "updated": _updated,
    "object streams": _packed,
    "described": _described,
    "annotated": _annotated,
    "filled form": _filled_form,
    "tagged": _tagged,
    "said unseen elsewhere": _said_unseen,
}
