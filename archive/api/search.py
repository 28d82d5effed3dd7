"""``GET /api/v1/search``: the same search as the site's, the same parameters, as JSON."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, g, jsonify, request

from archive.parts import Parts
from archive.rules.access import READER, public
from archive.services.search import parse_search
from archive.services.search_answer import answer_search
from archive.services.search_json import search_as_json

blueprint = Blueprint("api_search", __name__, url_prefix="/api/v1")


@blueprint.get("/search")
@public
def search() -> Response:
    """Page hits under their documents, with totals and facets. Raises ``BadQuery`` as status 400."""
    parts: Parts = current_app.extensions["reading_room_parts"]
    viewer = READER if request.args.get("shown") == "published" else g.get("viewer", READER)
    asked = parse_search(request.args.to_dict(flat=False), parts.synonyms)
    with parts.database.reading() as session:
        return jsonify(search_as_json(answer_search(session, parts.engine, asked, viewer=viewer)))
