"""What an agency withheld on a page: kept when the page is read, and summed up for the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from archive.models import Page, Redaction
from archive.rules.redaction_states import EFFECTIVE, RedactionState
from archive.services.own_boxes import find_own_boxes
from archive.services.word_boxes import unpack_words
from ingest.page import Box, PageReading, Word
from ingest.redaction_found import FoundRedaction
from ingest.redaction_shares import disposition_of, page_shares
from ingest.slip_pages import slip_page

_SAME_PLACE = 0.4  # of both together: boxes that a second reading finds a little elsewhere
_WITHIN = 0.8  # of the smaller one


def list_redactions(
    session: Session, document_id: str, page_number: int, *, with_rejected: bool = False
) -> Sequence[Redaction]:
    """The redactions of a page, down the page and from the left; those that a person rejected on request."""
    rows = session.scalars(
        select(Redaction).where(Redaction.document_id == document_id, Redaction.page_number == page_number)
    )
    wanted = [row for row in rows if with_rejected or row.state in EFFECTIVE]
    return sorted(wanted, key=lambda row: (round(row.box[1] / 6), row.box[0], row.id))


def record_redactions(session: Session, page: Page, reading: PageReading) -> None:
    """Keep what was found on a page that was just read, and sum it up on ``page``.

    What a person said about a place stands, whatever was found there now; rows that nobody has decided about
    are made anew. Boxes that this archive drew on a copy are no agency's.
    """
    here = (Redaction.document_id == page.document_id, Redaction.page_number == page.page_number)
    session.execute(delete(Redaction).where(*here, Redaction.state == RedactionState.FOUND))
    decided = session.scalars(select(Redaction).where(*here)).all()
    places = [*map(box_of, decided), *find_own_boxes(session, page.document_id, page.page_number)]
    fresh = [
        _row(page, found)
        for found in reading.redactions
        if not any(is_same_place(found.box, place) for place in places)
    ]
    session.add_all(fresh)
    sum_up(page, [*decided, *fresh], reading.words)


def sum_up_again(session: Session, page: Page) -> None:
    """Set the page's figures from its redactions as they are now."""
    rows = list_redactions(session, page.document_id, page.page_number, with_rejected=True)
    sum_up(page, rows, unpack_words(page.word_boxes, page.text))


def sum_up(page: Page, rows: Iterable[Redaction], words: Sequence[Word]) -> None:
    """Set the shares of each row and the figures of the page; rejected rows count for nothing."""
    effective = [row for row in rows if row.state in EFFECTIVE]
    found = [_as_found(row) for row in effective]
    shares = page_shares(found, words, width_pt=page.width_pt, height_pt=page.height_pt)
    for row, (page_share, line_share) in zip(effective, shares.each, strict=True):
        row.page_share, row.line_share = page_share, line_share
    page.covered_share, page.withheld_share = shares.covered_share, shares.withheld_share
    page.disposition = disposition_of(found, shares, slip_page(page.text))
    page.claimed_codes = sorted({code for row in effective for code in row.codes})


def is_same_place(box: Box, other: Box) -> bool:
    """Whether two boxes are about the same words: they share most of what they cover, or one lies within the
    other."""
    width = min(box.x1, other.x1) - max(box.x0, other.x0)
    height = min(box.bottom, other.bottom) - max(box.top, other.top)
    if width <= 0 or height <= 0:
        return False
    shared, areas = width * height, (_area(box), _area(other))
    return shared > _SAME_PLACE * (sum(areas) - shared) or shared > _WITHIN * min(areas)


def box_of(row: Redaction) -> Box:
    """Where it is, in points."""
    x0, top, x1, bottom = row.box
    return Box(x0, top, x1, bottom)


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


def _row(page: Page, found: FoundRedaction) -> Redaction:
    box = found.box
    return Redaction(
        document_id=page.document_id,
        page_number=page.page_number,
        box=[round(edge, 1) for edge in (box.x0, box.top, box.x1, box.bottom)],
        look=found.look,
        found_by=found.found_by,
        codes=list(found.codes),
        code_text=found.code_text,
        statute=found.statute,
        confidence=round(found.confidence, 3),
        found_codes=list(found.codes),
        state=RedactionState.FOUND,
    )


def _as_found(row: Redaction) -> FoundRedaction:
    return FoundRedaction(
        box_of(row), row.look, row.found_by, tuple(row.codes), row.code_text, row.confidence, row.statute
    )
