"""Many citations at once, in an order: a reader's list, the items of a collection. A few queries for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, load_only

from archive.models import Citation, Document, Page
from archive.rules.access import Viewer
from archive.rules.citation_check import PageNow, check_record
from archive.rules.citation_record import CitationRecord, is_citation_id, text_sha256_of
from archive.rules.citation_states import STATE_NAMES, STATE_SENTENCES, CitationState
from archive.rules.cited_source import CitedSource
from archive.rules.statuses import CopyKind, Visibility
from archive.services.citations import find_successor, record_of
from archive.services.cited_sources import source_with
from archive.services.documents import visible_documents
from archive.services.word_boxes import unpack_words

MOST_AROUND = 50  # pages on each side where words are looked for that are not there any more
_COLUMNS = (
    Page.text,
    Page.word_boxes,
    Page.source,
    Page.reader,
    Page.reader_version,
    Page.bates,
    Page.printed_label,
)
_Key = tuple[str, int]  # document id, page number


@dataclass(frozen=True, slots=True)
class ListedCitation:
    """One citation as it is now. ``label`` is the page's own name where the words begin."""

    citation: Citation
    label: str
    state: CitationState
    source: CitedSource

    @property
    def state_name(self) -> str:
        """The state in two or three words."""
        return STATE_NAMES[self.state]

    @property
    def sentence(self) -> str:
        """The state in a sentence."""
        return STATE_SENTENCES[self.state]


@dataclass(frozen=True, slots=True)
class ListedCitations:
    """Those that the viewer may see, in the order that was asked for, and how many are not shown:
    ``withdrawn`` ones, and ``absent`` ones (never made, or not for this viewer: nobody can tell which)."""

    shown: tuple[ListedCitation, ...]
    withdrawn: int
    absent: int

    @property
    def not_shown(self) -> int:
        """How many were asked for and are not here."""
        return self.withdrawn + self.absent


def list_citations(
    session: Session,
    citation_ids: Sequence[str],
    viewer: Viewer,
    *,
    absolute: Callable[[str], str],
    archive_name: str,
    accessed_on: date,
) -> ListedCitations:
    """Each of these citations once, checked against its pages as they are read now."""
    ids = list(dict.fromkeys(citation_ids))
    found = _found(session, ids)
    seen = _seen(session, {citation.document_id for citation in found.values()}, viewer)
    ordered = [found[one] for one in ids if one in found and found[one].document_id in seen]
    hidden = [found[one].document for one in ids if one in found and found[one].document_id not in seen]
    withdrawn = sum(map(_is_withdrawn, hidden))
    records = [record_of(citation) for citation in ordered]
    pages = _pages(session, ordered, records)
    better = _successors(session, [citation.document for citation in ordered], viewer)
    shown = tuple(
        ListedCitation(
            citation,
            record.parts[0].label,
            _state(session, citation, record, pages, better.get(citation.document_id)),
            source_with(
                session,
                citation,
                better.get(citation.document_id),
                absolute=absolute,
                archive_name=archive_name,
                accessed_on=accessed_on,
            ),
        )
        for citation, record in zip(ordered, records, strict=True)
    )
    return ListedCitations(shown, withdrawn, len(ids) - len(shown) - withdrawn)


def _found(session: Session, ids: Iterable[str]) -> dict[str, Citation]:
    wanted = [one for one in ids if is_citation_id(one)]
    rows = session.scalars(select(Citation).where(Citation.id.in_(wanted)))
    return {citation.id: citation for citation in rows}


def _seen(session: Session, document_ids: Iterable[str], viewer: Viewer) -> set[str]:
    visible = visible_documents(viewer).where(Document.id.in_(list(document_ids)))
    return set(session.scalars(visible.with_only_columns(Document.id)))


def _is_withdrawn(document: Document) -> bool:
    """Whether its tombstone is there for everybody to see."""
    return document.visibility == Visibility.WITHDRAWN and document.published_at is not None


def _pages(
    session: Session, citations: Sequence[Citation], records: Sequence[CitationRecord]
) -> dict[_Key, Page]:
    keys = {
        (citation.document_id, number)
        for citation, record in zip(citations, records, strict=True)
        for number in {record.page_number, record.last_page_number, *(p.page_number for p in record.parts)}
    }
    if not keys:
        return {}
    wanted = tuple_(Page.document_id, Page.page_number).in_(sorted(keys))
    rows = session.scalars(select(Page).where(wanted).options(load_only(*_COLUMNS)))
    return {(page.document_id, page.page_number): page for page in rows}


def _state(
    session: Session,
    citation: Citation,
    record: CitationRecord,
    pages: Mapping[_Key, Page],
    successor: Document | None,
) -> CitationState:
    """As ``check_citation`` says it."""
    if citation.document.sha256 != record.sha256:
        return CitationState.ALTERED
    numbers = {part.page_number for part in record.parts}
    own = {number: page for number in numbers if (page := pages.get((citation.document_id, number)))}
    now = _pages_now(own, needs_words=not _is_same_reading(record, own))
    check = check_record(record, now, citation_id=citation.id)
    if check.state == CitationState.DIFFERS:
        check = check_record(record, now | _around(session, citation, numbers), citation_id=citation.id)
    if successor is not None and check.is_proven:
        return CitationState.SUPERSEDED
    return check.state


def _is_same_reading(record: CitationRecord, pages: Mapping[int, Page]) -> bool:
    """Then the words are found by their place in the text, and the boxes, which take long, are not needed."""
    text = text_sha256_of([pages[number].text for number in sorted(pages)])
    return text == record.text_sha256 and all(
        page.reader_version == record.reader_version for page in pages.values()
    )


def _pages_now(pages: Mapping[int, Page], *, needs_words: bool) -> dict[int, PageNow]:
    return {
        number: PageNow(
            page.text,
            unpack_words(page.word_boxes, page.text) if needs_words else (),
            page.source,
            page.reader,
            page.reader_version,
        )
        for number, page in pages.items()
    }


def _around(session: Session, citation: Citation, but: Iterable[int]) -> dict[int, PageNow]:
    """The text of the pages around: whether the words stand there, not where."""
    middle = citation.page_number
    rows = session.execute(
        select(Page.page_number, Page.text, Page.source, Page.reader, Page.reader_version).where(
            Page.document_id == citation.document_id,
            Page.page_number >= max(1, middle - MOST_AROUND),
            Page.page_number < middle + MOST_AROUND,
            Page.page_number.not_in(list(but)),
        )
    )
    return {number: PageNow(text, (), *read_by) for number, text, *read_by in rows}


def _successors(session: Session, documents: Sequence[Document], viewer: Viewer) -> dict[str, Document]:
    """The better copies, by document: only those that may have one are asked about one by one."""
    ids = {document.id: document for document in documents}
    redacted = visible_documents(viewer).where(
        Document.derived_from_id.in_(list(ids)), Document.copy_kind == CopyKind.REDACTED
    )
    may_have = set(session.scalars(redacted.with_only_columns(Document.derived_from_id)))
    may_have |= {document.id for document in documents if document.superseded_by_id}
    found = {one: find_successor(session, ids[one], viewer) for one in may_have if one is not None}
    return {one: successor for one, successor in found.items() if successor is not None}
