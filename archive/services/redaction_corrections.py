"""What people say about redactions that were found, and those that they mark themselves.

What was said stays when the page is read again, and teaches how far the finding can be trusted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from archive.errors import NotAllowed
from archive.models import Document, Page, Redaction
from archive.rules.access import Action, Viewer
from archive.rules.redaction_errors import RedactionNotFound, UnknownCodes
from archive.rules.redaction_states import RedactionState
from archive.services.audit import record_event
from archive.services.documents import get_document, get_page
from archive.services.later_releases import record_later_releases_of
from archive.services.redaction_boxes import box_on_page
from archive.services.redactions import sum_up_again
from ingest.exemption_codes import read_codes
from ingest.redaction_found import FoundBy, RedactionLook

_MOST_CODES = 20
_MOST_TYPED = 300


def confirm_redaction(session: Session, redaction_id: int, *, viewer: Viewer, at: datetime) -> Redaction:
    """It is one, with just these codes. Raises ``NotAllowed``, ``RedactionNotFound``."""
    row = _decidable(session, redaction_id, viewer)
    said = RedactionState.CONFIRMED if row.found_codes == row.codes else RedactionState.CORRECTED
    return _decide(session, row, said, "redaction_confirmed", viewer=viewer, at=at)


def reject_redaction(session: Session, redaction_id: int, *, viewer: Viewer, at: datetime) -> Redaction:
    """It is none. One that a person marked goes altogether. Raises as ``confirm_redaction``."""
    row = _decidable(session, redaction_id, viewer)
    if row.found_codes is None:
        page = _page(session, row)
        session.delete(row)
        session.flush()
        _record(session, "redaction_rejected", row, viewer=viewer, at=at)
        _page_has_changed(session, page)
        return row
    return _decide(session, row, RedactionState.REJECTED, "redaction_rejected", viewer=viewer, at=at)


def correct_codes(
    session: Session, redaction_id: int, typed: str, *, viewer: Viewer, at: datetime
) -> Redaction:
    """It is one, claimed under the exemptions in ``typed``; empty: none is given. Raises as
    ``confirm_redaction``, or ``UnknownCodes``."""
    row = _decidable(session, redaction_id, viewer)
    row.codes, row.code_text = list(codes_in(typed)), " ".join(typed.split())[:_MOST_TYPED]
    row.statute = _statute_in(typed)
    if row.found_codes is None:
        said = RedactionState.ADDED
    else:
        said = RedactionState.CONFIRMED if row.codes == row.found_codes else RedactionState.CORRECTED
    return _decide(session, row, said, "redaction_corrected", viewer=viewer, at=at)


def undo_decision(session: Session, redaction_id: int, *, viewer: Viewer, at: datetime) -> Redaction:
    """Take back what was said about one that was found: its codes are what was read again. Raises as
    ``confirm_redaction``."""
    row = _decidable(session, redaction_id, viewer)
    if row.found_codes is None:
        return row
    row.codes = list(row.found_codes)
    _decide(session, row, RedactionState.FOUND, "redaction_undone", viewer=viewer, at=at)
    row.decided_by_id = row.decided_at = None
    return row


def add_redaction(
    session: Session,
    document_id: str,
    page_number: int,
    box: Sequence[float],
    typed: str,
    *,
    viewer: Viewer,
    at: datetime,
) -> Redaction:
    """Mark one that was not found: its four edges in points, and the exemptions claimed for it.

    Raises ``NotAllowed``, ``BadBox``, ``UnknownCodes``, and as ``get_page``.
    """
    if not viewer.may(Action.REVIEW):
        raise NotAllowed
    _, page = get_page(session, document_id, page_number, viewer)
    row = Redaction(
        document_id=document_id,
        page_number=page_number,
        box=list(box_on_page(page, box)),
        look=RedactionLook.WHITE,
        found_by=FoundBy.EDITOR,
        codes=list(codes_in(typed)),
        code_text=" ".join(typed.split())[:_MOST_TYPED],
        statute=_statute_in(typed),
        state=RedactionState.ADDED,
    )
    session.add(row)
    session.flush()
    return _decide(session, row, RedactionState.ADDED, "redaction_added", viewer=viewer, at=at)


def codes_in(typed: str) -> tuple[str, ...]:
    """The exemptions that a person typed, in the one spelling, in their order. Raises ``UnknownCodes`` when
    something was typed and nothing of it is one."""
    codes = tuple(dict.fromkeys(code for span in read_codes(typed[:_MOST_TYPED]) for code in span.codes))
    if typed.strip() and not codes:
        raise UnknownCodes
    return codes[:_MOST_CODES]


def _statute_in(typed: str) -> str:
    return next((span.statute for span in read_codes(typed[:_MOST_TYPED]) if span.statute), "")[:200]


def _decidable(session: Session, redaction_id: int, viewer: Viewer) -> Redaction:
    if not viewer.may(Action.REVIEW):
        raise NotAllowed
    row = session.get(Redaction, redaction_id)
    if row is None:
        raise RedactionNotFound
    get_document(session, row.document_id, viewer)
    return row


def _decide(
    session: Session, row: Redaction, said: RedactionState, action: str, *, viewer: Viewer, at: datetime
) -> Redaction:
    row.state, row.decided_by_id, row.decided_at = said, viewer.account_id, at
    session.flush()
    _record(session, action, row, viewer=viewer, at=at)
    _page_has_changed(session, _page(session, row))
    return row


def _page(session: Session, row: Redaction) -> Page:
    page = session.get(Page, (row.document_id, row.page_number))
    if page is None:
        raise RedactionNotFound
    return page


def _page_has_changed(session: Session, page: Page) -> None:
    """The page's figures follow, words released later, and search learns of it."""
    sum_up_again(session, page)
    record_later_releases_of(session, page.document_id)
    document = session.get_one(Document, page.document_id)
    document.content_version += 1


def _record(session: Session, action: str, row: Redaction, *, viewer: Viewer, at: datetime) -> None:
    details = {"page": row.page_number, "mark": row.id, "codes": ", ".join(row.codes)}
    record_event(session, action, row.document_id, actor=viewer.name, at=at, details=details)
