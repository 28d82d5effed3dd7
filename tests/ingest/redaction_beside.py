"""Words that a file keeps beside what its pages show: earlier versions, comments, fields, tags, metadata."""

from __future__ import annotations

import io

from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, Stream, String
from reportlab.pdfgen.canvas import Canvas

from ingest.page import Box
from tests.ingest.redaction_draft import (
    HEIGHT,
    LEFT,
    PAGES,
    SIZE,
    STEP,
    TOP,
    WIDTH,
    Case,
    Draft,
    by_hand,
    content_of,
    page_of,
    saved,
)


def updated(draft: Draft, kind: str) -> Case:
    """The file was changed after it was written: the earlier version is still in it."""
    pdf = by_hand(draft)
    data = bytearray(saved(pdf))
    with Pdf.open(io.BytesIO(data)) as opened:
        number = opened.pages[draft.number - 1].obj.Contents.objgen[0]
        root = opened.trailer.Root.objgen[0]
        size = int(opened.trailer.Size)
    start = data.rindex(b"startxref") + len(b"startxref")
    previous = int(data[start:].split()[0])
    content = content_of(draft.secret_lines) + b"\n% a later version"
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


def packed(draft: Draft, kind: str) -> Case:
    """Objects in streams; the words also in the file's title, its outline and its named places."""
    pdf = by_hand(draft)
    said = " ".join(draft.secrets)
    pdf.docinfo["/Title"], pdf.docinfo["/Keywords"] = said, said
    with pdf.open_outline() as outline:
        outline.root.append(OutlineItem(f"About {said}", draft.number - 1))
    place = Array([pdf.pages[draft.number - 1].obj, Name.Fit])
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String(said), place])))
    return draft.case(kind, saved(pdf, packed=True))


def described(draft: Draft, kind: str) -> Case:
    """Metadata of file and page, an attachment, a script, what a program kept for itself."""
    pdf = by_hand(draft)
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
    return draft.case(kind, saved(pdf))


def annotated(draft: Draft, kind: str) -> Case:
    """Comments on every page that say the words again, as text and as rich text."""
    pdf = by_hand(draft)
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
    return draft.case(kind, saved(pdf))


def filled_form(draft: Draft, kind: str) -> Case:
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


def tagged(draft: Draft, kind: str) -> Case:
    """Marked content and the tree of tags say the words for those who listen, on every page."""
    pdf = by_hand(draft)
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
        Pg=page_of(pdf, draft),
        K=0,
        ActualText=String(said),
        Alt=String(said),
    )
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    element.P = root
    root.K = Array([pdf.make_indirect(element)])
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
    return draft.case(kind, saved(pdf))


def said_unseen(draft: Draft, kind: str) -> Case:
    """The words stand once more on another page, where nobody sees them."""
    pdf = by_hand(draft)
    other = pdf.pages[draft.number % PAGES].obj
    said = " ".join(draft.secrets).encode()
    hidden = b"\nBT 1 1 1 rg /F1 12 Tf 36 8 Td (" + said + b") Tj ET"
    other.Contents = Stream(pdf, other.Contents.read_bytes() + hidden)
    return draft.case(kind, saved(pdf))
