"""Step 7 of a page's life: recorded. What the sandbox read goes into rows, and may go in again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from archive.errors import DocumentNotFound
from archive.models import Document, FieldProposal, Page
from archive.rules.bates import read_bates_numbers
from archive.rules.statuses import DocumentKind, PageStatus, ReadingStatus
from archive.services.pdf_facts import pdf_facts_of
from archive.services.redactions import record_redactions
from archive.services.uploads import title_from_file_name
from archive.services.word_boxes import pack_words
from archive.storage.keys import image_key
from ingest.errors import NoPageRead
from ingest.page import FileOpened, PageFailure, PageImage, PageReading, ProposedField


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the reading of a document ended."""

    status: ReadingStatus
    page_count: int
    failed_pages: tuple[int, ...] = ()
    code: str = ""
    sentence: str = ""


def begin_reading(session: Session, document_id: str, *, reader_version: str) -> frozenset[int]:
    """Mark the document as being read; the pages that an interrupted run of this version has read already."""
    document = _document(session, document_id)
    document.reading_status = ReadingStatus.READING
    document.failure_code = document.failure_sentence = None
    session.flush()
    return frozenset(
        session.scalars(
            select(Page.page_number).where(
                Page.document_id == document_id,
                Page.status == PageStatus.READ,
                Page.reader_version == reader_version,
            )
        )
    )


def record_opened(session: Session, document_id: str, opened: FileOpened) -> None:
    """The file opened: now its number of pages is known, and what it holds beside them."""
    document = _document(session, document_id)
    document.page_count = opened.page_count
    document.pdf_facts = pdf_facts_of(opened)


def images_of(page: PageReading | PageFailure) -> list[tuple[str, bytes]]:
    """The page's images as (object key, bytes), to be kept before the row that names them."""
    if isinstance(page, PageFailure):
        return []
    images = (page.image, page.large_image, page.thumbnail)
    return [(key_of_image(image), image.webp) for image in images if image]


def key_of_image(image: PageImage) -> str:
    """Where an image is kept: by its own content."""
    return image_key(hashlib.sha256(image.webp).hexdigest())


def record_pages(
    session: Session,
    document_id: str,
    pages: Sequence[PageReading | PageFailure],
    *,
    at: datetime,
    reader_version: str,
) -> None:
    """Write what was read of these pages, in place of what an earlier reading left."""
    numbers = [page.page_number for page in pages]
    session.execute(delete(Page).where(Page.document_id == document_id, Page.page_number.in_(numbers)))
    for page in pages:
        if isinstance(page, PageFailure):
            session.add(_failed_page(document_id, page, at, reader_version))
            continue
        row = _read_page(document_id, page, at, reader_version)
        session.add(row)
        record_redactions(session, row, page)
    for page in pages:
        if isinstance(page, PageReading) and page.proposals:
            _propose_fields(session, document_id, page.page_number, page.proposals)
    session.flush()


def finish_reading(session: Session, document_id: str, *, at: datetime) -> Outcome:
    """All pages have been tried: read, partial or failed; Bates numbers and proposed fields are set."""
    document = _document(session, document_id)
    failures = session.execute(
        select(Page.page_number, Page.failure_code, Page.failure_sentence)
        .where(Page.document_id == document_id, Page.status == PageStatus.FAILED)
        .order_by(Page.page_number)
    ).all()
    page_count = document.page_count or 0
    if len(failures) >= page_count:
        code, sentence = (failures[0][1], failures[0][2]) if len(failures) == 1 else (None, None)
        return fail_reading(
            session, document_id, code or NoPageRead.code, sentence or NoPageRead.sentence, at=at
        )
    _set_bates_numbers(session, document_id)
    _take_over_proposals(session, document)
    document.reading_status = ReadingStatus.PARTIAL if failures else ReadingStatus.READ
    document.failure_code, document.failure_sentence = (
        (failures[0][1], _partial_sentence(failures)) if failures else (None, None)
    )
    document.read_at = at
    document.content_version += 1
    return Outcome(
        document.reading_status,
        page_count,
        tuple(number for number, _, _ in failures),
        document.failure_code or "",
        document.failure_sentence or "",
    )


def fail_reading(session: Session, document_id: str, code: str, sentence: str, *, at: datetime) -> Outcome:
    """Nothing of the file can be used. The bytes stay, the reason is kept for whoever looks."""
    document = _document(session, document_id)
    document.reading_status = ReadingStatus.FAILED
    document.failure_code, document.failure_sentence = code, sentence
    document.read_at = at
    document.content_version += 1
    return Outcome(ReadingStatus.FAILED, document.page_count or 0, (), code, sentence)


def find_outcome(session: Session, document_id: str) -> Outcome:
    """How the last reading of the document ended."""
    document = _document(session, document_id)
    failed = session.scalars(
        select(Page.page_number)
        .where(Page.document_id == document_id, Page.status == PageStatus.FAILED)
        .order_by(Page.page_number)
    )
    return Outcome(
        document.reading_status,
        document.page_count or 0,
        tuple(failed),
        document.failure_code or "",
        document.failure_sentence or "",
    )


def _document(session: Session, document_id: str) -> Document:
    document = session.get(Document, document_id)
    if document is None:
        raise DocumentNotFound
    return document


def _read_page(document_id: str, page: PageReading, at: datetime, reader_version: str) -> Page:
    return Page(
        document_id=document_id,
        page_number=page.page_number,
        status=PageStatus.READ,
        printed_label=page.printed_label or None,
        width_pt=page.width_pt,
        height_pt=page.height_pt,
        text=page.text,
        hidden_text=page.hidden_text,
        word_boxes=pack_words(page.words),
        source=str(page.source),
        reader=str(page.reader),
        reader_version=reader_version,
        quality=page.quality,
        trust_reason=page.trust_reason,
        marks=[_mark_row(mark) for mark in page.marks],
        image_key=key_of_image(page.image) if page.image else None,
        image_width_px=page.image.width_px if page.image else None,
        image_height_px=page.image.height_px if page.image else None,
        large_image_key=key_of_image(page.large_image) if page.large_image else None,
        thumbnail_key=key_of_image(page.thumbnail) if page.thumbnail else None,
        read_at=at,
    )


def _mark_row(mark: Any) -> dict[str, Any]:
    return {"kind": str(mark.kind), "box": list(asdict(mark.box).values()), "text": mark.text}


def _failed_page(document_id: str, page: PageFailure, at: datetime, reader_version: str) -> Page:
    return Page(
        document_id=document_id,
        page_number=page.page_number,
        status=PageStatus.FAILED,
        failure_code=page.code,
        failure_sentence=page.sentence,
        reader_version=reader_version,
        text="",
        hidden_text="",
        word_boxes=b"",
        marks=[],
        read_at=at,
    )


def _set_bates_numbers(session: Session, document_id: str) -> None:
    """A stamp is known for one only when its neighbours count on, so this waits for all pages."""
    pages = session.scalars(
        select(Page).where(Page.document_id == document_id).order_by(Page.page_number)
    ).all()
    numbers = read_bates_numbers([(page.page_number, page.text) for page in pages])
    for page in pages:
        page.bates = numbers.get(page.page_number)


def _propose_fields(
    session: Session, document_id: str, page_number: int, proposals: Iterable[ProposedField]
) -> None:
    """Keep what was read for each field, but never in place of what a person confirmed."""
    known = {
        row.field: row
        for row in session.scalars(select(FieldProposal).where(FieldProposal.document_id == document_id))
    }
    for proposal in proposals:
        row = known.get(str(proposal.name))
        if row is not None and row.confirmed_at is not None:
            continue
        if row is None:
            row = FieldProposal(document_id=document_id, field=str(proposal.name))
            session.add(row)
        else:
            _take_back(session, document_id, row)
        row.value, row.page_number = proposal.value, page_number
        box = proposal.box
        row.box = [box.x0, box.top, box.x1, box.bottom] if box else None


def _take_over_proposals(session: Session, document: Document) -> None:
    """Fill the fields nobody has described with what was read; drop proposals a person overruled."""
    for row in session.scalars(select(FieldProposal).where(FieldProposal.document_id == document.id)):
        value = _field_value(row)
        if row.confirmed_at is not None:
            continue
        if value is None or _is_described(document, row, value):
            session.delete(row)
        else:
            setattr(document, row.field, value)
            row.is_in_use = True


def _take_back(session: Session, document_id: str, row: FieldProposal) -> None:
    """Empty the field that an earlier, unconfirmed reading filled: the new one may fill it."""
    document = _document(session, document_id)
    if row.is_in_use and getattr(document, row.field) == _field_value(row):
        stand_in = title_from_file_name(document.source_file) if row.field == "title" else None
        setattr(document, row.field, stand_in)
    row.is_in_use = False


def _is_described(document: Document, row: FieldProposal, proposed: object) -> bool:
    """Whether a person has said what the field is, be it the same as was read."""
    current = getattr(document, row.field)
    if row.is_in_use:
        return bool(current != proposed)
    stand_in = title_from_file_name(document.source_file) if row.field == "title" else None
    return current not in (None, "", stand_in)


def _field_value(row: FieldProposal) -> str | date | DocumentKind | None:
    try:
        if row.field == "dated_on":
            return date.fromisoformat(row.value)
        if row.field == "kind":
            return DocumentKind(row.value)
    except ValueError:
        return None
    return row.value[:1000] or None


def _partial_sentence(failures: Sequence[Any]) -> str:
    numbers = [number for number, _, _ in failures]
    shown = ", ".join(str(number) for number in numbers[:10]) + (" and others" if len(numbers) > 10 else "")
    return f"{'Page' if len(numbers) == 1 else 'Pages'} {shown} could not be read. {failures[0][2]}"
