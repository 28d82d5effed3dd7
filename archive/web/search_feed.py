"""``/search.atom``: what is new among the documents that match, for feed readers."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from flask import Blueprint, Response, render_template, request

from archive.errors import BadQuery
from archive.exports.feeds import MEDIA_TYPE, Feed, FeedEntry, atom_document, tag_uri
from archive.rules.access import public
from archive.rules.addresses import document_path
from archive.services.feeds import MatchedDocument, newest_matches
from archive.web.attachments import in_plain_words
from archive.web.current import parts, reading
from archive.web.search_address import SearchAddress
from archive.web.search_asked import address_of, asked_or_everything
from archive.web.templating import absolute_address

blueprint = Blueprint("search_feed", __name__)


@blueprint.get("/search.atom")
@public
def show_feed() -> Response:
    """The documents that match, those that were published last first."""
    parameters = request.args.to_dict(flat=False)
    try:
        query = asked_or_everything(parameters, as_written=True).query
    except BadQuery as problem:
        return in_plain_words(problem)
    with reading() as session:
        matches = newest_matches(session, parts().engine, query)
    response = Response(
        atom_document(_feed(address_of(parameters), query.text, matches)), content_type=MEDIA_TYPE
    )
    response.add_etag(weak=True)  # weak, because the same feed also goes out compressed
    if matches:
        response.last_modified = max(match.updated_at for match in matches)
    # By the date alone nothing is called unchanged: what is withdrawn does not make a feed newer.
    if request.if_none_match:
        response.make_conditional(request)
    return response


def feed_path(address: SearchAddress) -> str:
    """The feed of a search: the order of its results makes no difference to it."""
    path = address.sorted_by("")
    return path.replace("/search", "/search.atom", 1)


def _feed(address: SearchAddress, text: str, matches: Sequence[MatchedDocument]) -> Feed:
    settings = parts().settings
    authority = urlsplit(absolute_address(settings, "")).hostname or "localhost"
    path = feed_path(address)
    here = address.sorted_by("")
    return Feed(
        id=tag_uri(authority, path),
        title=f"{text or 'New documents'} · {settings.site_name}",
        author=settings.site_name,
        link=absolute_address(settings, here),
        self_link=absolute_address(settings, path),
        entries=[_entry(match, text, authority) for match in matches],
    )


def _entry(match: MatchedDocument, text: str, authority: str) -> FeedEntry:
    document = match.document
    return FeedEntry(
        id=tag_uri(authority, document_path(document.id)),
        title=document.title,
        link=absolute_address(parts().settings, document_path(document.id)),
        published_at=match.published_at,
        updated_at=match.updated_at,
        html=render_template("search/_feed_entry.html", match=match, query_text=text),
        author=document.agency.name if document.agency else "",
    )
