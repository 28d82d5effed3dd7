"""Documents to be reviewed, with findings on them as the screening would have left them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Account, Document, Finding, Page
from archive.parts import Parts
from archive.ports import Storage
from archive.rules.access import Viewer
from archive.rules.statuses import FindingKind, Role, Visibility
from archive.services.word_boxes import unpack_words
from tests.factories import NOON, make_document

LETTER = (
    "Dear Ms. Example,\n"
    "Your file A 123-456-789 was sent to the county.\n"
    "Social Security number 123-45-6789 is on record.\n"
    "Your file A 123-456-789 is closed."
)


def make_reviewable(
    session: Session,
    storage: Storage,
    *,
    title: str = "Letter to a person",
    pages: Sequence[str | None] = (LETTER,),
    visibility: Visibility = Visibility.UNPUBLISHED,
    **fields: object,
) -> Document:
    """A document that was read and looked through."""
    made = {"screened_at": NOON, **fields}
    return make_document(session, storage, title=title, pages=pages, visibility=visibility, **made)  # type: ignore[arg-type]  # handed on


def add_finding(
    session: Session,
    document: Document,
    text: str = "A 123-456-789",
    *,
    kind: FindingKind = FindingKind.ALIEN_NUMBER,
    page_number: int | None = 1,
    score: float = 0.95,
    nth: int = 0,
) -> Finding:
    """A finding where these words stand on the page for the ``nth`` time."""
    boxes = [] if page_number is None else _boxes(session, document, page_number, text, nth)
    name = f"{kind}/{page_number}/{text}/{nth}".encode()
    finding = Finding(
        document_id=document.id,
        fingerprint=hashlib.sha256(name).hexdigest(),
        kind=kind,
        page_number=page_number,
        text=text,
        boxes=boxes,
        score=score,
        reason="It looks like one, and the word 'file' stands before it.",
        found_at=NOON,
    )
    session.add(finding)
    session.flush()
    return finding


def make_editor(session: Session, email: str = "editor@example.org") -> Viewer:
    """Somebody who may decide."""
    account = Account(email=email, role=Role.EDITOR, created_at=NOON)
    session.add(account)
    session.flush()
    return Viewer(Role.EDITOR, account.id, email)


def _boxes(session: Session, document: Document, page_number: int, text: str, nth: int) -> list[list[float]]:
    page = session.get_one(Page, (document.id, page_number))
    start = -1
    for _ in range(nth + 1):
        start = page.text.find(text, start + 1)
    if start < 0:
        return []
    words = [
        word
        for word in unpack_words(page.word_boxes, page.text)
        if word.start < start + len(text) and word.end > start
    ]
    first, last = words[0].boxes[0], words[-1].boxes[-1]
    return [[first.x0, first.top, last.x1, last.bottom]]


def state_of(parts: Parts, document: Document) -> Document:
    """The document as the database has it now."""
    with parts.database.reading() as session:
        return session.get_one(Document, document.id)


def rows_of(parts: Parts, table: type[Any]) -> list[Any]:
    """All rows of a table."""
    with parts.database.reading() as session:
        return list(session.scalars(select(table)))
