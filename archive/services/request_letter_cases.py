"""What letters of a request are filled from, as far as the visitor may know it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, String, cast, select
from sqlalchemy.orm import Session

from archive.models import Document, FoiaRequest, Page, Production, Redaction, RequestEvent
from archive.rules.access import Viewer
from archive.rules.clocks import deadlines_of
from archive.rules.law_values import AgencyRule
from archive.rules.laws import agency_rule, get_law
from archive.rules.letter_values import ClaimedExemption, LetterCase
from archive.rules.redaction_states import EFFECTIVE
from archive.rules.request_states import EventKind, NumberKind, PersonRole
from archive.services.documents import visible_documents
from archive.services.foia_requests import (
    as_clock_events,
    clock_question,
    events_of,
    numbers_of,
    promised_production_on,
)
from archive.services.request_people import people_of

_WITH_STATUTE = "b3"
_OFFICERS = (PersonRole.OFFICER, PersonRole.LIAISON)


def letter_case(
    session: Session,
    request: FoiaRequest,
    viewer: Viewer,
    today: date,
    *,
    claimed: Sequence[str] | None = None,
) -> LetterCase:
    """``claimed``: the exemptions that the answer claims, as somebody said; None: those found on the pages
    of its productions. Where one of them was found, its pages are named all the same."""
    events = events_of(session, request, viewer)
    question = clock_question(request, events, promised_production_on(session, request, viewer))
    return LetterCase(
        law=get_law(request.law_id),
        agency=request.agency.name,
        today=today,
        title=request.title,
        records_sought=request.records_sought,
        requester=request.requester or _person(session, request, viewer, (PersonRole.REQUESTER,)),
        fee_category=request.fee_category,
        number=_number(session, request, viewer),
        officer=_person(session, request, viewer, _OFFICERS),
        rule=_rule(request),
        events=as_clock_events(events),
        deadlines=deadlines_of(question, today),
        claims=_claims(session, request, viewer, claimed),
        fees_cents=_fees(events),
    )


def found_claims(session: Session, request: FoiaRequest, viewer: Viewer) -> tuple[ClaimedExemption, ...]:
    """The exemptions that are claimed on the pages of the request's productions, of documents that
    ``viewer`` may see. Pages are named by their Bates numbers; those without one are counted alone."""
    rows = session.execute(
        select(Page.bates, Page.claimed_codes)
        .where(Page.document_id.in_(_documents(request, viewer)), cast(Page.claimed_codes, String) != "[]")
        .order_by(Page.bates, Page.document_id, Page.page_number)
    )
    pages: dict[str, int] = defaultdict(int)
    numbers: dict[str, list[str]] = defaultdict(list)
    for bates, codes in rows:
        for code in codes:
            pages[code] += 1
            numbers[code] += [bates] if bates else []
    statutes = _statutes(session, request, viewer) if _WITH_STATUTE in pages else ()
    return tuple(
        ClaimedExemption(code, pages[code], tuple(numbers[code]), statutes if code == _WITH_STATUTE else ())
        for code in sorted(pages)
    )


def _claims(
    session: Session, request: FoiaRequest, viewer: Viewer, claimed: Sequence[str] | None
) -> tuple[ClaimedExemption, ...]:
    if claimed is not None and not claimed:
        return ()  # looking through all pages would be for nothing
    found = {claim.code: claim for claim in found_claims(session, request, viewer)}
    codes = found if claimed is None else dict.fromkeys(claimed)
    return tuple(found.get(code, ClaimedExemption(code)) for code in codes)


def _documents(request: FoiaRequest, viewer: Viewer) -> Select[str]:
    of_request = select(Production.id).where(Production.request_id == request.id)
    seen = visible_documents(viewer).where(Document.production_id.in_(of_request))
    return seen.with_only_columns(Document.id)


def _statutes(session: Session, request: FoiaRequest, viewer: Viewer) -> tuple[str, ...]:
    asked = select(Redaction.statute).where(
        Redaction.document_id.in_(_documents(request, viewer)),
        Redaction.statute != "",
        Redaction.state.in_(EFFECTIVE),
    )
    return tuple(session.scalars(asked.distinct().order_by(Redaction.statute)))


def _number(session: Session, request: FoiaRequest, viewer: Viewer) -> str:
    """The request's own numbers; the last one first, since the agency goes on under it."""
    own = [one.number for one in numbers_of(session, request, viewer) if one.kind is NumberKind.REQUEST]
    return f"{own[-1]} (formerly {', '.join(own[:-1])})" if len(own) > 1 else "".join(own)


def _person(session: Session, request: FoiaRequest, viewer: Viewer, roles: Sequence[PersonRole]) -> str:
    named = (person.name for person in people_of(session, request, viewer) if person.role in roles)
    return next(named, "")


def _rule(request: FoiaRequest) -> AgencyRule | None:
    names = (request.agency.abbreviation or "", request.agency.name)
    return next((rule for name in names if name and (rule := agency_rule(request.law_id, name))), None)


def _fees(events: Sequence[RequestEvent]) -> int | None:
    asked = [event.amount_cents for event in events if event.kind is EventKind.FEES_ASKED]
    return asked[-1] if asked else None
