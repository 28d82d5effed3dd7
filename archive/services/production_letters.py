"""What the cover letter of a production says, when it is in the archive: figures to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from archive.models import Document, FoiaRequest, Page, Production, RequestEvent, RequestFile
from archive.rules.access import Viewer
from archive.rules.production_forms import ProductionForm
from archive.rules.production_letter import LetterReading, read_cover_letter
from archive.rules.statuses import DocumentKind
from archive.services.documents import visible_documents
from archive.services.visible import searched_documents

PAGES_READ = 10  # figures stand on the first ones; enclosures may follow
LETTERS_OFFERED = 50


@dataclass(frozen=True, slots=True)
class Proposals:
    """A form with what the letter says in its empty fields, and for each such field the letter's words."""

    form: ProductionForm
    words: dict[str, str]
    letter: Document | None


def propose(session: Session, form: ProductionForm, viewer: Viewer) -> Proposals:
    """Fill what is empty from the letter that the form names, if ``viewer`` may see it."""
    document = None
    if form.cover_letter:
        document = session.scalar(visible_documents(viewer).where(Document.id == form.cover_letter))
    if document is None:
        return Proposals(form, {}, None)
    found = read_cover_letter(letter_text(session, document))
    offered = _proposed(form, found, document)
    values: dict[str, Any] = {one.field: one.value for one in offered}
    return Proposals(replace(form, **values), {one.field: one.words for one in offered}, document)


def letter_text(session: Session, document: Document) -> str:
    """The words of its first pages."""
    pages = session.scalars(
        select(Page.text).where(Page.document_id == document.id).order_by(Page.page_number).limit(PAGES_READ)
    )
    return "\n".join(pages)


def list_letters(
    session: Session, request: FoiaRequest | None, production: Production | None, viewer: Viewer
) -> tuple[Document, ...]:
    """Documents that may be the cover letter: agencies' letters of this production and of this request."""
    attached = (
        select(RequestFile.document_id)
        .join(RequestEvent, RequestEvent.id == RequestFile.event_id)
        .where(RequestEvent.request_id == (request.id if request else None))
    )
    inside = Document.production_id == (production.id if production else None)
    letters = Document.kind.in_((DocumentKind.RESPONSE_LETTER, DocumentKind.LETTER))
    wanted = searched_documents(viewer).where(or_(inside & letters, Document.id.in_(attached)))
    found = session.scalars(wanted.order_by(Document.dated_on.desc(), Document.id).limit(LETTERS_OFFERED))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Offer:
    """What an empty field may be, and the words that say so."""

    field: str
    value: object
    words: str


def _proposed(form: ProductionForm, found: LetterReading, document: Document) -> list[_Offer]:
    offered = [_Offer(field, one.pages, one.words) for field, one in found.figures.items()]
    if found.bates:
        offered.append(_Offer("bates_first", found.bates.first, found.bates.words))
        offered.append(_Offer("bates_last", found.bates.last, found.bates.words))
    if found.next_due:
        offered.append(_Offer("next_due_on", found.next_due.on, found.next_due.words))
    if document.dated_on:
        offered.append(_Offer("received_on", document.dated_on, "the date of the letter"))
    return [one for one in offered if getattr(form, one.field) in (None, "")]
