"""Search: documents with their page hits, everything in the address bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import BadQuery
from archive.rules.access import public
from archive.rules.query import All, Query
from archive.services.browsing import browse_documents
from archive.services.documents import get_document
from archive.services.search import ResultWindow, SearchRequest, parse_search, search_pages
from archive.services.windows import Window
from archive.web.current import parts, reading, window_number
from archive.web.search_address import SearchAddress

if TYPE_CHECKING:
    from sqlalchemy.orm import Session  # views only hand it on

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
@public
def show_results() -> ResponseReturnValue:
    """The results; all documents when no word is asked for."""
    address = SearchAddress.from_pairs(request.args.items(multi=True))
    try:
        if address.query_text or address.filters:
            asked = parse_search(request.args.to_dict(flat=False))
        else:
            asked = SearchRequest(Query("", All()))
    except BadQuery as problem:
        return render_template("search/bad_query.html", address=address, problem=problem), problem.status
    return _find(address, asked) if address.query_text else _browse(address, asked)


@blueprint.get("/documents/<document_id>/search")
@public
def show_results_in_document(document_id: str) -> ResponseReturnValue:
    """The pages of one document that match."""
    text = request.args.get("q", "").strip()
    asked, problem = _asked_in_document(text)
    with reading() as session:
        document = get_document(session, document_id)
        window = None if asked is None else _search(session, asked, document_id)
    page = render_template(
        "search/in_document.html",
        document=document,
        query_text=text,
        problem=problem,
        window=window,
        window_of_hits=_window_of_hits(asked, window) if asked and window else None,
    )
    return page, problem.status if problem else 200


def _asked_in_document(text: str) -> tuple[SearchRequest | None, BadQuery | None]:
    try:
        return (parse_search({"q": [text], "window": [str(window_number())]}) if text else None), None
    except BadQuery as problem:
        return None, problem


def _search(session: Session, asked: SearchRequest, document_id: str | None = None) -> ResultWindow:
    return search_pages(
        session, parts().engine, asked.query, limit=asked.limit, offset=asked.offset, document_id=document_id
    )


def _find(address: SearchAddress, asked: SearchRequest) -> str:
    """Pages with the words, under their documents."""
    with reading() as session:
        window = _search(session, asked)
    return render_template(
        "search/results.html",
        address=address,
        problem=None,
        window=window,
        window_of_hits=_window_of_hits(asked, window),
        labels=_labels(window),
    )


def _browse(address: SearchAddress, asked: SearchRequest) -> str:
    """Documents by filters alone; the engine counts them for the filters."""
    with reading() as session:
        documents = browse_documents(session, asked.query.filters, window=window_number())
        counted = search_pages(session, parts().engine, asked.query, limit=0)
    return render_template(
        "search/browse.html",
        address=address,
        problem=None,
        documents=documents,
        facets=counted.facets,
        labels=_labels(counted),
    )


def _labels(window: ResultWindow) -> dict[tuple[str, str], str]:
    """What the values of filters are called."""
    return {(facet.name, one.value): one.label for facet in window.facets for one in facet.values}


def _window_of_hits(asked: SearchRequest, window: ResultWindow) -> Window[object]:
    hits = tuple(hit for found in window.documents for hit in found.pages)
    return Window(hits, asked.window, asked.limit, window.total_pages)
