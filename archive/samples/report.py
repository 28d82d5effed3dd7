"""The long one: an inspector general's report with charts, a chronology and tables."""

from __future__ import annotations

from datetime import date

from reportlab.pdfgen.canvas import Canvas

from archive.rules.statuses import DocumentKind
from archive.samples.documents import Description, Manuscript, SampleDocument
from archive.samples.figures import bar_chart, flow_chart, jurisdictions
from archive.samples.furniture import draw_seal
from archive.samples.lines import Style
from archive.samples.markup import read_text
from archive.samples.paper import Place
from archive.samples.redaction import RedactionLook
from archive.samples.story import DHS_OIG
from archive.samples.typesetting import Figure

_TITLE = "What ICE Told Jurisdictions About Taking Part in Secure Communities"
_STYLE = Style(
    size=12.6, leading=1.6, left=84, right=84, top=88, bottom=84, look=RedactionLook.FRAMED, table_size=9.4
)
_GROWTH = (
    ("Dec 2008", 14),
    ("Jun 2009", 70),
    ("Dec 2009", 108),
    ("May 2010", 197),
    ("Dec 2010", 890),
    ("Jun 2011", 1417),
    ("Sep 2011", 1595),
)
_ANSWERS = (
    ("By agreement, or may decline", 96),
    ("May change the date only", 41),
    ("May decline the response only", 58),
    ("No choice", 27),
    ("Cannot be understood", 28),
)


def report_document() -> SampleDocument:
    """The review of what was said."""
    body = Manuscript(_with_table(read_text("report")), _STYLE, [_furniture], figures=_figures())
    told = Description(_TITLE, DocumentKind.REPORT, DHS_OIG, date(2011, 10, 4))
    return SampleDocument("report-oig-what-jurisdictions-were-told", told, [_cover, *body.pages()])


def _with_table(text: str) -> str:
    """The text with the table of Appendix D written out."""
    head = (
        "|= 3 1.6 1.6 1.3 1.3 1.8\n"
        "| **Jurisdiction** | **Activated** | **Submissions** | **Matches** | **Removed** | **No record** |"
    )
    rows = [
        f"| {place.county}, {place.state} | {place.activated} | {place.submissions:,} | {place.matches:,}"
        f" | {place.removed_in_all:,} | {_share(place.removed[3], place.removed_in_all)} |"
        for place in jurisdictions()
    ]
    heading = "# Appendix D\n^ **Matches and Removals in 90 Jurisdictions (made-up figures)**"
    return text.replace("@table-jurisdictions", f"{heading}\n\n~ 8\n\n" + "\n".join([head, *rows]))


def _share(part: int, whole: int) -> str:
    return f"{part:,} ({part / whole:.0%})" if whole else "-"


def _figures() -> dict[str, Figure]:
    places = jurisdictions()
    convictions = zip(
        ("Level 1", "Level 2", "Level 3", "No conviction"),
        (sum(place.removed[level] for place in places) for level in range(4)),
        strict=True,
    )
    return {
        "figure-growth": bar_chart(
            "Figure 1. Active jurisdictions at the end of the quarter",
            _GROWTH,
        ),
        "figure-answers": bar_chart(
            "Figure 2. What 250 statements say on taking part",
            _ANSWERS,
        ),
        "figure-route": flow_chart(
            "Figure 3. Where a submission can be held back",
            ["Jail\nlive scan", "State\nbureau", "CJIS table\nof ORIs", "US-VISIT\nIDENT", "LESC\nresponse"],
        ),
        "figure-objections": bar_chart(
            "Figure 4. Objections by jurisdictions, 2010",
            [("Documented by us", 41), ("Recorded on form SC-12", 9), ("Answered in writing", 6)],
        ),
        "figure-levels": bar_chart(
            "Figure 5. Persons removed or returned, 90 jurisdictions", list(convictions)
        ),
    }


def _cover(canvas: Canvas, place: Place) -> None:
    width, height = place.size
    canvas.setFillColorRGB(0.09, 0.16, 0.33)
    canvas.rect(0, height - 128, width, 62, stroke=0, fill=1)
    canvas.setFillGray(1)
    canvas.setFont("Helvetica-Bold", 15)
    canvas.drawString(150, height - 94, "OFFICE OF INSPECTOR GENERAL")
    canvas.setFont("Helvetica", 11)
    canvas.drawString(150, height - 112, "Department of Homeland Security")
    draw_seal(canvas, 96, height - 200, 46, "SAMPLE - NOT A REAL SEAL -")
    canvas.setFillGray(0)
    canvas.setFont("Times-Bold", 25)
    for number, line in enumerate(
        ("What ICE Told Jurisdictions", "About Taking Part in", "Secure Communities")
    ):
        canvas.drawString(150, height - 320 - 32 * number, line)
    canvas.setFont("Times-Roman", 13)
    canvas.drawString(150, height - 430, "An inspection of statements made from August 2009 to October 2010")
    canvas.setFont("Helvetica", 11)
    canvas.drawString(150, 130, "OIG-S-11-99")
    canvas.drawRightString(width - 84, 130, "October 2011")


def _furniture(canvas: Canvas, place: Place) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.setLineWidth(0.5)
    canvas.drawString(84, place.size[1] - 50, _TITLE)
    canvas.line(84, place.size[1] - 56, place.size[0] - 84, place.size[1] - 56)
    canvas.drawRightString(place.size[0] - 84, 48, f"Page {place.number}")
    canvas.drawString(84, 48, "OIG-S-11-99")
