"""Finds documents that may be the same record, and proposes them to the editors.

Done once a document is read, and again whenever it is read anew. What an editor has decided stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from archive.database import Database
from archive.models import Document, Page, RecordMatch, SketchedPage
from archive.rules.page_sketch import sketched_words
from archive.rules.redaction_states import MatchState
from archive.rules.same_record import PageWords, PairCompared, SameRecord, compare_pair, judge, pair_pages
from archive.rules.statuses import PageStatus, ReadingStatus
from archive.services.later_releases import record_later_releases_of
from archive.services.pages_at import pages_at
from archive.services.sketches import (
    Alike,
    DocumentSketch,
    content_version,
    count_telling_pages,
    find_alike,
    newest_sketch,
    record_sketches,
    sketch_document,
)
from ingest.redaction_found import PageDisposition

DOCUMENTS_COMPARED = 12  # word by word with one document: those most alike
_READ = (ReadingStatus.READ, ReadingStatus.PARTIAL)
_TRIES = 3


def look_for_same_records(database: Database, document_id: str, *, at: datetime) -> None:
    """Sketch a document that was read, and propose to editors what may be the same record.

    Comparing is done before the transaction that writes, so that it stays short; when another document was
    sketched meanwhile, it is done again.
    """
    sketched: DocumentSketch | None = None
    for tries_left in reversed(range(_TRIES)):
        with database.reading() as session:
            sketched = sketched or sketch_document(session, document_id)
            newest = newest_sketch(session)
            alike = find_alike(session, sketched)
            found = find_matches(session, sketched, alike)
        with database.transaction() as session:
            if newest_sketch(session) != newest and tries_left:
                continue
            if content_version(session, document_id) == sketched.content_version:
                record_sketches(session, sketched, alike.common)
                record_matches(session, document_id, found, at=at)
                record_later_releases_of(session, document_id)
            return  # else it is read anew just now


def look_for_waiting(database: Database, *, at: datetime, limit: int = 200) -> int:
    """Do so for documents that were read before, or whose reader was stopped; how many were done."""
    pages = select(Page.page_number).where(Page.document_id == Document.id, Page.status == PageStatus.READ)
    sketched = select(SketchedPage.id).where(SketchedPage.document_id == Document.id)
    with database.reading() as session:
        waiting = session.scalars(
            select(Document.id)
            .where(Document.reading_status.in_(_READ), pages.exists(), ~sketched.exists())
            .order_by(Document.received_at)
            .limit(limit)
        ).all()
    for document_id in waiting:
        look_for_same_records(database, document_id, at=at)
    return len(waiting)


def find_matches(session: Session, sketched: DocumentSketch, alike: Alike) -> dict[str, SameRecord]:
    """The documents that may be the same record as this one, which comes first in what is found.

    Copies that this archive made of one original are left out: it is known what they are.
    """
    nearest = sorted(alike.documents.items(), key=_weight, reverse=True)
    found: dict[str, SameRecord] = {}
    for other_id, pages in nearest[:DOCUMENTS_COMPARED]:
        if _original_of(session, other_id) == _original_of(session, sketched.document_id):
            continue
        pairs = [_compare(session, sketched.document_id, other_id, numbers) for numbers in pair_pages(pages)]
        telling = min(sketched.telling_pages, count_telling_pages(session, other_id))
        same = judge(pairs, telling)
        if same is not None:
            found[other_id] = same
    return found


def record_matches(
    session: Session, document_id: str, found: Mapping[str, SameRecord], *, at: datetime
) -> None:
    """Propose what was found of a document. Proposals that are no longer found go; those that an editor
    has decided stay decided, with new figures."""
    mine = select(RecordMatch).where(
        or_(RecordMatch.first_id == document_id, RecordMatch.second_id == document_id)
    )
    known = {
        row.second_id if row.first_id == document_id else row.first_id: row for row in session.scalars(mine)
    }
    for other_id, row in known.items():
        if other_id not in found and row.state == MatchState.PROPOSED:
            session.delete(row)
    for other_id, same in found.items():
        row = known.get(other_id) or RecordMatch(state=MatchState.PROPOSED, found_at=at)
        _write(row, document_id, other_id, same)
        session.add(row)
    session.flush()


def _write(row: RecordMatch, document_id: str, other_id: str, same: SameRecord) -> None:
    row.score = same.score
    if row.state != MatchState.ACCEPTED:  # an editor has said which it is
        row.kind = same.kind
    row.first_id, row.second_id = sorted((document_id, other_id))
    only = [same.words_only_first, same.words_only_second]
    turned = row.first_id != document_id
    row.page_pairs = sorted(pair[::-1] if turned else pair for pair in same.page_pairs)
    row.words_only_first, row.words_only_second = only[::-1] if turned else only


def _compare(session: Session, first_id: str, second_id: str, numbers: tuple[int, int]) -> PairCompared:
    first, second = zip((first_id, second_id), numbers, strict=True)
    rows = session.execute(
        select(Page.document_id, Page.text, Page.disposition).where(pages_at((first, second)))
    )
    pages = {
        document_id: PageWords(sketched_words(text), disposition != PageDisposition.RELEASED)
        for document_id, text, disposition in rows
    }
    nothing = PageWords(())
    return compare_pair(numbers, pages.get(first_id, nothing), pages.get(second_id, nothing))


def _original_of(session: Session, document_id: str) -> str:
    """What a copy was made of, and that of; the document itself when it is as it was received."""
    seen = {document_id}
    while True:
        of = session.scalar(select(Document.derived_from_id).where(Document.id == document_id))
        if of is None or of in seen:
            return document_id
        seen.add(of)
        document_id = of


def _weight(row: tuple[str, list[tuple[int, int, int]]]) -> tuple[int, str]:
    return sum(shared for _, _, shared in row[1]), row[0]
