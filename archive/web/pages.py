"""A page: its image with the words over it, hits marked on the paper, the text beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from archive.errors import BadQuery, IndexUnavailable
from archive.models import Page
from archive.rules.access import public
from archive.rules.addresses import page_path
from archive.rules.query import Query
from archive.services.citing_works import list_cited_by
from archive.services.document_hits import DocumentHits, find_document_hits
from archive.services.documents import get_document, get_page_sheet
from archive.services.page_images import LARGE_WIDTH_PX
from archive.services.record_matches import find_releases
from archive.services.redaction_sheet import get_redaction_sheet
from archive.services.result_steps import ResultSteps, find_steps
from archive.services.search import page_marks, page_spans
from archive.services.search_answer import query_to_answer
from archive.services.search_request import HITS_IN_WINDOW
from archive.services.standing import standing_of
from archive.services.word_boxes import unpack_words
from archive.web.current import parts, reading
from archive.web.identity import viewer
from archive.web.metadata import metadata_of_page
from archive.web.page_text import mark_paragraphs
from archive.web.search_address import SearchAddress
from archive.web.search_asked import asked_or_everything, searcher
from archive.web.templating import local_address
from archive.web.text_layer import TextLine, lay_out_text
from ingest.page import Box

if TYPE_CHECKING:
    from sqlalchemy.orm import Session  # views only hand it on

blueprint = Blueprint("pages", __name__)


@dataclass(frozen=True, slots=True)
class Leaf:
    """What is drawn of a page: its words in place, the boxes of its hits, its text with the hits marked."""

    lines: tuple[TextLine, ...]
    marks: Sequence[Box]
    paragraphs: tuple[Markup, ...]


@blueprint.get("/documents/<document_id>/pages/<int:page_number>")
@public
def show_page(document_id: str, page_number: int) -> str:
    """The page, with the words of ``q`` marked; ``hit`` is its place among the results it was opened from."""
    address = SearchAddress.from_pairs(request.args.items(multi=True))
    with reading() as session:
        sheet = get_page_sheet(session, document_id, page_number, viewer())
        standing = standing_of(session, sheet.document, viewer())
        releases = find_releases(session, document_id, viewer())
        withheld = get_redaction_sheet(session, sheet.page, viewer())
        cited_by = list_cited_by(session, document_id, page_number)
        metadata = metadata_of_page(session, sheet.document, sheet.page)
        query, problem = _marked_query(session)
        steps = _steps(session, query, (document_id, page_number))
    hits = find_document_hits(parts().engine, query, sheet.document) if query else DocumentHits()
    return render_template(
        "pages/show.html",
        sheet=sheet,
        document=sheet.document,
        standing=standing,
        releases=releases,
        withheld=withheld,
        marks_open="marks" in request.args,
        cited_by=cited_by,
        metadata=metadata,
        page=sheet.page,
        leaf=_lay_out(sheet.page, query),
        hits=hits,
        steps=steps,
        address=address,
        results_path=address.path((steps.rank or 0) // HITS_IN_WINDOW + 1 if steps else 1),
        query_text=address.query_text if query else "",
        problem=problem,
        large=request.args.get("size") == "large",
        large_width_px=LARGE_WIDTH_PX,
    )


@blueprint.get("/documents/<document_id>/pages")
@public
def go_to_page(document_id: str) -> ResponseReturnValue:
    """The page whose number was typed; the nearest there is when the document is shorter."""
    with reading() as session:
        document = get_document(session, document_id, viewer())
    asked = request.args.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1
    number = max(1, min(number, document.page_count or 1))
    return redirect(local_address(page_path(document_id, number, request.args.get("q", ""))), 303)


def _marked_query(session: Session) -> tuple[Query | None, BadQuery | None]:
    """The query whose words are to be marked. One that cannot be understood must not hide the page."""
    if not request.args.get("q", "").strip():
        return None, None
    try:
        asked = asked_or_everything(request.args.to_dict(flat=False))
        return query_to_answer(session, parts().engine, asked, searcher()), None
    except BadQuery as error:
        return None, error
    except IndexUnavailable:  # the words can be marked without an index
        return asked.query, None


def _steps(session: Session, query: Query | None, here: tuple[str, int]) -> ResultSteps | None:
    """The results before and after; None when the page was not opened from results."""
    rank = request.args.get("hit", "")
    if query is None or not (rank.isascii() and rank.isdigit() and len(rank) < 9):
        return None
    try:
        return find_steps(session, parts().engine, query, here, int(rank), searcher())
    except (BadQuery, IndexUnavailable):
        return None


def _lay_out(page: Page, query: Query | None) -> Leaf:
    spans = page_spans(query, page.text) if query else ()
    return Leaf(
        lines=lay_out_text(page.text, unpack_words(page.word_boxes, page.text)),
        marks=page_marks(query, page) if query else (),
        paragraphs=mark_paragraphs(page.text, [(span.start, span.end) for span in spans]),
    )
