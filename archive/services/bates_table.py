"""The Bates numbers of a production as rows for a spreadsheet, and the words for what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy.orm import Session

from archive.rules.access import READER, Action, Viewer
from archive.rules.addresses import page_path
from archive.rules.bates_ranges import BatesSeries, Stretch
from archive.services.bates_map import BatesReport, SeriesFacts, get_bates_report

COLUMNS = ("what", "first", "last", "numbers", "title", "first page", "last page", "link")
Row = Sequence[object]
Absolute = Callable[[str], str]


def missing_words(viewer: Viewer) -> str:
    """What can be said of numbers that no page has: only who sees everything knows that there is none."""
    if viewer.may(Action.READ_UNPUBLISHED):
        return "never produced"
    if viewer.may(Action.READ_MEMBERS):
        return "never produced, or not among what you may see here"
    return "never produced, or not public here"


def iter_bates_rows(
    session: Session, slug: str, viewer: Viewer = READER, *, absolute: Absolute
) -> Iterator[Row]:
    """A heading and a row for each stretch of numbers, each gap and each overlap. ``absolute`` makes a path
    an address for others. Raises as ``get_bates_report``."""
    report = get_bates_report(session, slug, viewer)
    said = missing_words(viewer)
    yield COLUMNS
    for facts in report.series:
        yield from _series_rows(report, facts, said, absolute)


def _series_rows(report: BatesReport, facts: SeriesFacts, said: str, absolute: Absolute) -> Iterator[Row]:
    series = facts.series
    for one in series.ranges:
        for stretch in one.stretches:
            yield _stretch_row("produced", report, series, stretch, absolute)
    for gap in facts.missing:
        yield said, series.format(gap.first), series.format(gap.last), gap.count, "", "", "", ""
    for stretch in facts.elsewhere:
        yield _stretch_row("outside this production", report, series, stretch, absolute)
    for overlap in series.overlaps:
        for stretch in overlap.stretches:
            yield _stretch_row("on more than one page", report, series, stretch, absolute)
    for page in series.out_of_width:
        title = report.documents[page.document_id].title
        number, link = page.page_number, absolute(page_path(page.document_id, page.page_number))
        yield "other number of digits", page.bates, page.bates, 1, title, number, number, link


def _stretch_row(
    what: str, report: BatesReport, series: BatesSeries, stretch: Stretch, absolute: Absolute
) -> Row:
    return (
        what,
        series.format(stretch.first),
        series.format(stretch.last),
        stretch.last - stretch.first + 1,
        report.documents[stretch.document_id].title,
        stretch.first_page,
        stretch.last_page,
        absolute(page_path(stretch.document_id, stretch.first_page)),
    )
