"""The labelled set on paper: many lines a page, drawn, scanned badly, and read by OCR as any scan is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from archive.rules.privacy import find_private
from archive.rules.statuses import FindingKind
from ingest.page import PageReading
from ingest.sandbox import ReadTask, Sandbox, TaskPage
from tests.ingest.scans import as_scan, draw_page
from tests.privacy.labelled import Figures, count
from tests.privacy.look_alikes import look_alikes
from tests.privacy.positives import Line, positives

FONTS = (("Times-Roman", 11.0), ("Helvetica", 10.5), ("Courier", 9.5))
LINES_A_PAGE = 44
TOP_PT, LEADING = 90.0, 1.35  # as ``draw_page`` sets them
BETWEEN = "The county asked in writing whether it may leave the program."


def scanned_lines(seed: int) -> list[Line]:
    """A part of the set: all spacings of alien numbers, forty Social Security numbers, some of each other."""
    draw = Random(seed)
    aliens = [line for line in positives(draw, each=1) if line.kind == FindingKind.ALIEN_NUMBER]
    lines = [line for line in aliens if line.form != "misread"]  # OCR misreads enough by itself
    made = positives(draw, each=40)
    for kind in FindingKind:
        number = 40 if kind == FindingKind.SOCIAL_SECURITY_NUMBER else 12
        if kind != FindingKind.ALIEN_NUMBER:
            lines += [line for line in made if line.kind == kind][:number]
    lines += look_alikes(draw, each=9)
    draw.shuffle(lines)
    return lines


def measure_scans(lines: Sequence[Line], folder: Path) -> Figures:
    """Draw, scan and read the lines; what is found on each page belongs to the line that stands there."""
    pages = list(_pages(lines))
    figures = Figures()
    with Sandbox(readers=2) as sandbox:
        tasks = [
            ReadTask(key=str(number), path=_scan(folder, number, page)) for number, page in enumerate(pages)
        ]
        for event in sandbox.read(iter(tasks)):
            if isinstance(event, TaskPage):
                assert isinstance(event.page, PageReading)
                _count_page(figures, event.page, pages[int(event.key)], FONTS[int(event.key) % len(FONTS)][1])
    return figures


def _pages(lines: Sequence[Line]) -> Iterator[list[Line]]:
    page: list[Line] = []
    used = 0
    for line in lines:
        needed = line.text.count("\n") + 4
        if used + needed > LINES_A_PAGE:
            yield page
            page, used = [], 0
        page.append(line)
        used += needed
    yield page


def _scan(folder: Path, number: int, page: Sequence[Line]) -> Path:
    text = "\n\n".join(f"{line.text}\n\n{BETWEEN}" for line in page)
    font, size = FONTS[number % len(FONTS)]
    image = as_scan(
        draw_page(text, font=font, size=size), skew_degrees=0.4, noise=12, specks=0.001, seed=number
    )
    path = folder / f"{number}.pdf"
    image.save(path, "PDF", resolution=200)
    return path


def _count_page(figures: Figures, page: PageReading, lines: Sequence[Line], size: float) -> None:
    """A found place belongs to the line at the height of its first word."""
    height = size * LEADING
    ends = []
    used = 0
    for line in lines:
        used += line.text.count("\n") + 4
        ends.append(TOP_PT + (used - 3) * height + height / 2)
    found: list[list[tuple[FindingKind, int, int]]] = [[] for _ in lines]
    for span in find_private(page.text):
        top = next(word.boxes[0].bottom for word in page.words if word.end > span.start)
        index = next((index for index, end in enumerate(ends) if top <= end), len(lines) - 1)
        line = lines[index]
        place = (line.start, line.end) if span.kind == line.kind else (0, 0)
        found[index].append((span.kind, *place))
        if span.kind != line.kind:
            figures.wrong_texts.append(page.text[max(0, span.start - 30) : span.end + 20])
    for line, spans in zip(lines, found, strict=True):
        count(figures, line, spans)
    missed = [line.text for line, spans in zip(lines, found, strict=True) if line.kind and not spans]
    if missed:
        figures.missed_pages.append((tuple(missed), page.text))
