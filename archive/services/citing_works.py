"""Cited by: articles, briefs and reports elsewhere that cite a document, or one of its pages.

Anybody may propose one; it is shown when an editor has said so, and nothing of it before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from archive.errors import ArchiveError
from archive.models import Account, CitingWork, Document
from archive.rules.access import Action, Viewer
from archive.rules.citation_states import LinkState
from archive.rules.citing_links import CitingLink, LinkNotKept, citing_link
from archive.services.attempts import take_attempt
from archive.services.audit import record_event
from archive.services.documents import clamp_window, get_document, visible_documents
from archive.services.windows import Window

PROPOSALS_A_DAY = 20
WORKS_IN_WINDOW = 30
WORKS_SHOWN = 200  # on the page of a document


class TooManyProposals(ArchiveError):
    code = "too_many_proposals"
    sentence = "You have proposed as many links as anybody may in one day."
    help = "Thank you. Come back tomorrow, or write to the editors."
    status = 429


class CitingWorkNotFound(ArchiveError):
    code = "citing_work_not_found"
    sentence = "There is no such link."
    help = "Somebody else may have decided about it. Open the list again."
    status = 404


class LinkDecision(StrEnum):
    """What an editor does with a link: shows it, refuses it, or lays it back to those that wait."""

    SHOW = "show"
    REFUSE = "refuse"
    LAY_BACK = "lay_back"


_STATE_OF = {
    LinkDecision.SHOW: LinkState.SHOWN,
    LinkDecision.REFUSE: LinkState.REFUSED,
    LinkDecision.LAY_BACK: LinkState.WAITING,
}


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link in the editors' list, with its document and who proposed it ('' for a reader)."""

    work: CitingWork
    document: Document
    proposed_by: str


def list_cited_by(
    session: Session, document_id: str, page_number: int | None = None
) -> tuple[CitingWork, ...]:
    """The links that are shown with a document the viewer may see, or with one page; the newest first."""
    wanted = select(CitingWork).where(
        CitingWork.document_id == document_id, CitingWork.state == LinkState.SHOWN
    )
    if page_number is not None:
        wanted = wanted.where(CitingWork.page_number == page_number)
    newest = CitingWork.published_on.desc().nulls_last(), CitingWork.id.desc()
    return tuple(session.scalars(wanted.order_by(*newest).limit(WORKS_SHOWN)))


def take_proposal(session: Session, who: str, *, at: datetime) -> None:
    """Count one proposal of ``who``, in a transaction of its own. Raises ``TooManyProposals``."""
    day = timedelta(days=1)
    if not take_attempt(session, "cited-by", who, at=at, most=PROPOSALS_A_DAY, window=day):
        raise TooManyProposals


def propose_citing_work(
    session: Session, document_id: str, said: Mapping[str, str], *, viewer: Viewer, at: datetime
) -> CitingWork:
    """Write a link down: to wait for an editor, or to be shown at once when an editor adds it.

    The same address again is the row that is there; a reader changes nothing of it. Raises ``LinkNotKept``,
    and as ``get_document`` does.
    """
    document = get_document(session, document_id, viewer)
    link = citing_link(said, page_count=document.page_count or 0, today=at.date())
    by_editor = viewer.may(Action.REVIEW)
    work = session.scalar(
        select(CitingWork).where(CitingWork.document_id == document_id, CitingWork.address == link.address)
    )
    if work is None:
        work = CitingWork(
            document_id=document_id,
            state=LinkState.WAITING,
            proposed_by_id=viewer.account_id,
            proposed_at=at,
        )
        _write(work, link)
        session.add(work)
        session.flush()
        who, details = viewer.name or "a reader", _details(work)
        record_event(session, "link_proposed", document_id, actor=who, at=at, details=details)
    elif by_editor:
        _write(work, link)
    if by_editor:
        _decide(session, work, LinkDecision.SHOW, viewer=viewer, at=at)
    return work


def decide_citing_work(
    session: Session,
    work_id: int,
    decision: LinkDecision,
    said: Mapping[str, str] | None = None,
    *,
    viewer: Viewer,
    at: datetime,
) -> CitingWork:
    """Decide about a link, after correcting it when ``said`` has other words. Any decision can be changed.

    Raises ``CitingWorkNotFound`` (also when its document is not for ``viewer``) and ``LinkNotKept``.
    """
    work = session.get(CitingWork, work_id)
    if work is None:
        raise CitingWorkNotFound
    document = get_document(session, work.document_id, viewer)
    if said is not None:
        link = citing_link(said, page_count=document.page_count or 0, today=at.date())
        other = select(CitingWork.id).where(
            CitingWork.document_id == document.id,
            CitingWork.address == link.address,
            CitingWork.id != work_id,
        )
        if session.scalar(other) is not None:
            raise _twice()
        _write(work, link)
    _decide(session, work, decision, viewer=viewer, at=at)
    return work


def list_links(session: Session, state: LinkState, *, viewer: Viewer, window: int = 1) -> Window[LinkRow]:
    """Links in one state for editors; those that wait longest first, the others newest first."""
    rows = (
        select(CitingWork, Document, Account.email)
        .join(Document, Document.id == CitingWork.document_id)
        .outerjoin(Account, Account.id == CitingWork.proposed_by_id)
        .where(CitingWork.state == state, CitingWork.document_id.in_(_visible_ids(viewer)))
    )
    total = count_links(session, state, viewer=viewer)
    number = clamp_window(window, total, WORKS_IN_WINDOW)
    order = CitingWork.id if state == LinkState.WAITING else CitingWork.decided_at.desc()
    found = session.execute(
        rows.order_by(order, CitingWork.id).offset((number - 1) * WORKS_IN_WINDOW).limit(WORKS_IN_WINDOW)
    )
    items = tuple(LinkRow(work, document, email or "") for work, document, email in found)
    return Window(items, number, WORKS_IN_WINDOW, total)


def count_links(session: Session, state: LinkState, *, viewer: Viewer) -> int:
    """How many links are in this state."""
    wanted = CitingWork.state == state, CitingWork.document_id.in_(_visible_ids(viewer))
    return session.scalar(select(func.count(CitingWork.id)).where(*wanted)) or 0


def _visible_ids(viewer: Viewer) -> Select[Any]:
    return visible_documents(viewer).with_only_columns(Document.id)


def _write(work: CitingWork, link: CitingLink) -> None:
    work.address, work.title, work.publisher = link.address, link.title, link.publisher
    work.published_on, work.page_number, work.note = link.published_on, link.page_number, link.note


def _decide(
    session: Session, work: CitingWork, decision: LinkDecision, *, viewer: Viewer, at: datetime
) -> None:
    before, work.state = work.state, _STATE_OF[decision]
    waits = work.state == LinkState.WAITING
    work.decided_by_id, work.decided_at = (None, None) if waits else (viewer.account_id, at)
    shows, refuses = decision == LinkDecision.SHOW, decision == LinkDecision.REFUSE
    action = "link_shown" if shows else "link_refused" if refuses else "link_laid_back"
    if before != work.state or shows:  # showing again may have changed its words
        record_event(session, action, work.document_id, actor=viewer.name, at=at, details=_details(work))


def _details(work: CitingWork) -> dict[str, int | None]:
    return {"link": work.id, "page": work.page_number}


def _twice() -> LinkNotKept:
    return LinkNotKept({"address": "This address is in the list of this document already."})
