"""What goes into an evidence pack: the chosen pages of documents that the viewer may see, and their marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.errors import ArchiveError, DocumentNotFound, DocumentWithdrawn
from archive.models import Document, Page
from archive.rules.access import Viewer
from archive.rules.citation_errors import CitationNotFound
from archive.rules.evidence_choice import (
    MOST_DOCUMENTS,
    MOST_PAGES,
    BadChoice,
    Choice,
    ChosenPages,
    NotForPack,
)
from archive.services.attempts import network_of, take_attempt
from archive.services.citations import CheckedCitation, check_citation, get_citation
from archive.services.documents import get_document
from archive.services.openings import must_be_recorded, record_opening
from ingest.page import Box

MOST_SOURCE_BYTES = 200 * 1000**2
MOST_PACKS = 30
_WINDOW = timedelta(hours=1)


class TooManyPacks(ArchiveError):
    code = "too_many_packs"
    sentence = f"You have had {MOST_PACKS} packs in the last hour."
    help = "Try again in an hour."
    status = 429


@dataclass(frozen=True, slots=True)
class PackedPage:
    """A page, and the boxes of the words that are cited on it."""

    page: Page
    marks: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class PackedDocument:
    """A document with its chosen pages in their order."""

    document: Document
    pages: tuple[PackedPage, ...]


@dataclass(frozen=True, slots=True)
class Packed:
    """All that was chosen: documents in the order in which they are first named, citations as checked now."""

    documents: tuple[PackedDocument, ...]
    citations: tuple[CheckedCitation, ...]

    @property
    def page_count(self) -> int:
        """How many pages were chosen."""
        return sum(len(packed.pages) for packed in self.documents)


@dataclass(slots=True)
class _Draft:
    """Pages of one document while they are collected."""

    document: Document
    numbers: set[int] = field(default_factory=set)
    marks: dict[int, list[Box]] = field(default_factory=dict)


def choose_for_pack(session: Session, choice: Choice, viewer: Viewer) -> Packed:
    """Find what was chosen. Raises ``NotForPack`` with what ``viewer`` may not see, and ``BadChoice`` for
    pages that a document does not have, and for too much."""
    missing: list[str] = []
    citations = _citations(session, choice.citation_ids, viewer, missing)
    documents = _documents(session, choice.pages, viewer, missing)
    if missing:
        raise NotForPack(missing)
    drafts: dict[str, _Draft] = {}
    for checked in citations:
        draft = drafts.setdefault(checked.citation.document_id, _Draft(checked.citation.document))
        for part in checked.parts:
            draft.numbers.add(part.page_number)
            draft.marks.setdefault(part.page_number, []).extend(_by_line(part.boxes) if part.is_found else ())
    for chosen in choice.pages:
        document = documents[chosen.document_id]
        drafts.setdefault(document.id, _Draft(document)).numbers.update(_numbers(chosen, document))
    _check_size(drafts.values())
    return Packed(tuple(_packed(session, draft) for draft in drafts.values()), citations)


def note_pack(
    session: Session, documents: Iterable[Document], *, viewer: Viewer, address: str, at: datetime
) -> None:
    """Count a pack, and put on record whose files are opened that are not shown. ``address``: of the network.

    Call it in a transaction of its own. Raises ``TooManyPacks``.
    """
    who = f"account {viewer.account_id}" if viewer.account_id else network_of(address)
    if not take_attempt(session, "evidence_pack", who, at=at, most=MOST_PACKS, window=_WINDOW):
        raise TooManyPacks
    for document in documents:
        if must_be_recorded(document):
            record_opening(session, document, viewer=viewer, at=at)


def _by_line(boxes: Iterable[Box]) -> Iterator[Box]:
    """Boxes of words that follow on each other in a line as one: a stroke of the pen runs through."""
    stroke: Box | None = None
    for box in boxes:
        if stroke is not None and _follows(stroke, box):
            top, bottom = min(stroke.top, box.top), max(stroke.bottom, box.bottom)
            stroke = Box(stroke.x0, top, box.x1, bottom)
            continue
        if stroke is not None:
            yield stroke
        stroke = box
    if stroke is not None:
        yield stroke


def _follows(stroke: Box, box: Box) -> bool:
    height = min(stroke.bottom - stroke.top, box.bottom - box.top)
    shared = min(stroke.bottom, box.bottom) - max(stroke.top, box.top)
    return shared > height / 2 and 0 <= box.x0 - stroke.x1 < height and box.x1 > stroke.x1


def _citations(
    session: Session, ids: Sequence[str], viewer: Viewer, missing: list[str]
) -> tuple[CheckedCitation, ...]:
    found = []
    for citation_id in ids:
        try:
            citation = get_citation(session, citation_id, viewer)
        except (CitationNotFound, DocumentWithdrawn):
            missing.append(citation_id)
        else:
            found.append(check_citation(session, citation, viewer))
    return tuple(found)


def _documents(
    session: Session, chosen: Sequence[ChosenPages], viewer: Viewer, missing: list[str]
) -> Mapping[str, Document]:
    found = {}
    for document_id in dict.fromkeys(one.document_id for one in chosen):
        try:
            found[document_id] = get_document(session, document_id, viewer)
        except (DocumentNotFound, DocumentWithdrawn):
            missing.append(document_id)
    return found


def _numbers(chosen: ChosenPages, document: Document) -> set[int]:
    count = document.page_count or 0
    ranges = chosen.ranges or ((1, count),)
    last = max((last for _, last in ranges), default=0)
    if not count or last > count:
        raise BadChoice(
            f"{document.id} has no page {last}." if count else f"{document.id} has no pages yet.",
            help=f"It has {count:,}." if count else "Wait until it is read.",
        )
    if sum(last - first + 1 for first, last in ranges) > MOST_PAGES:
        raise _too_much()
    return {number for first, last in ranges for number in range(first, last + 1)}


def _check_size(drafts: Iterable[_Draft]) -> None:
    collected = list(drafts)
    if len(collected) > MOST_DOCUMENTS or sum(len(draft.numbers) for draft in collected) > MOST_PAGES:
        raise _too_much()
    large = [draft.document.id for draft in collected if draft.document.byte_count > MOST_SOURCE_BYTES]
    if large:
        raise BadChoice(
            f"Too large to take pages from: {', '.join(large)}.",
            help="Files of up to 200 MB can be used. Download the file itself instead.",
        )


def _too_much() -> BadChoice:
    return BadChoice(
        f"A pack holds {MOST_PAGES} pages of {MOST_DOCUMENTS} documents at most.",
        help="Choose fewer, or make several packs.",
    )


def _packed(session: Session, draft: _Draft) -> PackedDocument:
    pages = session.scalars(
        select(Page)
        .where(Page.document_id == draft.document.id, Page.page_number.in_(draft.numbers))
        .order_by(Page.page_number)
    ).all()
    if len(pages) != len(draft.numbers):
        raise BadChoice(f"{draft.document.id} is being read again.", help="Try again in a few minutes.")
    return PackedDocument(
        draft.document,
        tuple(PackedPage(page, tuple(draft.marks.get(page.page_number, ()))) for page in pages),
    )
