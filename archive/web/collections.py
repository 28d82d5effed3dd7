"""Collections as everybody sees them: all of them, one of them, and one of them as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from archive.exports.citation_lists import LIST_FORMS, list_form_by_id
from archive.models import Collection, CollectionItem
from archive.rules.access import READER, Action, Viewer, public
from archive.rules.citation_addresses import collection_path
from archive.rules.citation_states import Audience
from archive.rules.collection_errors import CollectionNotFound
from archive.services.citation_lists import ListedCitation, ListedCitations
from archive.services.collection_items import list_items
from archive.services.collections import (
    find_new_slug,
    get_collection,
    keeper_of,
    list_collections,
    may_keep,
    may_write,
)
from archive.web.citations import SIGNS
from archive.web.current import reading, window_number
from archive.web.identity import viewer
from archive.web.list_files import as_list, list_file, look_up, not_shown_words
from archive.web.templating import local_address

if TYPE_CHECKING:
    from sqlalchemy.orm import Session  # views only hand it on

blueprint = Blueprint("collections", __name__)


@dataclass(frozen=True, slots=True)
class CollectedPassage:
    """A passage with what stands about it in the collection."""

    item: CollectionItem
    listed: ListedCitation


@dataclass(frozen=True, slots=True)
class CollectionSheet:
    """A collection with the passages that the viewer sees."""

    collection: Collection
    listed: ListedCitations
    passages: Sequence[CollectedPassage]
    kept_by: str

    @property
    def notes(self) -> dict[str, str]:
        """The notes on what is shown, by the number of the citation."""
        return {one.item.citation_id: one.item.note for one in self.passages}

    @property
    def is_public(self) -> bool:
        """Whether everybody sees it."""
        return self.collection.audience == Audience.PUBLIC


@blueprint.get("/collections")
@public
def show_collections() -> str:
    """The collections that the visitor may see."""
    with reading() as session:
        window = list_collections(session, viewer(), window=window_number())
    return render_template(
        "collections/index.html", window=window, may_begin=viewer().may(Action.KEEP_COLLECTIONS)
    )


@blueprint.get("/collections/<slug>")
@public
def show_collection(slug: str) -> ResponseReturnValue:
    """One collection; under a name that it had before, where it is now."""
    with reading() as session:
        try:
            sheet = collection_sheet(session, get_collection(session, slug, viewer()))
        except CollectionNotFound:
            return _moved(session, slug, "")
    return render_template(
        "collections/show.html",
        sheet=sheet,
        collection=sheet.collection,
        not_shown=not_shown_words(sheet.listed),
        forms_of_files=LIST_FORMS,
        signs=SIGNS,
        may_edit=may_edit(sheet.collection),
    )


@blueprint.get("/collections/<slug>.<form>")
@public
def show_file(slug: str, form: str) -> ResponseReturnValue:
    """The collection as a file."""
    list_form_by_id(form)
    with reading() as session:
        try:
            sheet = collection_sheet(session, get_collection(session, slug, viewer()))
        except CollectionNotFound:
            return _moved(session, slug, f".{form}")
    listed = as_list(
        sheet.listed,
        title=sheet.collection.title,
        path=collection_path(slug),
        notes=sheet.notes,
        introduction=sheet.collection.introduction,
    )
    return list_file(form, listed)


def collection_sheet(
    session: Session, collection: Collection, as_seen_by: Viewer | None = None
) -> CollectionSheet:
    """Its passages, looked up for the visitor."""
    items = list_items(session, collection)
    listed = look_up(session, [item.citation_id for item in items], as_seen_by)
    shown = {one.citation.id: one for one in listed.shown}
    passages = [
        CollectedPassage(item, shown[item.citation_id]) for item in items if item.citation_id in shown
    ]
    # Names are for those who work here, not for everybody.
    kept_by = keeper_of(session, collection) if viewer().role else ""
    return CollectionSheet(collection, listed, passages, kept_by)


def feed_viewer(collection: Collection) -> Viewer:
    """For whom the feed of a collection is made: what is public is for reader programs of everybody."""
    return READER if collection.audience == Audience.PUBLIC else viewer()


def may_edit(collection: Collection) -> bool:
    """Whether the visitor finds anything to do on its editing page."""
    who = viewer()
    return may_write(collection, who) or may_keep(collection, who) or who.may(Action.REVIEW)


def _moved(session: Session, slug: str, ending: str) -> ResponseReturnValue:
    """Raises ``CollectionNotFound``."""
    new = find_new_slug(session, slug, viewer())
    if new is None:
        raise CollectionNotFound
    return redirect(local_address(collection_path(new) + ending), 301)
