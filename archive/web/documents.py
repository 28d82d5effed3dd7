"""A document: what it is, where it came from, its pages, its text."""

from __future__ import annotations

from flask import Blueprint, render_template

from archive.rules.access import public
from archive.rules.addresses import document_redactions_path
from archive.services.citing_works import list_cited_by
from archive.services.documents import get_document_sheet, get_text_window
from archive.services.record_matches import find_releases
from archive.services.redaction_document_figures import get_short_figures_of_document
from archive.services.standing import standing_of
from archive.web.current import reading, window_number
from archive.web.identity import viewer
from archive.web.metadata import document_metadata

blueprint = Blueprint("documents", __name__)


@blueprint.get("/documents/<document_id>")
@public
def show_document(document_id: str) -> str:
    """The document with its facts and thumbnails."""
    with reading() as session:
        sheet = get_document_sheet(session, document_id, viewer=viewer(), window=window_number())
        standing = standing_of(session, sheet.document, viewer())
        cited_by = list_cited_by(session, document_id)
        metadata = document_metadata(session, sheet.document)
        releases = find_releases(session, document_id, viewer())
        short = get_short_figures_of_document(session, sheet.document)
    return render_template(
        "documents/show.html",
        sheet=sheet,
        document=sheet.document,
        standing=standing,
        cited_by=cited_by,
        metadata=metadata,
        releases=releases,
        short=short,
        short_path=document_redactions_path(document_id),
    )


@blueprint.get("/documents/<document_id>/text")
@public
def show_document_text(document_id: str) -> str:
    """The text of its pages, one after the other."""
    with reading() as session:
        document, pages = get_text_window(session, document_id, viewer=viewer(), window=window_number())
        standing = standing_of(session, document, viewer())
    return render_template("documents/text.html", document=document, pages=pages, standing=standing)
