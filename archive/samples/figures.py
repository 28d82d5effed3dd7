"""Made-up numbers, and the charts drawn of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from archive.samples.typesetting import Figure

_BLUE = (0.16, 0.27, 0.5)
_COUNTIES = """
Harris TX; Dallas TX; Travis TX; Bexar TX; El Paso TX; Tarrant TX; Hidalgo TX; Maricopa AZ;
Pima AZ; Yuma AZ; Los Angeles CA; Orange CA; San Diego CA; Santa Clara CA; San Francisco CA;
Alameda CA; Sonoma CA; San Mateo CA; Fresno CA; Kern CA; Ventura CA; Miami-Dade FL;
Hillsborough FL; Palm Beach FL; Duval FL; Broward FL; Gwinnett GA; Hall GA; Cobb GA; Wake NC;
Mecklenburg NC; Durham NC; Buncombe NC; Guilford NC; Fairfax VA; Arlington VA; Prince William
VA; Loudoun VA; Prince George's MD; Frederick MD; Montgomery MD; Suffolk MA; Bristol PA;
Philadelphia PA; Montgomery PA; DuPage IL; Kane IL; Lake IL; Will IL; Kendall IL; Winnebago IL;
St. Clair IL; Cuyahoga OH; Franklin OH; Wayne MI; Oakland MI; St. Louis MO; Jackson MO; Dona
Ana NM; Bernalillo NM; Santa Fe NM; Canyon ID; Ada ID; Salt Lake UT; Utah UT; Weber UT; Clark
NV; Washoe NV; Multnomah OR; Marion OR; Washington OR; Yakima WA; Honolulu HI; Denver CO;
Arapahoe CO; El Paso CO; Orleans LA; Jefferson LA; Shelby TN; Davidson TN; Jefferson AL;
Pulaski AR; Tulsa OK; Oklahoma OK; New Castle DE; Putnam NY; Rensselaer NY; Nassau NY; Suffolk
NY; Rockland NY
"""


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """One county's made-up figures."""

    county: str
    state: str
    activated: str
    submissions: int
    matches: int
    removed: tuple[int, int, int, int]  # level 1, 2, 3, no conviction

    @property
    def removed_in_all(self) -> int:
        return sum(self.removed)


def jurisdictions() -> list[Jurisdiction]:
    """Ninety counties, the same figures every time."""
    chance = random.Random(20100930)  # noqa: S311 - sample figures, not a secret
    return [_jurisdiction(" ".join(name.split()), chance) for name in _COUNTIES.split(";")]


def _jurisdiction(name: str, chance: random.Random) -> Jurisdiction:
    county, state = name.rsplit(" ", 1)
    submissions = int(chance.lognormvariate(9.2, 1.0)) + 600
    matches = int(submissions * chance.uniform(0.02, 0.14))
    removed = int(matches * chance.uniform(0.1, 0.32))
    free = chance.uniform(0.12, 0.58)
    first, second = chance.uniform(0.2, 0.4), chance.uniform(0.15, 0.3)
    guilty = removed - int(removed * free)
    levels = (int(guilty * first), int(guilty * second))
    activated = f"{chance.randint(1, 12)}/{chance.randint(1, 28)}/{chance.choice((2009, 2010, 2010))}"
    counts = (*levels, guilty - sum(levels), removed - guilty)
    return Jurisdiction(county, state, activated, submissions, matches, counts)


def bar_chart(title: str, bars: Sequence[tuple[str, float]], *, unit: str = "") -> Figure:
    """Lying bars, each with its label and its figure."""
    row, largest = 17.0, max(value for _, value in bars)

    def draw(canvas: Canvas, x: float, y: float, width: float) -> None:
        top = y + row * len(bars) + 8
        canvas.saveState()
        canvas.setFont("Helvetica-Bold", 9.5)
        canvas.drawString(x, top + 10, title)
        label_width, reach = 0.38 * width, 0.48 * width
        for number, (label, value) in enumerate(bars):
            base = top - row * (number + 1) + 5
            canvas.setFillGray(0)
            canvas.setFont("Helvetica", 8.5)
            canvas.drawRightString(x + label_width - 6, base + 2, label)
            canvas.setFillColorRGB(*_BLUE)
            canvas.rect(x + label_width, base - 1, reach * value / largest, row - 6, stroke=0, fill=1)
            canvas.setFillGray(0)
            canvas.drawString(x + label_width + reach * value / largest + 5, base + 2, f"{value:,.0f}{unit}")
        canvas.setLineWidth(0.6)
        canvas.line(x + label_width, y + 4, x + label_width, top)
        canvas.restoreState()

    return Figure(row * len(bars) + 30, draw)


def flow_chart(title: str, steps: Sequence[str]) -> Figure:
    """Boxes in a row, joined by arrows."""

    def draw(canvas: Canvas, x: float, y: float, width: float) -> None:
        canvas.saveState()
        canvas.setFont("Helvetica-Bold", 9.5)
        canvas.drawString(x, y + 74, title)
        share = width / len(steps)
        for number, step in enumerate(steps):
            left = x + number * share
            canvas.rect(left, y + 18, share - 16, 42)
            canvas.setFont("Helvetica", 8)
            for row, words in enumerate(step.split("\n")):
                canvas.drawCentredString(left + (share - 16) / 2, y + 46 - 11 * row, words)
            if number < len(steps) - 1:
                canvas.line(left + share - 16, y + 39, left + share - 3, y + 39)
                canvas.line(left + share - 7, y + 42, left + share - 3, y + 39)
                canvas.line(left + share - 7, y + 36, left + share - 3, y + 39)
        canvas.restoreState()

    return Figure(90, draw)
