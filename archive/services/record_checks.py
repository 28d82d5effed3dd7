"""Checks the citations of a file against the archive, whoever made them, and whatever is shown of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Document
from archive.rules.addresses import document_id_of
from archive.rules.citation_check import PageNow, RecordCheck, check_record
from archive.rules.citation_record import CitationRecord
from archive.rules.citation_states import STATE_SENTENCES, CitationState
from archive.rules.statuses import Visibility
from archive.services.citations import check_in_archive, find_successor
from archive.services.visible import WHOLE_ARCHIVE
from ingest.page import PageFailure, PageReading


@dataclass(frozen=True, slots=True)
class CheckedRecord:
    """What is true of a citation of a file. ``given_id`` is the number that the file says it has."""

    record: CitationRecord
    given_id: str
    state: CitationState

    @property
    def sentence(self) -> str:
        """In words."""
        return STATE_SENTENCES[self.state]


def check_against_archive(session: Session, record: CitationRecord, given_id: str) -> CheckedRecord:
    """Against the archive's own file, as whoever runs it may see it. A file that is not here is
    ``OTHER_FILE``; one that was withdrawn is said to be."""
    document = session.scalar(select(Document).where(Document.id == document_id_of(record.sha256)))
    if document is None or document.sha256 != record.sha256:
        state = CitationState.OTHER_FILE if given_id == record.id else CitationState.ALTERED
        return CheckedRecord(record, given_id, state)
    check = check_in_archive(session, record, document.id, citation_id=given_id)
    state = check.state
    if check.is_proven and document.visibility == Visibility.WITHDRAWN:
        state = CitationState.WITHDRAWN
    elif check.is_proven and find_successor(session, document, WHOLE_ARCHIVE) is not None:
        state = CitationState.SUPERSEDED
    return CheckedRecord(record, given_id, state)


def check_against_file(
    record: CitationRecord,
    given_id: str,
    sha256: str,
    pages: Mapping[int, PageReading | PageFailure],
    reader_version: str,
) -> CheckedRecord:
    """Against a file in hand, with this SHA-256 and these pages as they were read just now."""
    if given_id != record.id:
        return CheckedRecord(record, given_id, CitationState.ALTERED)
    if sha256 != record.sha256:
        return CheckedRecord(record, given_id, CitationState.OTHER_FILE)
    now = {number: _page_now(page, reader_version) for number, page in pages.items()}
    check: RecordCheck = check_record(record, now, citation_id=given_id)
    return CheckedRecord(record, given_id, check.state)


def pages_to_read(records: Sequence[CitationRecord]) -> tuple[int, ...]:
    """The pages that these citations name."""
    return tuple(sorted({part.page_number for record in records for part in record.parts}))


def _page_now(page: PageReading | PageFailure, reader_version: str) -> PageNow:
    if isinstance(page, PageFailure):
        return PageNow("", (), "none", "none", reader_version)
    return PageNow(page.text, page.words, page.source, page.reader, reader_version)
