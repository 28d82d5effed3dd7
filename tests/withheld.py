"""Documents of which something is withheld: rows as reading leaves them, made at random from a seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Document, Page, Redaction
from archive.ports import Storage
from archive.rules.redaction_states import EFFECTIVE, RedactionState
from archive.rules.statuses import DocumentKind, PageStatus, Visibility
from ingest.redaction_found import FoundBy, PageDisposition, RedactionLook
from tests.factories import make_document

CODES = ("b5", "b5dpp", "b6", "b7", "b7c", "b7e", "b7e", "k2", "b3")
AGENCIES = ("Immigration and Customs Enforcement (ICE)", "Office of Inspector General (OIG)", "")
PRODUCTIONS = ("First interim release", "Second interim release", "")
_LOOKS = [look for look in RedactionLook if look != RedactionLook.WHOLE_PAGE]
_DECIDED = [state for state in RedactionState if state != RedactionState.FOUND]


def add_redaction(
    session: Session,
    page: Page,
    codes: Sequence[str] = ("b6",),
    *,
    look: RedactionLook = RedactionLook.BLACK,
    state: RedactionState = RedactionState.FOUND,
    found_codes: Sequence[str] | None = None,
    share: float = 0.1,
) -> Redaction:
    """One place; the page is summed up with ``share`` more of its text withheld."""
    by_editor = state == RedactionState.ADDED
    row = Redaction(
        document_id=page.document_id,
        page_number=page.page_number,
        box=[72.0, 72.0, 200.0, 84.0],
        look=look,
        found_by=FoundBy.EDITOR if by_editor else FoundBy.SHAPES,
        codes=list(codes),
        code_text=", ".join(codes),
        confidence=0.9,
        page_share=share / 2,
        line_share=share,
        found_codes=None if by_editor else list(codes if found_codes is None else found_codes),
        state=state,
    )
    session.add(row)
    if state in EFFECTIVE:
        page.claimed_codes = sorted({*(page.claimed_codes or ()), *codes})
        page.withheld_share = min(1.0, (page.withheld_share or 0.0) + share)
        page.covered_share = page.withheld_share / 2
        page.disposition = PageDisposition.IN_PART
    session.flush()
    return row


def withhold_page(
    session: Session, page: Page, codes: Sequence[str] = ("b5",), *, referred: bool = False
) -> Redaction:
    """The whole page: a sheet stands in its place."""
    row = add_redaction(session, page, codes, look=RedactionLook.WHOLE_PAGE, share=1.0)
    page.disposition = PageDisposition.REFERRED if referred else PageDisposition.WITHHELD
    session.flush()
    return row


def pages_of(session: Session, document: Document) -> list[Page]:
    """The pages of a document, in their order."""
    found = select(Page).where(Page.document_id == document.id).order_by(Page.page_number)
    return list(session.scalars(found))


def make_withheld_document(
    session: Session, storage: Storage, random: random.Random, title: str, **fields: object
) -> Document:
    """A document whose agency, date, pages and redactions are drawn by lot."""
    count = random.randint(1, 5)
    words = ["Counties may not opt out." if random.random() > 0.1 else None for _ in range(count)]
    document = make_document(
        session,
        storage,
        **{
            "title": title,
            "pages": words,
            "agency": random.choice(AGENCIES),
            "production": random.choice(PRODUCTIONS),
            "dated_on": random.choice([None, date(2008, 2, 29), date(2010, 1, 1), date(2010, 12, 31)]),
            "kind": random.choice([None, DocumentKind.MEMO, DocumentKind.EMAIL]),
            "visibility": random.choice(list(Visibility)),
            **fields,
        },  # type: ignore[arg-type]  # handed on
    )
    for page in pages_of(session, document):
        if page.status == PageStatus.READ:
            _withhold_by_lot(session, page, random)
    return document


def _withhold_by_lot(session: Session, page: Page, random: random.Random) -> None:
    kind = random.random()
    if kind < 0.15:
        withhold_page(session, page, random.sample(CODES, 1), referred=random.random() < 0.4)
    elif kind < 0.75:
        for _ in range(random.randint(1, 4)):
            codes = random.sample(sorted(set(CODES)), random.randint(0, 2))
            is_decided = random.random() < 0.5
            state = random.choice(_DECIDED) if is_decided else RedactionState.FOUND
            found = random.choice([codes, codes[::-1], ["b4"], []])
            look, share = random.choice(_LOOKS), random.random() / 4
            add_redaction(session, page, codes, look=look, state=state, found_codes=found, share=share)
