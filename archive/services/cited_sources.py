"""What the styles are given of a cited passage or page: the document as it is described now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from archive.models import Citation, Document, Page
from archive.rules.access import READER, Viewer
from archive.rules.addresses import document_path, original_path, page_path
from archive.rules.citation_addresses import citation_path
from archive.rules.cited_source import CitedSource
from archive.rules.slip_sheets import is_slip_sheet
from archive.services.citations import find_successor, record_of
from ingest.page import TextSource

Absolute = Callable[[str], str]


def source_of(
    session: Session,
    citation: Citation,
    *,
    absolute: Absolute,
    archive_name: str,
    accessed_on: date,
    viewer: Viewer = READER,
) -> CitedSource:
    """A citation's source. ``absolute`` makes an address of this site out of its path."""
    successor = find_successor(session, citation.document, viewer)
    return source_with(
        session,
        citation,
        successor,
        absolute=absolute,
        archive_name=archive_name,
        accessed_on=accessed_on,
    )


def source_with(
    session: Session,
    citation: Citation,
    successor: Document | None,
    *,
    absolute: Absolute,
    archive_name: str,
    accessed_on: date,
) -> CitedSource:
    """The same, where it is known already whether there is a better copy: for many at once."""
    first = _page(session, citation.document_id, citation.page_number)
    last = _page(session, citation.document_id, citation.last_page_number)
    values = _values(citation.document, first, last, absolute, successor)
    said = {name: value for name, value in citation.facts.items() if name in _TEXTS and not values.get(name)}
    return CitedSource(
        **{
            **values,
            **said,
            "address": absolute(citation_path(citation.id)),
            "words": record_of(citation).words,
            "citation_id": citation.id,
            "is_ocr": citation.source == TextSource.OCR,
        },
        archive_name=archive_name,
        accessed_on=accessed_on,
    )


def source_of_page(
    session: Session,
    document: Document,
    page: Page,
    *,
    absolute: Absolute,
    archive_name: str,
    accessed_on: date,
    viewer: Viewer = READER,
) -> CitedSource:
    """The source of a page that is not cited for good: its own address stands for it."""
    values = _values(document, page, page, absolute, find_successor(session, document, viewer))
    address = absolute(page_path(document.id, page.page_number))
    return CitedSource(**values, address=address, archive_name=archive_name, accessed_on=accessed_on)


# Taken from when it was cited, where the document is no longer described so.
_TEXTS = ("sender", "recipient", "subject", "agency", "place", "production", "tracking_number", "bates")


def _values(
    document: Document, first: Page, last: Page, absolute: Absolute, successor: Document | None
) -> dict[str, Any]:
    agency, production = document.agency, document.production
    return {
        "document_id": document.id,
        "sha256": document.sha256,
        "title": document.title,
        "page_number": first.page_number,
        "document_address": absolute(document_path(document.id)),
        "file_address": absolute(original_path(document.id)),
        "kind": document.kind,
        "dated_on": document.dated_on,
        "sender": document.sender or "",
        "recipient": document.recipient or "",
        "subject": document.subject or "",
        "agency": agency.name if agency else "",
        "agency_short": agency.short_name if agency else "",
        "place": _place(document),
        "production": production.title if production else "",
        "tracking_number": (production.tracking_number or "") if production else "",
        "vote": document.vote or "",
        "language": document.language or "",
        "last_page_number": last.page_number if last.page_number != first.page_number else None,
        "bates": first.bates or "",
        "last_bates": (last.bates or "") if last.page_number != first.page_number else "",
        "printed_label": first.printed_label or "",
        "page_count": document.page_count,
        "source_file": document.source_file,
        "is_ocr": first.source == TextSource.OCR,
        "is_withheld": is_slip_sheet(first.text),
        "superseded_by": absolute(document_path(successor.id)) if successor else "",
    }


def _page(session: Session, document_id: str, page_number: int) -> Page:
    """The page; while it is being read anew, what is known without it."""
    found = session.get(Page, (document_id, page_number))
    unread = {"text": "", "source": TextSource.NONE, "bates": None, "printed_label": None}
    return found or Page(document_id=document_id, page_number=page_number, **unread)


def _place(document: Document) -> str:
    place = document.place
    if place is None:
        return ""
    return f"{place.name}, {place.state}" if place.state else place.name
