"""The boxes that an editor draws or accepts: what is beneath them will not be in the redacted copy."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.errors import NotAllowed
from archive.models import Document, DocumentCopy, Page, RedactionBox
from archive.rules.access import Action, Viewer
from archive.rules.redaction_reasons import REASONS
from archive.rules.review_errors import BadBox, NothingToRedact, WordsNotOnPage
from archive.rules.statuses import CopyKind, PageStatus
from archive.services.audit import record_event
from archive.services.documents import get_document, get_page
from archive.services.finding_decisions import find_decided_redactions
from archive.services.word_boxes import unpack_words
from ingest.page import Box, Word

if TYPE_CHECKING:
    from ingest.copying import PageRecipe

SMALLEST_PT = 2.0
MARGIN_PT = 1.0  # beyond the letters, which reach over their boxes in some fonts
LONGEST_REASON = 200
_EDGE_OF_A_WORD = re.compile(r"^\W+|\W+$")


def list_boxes(session: Session, document_id: str, page_number: int | None = None) -> Sequence[RedactionBox]:
    """The boxes of a document, or of one of its pages."""
    boxes = select(RedactionBox).where(RedactionBox.document_id == document_id)
    if page_number is not None:
        boxes = boxes.where(RedactionBox.page_number == page_number)
    return session.scalars(boxes.order_by(RedactionBox.page_number, RedactionBox.id)).all()


def draw_box(
    session: Session,
    document_id: str,
    page_number: int,
    box: Sequence[float],
    *,
    reason: str,
    viewer: Viewer,
    at: datetime,
) -> RedactionBox:
    """Draw a box by its four edges in points; what lies beyond the page is cut off.

    Raises ``NotAllowed``, ``BadBox`` when nothing is left, ``DocumentNotFound`` or ``PageNotFound``.
    """
    _, page = _page(session, document_id, page_number, viewer)
    drawn = _add(session, page, box_on_page(page, box), reason=reason, viewer=viewer, at=at)
    _record(session, "redaction_box_drawn", document_id, page_number, 1, viewer=viewer, at=at)
    return drawn


def cover_words(
    session: Session,
    document_id: str,
    page_number: int | None,
    words: str,
    *,
    reason: str,
    viewer: Viewer,
    at: datetime,
) -> int:
    """Draw boxes over these words wherever they stand: on one page, or on all when it is None. Returns
    how many boxes; places that are covered already get no second one. Raises as ``draw_box``, or
    ``WordsNotOnPage``."""
    _require(viewer)
    document = get_document(session, document_id, viewer)
    wanted = [bare for bare in map(_bare, words.split()) if bare]
    covered = {(row.page_number, tuple(row.box)) for row in list_boxes(session, document.id)}
    found = 0
    for page in _pages(session, document.id, page_number):
        boxes = [box_on_page(page, _widened(box)) for box in _places(page, wanted)]
        fresh = [box for box in boxes if (page.page_number, box) not in covered]
        for box in fresh:
            _add(session, page, box, reason=reason, viewer=viewer, at=at)
        if fresh:
            _record(
                session,
                "redaction_box_drawn",
                document_id,
                page.page_number,
                len(fresh),
                viewer=viewer,
                at=at,
            )
        found += len(boxes)
    if not found:
        raise WordsNotOnPage
    return found


def remove_box(session: Session, document_id: str, box_id: int, *, viewer: Viewer, at: datetime) -> bool:
    """Take a box away; False when there is none such. Raises ``NotAllowed``."""
    _require(viewer)
    row = session.get(RedactionBox, box_id)
    if row is None or row.document_id != document_id:
        return False
    session.delete(row)
    _record(session, "redaction_box_removed", document_id, row.page_number, 1, viewer=viewer, at=at)
    return True


def make_redacted_copy(
    session: Session, document_id: str, *, reason: str, viewer: Viewer, at: datetime
) -> DocumentCopy:
    """Ask for a copy of all pages without what is under the boxes. It is made by the worker and comes back
    as a document of its own, to be reviewed. Raises ``NotAllowed``, ``DocumentNotFound``, or
    ``NothingToRedact``."""
    from archive.services.copies import ask_for_copy  # brings what makes copies: most pages never do

    _require(viewer)
    document = get_document(session, document_id, viewer)
    boxes = list_boxes(session, document_id)
    if not boxes and not find_decided_redactions(session, document_id):
        raise NothingToRedact
    said = reason.strip() or "; ".join(dict.fromkeys(box.reason for box in boxes)) or REASONS[0]
    return ask_for_copy(
        session,
        document_id,
        kind=CopyKind.REDACTED,
        pages=_recipe(document, boxes),
        title=document.title,
        reason=said,
        viewer=viewer,
        at=at,
    )


def box_on_page(page: Page, box: Sequence[float]) -> tuple[float, float, float, float]:
    """The part of a box that is on the page, its edges in order. Raises ``BadBox`` when that is too small."""
    if len(box) != 4 or not all(math.isfinite(edge) for edge in box):
        raise BadBox
    x0, x1 = (min(max(edge, 0.0), page.width_pt) for edge in sorted((box[0], box[2])))
    top, bottom = (min(max(edge, 0.0), page.height_pt) for edge in sorted((box[1], box[3])))
    if x1 - x0 < SMALLEST_PT or bottom - top < SMALLEST_PT:
        raise BadBox
    return round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1)


def _recipe(document: Document, boxes: Sequence[RedactionBox]) -> list[PageRecipe]:
    from ingest.copying import CoverBox, PageRecipe

    covers: dict[int, list[CoverBox]] = {}
    for row in boxes:
        x0, top, x1, bottom = row.box
        covers.setdefault(row.page_number, []).append(CoverBox(Box(x0, top, x1, bottom), row.reason))
    return [
        PageRecipe(page_number=number, turn=0, boxes=tuple(covers.get(number, ())))
        for number in range(1, (document.page_count or 0) + 1)
    ]


def _places(page: Page, wanted: Sequence[str]) -> Iterator[Box]:
    """Where these words stand one after the other, whatever stands around them and however they are cased."""
    words = [(word, _bare(word.text)) for word in unpack_words(page.word_boxes, page.text)]
    told = [(word, bare) for word, bare in words if bare]
    for first in range(len(told) - len(wanted) + 1):
        here = told[first : first + len(wanted)]
        if wanted and [bare for _, bare in here] == list(wanted):
            yield from _boxes_of([word for word, _ in here])


def _boxes_of(words: Sequence[Word]) -> Iterator[Box]:
    """One box a line, through the spaces between the words."""
    line: Box | None = None
    for box in (box for word in words for box in word.boxes):
        if line is not None and abs(line.top - box.top) < (line.bottom - line.top) / 2 and box.x0 >= line.x0:
            line = Box(line.x0, min(line.top, box.top), box.x1, max(line.bottom, box.bottom))
            continue
        if line is not None:
            yield line
        line = box
    if line is not None:
        yield line


def _widened(box: Box) -> tuple[float, float, float, float]:
    return box.x0 - MARGIN_PT, box.top - MARGIN_PT, box.x1 + MARGIN_PT, box.bottom + MARGIN_PT


def _bare(text: str) -> str:
    return _EDGE_OF_A_WORD.sub("", text).casefold()


def _pages(session: Session, document_id: str, page_number: int | None) -> Sequence[Page]:
    pages = select(Page).where(Page.document_id == document_id, Page.status == PageStatus.READ)
    if page_number is not None:
        pages = pages.where(Page.page_number == page_number)
    return session.scalars(pages.order_by(Page.page_number)).all()


def _page(session: Session, document_id: str, page_number: int, viewer: Viewer) -> tuple[Document, Page]:
    _require(viewer)
    return get_page(session, document_id, page_number, viewer)


def _require(viewer: Viewer) -> None:
    if not viewer.may(Action.REVIEW):
        raise NotAllowed


def _add(
    session: Session,
    page: Page,
    box: tuple[float, float, float, float],
    *,
    reason: str,
    viewer: Viewer,
    at: datetime,
) -> RedactionBox:
    row = RedactionBox(
        document_id=page.document_id,
        page_number=page.page_number,
        box=list(box),
        reason=" ".join(reason.split())[:LONGEST_REASON] or REASONS[0],
        drawn_by_id=viewer.account_id,
        drawn_at=at,
    )
    session.add(row)
    session.flush()
    return row


def _record(
    session: Session,
    action: str,
    document_id: str,
    page_number: int,
    boxes: int,
    *,
    viewer: Viewer,
    at: datetime,
) -> None:
    details = {"page": page_number, "boxes": boxes}
    record_event(session, action, document_id, actor=viewer.name, at=at, details=details)
