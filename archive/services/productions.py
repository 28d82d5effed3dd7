"""Productions as a visitor may know them: whether there is one, of which request, and what its letter says.

A production is known to everybody by its published documents, or by the public event of a public request.
The figures of its cover letter are known to whoever may see that event, or the letter itself; a promise of
the next release to whoever may see the event. Members know the productions of requests whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from archive.errors import ShelfNotFound
from archive.models import Document, FoiaRequest, Production, RequestEvent
from archive.rules.access import READER, Action, Viewer, seen_by
from archive.rules.citation_states import Audience
from archive.rules.production_figures import SaidFigures
from archive.services.documents import visible_documents
from archive.services.foia_requests import sees_whole_requests, visible_requests
from archive.services.visible import searched_documents

# Made once: to make them for every question takes longer than the question.
_SOURCE, _BETTER = aliased(Document), aliased(Document)


@dataclass(frozen=True, slots=True)
class ProductionFacts:
    """What is told of a production beside its documents. ``said`` None: nobody said, or it is not for this
    viewer; likewise ``next_due_on``. ``bates`` is the range that the letter names, both ends or neither."""

    request: FoiaRequest | None
    cover_letter: Document | None
    said: SaidFigures | None
    bates: tuple[str, str]
    next_due_on: date | None
    next_due_says: str


def visible_productions(viewer: Viewer) -> Select[Production]:
    """The productions whose existence ``viewer`` may know of. One that only hidden documents have, and no
    request, is told to nobody but editors; whoever keeps requests knows those of their own documents."""
    if viewer.may(Action.REVIEW):
        return select(Production)
    documents = visible_documents if viewer.may(Action.KEEP_REQUESTS) else searched_documents
    has_documents = (
        documents(viewer)
        .where(Document.production_id == Production.id)
        .with_only_columns(Document.id)
        .correlate(Production)
        .exists()
    )
    told = Production.request_id.is_not(None) if sees_whole_requests(viewer) else _is_told_to_everybody()
    return select(Production).where(or_(has_documents, told))


def get_production(session: Session, slug: str, viewer: Viewer = READER) -> Production:
    """Raises ``ShelfNotFound`` for one that is not there and one that ``viewer`` may not know of alike."""
    found = session.scalar(visible_productions(viewer).where(Production.slug == slug))
    if found is None:
        raise ShelfNotFound
    return found


def request_of(session: Session, production: Production, viewer: Viewer = READER) -> FoiaRequest | None:
    """The request that a production answers, when ``viewer`` may see it."""
    if production.request_id is None:
        return None
    return session.scalar(visible_requests(viewer).where(FoiaRequest.id == production.request_id))


def cover_letter_of(session: Session, production: Production, viewer: Viewer = READER) -> Document | None:
    """The cover letter, when ``viewer`` may see it."""
    if production.cover_letter_id is None:
        return None
    return session.scalar(visible_documents(viewer).where(Document.id == production.cover_letter_id))


def facts_of(session: Session, production: Production, viewer: Viewer = READER) -> ProductionFacts:
    """Of a production that ``viewer`` may know of."""
    knows_event = may_know_event(session, production, viewer)
    letter = cover_letter_of(session, production, viewer)
    knows_said = knows_event or letter is not None
    said = said_figures(production)
    bates = (production.bates_first or "", production.bates_last or "")
    return ProductionFacts(
        request=request_of(session, production, viewer),
        cover_letter=letter,
        said=said if knows_said and not said.is_empty else None,
        bates=bates if knows_said and all(bates) else ("", ""),
        next_due_on=production.next_due_on if knows_event else None,
        next_due_says=(production.next_due_says or "") if knows_event else "",
    )


def said_figures(production: Production) -> SaidFigures:
    """What its cover letter counts, as it was typed in."""
    return SaidFigures(
        production.said_pages,
        production.said_in_full,
        production.said_in_part,
        production.said_withheld,
        production.said_referred,
    )


def may_know_event(session: Session, production: Production, viewer: Viewer) -> bool:
    """Whether ``viewer`` may know of the event that records were produced."""
    if sees_whole_requests(viewer):
        return True
    told = select(Production.id).where(Production.id == production.id, _is_told_to_everybody())
    return session.scalar(told) is not None


def may_know_said(session: Session, production: Production, viewer: Viewer) -> bool:
    """Whether ``viewer`` may know what the cover letter says."""
    return (
        may_know_event(session, production, viewer)
        or cover_letter_of(session, production, viewer) is not None
    )


def arrived_documents(viewer: Viewer, *where: ColumnElement[bool]) -> Select[Document]:
    """The documents of productions that ``viewer`` may find, each record once: without cover letters, copies
    made here of what counts itself, and copies with a better one beside.

    ``where`` says of which productions, of ``Production.id`` if of several: of ``Document.production_id`` the
    database would look through all published documents instead.
    """
    shown = seen_by(viewer)
    is_copy = exists().where(_SOURCE.id == Document.derived_from_id, _SOURCE.visibility.in_(shown))
    is_superseded = exists().where(
        _BETTER.id == Document.superseded_by_id,
        _BETTER.production_id == Document.production_id,
        _BETTER.visibility.in_(shown),
    )
    is_letter = func.coalesce(Production.cover_letter_id, "") == Document.id
    return (
        searched_documents(viewer)
        .join(Production, Production.id == Document.production_id)
        .where(*where, ~is_copy, ~is_superseded, ~is_letter)
    )


def _is_told_to_everybody() -> ColumnElement[bool]:
    """A public event of its own, public request says that it was produced."""
    return exists().where(
        RequestEvent.production_id == Production.id,
        RequestEvent.request_id == Production.request_id,
        RequestEvent.is_public,
        FoiaRequest.id == RequestEvent.request_id,
        FoiaRequest.audience == Audience.PUBLIC,
    )
