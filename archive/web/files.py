"""The bytes: the file as received, the pictures of its pages, the plain text."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

from flask import Blueprint, Response, request

from archive.errors import PageImageNotFound, PageNotFound
from archive.rules.access import public
from archive.rules.statuses import CopyKind, PageStatus
from archive.services.documents import get_document, get_page
from archive.services.openings import must_be_recorded, record_opening
from archive.services.page_images import ImageSize, find_image_key, make_large_image
from archive.storage.keys import original_key
from archive.web.byte_ranges import send_object
from archive.web.current import parts, reading, renderer
from archive.web.headers import SANDBOX_POLICY
from archive.web.identity import viewer

blueprint = Blueprint("files", __name__)

_LONGEST_REASON = 300


@blueprint.get("/documents/<document_id>/file.pdf")
@public
def download_original(document_id: str) -> Response:
    """The file as received. Never shown inside the site: a PDF may hold scripts and links."""
    with reading() as session:
        document = get_document(session, document_id, viewer())
    if must_be_recorded(document):
        with parts().database.transaction() as session:
            record_opening(session, document, viewer=viewer(), at=parts().clock())
    response = send_object(
        parts().storage, original_key(document.sha256), etag=document.sha256, mimetype="application/pdf"
    )
    response.headers["Content-Disposition"] = attachment(document.source_file)
    response.headers["Content-Security-Policy"] = SANDBOX_POLICY
    if document.copy_kind == CopyKind.REDACTED:
        response.headers["X-Redacted"] = redacted_words(document.copy_reason or "")
    return response


@blueprint.get("/documents/<document_id>/pages/<int:page_number>.webp")
@public
def show_image(document_id: str, page_number: int) -> Response:
    """The page's image; the large one is drawn when it is first asked for."""
    size = _image_size()
    with reading() as session:
        key = find_image_key(session, document_id, page_number, size, viewer())
    if key is None and size == ImageSize.LARGE:
        key = make_large_image(
            parts().database, parts().storage, renderer(), document_id, page_number, viewer=viewer()
        )
    if key is None:
        raise PageImageNotFound
    return send_object(parts().storage, key, etag=PurePosixPath(key).stem, mimetype="image/webp")


@blueprint.get("/documents/<document_id>/pages/<int:page_number>.txt")
@public
def show_text(document_id: str, page_number: int) -> Response:
    """The page's text, a line a printed line."""
    with reading() as session:
        _, page = get_page(session, document_id, page_number, viewer())
    if page.status == PageStatus.FAILED:
        raise PageNotFound(page.failure_sentence)
    return Response(page.text + "\n", mimetype="text/plain")


def attachment(source_file: str) -> str:
    """A Content-Disposition that keeps the file's own name (RFC 6266) and can carry nothing else."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", source_file))[-1]
    name = "".join(character for character in name if character.isprintable()).strip(". ") or "document"
    if not name.lower().endswith(".pdf"):
        name += ".pdf"
    ascii_name = re.sub(r"[^A-Za-z0-9._ ()+-]", "_", name)
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"


def redacted_words(reason: str) -> str:
    """That a file was redacted here, and why, for a header: in ASCII, on one line."""
    said = " ".join(reason.split())[:_LONGEST_REASON].encode("ascii", "replace").decode("ascii")
    said = "".join(character for character in said if character.isprintable())
    return f"redacted by this archive: {said}" if said else "redacted by this archive"


def _image_size() -> ImageSize:
    try:
        return ImageSize(request.args.get("size", ""))
    except ValueError:
        raise PageImageNotFound from None
