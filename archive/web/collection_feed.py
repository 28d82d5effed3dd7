"""A collection as an Atom feed: what was put into it last comes first."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.exports.feeds import MEDIA_TYPE, Feed, FeedEntry, atom_document, tag_uri
from archive.rules.access import public
from archive.rules.citation_addresses import citation_path, collection_path
from archive.rules.collection_errors import CollectionNotFound
from archive.services.collections import find_new_slug, get_collection
from archive.web.collections import CollectedPassage, CollectionSheet, collection_sheet, feed_viewer
from archive.web.current import parts, reading
from archive.web.identity import viewer
from archive.web.templating import absolute_address, local_address

blueprint = Blueprint("collection_feed", __name__)
MOST_ENTRIES = 100


@blueprint.get("/collections/<slug>.atom")
@public
def show_feed(slug: str) -> ResponseReturnValue:
    """The passages that everybody may see (of a members' collection: that the visitor may see)."""
    with reading() as session:
        try:
            collection = get_collection(session, slug, viewer())
        except CollectionNotFound:
            if (new := find_new_slug(session, slug, viewer())) is None:
                raise
            return redirect(local_address(f"{collection_path(new)}.atom"), 301)
        sheet = collection_sheet(session, collection, feed_viewer(collection))
    response = Response(atom_document(_feed(sheet)), content_type=MEDIA_TYPE)
    response.add_etag(weak=True)  # weak, because the same feed also goes out compressed
    if request.if_none_match:
        response.make_conditional(request)
    return response


def _feed(sheet: CollectionSheet) -> Feed:
    settings = parts().settings
    authority = urlsplit(absolute_address(settings, "")).hostname or "localhost"
    path = collection_path(sheet.collection.slug)
    # By its number, since its name may change.
    base = f"/collections/{sheet.collection.id}"
    newest = sorted(sheet.passages, key=lambda one: (one.item.added_at, one.item.id), reverse=True)
    return Feed(
        id=tag_uri(authority, base),
        title=f"{sheet.collection.title} · {settings.site_name}",
        author=settings.site_name,
        link=absolute_address(settings, path),
        self_link=absolute_address(settings, f"{path}.atom"),
        entries=[_entry(one, f"{base}/passages", authority) for one in newest[:MOST_ENTRIES]],
    )


def _entry(one: CollectedPassage, base: str, authority: str) -> FeedEntry:
    source = one.listed.source
    return FeedEntry(
        id=tag_uri(authority, f"{base}/{one.item.citation_id}"),
        title=f"{source.title}, page {source.page_number}",
        link=absolute_address(parts().settings, citation_path(one.item.citation_id)),
        published_at=one.item.added_at,
        updated_at=one.item.added_at,
        html=render_template("collections/_feed_entry.html", source=source, note=one.item.note),
        author=source.agency,
    )
