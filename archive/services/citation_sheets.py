"""Everything that a citation's own page says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from archive.models import Citation, Document, Page
from archive.rules.access import Viewer
from archive.rules.citation_check import PartNow, covered_share
from archive.rules.citation_record import is_citation_id
from archive.rules.citation_states import CitationState
from archive.rules.cited_source import CitedSource
from archive.services.citations import CheckedCitation, check_citation, find_successor, get_citation
from archive.services.cited_sources import source_of
from archive.services.compared_citations import WithheldIn, withheld_in
from archive.services.word_boxes import unpack_words
from ingest.page import Box

_MOSTLY = 0.5  # share of a word that must lie in the cited place to be what is there now


@dataclass(slots=True)
class CitedPage:
    """A page with what is marked on it. ``says`` is what today's reading has in the cited place, where that
    is not what was cited; ``is_elsewhere``: another page than the citation names."""

    page: Page
    boxes: list[Box] = field(default_factory=list)
    says: str = ""
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class CitationSheet:
    """A citation checked again, with its pages and its source. ``withheld_in``: the release that withheld its
    words, when it points at a comparison."""

    checked: CheckedCitation
    source: CitedSource
    pages: tuple[CitedPage, ...]
    withheld_in: WithheldIn | None = None

    @property
    def document(self) -> Document:
        """Where the words are from."""
        return self.checked.citation.document

    @property
    def says_now(self) -> str:
        """What stands in the cited place now, when it is not what was cited."""
        return " ".join(cited.says for cited in self.pages if cited.says)


def get_citation_sheet(
    session: Session,
    citation_id: str,
    viewer: Viewer,
    *,
    absolute: Callable[[str], str],
    archive_name: str,
    accessed_on: date,
) -> CitationSheet:
    """A citation, checked. ``absolute`` makes an address of this site of a path. Raises as ``get_citation``
    does."""
    citation = get_citation(session, citation_id, viewer)
    checked = check_citation(session, citation, viewer)
    source = source_of(
        session,
        citation,
        absolute=absolute,
        archive_name=archive_name,
        accessed_on=accessed_on,
        viewer=viewer,
    )
    pages = _pages(session, citation, checked.parts)
    return CitationSheet(checked, source, pages, withheld_in(session, citation, viewer))


def find_better_copy(session: Session, citation_id: str, viewer: Viewer) -> Document | None:
    """What stands for the document of a citation now, when that was withdrawn; None when nothing does that
    ``viewer`` may see."""
    citation = session.get(Citation, citation_id) if is_citation_id(citation_id) else None
    return find_successor(session, citation.document, viewer) if citation is not None else None


def _pages(session: Session, citation: Citation, parts: Sequence[PartNow]) -> tuple[CitedPage, ...]:
    pages: dict[int, CitedPage] = {}
    for part in parts:
        page = session.get(Page, (citation.document_id, part.page_number))
        if page is None:
            continue
        cited = pages.setdefault(part.page_number, CitedPage(page))
        cited.boxes += part.boxes
        cited.is_elsewhere |= part.page_number != part.cited.page_number
        if part.state == CitationState.DIFFERS:
            cited.says = f"{cited.says} {_words_in(page, part.boxes)}".strip()
    return tuple(pages[number] for number in sorted(pages))


def _words_in(page: Page, boxes: Sequence[Box]) -> str:
    """What today's reading of the page has in these places."""
    words = unpack_words(page.word_boxes, page.text)
    return " ".join(word.text for word in words if covered_share(word.boxes, boxes) >= _MOSTLY)
