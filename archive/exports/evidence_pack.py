"""An evidence pack as plain values: what stands on its pages, before anything is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from archive.exports.citation_styles import format_citation, style_by_id
from archive.models import Document, Page
from archive.rules.access import Viewer
from archive.rules.addresses import document_path, original_path, page_path
from archive.rules.citation_addresses import citation_path
from archive.rules.cited_source import CitedSource
from archive.rules.evidence_choice import USUAL_HEADING
from archive.services.citations import CheckedCitation
from archive.services.cited_sources import source_of, source_of_page
from archive.services.custody import CustodyEvent, custody_of
from archive.services.evidence_packs import Packed, PackedDocument, PackedPage
from ingest.page import Box

_STYLE = "bluebook"
_MOST_TITLE_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Cover:
    """What a person says of the pack, and what is said on every page of it. ``address``: of the archive."""

    heading: str
    prepared_by: str
    marks: bool
    archive_name: str
    address: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class PackPage:
    """A page as its stamp names it, and what is marked on it."""

    page_number: int
    address: str
    bates: str
    marks: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of which pages are taken."""

    document_id: str
    title: str
    about: str
    address: str
    file_address: str
    file_name: str
    byte_count: int
    sha256: str
    page_count: int
    pages: tuple[PackPage, ...]
    custody: tuple[CustodyEvent, ...]


@dataclass(frozen=True, slots=True)
class PackCitation:
    """A line of the list of citations. ``words`` and ``state`` are empty where pages as such are cited."""

    said: str
    address: str
    words: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """All that is drawn."""

    cover: Cover
    files: tuple[PackFile, ...]
    citations: tuple[PackCitation, ...]

    @property
    def page_count(self) -> int:
        """How many pages of files there are."""
        return sum(len(file.pages) for file in self.files)

    @property
    def heading(self) -> str:
        """What the pack is called on each page."""
        return self.cover.heading or USUAL_HEADING


def compose_pack(
    session: Session, packed: Packed, cover: Cover, *, absolute: Callable[[str], str], viewer: Viewer
) -> Pack:
    """What was chosen as plain values. ``absolute`` makes an address of this site out of its path."""

    def source(page: Page, document: Document) -> CitedSource:
        return source_of_page(
            session,
            document,
            page,
            absolute=absolute,
            archive_name=cover.archive_name,
            accessed_on=cover.made_at.date(),
            viewer=viewer,
        )

    def cited(checked: CheckedCitation) -> PackCitation:
        about = source_of(
            session,
            checked.citation,
            absolute=absolute,
            archive_name=cover.archive_name,
            accessed_on=cover.made_at.date(),
            viewer=viewer,
        )
        address = absolute(citation_path(checked.citation.id))
        return PackCitation(_said(about), address, checked.record.words, checked.sentence)

    pages = [entry for one in packed.documents for entry in _whole_pages(one, packed.citations, source)]
    files = tuple(
        _file(one, custody_of(session, one.document, viewer), cover, absolute) for one in packed.documents
    )
    return Pack(cover, files, (*map(cited, packed.citations), *pages))


def _said(source: CitedSource) -> str:
    return format_citation(style_by_id(_STYLE), source).text


def _whole_pages(
    packed: PackedDocument,
    citations: tuple[CheckedCitation, ...],
    source: Callable[[Page, Document], CitedSource],
) -> Iterator[PackCitation]:
    """Pages on which no words are cited, each row of pages in one."""
    document = packed.document
    cited = {part.page_number for c in citations if c.citation.document_id == document.id for part in c.parts}
    for first, last in _rows([one for one in packed.pages if one.page.page_number not in cited]):
        about = source(first.page, document)
        if last is not first:
            about = replace(about, last_page_number=last.page.page_number, last_bates=last.page.bates or "")
        yield PackCitation(_said(about), about.address)


def _rows(pages: list[PackedPage]) -> Iterator[tuple[PackedPage, PackedPage]]:
    """First and last of pages that follow on each other."""
    start = 0
    for place, packed in enumerate(pages):
        following = pages[place + 1].page.page_number if place + 1 < len(pages) else None
        if following != packed.page.page_number + 1:
            yield pages[start], packed
            start = place + 1


def _file(
    packed: PackedDocument, custody: tuple[CustodyEvent, ...], cover: Cover, absolute: Callable[[str], str]
) -> PackFile:
    document = packed.document
    return PackFile(
        document_id=document.id,
        title=_title(document),
        about=_about(document),
        address=absolute(document_path(document.id)),
        file_address=absolute(original_path(document.id)),
        file_name=document.source_file.replace("\\", "/").rpartition("/")[2],
        byte_count=document.byte_count,
        sha256=document.sha256,
        page_count=document.page_count or 0,
        pages=tuple(
            PackPage(
                page_number=one.page.page_number,
                address=absolute(page_path(document.id, one.page.page_number)),
                bates=one.page.bates or "",
                marks=one.marks if cover.marks else (),
            )
            for one in packed.pages
        ),
        custody=custody,
    )


def _title(document: Document) -> str:
    title = document.title
    return title if len(title) <= _MOST_TITLE_CHARACTERS else title[:_MOST_TITLE_CHARACTERS].rstrip() + "…"


def _about(document: Document) -> str:
    """Agency and date, as far as they are known."""
    day = document.dated_on
    parts = (
        document.agency.name if document.agency else "",
        f"{day.day} {day:%B %Y}" if day else "",
        document.production.title if document.production else "",
    )
    return " · ".join(part for part in parts if part)
