"""The pictures of a page: those made at reading, and the large one, made when somebody asks."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from sqlalchemy import update
from sqlalchemy.orm import Session

from archive.database import Database
from archive.errors import PageImageNotFound
from archive.models import Page
from archive.ports import Storage
from archive.rules.access import READER, Viewer
from archive.services.documents import get_page
from archive.storage.keys import image_key, original_key
from ingest.errors import IngestError
from ingest.page import PageImage

LARGE_WIDTH_PX = 1_700


class ImageSize(StrEnum):
    """The sizes of a page's image."""

    THUMBNAIL = "thumb"  # 240 px wide
    READING = ""  # 1,000 px wide
    LARGE = "large"  # 1,700 px wide


class RenderPage(Protocol):
    """Draws one page of a PDF in the sandbox. Raises ``IngestError``."""

    def __call__(self, path: Path, page_number: int, width_px: int) -> PageImage: ...


def find_image_key(
    session: Session, document_id: str, page_number: int, size: ImageSize, viewer: Viewer = READER
) -> str | None:
    """The key of a page's image in the store; None when there is none yet.

    Raises ``DocumentNotFound`` or ``PageNotFound``.
    """
    _, page = get_page(session, document_id, page_number, viewer)
    keys = {
        ImageSize.THUMBNAIL: page.thumbnail_key,
        ImageSize.READING: page.image_key,
        ImageSize.LARGE: page.large_image_key,
    }
    return keys[size]


def make_large_image(
    database: Database,
    storage: Storage,
    render: RenderPage,
    document_id: str,
    page_number: int,
    *,
    viewer: Viewer = READER,
) -> str:
    """Draw a page large, keep the image, and return its key. Again gives the same key.

    It takes the database rather than a session, because drawing takes long and nothing may be locked
    meanwhile. Raises ``PageImageNotFound`` when the page cannot be drawn.
    """
    with database.reading() as session:
        document, _ = get_page(session, document_id, page_number, viewer)
    try:
        with storage.local_path(original_key(document.sha256)) as path:
            image = render(path, page_number, LARGE_WIDTH_PX)
    except IngestError as error:
        raise PageImageNotFound(error.sentence) from error
    key = image_key(hashlib.sha256(image.webp).hexdigest())
    storage.put(key, image.webp)
    with database.transaction() as session:
        get_page(session, document_id, page_number, viewer)  # it may have been withdrawn meanwhile
        session.execute(
            update(Page)
            .where(Page.document_id == document_id, Page.page_number == page_number)
            .values(large_image_key=key)
        )
    return key
