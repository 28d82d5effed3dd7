"""A sheet that words are set on and withheld from. Distances from the top left, in points."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ingest.page import Box
from tests.redaction_set.marks import IN_MARGIN, WITHOUT_LABEL, Style, TrueMark
from tests.redaction_set.wording import MARGIN_MANNERS, SURE_MANNERS, some_codes, spelled

ASCENT, DESCENT = 0.88, 0.24  # of the type's size: how far a box reaches above and below the base line
LABEL_FONT = "Helvetica"
MARGIN_PT = 76.0  # what a label in the margin must fit into
MARGIN_TYPE = 8.5


@dataclass(frozen=True, slots=True)
class Label:
    """What is written in, or beside, a box."""

    codes: tuple[str, ...] = ()
    text: str = ""

    def width_pt(self, size: float) -> float:
        """How wide it is in type of ``size``."""
        return stringWidth(self.text, LABEL_FONT, size)


@dataclass(slots=True)
class Annotation:
    """A /Redact annotation to be put over ``box``."""

    box: Box
    overlay: str


@dataclass(slots=True)
class Sheet:
    """One page being drawn in one style, and what has been withheld on it so far."""

    canvas: Canvas
    chance: random.Random
    width: float
    height: float
    font: str
    size: float
    style: Style
    manner: str
    left: float = 80.0
    right: float = 520.0
    is_red: bool = False
    margins: dict[int, Label] = field(default_factory=dict)  # the label in the margin of each base line
    marks: list[TrueMark] = field(default_factory=list)
    annotations: list[Annotation] = field(default_factory=list)

    @property
    def label_size(self) -> float:
        """The type of codes."""
        return min(self.size * 0.82, 9.0)

    @property
    def leading(self) -> float:
        """From one base line to the next."""
        return self.size * 1.36

    def width_of(self, text: str) -> float:
        """How wide ``text`` is in the sheet's own type."""
        return stringWidth(text, self.font, self.size)

    def write(self, x: float, baseline: float, text: str, *, font: str = "", size: float = 0.0) -> None:
        """Set ``text`` in black."""
        self.canvas.setFillGray(0)
        self.canvas.setFont(font or self.font, size or self.size)
        self.canvas.drawString(x, self.height - baseline, text)

    def fill(self, box: Box, grey: float | None, *, stroke: float | None = None, line: float = 0.7) -> None:
        """Paint ``box``: filled with a grey, 0 for black, and with a frame if asked."""
        self.canvas.setFillGray(1.0 if grey is None else grey)
        self.canvas.setStrokeGray(stroke or 0.0)
        self.canvas.setLineWidth(line)
        self.canvas.rect(
            box.x0,
            self.height - box.bottom,
            box.x1 - box.x0,
            box.bottom - box.top,
            fill=int(grey is not None),
            stroke=int(stroke is not None),
        )

    def rule(self, x0: float, y0: float, x1: float, y1: float, line: float = 0.7) -> None:
        """A black line."""
        self.canvas.setStrokeGray(0)
        self.canvas.setLineWidth(line)
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def new_label(self, baseline: float) -> Label:
        """The ground for the next mark, spelled as this sheet spells it.

        In a margin there is room for one label on each base line, which serves all boxes on that line.
        """
        if self.style in WITHOUT_LABEL:
            return Label()
        if self.style not in IN_MARGIN:
            return self._some_label()
        label = self.margins.get(round(baseline)) or self._some_label()
        while label.width_pt(MARGIN_TYPE) > MARGIN_PT:
            label = self._some_label()
        return self.margins.setdefault(round(baseline), label)

    def _some_label(self) -> Label:
        codes = some_codes(self.chance)
        return Label(codes, spelled(codes, self._manner()))

    def _manner(self) -> str:
        if self.style in IN_MARGIN:
            return self.manner if self.manner in MARGIN_MANNERS else MARGIN_MANNERS[0]
        if self.style == Style.CODE and self.manner not in SURE_MANNERS:
            return SURE_MANNERS[0]
        return self.manner

    def least_width(self, label: Label) -> float:
        """How wide a mark must be to hold its label: 6 points for one that has none in it."""
        if not label.text or self.style in IN_MARGIN or self.style == Style.ANNOTATION:
            return 14.0
        return label.width_pt(self.label_size) + (22.0 if self.style == Style.CODE else 5.0)

    def line_box(self, x: float, baseline: float, width: float, lines: int = 1) -> Box:
        """The box over ``lines`` lines of type whose first base line is ``baseline``."""
        below = (lines - 1) * self.leading + DESCENT * self.size
        return Box(x - 1, baseline - ASCENT * self.size, x + width + 1, baseline + below)

    def centred(self, box: Box, text: str, size: float, grey: float = 0.0) -> Box:
        """Set a label in the middle of ``box``; where it came to stand."""
        wide, middle = stringWidth(text, LABEL_FONT, size), (box.top + box.bottom) / 2
        x, baseline = (box.x0 + box.x1 - wide) / 2, middle + 0.36 * size
        if self.is_red and grey == 0.0:
            self.canvas.setFillColorRGB(0.8, 0, 0)
        else:
            self.canvas.setFillGray(grey)
        self.canvas.setFont(LABEL_FONT, size)
        self.canvas.drawString(x, self.height - baseline, text)
        return Box(x, baseline - 0.75 * size, x + wide, baseline + 0.2 * size)
