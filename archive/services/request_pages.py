"""One request as its page shows it: to members whole, to everybody what was made public of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import (
    Account,
    Agency,
    Document,
    FoiaRequest,
    Production,
    RequestEvent,
    RequestFile,
    RequestPerson,
    TrackingNumber,
)
from archive.rules.access import Viewer
from archive.rules.citation_states import Audience
from archive.rules.clock_values import Deadline, DeadlineKind, DeadlineState
from archive.rules.clocks import deadlines_of
from archive.rules.deadline_choice import deadline_to_show
from archive.rules.law_values import AgencyRule, Law
from archive.rules.laws import agency_rule, get_law
from archive.rules.request_standing import Standing, standing_of
from archive.services.documents import public_documents, visible_documents
from archive.services.foia_requests import (
    as_clock_events,
    clock_question,
    events_of,
    get_request,
    numbers_of,
    promised_production_on,
    sees_whole_requests,
)
from archive.services.request_tree import NumberNode, RequestNode, number_tree, request_tree

_LATE = frozenset({DeadlineState.MISSED, DeadlineState.MET_LATE})


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of an event. ``document`` None: there is one, and this member may not open it yet; readers are
    not told of such."""

    document: Document | None
    name: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event with what stands around it. ``note``, ``sender`` and ``recipient`` are empty for readers.
    ``production_slug`` is empty when the production has no page of its own yet."""

    event: RequestEvent
    agency: Agency | None
    production_title: str
    production_slug: str
    files: tuple[FileLine, ...]
    note: str
    sender: str
    recipient: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody who has to do with it. Addresses are empty for readers, always."""

    person: RequestPerson
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class RequestPage:
    """All that one page says. ``deadline`` is the date that matters most now; ``answer`` the answer's."""

    request: FoiaRequest
    law: Law
    rule: AgencyRule | None
    standing: Standing
    events: tuple[RequestEvent, ...]
    lines: tuple[EventLine, ...]
    numbers: tuple[TrackingNumber, ...]
    number_tree: tuple[NumberNode, ...]
    people: tuple[PersonLine, ...]
    deadlines: tuple[Deadline, ...]
    deadline: Deadline | None
    files: Mapping[int, tuple[FileLine, ...]]
    tree: RequestNode | None
    responsible: str
    sees_whole: bool
    today: date

    @property
    def is_public(self) -> bool:
        """Whether everybody sees the request."""
        return self.request.audience is Audience.PUBLIC

    @property
    def answer(self) -> Deadline | None:
        """When the agency's answer is due."""
        return next((one for one in self.deadlines if one.kind is DeadlineKind.ANSWER), None)

    @property
    def answer_is_late(self) -> bool:
        """Whether the law's limit for the answer was missed: then fees may fall away."""
        return self.answer is not None and self.answer.state in _LATE


def get_request_page(session: Session, slug: str, viewer: Viewer, today: date) -> RequestPage:
    """Raises ``RequestNotFound`` for absent and hidden requests alike."""
    request = get_request(session, slug, viewer)
    events = events_of(session, request, viewer)
    numbers = numbers_of(session, request, viewer)
    standing = standing_of(as_clock_events(events))
    promised = promised_production_on(session, request, viewer)
    deadlines = deadlines_of(clock_question(request, events, promised), today)
    files = _files(session, events, viewer)
    return RequestPage(
        request=request,
        law=get_law(request.law_id),
        rule=agency_rule(request.law_id, request.agency.abbreviation or request.agency.name),
        standing=standing,
        events=events,
        lines=_lines(session, events, files, viewer),
        numbers=numbers,
        number_tree=number_tree(session, numbers, request.agency_id),
        people=_people(session, request, viewer),
        deadlines=deadlines,
        deadline=deadline_to_show(deadlines, standing.status),
        files=files,
        tree=request_tree(session, request, viewer),
        responsible=_responsible(session, request, viewer),
        sees_whole=sees_whole_requests(viewer),
        today=today,
    )


def _lines(
    session: Session,
    events: Sequence[RequestEvent],
    files: Mapping[int, tuple[FileLine, ...]],
    viewer: Viewer,
) -> tuple[EventLine, ...]:
    whole = sees_whole_requests(viewer)
    named = {event.agency_id for event in events if event.agency_id}
    agencies = {one.id: one for one in session.scalars(select(Agency).where(Agency.id.in_(named)))}
    productions = _productions(session, events, viewer)
    return tuple(
        EventLine(
            event,
            agencies.get(event.agency_id or 0),
            *productions.get(event.production_id or 0, ("", "")),
            files.get(event.id, ()),
            event.note if whole else "",
            event.sender if whole else "",
            event.recipient if whole else "",
        )
        for event in events
    )


def _productions(
    session: Session, events: Sequence[RequestEvent], viewer: Viewer
) -> Mapping[int, tuple[str, str]]:
    """Title and slug of each. Without a published document a production has no page, and its name is for
    members only."""
    wanted = {event.production_id for event in events if event.production_id}
    if not wanted:
        return {}
    shown = public_documents().where(Document.production_id.in_(wanted))
    has_page = set(session.scalars(shown.with_only_columns(Document.production_id).distinct()))
    rows = session.execute(
        select(Production.id, Production.title, Production.slug).where(Production.id.in_(wanted))
    )
    return {
        production_id: (title, slug if production_id in has_page else "")
        for production_id, title, slug in rows
        if production_id in has_page or sees_whole_requests(viewer)
    }


def _files(
    session: Session, events: Sequence[RequestEvent], viewer: Viewer
) -> Mapping[int, tuple[FileLine, ...]]:
    rows = session.scalars(
        select(RequestFile)
        .where(RequestFile.event_id.in_([event.id for event in events]))
        .order_by(RequestFile.event_id, RequestFile.position, RequestFile.id)
    ).all()
    wanted = {row.document_id for row in rows}
    seen = {one.id: one for one in session.scalars(visible_documents(viewer).where(Document.id.in_(wanted)))}
    whole = sees_whole_requests(viewer)
    found: dict[int, list[FileLine]] = defaultdict(list)
    for row in rows:
        document = seen.get(row.document_id)
        if document is not None or whole:
            found[row.event_id].append(FileLine(document, row.name if whole else ""))
    return {event_id: tuple(lines) for event_id, lines in found.items()}


def _people(session: Session, request: FoiaRequest, viewer: Viewer) -> tuple[PersonLine, ...]:
    whole = sees_whole_requests(viewer)
    asked = select(RequestPerson).where(RequestPerson.request_id == request.id).order_by(RequestPerson.id)
    rows = session.scalars(asked if whole else asked.where(RequestPerson.is_public))
    return tuple(PersonLine(row, row.email if whole else "", row.phone if whole else "") for row in rows)


def _responsible(session: Session, request: FoiaRequest, viewer: Viewer) -> str:
    """Members are told; everybody else is not."""
    if request.responsible_id is None or not sees_whole_requests(viewer):
        return ""
    account = session.get(Account, request.responsible_id)
    return (account.name or account.email) if account else ""
