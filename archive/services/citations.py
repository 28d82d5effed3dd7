"""Step 10 of a page's life: cited. A citation is written once and stays; opening it checks it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from archive.errors import DocumentNotFound
from archive.models import Citation, Document, Page
from archive.rules.access import Viewer
from archive.rules.citation_check import PageNow, PartNow, RecordCheck, check_record
from archive.rules.citation_errors import CitationNotFound, QuoteAmbiguous
from archive.rules.citation_record import CitationRecord, CitedPart, is_citation_id
from archive.rules.citation_states import PROVEN, STATE_SENTENCES, CitationState
from archive.rules.statuses import CopyKind
from archive.services.better_copies import better_copy_of
from archive.services.documents import get_document, get_page, visible_documents
from archive.services.passages import FoundPassage, find_passages
from archive.services.word_boxes import unpack_words
from ingest.page import Box, TextSource

__all__ = [
    "CheckedCitation",
    "FoundPassage",
    "check_citation",
    "cite_passage",
    "find_passages",
    "get_citation",
    "keep_record",
    "record_of",
]

_MOST_PAGES_LOOKED_AT = 100  # around the cited one, for words that are not there any more


@dataclass(frozen=True, slots=True)
class CheckedCitation:
    """A citation as it is now. ``successor`` is the better copy, when the viewer may see one."""

    citation: Citation
    record: CitationRecord
    state: CitationState
    sentence: str
    parts: tuple[PartNow, ...]
    successor: Document | None

    @property
    def is_ocr(self) -> bool:
        """Whether the words were read from a picture."""
        return self.record.source == TextSource.OCR

    @property
    def is_proven(self) -> bool:
        """Whether the words stand where the citation says."""
        return self.state in PROVEN


def cite_passage(
    session: Session,
    document_id: str,
    page_number: int,
    quote: str,
    *,
    prefix: str = "",
    viewer: Viewer,
    at: datetime,
) -> Citation:
    """Cite these words of a page that ``viewer`` may see, or the page as a whole when there are none. The
    same words cited twice are one citation.

    Raises what ``find_passages`` raises, and ``QuoteAmbiguous`` when the words stand several times on the
    page and ``prefix``, the words before them, does not tell which are meant.
    """
    found = find_passages(session, document_id, page_number, quote, prefix=prefix, viewer=viewer, at=at)
    if len(found) > 1:
        raise QuoteAmbiguous(len(found))
    document, page = get_page(session, document_id, page_number, viewer)
    return keep_record(session, document, page, found[0].record, created_by_id=viewer.account_id)


def keep_record(
    session: Session, document: Document, page: Page, record: CitationRecord, *, created_by_id: int | None
) -> Citation:
    """Write a citation down; the one that is there already when its content is the same."""
    if (known := session.get(Citation, record.id)) is not None:
        return known
    citation = Citation(
        id=record.id,
        document_id=document.id,
        document=document,
        sha256=record.sha256,
        page_number=record.page_number,
        last_page_number=record.last_page_number,
        parts=[_part_to_json(part) for part in record.parts],
        words=record.words,
        typed=record.typed,
        source=record.source,
        reader=record.reader,
        reader_version=record.reader_version,
        text_sha256=record.text_sha256,
        facts=facts_of(document, page),
        created_at=record.cited_at,
        created_by_id=created_by_id,
    )
    try:
        with session.begin_nested():
            session.add(citation)
    except IntegrityError:  # somebody cited the same words in this moment
        return session.get_one(Citation, record.id)
    return citation


def facts_of(document: Document, page: Page) -> dict[str, str]:
    """How a document is described now, as text: what stood beside the words when they were cited."""
    agency, production = document.agency, document.production
    facts = {
        "title": document.title,
        "kind": document.kind or "",
        "dated_on": document.dated_on.isoformat() if document.dated_on else "",
        "sender": document.sender or "",
        "recipient": document.recipient or "",
        "subject": document.subject or "",
        "agency": agency.name if agency else "",
        "place": document.place.name if document.place else "",
        "production": production.title if production else "",
        "production_slug": production.slug if production else "",
        "tracking_number": (production.tracking_number or "") if production else "",
        "received_on": document.received_on.isoformat() if document.received_on else "",
        "bates": page.bates or "",
        "source_file": document.source_file,
        "page_count": str(document.page_count or ""),
    }
    return {name: value for name, value in facts.items() if value}


def get_citation(session: Session, citation_id: str, viewer: Viewer) -> Citation:
    """A citation of a document that ``viewer`` may see. Raises ``CitationNotFound`` for absent and hidden
    ones alike, and ``DocumentWithdrawn`` when its document was shown and withdrawn."""
    citation = session.get(Citation, citation_id) if is_citation_id(citation_id) else None
    if citation is None:
        raise CitationNotFound
    try:
        get_document(session, citation.document_id, viewer)
    except DocumentNotFound:
        raise CitationNotFound from None
    return citation


def record_of(citation: Citation) -> CitationRecord:
    """The citation as plain values."""
    return CitationRecord(
        sha256=citation.sha256,
        parts=tuple(_part_from_json(part) for part in citation.parts),
        source=citation.source,
        reader=citation.reader,
        reader_version=citation.reader_version,
        text_sha256=citation.text_sha256,
        cited_at=citation.created_at,
        typed=citation.typed,
    )


def check_citation(session: Session, citation: Citation, viewer: Viewer) -> CheckedCitation:
    """What is true of a citation now: see ``CitationState``."""
    record = record_of(citation)
    check = check_in_archive(session, record, citation.document_id, citation_id=citation.id)
    state = check.state
    if citation.document.sha256 != record.sha256:
        state = CitationState.ALTERED
    successor = find_successor(session, citation.document, viewer)
    if successor is not None and state in PROVEN:
        state = CitationState.SUPERSEDED
    return CheckedCitation(citation, record, state, STATE_SENTENCES[state], check.parts, successor)


def check_in_archive(
    session: Session, record: CitationRecord, document_id: str, *, citation_id: str = ""
) -> RecordCheck:
    """Check a record against the pages of this document as the archive has read them."""
    numbers = {part.page_number for part in record.parts}
    check = check_record(record, _pages_now(session, document_id, numbers), citation_id=citation_id)
    if check.state != CitationState.DIFFERS:
        return check
    middle = record.page_number
    around = range(max(1, middle - _MOST_PAGES_LOOKED_AT // 2), middle + _MOST_PAGES_LOOKED_AT // 2)
    return check_record(record, _pages_now(session, document_id, around), citation_id=citation_id)


def find_successor(session: Session, document: Document, viewer: Viewer) -> Document | None:
    """The better copy of a record: as an editor said, followed to its end, else the copy that this archive
    redacted. None when there is none that ``viewer`` may see."""
    best = better_copy_of(session, document, viewer)
    if best is not None:
        return best
    redacted: Document | None = session.scalar(
        visible_documents(viewer)
        .where(Document.derived_from_id == document.id, Document.copy_kind == CopyKind.REDACTED)
        .order_by(Document.published_at.desc().nulls_last(), Document.id)
        .limit(1)
    )
    return redacted


def _pages_now(session: Session, document_id: str, numbers: Iterable[int]) -> dict[int, PageNow]:
    pages = session.scalars(
        select(Page).where(
            Page.document_id == document_id,
            Page.page_number.in_(tuple(numbers)),
        )
    )
    return {
        page.page_number: PageNow(
            page.text,
            unpack_words(page.word_boxes, page.text),
            page.source,
            page.reader,
            page.reader_version,
        )
        for page in pages
    }


def _part_to_json(part: CitedPart) -> dict[str, Any]:
    return asdict(part) | {"boxes": [[box.x0, box.top, box.x1, box.bottom] for box in part.boxes]}


def _part_from_json(data: Mapping[str, Any]) -> CitedPart:
    return CitedPart(**{**data, "boxes": tuple(Box(*edges) for edges in data["boxes"])})
