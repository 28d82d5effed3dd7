"""Published documents as the site reads them."""

from __future__ import annotations

import pytest

from archive.errors import DocumentNotFound, PageNotFound
from archive.models import Document, Page
from archive.parts import Parts
from archive.rules.statuses import PageStatus, Visibility
from archive.services.documents import get_document, get_document_sheet, get_page, get_page_sheet
from tests.factories import NOON, make_document


def _add_long(parts: Parts, page_count: int) -> Document:
    """A long document, its pages without pictures, so that it is made at once."""
    with parts.database.transaction() as session:
        document = make_document(session, parts.storage, title=f"Log of {page_count} pages")
        document.page_count = page_count
        session.add_all(
            Page(
                document_id=document.id,
                page_number=number,
                status=PageStatus.READ,
                text=f"entry {number}",
                source="text_layer",
                reader="pdfium",
                marks=[],
                read_at=NOON,
            )
            for number in range(2, page_count + 1)
        )
        return document


@pytest.mark.parametrize("visibility", [Visibility.UNPUBLISHED, Visibility.WITHDRAWN])
def test_only_published_documents_are_there(parts: Parts, visibility: Visibility) -> None:
    with parts.database.transaction() as session:
        document = make_document(session, parts.storage, visibility=visibility)
    with parts.database.reading() as session:
        for read in (get_document, get_document_sheet):
            with pytest.raises(DocumentNotFound):
                read(session, document.id)
        for read_page in (get_page, get_page_sheet):
            with pytest.raises(DocumentNotFound):
                read_page(session, document.id, 1)


@pytest.mark.parametrize("document_id", ["", "short", "A" * 12, "' OR 1=1 --x", "abcdefghijkl"])
def test_an_id_that_is_none_is_not_found(parts: Parts, document_id: str) -> None:
    with parts.database.reading() as session, pytest.raises(DocumentNotFound):
        get_document(session, document_id)


@pytest.mark.parametrize("page_number", [-1, 0, 2, 10**30])
def test_a_page_that_is_not_there(parts: Parts, page_number: int) -> None:
    with parts.database.transaction() as session:
        document = make_document(session, parts.storage)
    with parts.database.reading() as session, pytest.raises(PageNotFound):
        get_page(session, document.id, page_number)


def test_a_page_knows_its_neighbours(parts: Parts) -> None:
    document = _add_long(parts, 100)
    with parts.database.reading() as session:
        first, middle, last = (get_page_sheet(session, document.id, number) for number in (1, 50, 100))
    assert (first.previous, first.next) == (None, 2)
    assert (middle.previous, middle.next) == (49, 51)
    assert (last.previous, last.next) == (99, None)
    assert [page.page_number for page in first.rail] == list(range(1, 13))
    assert [page.page_number for page in middle.rail] == list(range(47, 59))
    assert [page.page_number for page in last.rail] == list(range(89, 101))


def test_what_is_read_of_a_long_document_does_not_grow_with_it(parts: Parts) -> None:
    document = _add_long(parts, 2000)
    with parts.database.reading() as session:
        sheet = get_document_sheet(session, document.id, window=3)
        loaded = [row for row in session.identity_map.values() if isinstance(row, Page)]
    assert [page.page_number for page in sheet.thumbnails.items] == list(range(97, 145))
    assert sheet.thumbnails.total == 2000
    assert loaded == []  # not one page with its text and words
