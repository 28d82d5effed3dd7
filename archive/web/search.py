"""Search: documents with their page hits, everything in the address bar."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import BadQuery
from archive.rules.access import public
from archive.services.browsing import browse_documents
from archive.services.documents import get_document
from archive.services.index_state import unreadable_pages
from archive.services.search import ResultWindow, SearchRequest, parse_search, search_pages
from archive.services.search_advice import advise
from archive.services.search_answer import answer_search
from archive.services.windows import Window
from archive.web.current import parts, reading, window_number
from archive.web.identity import viewer
from archive.web.search_address import SearchAddress
from archive.web.search_asked import asked_or_everything, searcher

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
@public
def show_results() -> ResponseReturnValue:
    """The results; all documents when no word is asked for."""
    address = SearchAddress.from_pairs(request.args.items(multi=True))
    try:
        asked = asked_or_everything(request.args.to_dict(flat=False))
        return _find(address, asked) if address.query_text else _browse(address, asked)
    except BadQuery as problem:  # also one that is too wide to be answered
        return render_template("search/bad_query.html", address=address, problem=problem), problem.status


@blueprint.get("/documents/<document_id>/search")
@public
def show_results_in_document(document_id: str) -> ResponseReturnValue:
    """The pages of one document that match."""
    text = request.args.get("q", "").strip()
    asked, answer, problem = None, None, None
    with reading() as session:
        document = get_document(session, document_id, viewer())
        try:
            if text:
                asked = parse_search(_in_document(text), parts().synonyms)
                answer = answer_search(
                    session, parts().engine, asked, viewer=viewer(), document_id=document_id
                )
        except BadQuery as error:
            problem = error
    page = render_template(
        "search/in_document.html",
        document=document,
        query_text=text,
        problem=problem,
        answer=answer,
        window=answer.window if answer else None,
        window_of_hits=_window_of_hits(asked, answer.window) if asked and answer else None,
    )
    return page, problem.status if problem else 200


def _in_document(text: str) -> dict[str, list[str]]:
    """What counts of an address within one document: filters choose documents, so none of them."""
    kept = {name: request.args.getlist(name) for name in ("synonyms", "ocr")}
    return {**kept, "q": [text], "window": [str(window_number())]}


def _find(address: SearchAddress, asked: SearchRequest) -> str:
    """Pages with the words, under their documents."""
    with reading() as session:
        answer = answer_search(session, parts().engine, asked, viewer=searcher())
        window = answer.window
        unreadable = unreadable_pages(session)
        advice = None if window.total_pages else advise(session, parts().engine, asked, searcher())
    return render_template(
        "search/results.html",
        address=address,
        problem=None,
        window=window,
        answer=answer,
        advice=advice,
        unreadable=unreadable,
        window_of_hits=_window_of_hits(asked, window),
        labels=_labels(window),
    )


def _browse(address: SearchAddress, asked: SearchRequest) -> str:
    """Documents by filters alone; the engine counts them for the filters."""
    with reading() as session:
        documents = browse_documents(session, asked.query.filters, searcher(), window=window_number())
        counted = search_pages(session, parts().engine, asked.query, limit=0, viewer=searcher())
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
