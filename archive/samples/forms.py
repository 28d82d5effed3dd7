"""A blank form of the detainer kind, filled in by typewriter and released with almost nothing left."""

from __future__ import annotations

from datetime import date

from reportlab.pdfgen.canvas import Canvas

from archive.rules.statuses import DocumentKind
from archive.samples.documents import Description, SampleDocument
from archive.samples.furniture import bates_stamp, pen_stroke, punch_holes
from archive.samples.paper import Furniture, Place
from archive.samples.redaction import RedactionBox, RedactionLook, draw_redaction
from archive.samples.scanning import Scanner
from archive.samples.story import BATES_PREFIX, FIRST_RELEASE, ICE, SANTA_CLARA

_FIELDS = (  # label, x, y from the top, width, typed, exemptions
    ("Subject ID", 40, 118, 170, "", ("b7E",)),
    ("File No.", 220, 118, 170, "", ("b6", "b7C")),
    ("Date", 400, 118, 172, "June 18, 2010", ()),
    ("TO: (Name and title of institution)", 40, 160, 262, "Dept. of Correction, Elmwood", ()),
    ("FROM: (Office address)", 310, 160, 262, "DRO San Jose, CA", ()),
    ("Name of alien", 40, 214, 262, "", ("b6", "b7C")),
    ("Date of birth", 310, 214, 80, "", ("b6", "b7C")),
    ("Nationality", 398, 214, 90, "MEXICO", ()),
    ("Sex", 496, 214, 76, "F", ()),
)
_BOXES = (
    (
        True,
        "An investigation has been started to see whether this person is subject to removal.",
    ),
    (
        False,
        "A Notice to Appear that starts removal proceedings was served on ________.",
    ),
    (False, "A warrant of arrest in removal proceedings was served on ________."),
    (False, "Deportation or removal from the United States has been ordered."),
)
_REQUESTS = (
    (
        True,
        "Please accept this notice as a detainer. It does not limit your discretion in any decision.",
    ),
    (
        True,
        "Under 8 CFR 287.7, please hold this person for no more than 48 hours beyond the time of release.",
    ),
    (
        True,
        "Please tell this office the time of release 30 days before, or as early as you can.",
    ),
    (
        False,
        "Please tell this office if the inmate dies or is moved to another institution.",
    ),
    (False, "Please cancel the detainer previously placed by this office on ________."),
)
_BACK = (
    "INSTRUCTIONS",
    "",
    "1. This form is a request. It is not a warrant and was not reviewed by a judge.",
    "2. The 48 hours begin when the person would otherwise be released. Saturdays, Sundays and holidays are",
    "    not counted. If no officer has come by then, the person is to be released.",
    "3. The agency that holds the person is not reimbursed for the time, except as the State Criminal Alien",
    "    Assistance Program provides.",
    "4. Return one copy to the office that lodged the detainer. Keep one copy with the booking record.",
    "5. Form I-247S (statement of receipt) may be used in place of the copy.",
)


def detainer_form(first: int) -> SampleDocument:
    """Two sides, copied in grey."""
    stamp = bates_stamp(BATES_PREFIX, first)
    told = Description(
        "Immigration Detainer - Notice of Action (Form I-247), released in part",
        DocumentKind.FORM,
        ICE,
        date(2010, 6, 18),
        SANTA_CLARA,
        FIRST_RELEASE,
    )
    pages = [_with(stamp, _front), _with(stamp, _back)]
    scanner = Scanner(seed=247, skew_degrees=0.9, grain=9)
    return SampleDocument("form-i-247-detainer", told, pages, scanner=scanner)


def _with(stamp: Furniture, side: Furniture) -> Furniture:
    def draw(canvas: Canvas, place: Place) -> None:
        stamp(canvas, place)
        punch_holes(500, 300)(canvas, place)
        side(canvas, place)

    return draw


def _front(canvas: Canvas, place: Place) -> None:
    height = place.size[1]
    canvas.setFont("Helvetica", 9.5)
    canvas.drawString(40, height - 64, "U.S. Department of Homeland Security")
    canvas.setFont("Helvetica-Bold", 13)
    canvas.drawRightString(572, height - 64, "Immigration Detainer - Notice of Action")
    canvas.setLineWidth(1.6)
    canvas.line(40, height - 72, 572, height - 72)
    for label, x, below, width, typed, codes in _FIELDS:
        _field(canvas, label, (x, height - below, width), typed, codes)
    canvas.setFont("Helvetica-Bold", 9.5)
    canvas.drawString(40, height - 262, "The action marked below has been taken on this inmate:")
    y = _checked(canvas, _BOXES, height - 284)
    canvas.setFont("Helvetica-Bold", 9.5)
    canvas.drawString(40, y - 8, "It is requested that you:")
    y = _checked(canvas, _REQUESTS, y - 30)
    _signed(canvas, y - 40)
    canvas.setFont("Helvetica", 8)
    canvas.drawString(40, 46, "Form I-247 (sample, Rev. 04-01-97) Front")


def _field(
    canvas: Canvas, label: str, where: tuple[float, float, float], typed: str, codes: tuple[str, ...]
) -> None:
    x, y, width = where
    canvas.setLineWidth(0.7)
    canvas.rect(x, y - 8, width, 36)
    canvas.setFont("Helvetica", 7)
    canvas.drawString(x + 3, y + 20, label)
    canvas.setFont("Courier", 11)
    canvas.drawString(x + 6, y, typed)
    if codes:
        box = RedactionBox(x + 6, y, width - 16, 11, codes)
        draw_redaction(canvas, box, RedactionLook.BLACK_WITH_CODE)


def _checked(canvas: Canvas, items: tuple[tuple[bool, str], ...], y: float) -> float:
    for ticked, words in items:
        canvas.rect(46, y - 1, 9, 9)
        if ticked:
            canvas.setFont("Courier-Bold", 11)
            canvas.drawString(47.5, y, "X")
        canvas.setFont("Helvetica", 9)
        canvas.drawString(64, y, words)
        y -= 25
    return y


def _signed(canvas: Canvas, y: float) -> None:
    pen_stroke(canvas, "field officer", 60, y + 8)
    draw_redaction(
        canvas, RedactionBox(56, y + 8, 160, 20, ("b6", "b7C")), RedactionLook.BLACK_WITH_CODE, margin_x=0
    )
    canvas.line(40, y - 4, 300, y - 4)
    canvas.setFont("Helvetica", 7.5)
    canvas.drawString(40, y - 14, "(Signature and title of officer)")
    canvas.line(330, y - 4, 572, y - 4)
    canvas.drawString(330, y - 14, "Receipt acknowledged: latest conviction / latest charge")
    canvas.setFont("Courier", 11)
    canvas.drawString(336, y, "NONE / 12500(A) VC DISMISSED")


def _back(canvas: Canvas, place: Place) -> None:
    y = place.size[1] - 90
    for line in _BACK:
        canvas.setFont("Helvetica-Bold" if line == "INSTRUCTIONS" else "Helvetica", 10)
        canvas.drawString(48, y, line)
        y -= 19
    canvas.setFont("Helvetica", 8)
    canvas.drawString(40, 46, "Form I-247 (sample, Rev. 04-01-97) Back")
