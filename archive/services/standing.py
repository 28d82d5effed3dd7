"""How a document stands: who sees it, what this archive did to it, and what was made of it.

Nothing is said of an original to somebody who may not see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from archive.models import Document
from archive.rules.access import Viewer
from archive.rules.statuses import CopyKind, Visibility
from archive.services.better_copies import better_copy_of
from archive.services.documents import visible_documents

STANDING_WORDS: dict[Visibility, str] = {
    Visibility.PUBLISHED: "",
    Visibility.UNPUBLISHED: "Not published. Only editors and those who sent it in or describe it see it.",
    Visibility.MEMBERS: "For members. Only people with an account see it.",
    Visibility.HELD: "Held, to be decided later. Only editors see it.",
    Visibility.REJECTED: "Rejected: it does not belong here. It is kept, and only editors see it.",
    Visibility.SEALED: "Sealed original. Only editors see it; readers are shown its redacted copy.",
    Visibility.WITHDRAWN: "Withdrawn. Readers are shown a notice with the date and the reason.",
}
COPY_WORDS: dict[CopyKind, str] = {
    CopyKind.REDACTED: "Redacted by this archive",
    CopyKind.PART: "Part of a longer file, taken out by this archive",
    CopyKind.ARRANGED: "Pages turned or put in order by this archive",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """``sentence`` is empty for a published document, ``made`` for one that is as it was received.
    ``original``, ``copies`` and ``better`` (a better copy) are those that the viewer may see."""

    sentence: str
    made: str
    reason: str
    original: Document | None
    copies: Sequence[Document]
    better: Document | None = None

    @property
    def says_something(self) -> bool:
        """Whether there is anything to be shown of it."""
        return bool(self.sentence or self.made or self.copies or self.better)


def standing_of(session: Session, document: Document, viewer: Viewer) -> Standing:
    """How a document stands that ``viewer`` may see."""
    copies = session.scalars(
        visible_documents(viewer)
        .where(Document.derived_from_id == document.id)
        .order_by(Document.received_at, Document.id)
    ).all()
    made = COPY_WORDS[document.copy_kind] if document.copy_kind else ""
    return Standing(
        sentence=STANDING_WORDS[document.visibility],
        made=made,
        reason=(document.copy_reason or "") if made else "",
        original=_original(session, document, viewer),
        copies=copies,
        better=better_copy_of(session, document, viewer),
    )


def _original(session: Session, document: Document, viewer: Viewer) -> Document | None:
    if document.derived_from_id is None:
        return None
    found: Document | None = session.scalar(
        visible_documents(viewer).where(Document.id == document.derived_from_id)
    )
    return found
