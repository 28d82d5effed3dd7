"""The head of a document's page, of a page of it, and of a citation, for programs: published ones only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.exports.page_metadata import PageImageFacts, PageMetadata, page_metadata
from archive.models import Document, Page
from archive.rules.access import READER
from archive.rules.addresses import document_path, page_image_path, page_path
from archive.rules.citation_addresses import citation_image_path, citation_path
from archive.rules.cited_source import CitedSource
from archive.rules.statuses import Visibility
from archive.services.citation_sheets import CitationSheet
from archive.services.cited_sources import source_of_page
from archive.services.documents import find_first_page
from archive.web.current import parts
from archive.web.templating import address_for_others

if TYPE_CHECKING:
    from sqlalchemy.orm import Session  # views only hand it on


def document_metadata(session: Session, document: Document) -> PageMetadata | None:
    """Of a document; None when it is not published."""
    if document.visibility != Visibility.PUBLISHED:
        return None
    first = find_first_page(session, document.id)
    source = source_here(session, document, first)
    return page_metadata(
        source,
        canonical=address_for_others(document_path(document.id)),
        image=_image(document, first),
        absolute=address_for_others,
    )


def metadata_of_page(session: Session, document: Document, page: Page) -> PageMetadata | None:
    """Of a page; None when its document is not published."""
    if document.visibility != Visibility.PUBLISHED:
        return None
    return page_metadata(
        source_here(session, document, page),
        canonical=address_for_others(page_path(document.id, page.page_number)),
        is_page=True,
        image=_image(document, page),
        absolute=address_for_others,
    )


def metadata_of_citation(sheet: CitationSheet) -> PageMetadata | None:
    """Of a citation; None when its document is not published."""
    if sheet.document.visibility != Visibility.PUBLISHED:
        return None
    citation_id = sheet.checked.citation.id
    image = PageImageFacts(address_for_others(citation_image_path(citation_id)), media_type="image/png")
    canonical = address_for_others(citation_path(citation_id))
    return page_metadata(
        sheet.source, canonical=canonical, is_page=True, image=image, absolute=address_for_others
    )


def source_here(session: Session, document: Document, page: Page) -> CitedSource:
    """What this site says of a page to everybody."""
    settings = parts().settings
    return source_of_page(
        session,
        document,
        page,
        absolute=address_for_others,
        archive_name=settings.site_name,
        accessed_on=parts().clock().date(),
        viewer=READER,
    )


def _image(document: Document, page: Page) -> PageImageFacts | None:
    if not (page.image_key and page.image_width_px and page.image_height_px):
        return None
    address = address_for_others(page_image_path(document.id, page.page_number))
    return PageImageFacts(address, page.image_width_px, page.image_height_px)
