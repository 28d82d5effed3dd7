"""Search: documents with their page hits, everything in the address bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import BadQuery
from archive.rules.access import public
from archive.services.browsing import browse_documents
from archive.services.documents import get_document
from archive.services.search import Facet, SearchRequest, parse_search, search_pages
from archive.services.windows import Window
from archive.web.current import parts, reading, window_number
from archive.web.search_address import SearchAddress

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
@public
def show_results() -> ResponseReturnValue:
    """The results; all documents when no word is asked for."""
    address = SearchAddress.from_pairs(request.args.items(multi=True))
    try:
        asked = parse_search(request.args.to_dict(flat=False))
    except BadQuery as problem:
        return render_template("search/bad_query.html", address=address, problem=problem), problem.status
    return _find(address, asked) if address.query_text else _browse(address, asked)


@blueprint.get("/documents/<document_id>/search")
@public
def show_results_in_document(document_id: str) -> ResponseReturnValue:
    """The pages of one document that match."""
    text = request.args.get("q", "").strip()
    with reading() as session:
        document = get_document(session, document_id)
        try:
            asked = parse_search({"q": [text], "window": [str(window_number())]})
        except BadQuery as problem:
            said = {"document": document, "query_text": text, "problem": problem, "window": None}
            return render_template("search/in_document.html", **said), problem.status
        window = search_pages(
            session, parts().engine, asked.query, limit=asked.limit, offset=asked.offset, document_id=document_id
        )
    return render_template(
        "search/in_document.html",
        document=document,
        query_text=text,
        problem=None,
        window=window if text else None,
        window_of_hits=_window_of_hits(asked, window.total_pages),
    )

