"""What a request yielded, and the way from a page to its request and back."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from archive.errors import ArchiveError
from archive.models import Document, FoiaRequest
from archive.rules.access import Action, public
from archive.rules.addresses import search_path, slug_of
from archive.rules.request_states import EVENT_WORDS, EventKind
from archive.services.documents import get_page
from archive.services.lineage import Lineage, lineage_of
from archive.services.request_yields import (
    PAGES_LINKED,
    ProductionYield,
    YieldedDocument,
    get_request_yield,
    list_request_productions,
)
from archive.web.current import reading
from archive.web.identity import viewer

blueprint = Blueprint("request_yields", __name__)
_ATTACHED_WORDS = {
    EventKind.SENT: "request",
    EventKind.DETERMINED: "answer",
    EventKind.PRODUCED: "release",
    EventKind.APPEALED: "appeal",
    EventKind.CORRESPONDED: "letter",
}


@blueprint.get("/requests/<slug>/yield")
@public
def show_yield(slug: str) -> str:
    """Productions in order, with figures, documents and pages."""
    with reading() as session:
        found = get_request_yield(session, slug, viewer())
    documents = sum(len(one.documents) + one.more for one in found.productions)
    number = found.search_number
    search_to = search_path([("request", slug_of(number))]) if number else ""
    return render_template("requests/yield.html", found=found, documents=documents, search_to=search_to)


@blueprint.app_template_global("lineage_of_document")
def lineage_of_document(document: Document) -> Lineage:
    """Where a document comes from, as far as the visitor may know."""
    with reading() as session:
        return lineage_of(session, document, viewer())


@blueprint.app_template_global("productions_of_request")
def productions_of_request(found: FoiaRequest) -> tuple[ProductionYield, ...]:
    """The productions of a request, for its own page."""
    with reading() as session:
        return list_request_productions(session, found, viewer())


@blueprint.app_template_global("page_one_came_from")
def page_one_came_from() -> tuple[Document, int] | None:
    """The page from which the visitor came to a request: ``from`` is a document's id and a page's number.
    None when the address names none that they may see."""
    document_id, _, number = request.args.get("from", "").partition("/")
    if not (number.isascii() and number.isdigit() and len(number) < 8):
        return None
    try:
        with reading() as session:
            document, page = get_page(session, document_id, int(number), viewer())
    except ArchiveError:
        return None
    return document, page.page_number


@blueprint.app_template_global("linked_page_numbers")
def linked_page_numbers(document: YieldedDocument) -> range:
    """The first pages of a document, those that lists of documents lead to."""
    return range(1, min(document.page_count or 0, PAGES_LINKED) + 1)


@blueprint.app_template_global("may_keep_requests")
def may_keep_requests() -> bool:
    """Whether the visitor enters requests and productions."""
    return viewer().may(Action.KEEP_REQUESTS)


@blueprint.app_template_filter("attached_as")
def attached_as(kind: EventKind) -> str:
    """What a document is called by the event that it belongs to: 'answer', 'letter'."""
    return _ATTACHED_WORDS.get(kind, EVENT_WORDS[kind])
