"""``/search.csv``: the results of a search for a spreadsheet, all of them."""

from __future__ import annotations

from flask import Blueprint, Response, request

from archive.errors import BadQuery
from archive.rules.access import public
from archive.services.search_answer import query_to_answer
from archive.services.search_export import find_list, iter_rows
from archive.web.attachments import csv_attachment, in_plain_words
from archive.web.current import parts, reading
from archive.web.search_asked import asked_or_everything, searcher
from archive.web.templating import absolute_address

blueprint = Blueprint("search_csv", __name__)


@blueprint.get("/search.csv")
@public
def show_csv() -> Response:
    """Every page hit, in the order of the results."""
    try:
        asked = asked_or_everything(request.args.to_dict(flat=False))
    except BadQuery as problem:
        return in_plain_words(problem)
    with reading() as session:
        query = query_to_answer(session, parts().engine, asked, searcher())
        found = find_list(session, parts().engine, query, searcher())
    root = absolute_address(parts().settings, "")  # now: when the rows are written the request is over
    name = f"search {query.text}"
    return csv_attachment(name, lambda session: iter_rows(session, found, lambda path: root + path))
