"""``/unapi``: records for reference managers, by the number in a page's ``unapi-id`` (http://unapi.info/specs/)."""

from __future__ import annotations

from flask import Blueprint, Response, request

from archive.exports.citation_styles import format_citation, style_by_id
from archive.rules.access import READER, public
from archive.rules.citation_record import is_citation_id
from archive.rules.cited_source import CitedSource
from archive.services.documents import find_first_page, get_document
from archive.web.citation_styles import citation_sheet
from archive.web.current import reading
from archive.web.metadata import source_here

blueprint = Blueprint("unapi", __name__)
_STYLES = {"ris": "ris", "bibtex": "bibtex", "csl-json": "csl-json"}


@blueprint.get("/unapi")
@public
def show() -> Response:
    """The formats there are; with ``id`` those of a record; with ``format``, too, the record. What readers
    may not see is not there. Raises as ``get_document`` and ``get_citation`` do."""
    record, form = request.args.get("id", ""), request.args.get("format", "")
    if not record:
        return _formats("", 200)
    source = _source(record)
    if not form:
        return _formats(f' id="{record}"', 300)
    if form not in _STYLES:
        return Response("There is no such format here.\n", 406, mimetype="text/plain")
    style = style_by_id(_STYLES[form])
    return Response(format_citation(style, source).text, content_type=f"{style.media_type}; charset=utf-8")


def _source(record: str) -> CitedSource:
    if is_citation_id(record):
        return citation_sheet(record, READER).source
    with reading() as session:
        document = get_document(session, record, READER)
        return source_here(session, document, find_first_page(session, document.id))


def _formats(attributes: str, status: int) -> Response:
    rows = "".join(
        f'<format name="{name}" type="{style_by_id(style).media_type}"/>' for name, style in _STYLES.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return Response(f"{head}<formats{attributes}>{rows}</formats>\n", status, mimetype="application/xml")
