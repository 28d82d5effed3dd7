"""The rows of an index of withheld records as one viewer sees them: what is known of each record, and what
was said in its place.

A record that the viewer may not see shows nothing: not what is known, nor what its keeper wrote of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from archive.models import Document, Page, RecordMatch, VaughnEntry, VaughnIndex
from archive.rules.access import Viewer
from archive.rules.redaction_states import MatchState
from archive.rules.redaction_words import codes_in_words
from archive.rules.statuses import KIND_WORDS, DocumentKind
from archive.rules.vaughn_columns import NOT_SHOWN, VAUGHN_COLUMNS
from archive.services.documents import visible_documents
from archive.services.vaughn_entries import list_entries
from ingest.redaction_found import PageDisposition

_GONE = (PageDisposition.WITHHELD, PageDisposition.REFERRED)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class VaughnRow:
    """A row. ``known`` is what the archive knows by column, ``said`` what a person wrote instead, ``others``
    the other copies of the record that the viewer may see. Without a ``document`` all is empty."""

    entry: VaughnEntry
    number: int
    document: Document | None
    known: Mapping[str, str]
    said: Mapping[str, str]
    others: tuple[Document, ...]

    @property
    def note(self) -> str:
        """What its keeper noted."""
        return self.entry.note if self.document else ""

    def cell(self, column: str) -> str:
        """What stands in a column."""
        return self.said.get(column) or self.known.get(column, "")

    def cells(self) -> tuple[str, ...]:
        """The row from left to right, the number first and the note last."""
        if self.document is None:
            empty = [""] * (len(VAUGHN_COLUMNS) - 1)
            return (str(self.number), NOT_SHOWN, *empty, "")
        return (str(self.number), *(self.cell(column) for column in VAUGHN_COLUMNS), self.note)


@dataclass(frozen=True, slots=True)
class _PageFacts:
    page_number: int
    bates: str
    share: float
    disposition: PageDisposition
    codes: Sequence[str]


def index_rows(session: Session, index: VaughnIndex, viewer: Viewer) -> tuple[VaughnRow, ...]:
    """All rows of an index, in their order."""
    entries = list_entries(session, index)
    ids = sorted({entry.document_id for entry in entries})
    documents: dict[str, Document] = {}
    pages: dict[str, list[_PageFacts]] = {}
    others: dict[str, list[Document]] = {}
    for start in range(0, len(ids), _AT_ONCE):  # a database takes only so many values at once
        some = ids[start : start + _AT_ONCE]
        documents |= {row.id: row for row in _visible(session, some, viewer)}
        pages |= _page_facts(session, [one for one in some if one in documents])
        others |= _other_copies(session, [one for one in some if one in documents], viewer)
    return tuple(
        _row(entry, number, documents.get(entry.document_id), pages, others)
        for number, entry in enumerate(entries, 1)
    )


def _row(
    entry: VaughnEntry,
    number: int,
    document: Document | None,
    pages: Mapping[str, Sequence[_PageFacts]],
    others: Mapping[str, Sequence[Document]],
) -> VaughnRow:
    if document is None:
        return VaughnRow(entry, number, None, {}, {}, ())
    copies = tuple(others.get(document.id, ()))
    meant = [
        page for page in pages.get(document.id, ()) if entry.first_page <= page.page_number <= entry.last_page
    ]
    return VaughnRow(entry, number, document, _known(entry, document, meant, copies), entry.said, copies)


def _known(
    entry: VaughnEntry, document: Document, pages: Sequence[_PageFacts], copies: Iterable[Document]
) -> dict[str, str]:
    codes = sorted({code for page in pages for code in page.codes})
    kind = KIND_WORDS[document.kind].capitalize() if document.kind else ""
    if document.kind == DocumentKind.OTHER:
        kind = ""
    day = document.dated_on
    return {
        "bates": _bates_words(pages),
        "date": f"{day.day} {day:%B %Y}" if day else "",
        "sender": document.sender or "",
        "recipient": document.recipient or "",
        "record": f"{kind}: {document.title}" if kind else document.title,
        "pages": _pages_words(entry, document),
        "exemptions": codes_in_words(codes),
        "share": _share_words(pages),
        "elsewhere": "; ".join(_copy_words(copy) for copy in copies),
    }


def _bates_words(pages: Iterable[_PageFacts]) -> str:
    stamps = [page.bates for page in pages if page.bates]
    if not stamps:
        return ""
    return stamps[0] if len(stamps) == 1 else f"{stamps[0]} to {stamps[-1]}"


def _pages_words(entry: VaughnEntry, document: Document) -> str:
    """How many, and which when they are not all."""
    count = entry.last_page - entry.first_page + 1
    if count == (document.page_count or 1):
        return f"{count:,}"
    if count == 1:
        return f"1 (page {entry.first_page:,} of {document.page_count:,})"
    return f"{count:,} (pages {entry.first_page:,} to {entry.last_page:,} of {document.page_count:,})"


def _share_words(pages: Sequence[_PageFacts]) -> str:
    """The share of the lines that is withheld, each page counting alike, and the pages of which all is."""
    if not pages:
        return ""
    gone = sum(page.disposition in _GONE for page in pages)
    share = sum(1.0 if page.disposition in _GONE else page.share for page in pages) / len(pages)
    if share == 0:
        return "nothing found withheld"
    said = f"{share:.0%}" if share >= 0.005 else "less than 1%"
    return f"{said}; {gone:,} of {len(pages):,} pages in full" if gone else said


def _copy_words(document: Document) -> str:
    where = document.production.title if document.production else ""
    return f"{document.title} ({where})" if where else document.title


def _visible(session: Session, ids: Sequence[str], viewer: Viewer) -> Iterable[Document]:
    return session.scalars(visible_documents(viewer).where(Document.id.in_(ids)))


def _page_facts(session: Session, ids: Sequence[str]) -> dict[str, list[_PageFacts]]:
    found: defaultdict[str, list[_PageFacts]] = defaultdict(list)
    rows = session.execute(
        select(
            Page.document_id,
            Page.page_number,
            Page.bates,
            Page.withheld_share,
            Page.disposition,
            Page.claimed_codes,
        )
        .where(Page.document_id.in_(ids))
        .order_by(Page.document_id, Page.page_number)
    )
    for document_id, page_number, bates, share, disposition, codes in rows:
        found[document_id].append(_PageFacts(page_number, bates or "", share, disposition, codes))
    return dict(found)


def _other_copies(session: Session, ids: Sequence[str], viewer: Viewer) -> dict[str, list[Document]]:
    """By document: what an editor said is the same record, as far as ``viewer`` may see it."""
    either = or_(RecordMatch.first_id.in_(ids), RecordMatch.second_id.in_(ids))
    pairs = session.execute(
        select(RecordMatch.first_id, RecordMatch.second_id)
        .where(RecordMatch.state == MatchState.ACCEPTED, either)
        .order_by(RecordMatch.first_id, RecordMatch.second_id)
    ).all()
    wanted = sorted({document_id for first, second in pairs for document_id in (first, second)})
    seen: dict[str, Document] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        seen |= {row.id: row for row in _visible(session, wanted[start : start + _AT_ONCE], viewer)}
    found: defaultdict[str, list[Document]] = defaultdict(list)
    for first, second in pairs:
        for one, other in ((first, second), (second, first)):
            if one in ids and other in seen:
                found[one].append(seen[other])
    return dict(found)
