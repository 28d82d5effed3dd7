"""``/search/suggest``: what can stand where somebody is typing, for the search box."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, request

from archive.rules.access import public
from archive.search.query import MAX_LENGTH
from archive.services.completions import complete
from archive.web.current import parts, reading
from archive.web.identity import viewer

blueprint = Blueprint("suggest", __name__)


@blueprint.get("/search/suggest")
@public
def show_completions() -> Response:
    """Completions at the cursor ``at``, by default the end of ``q``."""
    text, at = request.args.get("q", "")[:MAX_LENGTH], request.args.get("at", "")
    cursor = min(int(at), len(text)) if at.isascii() and at.isdigit() and len(at) < 8 else len(text)
    with reading() as session:
        found = complete(session, parts().engine, text, cursor, viewer())
    return jsonify(start=found.start, end=cursor, items=[asdict(item) for item in found.items])
