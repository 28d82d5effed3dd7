"""Pages drawn large on demand."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.errors import DocumentNotFound, PageImageNotFound
from archive.models import Document, Page
from archive.parts import Parts
from archive.rules.statuses import Visibility
from archive.services.page_images import ImageSize, find_image_key, make_large_image
from ingest.errors import PageTooSlow
from ingest.page import PageImage
from tests.factories import make_document


def _add(parts: Parts, visibility: Visibility = Visibility.PUBLISHED) -> Document:
    with parts.database.transaction() as session:
        return make_document(session, parts.storage, visibility=visibility)


def _draw(path: Path, page_number: int, width_px: int) -> PageImage:
    assert path.read_bytes().startswith(b"%PDF-")
    return PageImage(width_px, width_px, b"RIFF....WEBP" + bytes([page_number]))


def test_what_was_drawn_is_kept_and_named(parts: Parts) -> None:
    document = _add(parts)
    key = make_large_image(parts.database, parts.storage, _draw, document.id, 1)
    assert parts.storage.read(key) == b"RIFF....WEBP\x01"
    with parts.database.reading() as session:
        assert find_image_key(session, document.id, 1, ImageSize.LARGE) == key
        assert session.get_one(Page, (document.id, 1)).image_key != key


def test_a_page_that_cannot_be_drawn_says_why_and_leaves_nothing(parts: Parts) -> None:
    def too_slow(path: Path, page_number: int, width_px: int) -> PageImage:
        raise PageTooSlow

    document = _add(parts)
    before = list(parts.storage.iter_keys())
    with pytest.raises(PageImageNotFound, match=PageTooSlow.sentence[:20]):
        make_large_image(parts.database, parts.storage, too_slow, document.id, 1)
    assert list(parts.storage.iter_keys()) == before
    with parts.database.reading() as session:
        assert find_image_key(session, document.id, 1, ImageSize.LARGE) is None


def test_a_hidden_document_is_not_drawn(parts: Parts) -> None:
    document = _add(parts, Visibility.UNPUBLISHED)
    with pytest.raises(DocumentNotFound):
        make_large_image(parts.database, parts.storage, _draw, document.id, 1)


def test_a_document_withdrawn_meanwhile_does_not_come_back(parts: Parts) -> None:
    document = _add(parts)

    def withdraw_and_draw(path: Path, page_number: int, width_px: int) -> PageImage:
        with parts.database.transaction() as session:
            session.get_one(Document, document.id).visibility = Visibility.WITHDRAWN
        return _draw(path, page_number, width_px)

    with pytest.raises(DocumentNotFound):
        make_large_image(parts.database, parts.storage, withdraw_and_draw, document.id, 1)
