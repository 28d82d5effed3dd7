"""The first page, and what machines ask for at the root."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template

from archive.rules.access import public
from archive.services.health import check_health
from archive.services.request_news import latest_requests
from archive.services.shelves import get_overview
from archive.web.current import parts, reading
from archive.web.identity import viewer
from archive.web.templating import absolute_address

blueprint = Blueprint("home", __name__)

# Search pages are without end for a crawler, and the large images cost work each.
ROBOTS = """User-agent: *
Disallow: /search
Disallow: /api/
Disallow: /documents/*/search
Disallow: /*?q=
Disallow: /*size=large
"""


@blueprint.get("/")
@public
def show_home() -> str:
    """What this archive is, what is in it, what is new."""
    today = parts().clock().date()
    with reading() as session:
        overview = get_overview(session)
        requests = latest_requests(session, viewer(), today)
    return render_template("home/index.html", overview=overview, requests=requests, today=today)


@blueprint.get("/healthz")
@public
def show_health() -> tuple[Response, int]:
    """Whether database, store and index answer; 503 when one does not."""
    health = check_health(parts().database, parts().storage, parts().engine)
    return jsonify(health), 200 if health["status"] == "ok" else 503


@blueprint.get("/robots.txt")
@public
def show_robots() -> Response:
    """What crawlers are asked to leave alone."""
    sitemap = absolute_address(parts().settings, "/sitemap.xml")
    return Response(f"{ROBOTS}\nSitemap: {sitemap}\n", mimetype="text/plain")
