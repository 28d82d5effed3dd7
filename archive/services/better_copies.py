"""A better copy of the same record: said by an editor, shown to readers, and followed by citations."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from sqlalchemy.orm import Session

from archive.errors import ArchiveError, DocumentNotFound, DocumentWithdrawn
from archive.models import Document
from archive.rules.access import SEES, Viewer
from archive.services.audit import record_event
from archive.services.documents import get_document, visible_documents

LONGEST_REASON = 500
_NAMED = re.compile(r"(?:.*/documents/)?([a-z2-7]{12})(?:[/?#].*)?")


class BetterCopyRefused(ArchiveError):
    """Nothing was changed. The sentence says why."""

    code = "better_copy_refused"
    sentence = "That cannot be the better copy."
    help = "Write the address or the id of the other document."
    status = 400


def better_copy_of(session: Session, document: Document, viewer: Viewer) -> Document | None:
    """The better copy that an editor named; of that one the better copy, and so on to the last that
    ``viewer`` may see. None when there is none."""
    best, seen = document, {document.id}
    while best.superseded_by_id and best.superseded_by_id not in seen:
        seen.add(best.superseded_by_id)
        following = session.scalar(visible_documents(viewer).where(Document.id == best.superseded_by_id))
        if following is None:
            break
        best = following
    return best if best is not document else None


def name_better_copy(
    session: Session, document_id: str, written: str, reason: str, *, viewer: Viewer, at: datetime
) -> Document:
    """Say that ``written`` (an address or an id) is a better copy of this record. ``reason`` is public.

    Whoever may see the document must be able to see the copy. Raises ``BetterCopyRefused``, and as
    ``get_document`` does for the document itself.
    """
    document = get_document(session, document_id, viewer)
    said = _reason(reason)
    better = _named(session, written, viewer)
    if better.id == document.id:
        raise BetterCopyRefused("This is the document itself.")
    if not SEES[document.visibility] <= SEES[better.visibility]:
        raise BetterCopyRefused(
            "Not everybody who sees this document would see that copy.", help="Publish that one first."
        )
    if _leads_to(session, better, document.id):
        raise BetterCopyRefused(
            "This document is named as the better copy of that one.",
            help="Take that back first, on the page of the other document.",
        )
    before = document.superseded_by_id
    document.superseded_by_id, document.superseded_reason = better.id, said
    details = {"better": better.id, "before": before}
    record_event(session, "better_copy_named", document.id, actor=viewer.name, at=at, details=details)
    return better


def take_back_better_copy(session: Session, document_id: str, *, viewer: Viewer, at: datetime) -> None:
    """There is no better copy after all. Twice is no error."""
    document = get_document(session, document_id, viewer)
    before = document.superseded_by_id
    if before is None:
        return
    document.superseded_by_id = document.superseded_reason = None
    details = {"before": before}
    record_event(session, "better_copy_taken_back", document.id, actor=viewer.name, at=at, details=details)


def _named(session: Session, written: str, viewer: Viewer) -> Document:
    found = _NAMED.fullmatch(written.strip())
    try:
        return get_document(session, found[1] if found else "", viewer)
    except (DocumentNotFound, DocumentWithdrawn):
        raise BetterCopyRefused("There is no document at that address.") from None


def _leads_to(session: Session, start: Document, document_id: str) -> bool:
    """Whether the chain of better copies from ``start`` on comes to this document, whoever may see it."""
    at, seen = start, {start.id}
    while at.superseded_by_id and at.superseded_by_id not in seen:
        if at.superseded_by_id == document_id:
            return True
        seen.add(at.superseded_by_id)
        at = session.get_one(Document, at.superseded_by_id)
    return False


def _reason(text: str) -> str:
    line = " ".join(text.split())
    if not line:
        raise BetterCopyRefused("Say in a few words why it is better.", help="Readers are shown them.")
    if len(line) > LONGEST_REASON:
        raise BetterCopyRefused(f"The reason is too long: {LONGEST_REASON} characters at most.")
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Co") for sign in line):
        raise BetterCopyRefused("The reason holds a sign that cannot be kept.", help="Type it anew.")
    return line
