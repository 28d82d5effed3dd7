"""Requests out of a table: first what would be made of each row, then the requests themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.models import Agency, FoiaRequest, RequestEvent, RequestStanding, TrackingNumber
from archive.rules.access import Viewer
from archive.rules.citation_states import Audience
from archive.rules.clock_values import ClockEvent
from archive.rules.law_names import laws_named
from archive.rules.law_values import Law
from archive.rules.laws import all_laws
from archive.rules.request_errors import BadRequestForm
from archive.rules.request_events import check_event, check_order, position_of
from archive.rules.request_forms import (
    EventForm,
    NumberForm,
    RequestForm,
    clean_event,
    clean_number,
    clean_request,
)
from archive.rules.request_states import EventKind
from archive.rules.request_table import Happening, RequestTable, TableRow
from archive.services.audit import record_event
from archive.services.catalogue import find_or_add_agency, find_or_add_place
from archive.services.request_access import refuse_unless_keeper
from archive.services.request_editing import REQUEST_SLUGS
from archive.services.request_standings import touch_request

_WITH_ABBREVIATION = re.compile(r"(.+?)\s*\(([A-Z][A-Za-z0-9&.\-]{1,15})\)")


class RowState(StrEnum):
    """What is to become of a row."""

    NEW = "new"
    HERE = "here"  # the request is here already
    TWICE = "twice"  # an earlier row of the file is the same request
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row and what would be made of it. ``here``: the slug of the request that it is already;
    ``same_as_line``: of the row that is the same. ``problems`` are sentences, the table's among them."""

    row: TableRow
    state: RowState
    problems: tuple[str, ...]
    form: RequestForm
    law: Law | None
    events: tuple[EventForm, ...]
    here: str = ""
    same_as_line: int = 0


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """All rows of a table, in its order."""

    table: RequestTable
    rows: tuple[PlannedRow, ...]

    def count(self, state: str) -> int:
        """How many rows are in a state."""
        return sum(1 for row in self.rows if row.state == state)


Key = tuple[str, ...]


def plan_import(
    session: Session, table: RequestTable, *, law_id: str = "", viewer: Viewer, at: datetime
) -> ImportPlan:
    """What would be made of each row; nothing is. ``law_id``: of the rows that name no law.

    Raises ``NotAllowed``.
    """
    refuse_unless_keeper(viewer)
    agencies = _agency_keys(session)
    known = _known_requests(session)
    seen: dict[Key, int] = {}
    rows = []
    for row in table.rows:
        planned = _plan(row, law_id, at.date())
        keys = _keys_of(planned, agencies)
        rows.append(_compared(planned, keys, known, seen))
        for key in keys:
            seen.setdefault(key, row.line)
    return ImportPlan(table, tuple(rows))


def import_requests(
    session: Session, plan: ImportPlan, *, viewer: Viewer, at: datetime, titles: set[str] | None = None
) -> list[FoiaRequest]:
    """Make the requests of all rows that are new; for members, none is public. ``titles``: of the parts of
    the table that were made before, and are added to. Raises ``NotAllowed``."""
    refuse_unless_keeper(viewer)
    made: list[FoiaRequest] = []
    titles = set() if titles is None else titles
    for row in plan.rows:
        if row.state is not RowState.NEW:
            continue
        title = row.form.title
        # Thousands of one title would else be numbered one after another, each looking at all before it.
        slug_from = f"{title[:50]} {row.row.value('number') or row.row.line}" if title in titles else title
        titles.add(title)
        made.append(_make(session, row, slug_from, viewer, at))
    return made


def _plan(row: TableRow, law_id: str, today: date) -> PlannedRow:
    problems = list(row.problems)
    law = _law(row.value("law"), law_id, problems)
    form = RequestForm(
        title=row.value("title"),
        agency=row.value("agency"),
        law_id=law.id if law else "",
        records_sought=row.value("records sought"),
        requester=row.value("requester"),
        place=row.value("place"),
    )
    events = _events(row, today)
    if not problems:
        problems += _problems(form, events, row.value("number"), today)
    state = RowState.WRONG if problems else RowState.NEW
    return PlannedRow(row, state, tuple(problems), form, law, events)


def _events(row: TableRow, today: date) -> tuple[EventForm, ...]:
    found = [_event(happening) for happening in row.happened]
    note = "\n".join(filter(None, (row.value("notes"), row.value("url"))))
    if note:
        found.append(EventForm(EventKind.NOTED, today, note=note))
    return tuple(sorted(found, key=lambda event: (event.happened_on, position_of(event.kind))))


def _event(happening: Happening) -> EventForm:
    return EventForm(happening.kind, happening.on, outcome=happening.outcome, note=happening.note)


def _problems(form: RequestForm, events: Sequence[EventForm], number: str, today: date) -> list[str]:
    """What the forms for one request would refuse, in the same words."""
    found: list[str] = []
    try:
        clean_request(form)
        if number:
            clean_number(NumberForm(number), today)
    except BadRequestForm as problem:
        found.append(_in_words(problem))
    before: list[ClockEvent] = []
    for event in events:
        try:
            event = clean_event(event)
            check_event(event, today)
            check_order(event, before)
        except BadRequestForm as problem:
            found.append(_in_words(problem, event.happened_on))
        before.append(ClockEvent(event.kind, event.happened_on, event.outcome))
    return found


def _in_words(problem: BadRequestForm, day: date | None = None) -> str:
    said = f"{day.isoformat()}: " if day else ""
    return f"{said}{problem.sentence} {problem.help}".strip()


def _law(named: str, law_id: str, problems: list[str]) -> Law | None:
    found = laws_named(named) if named else [law for law in all_laws() if law.id == law_id]
    if len(found) == 1:
        return found[0]
    if not named:
        problems.append("Column 'law' is empty: choose which law such rows are under.")
    else:
        ids = ", ".join(law.id for law in found or all_laws())
        what = "can be several laws" if found else "is no law that is known here"
        problems.append(f"Column 'law': {named[:40]!r} {what}: write one of {ids}.")
    return None


def _agency_keys(session: Session) -> Mapping[str, str]:
    """Each name of an agency to one that is its own: the agency's number."""
    keys: dict[str, str] = {}
    for agency in session.scalars(select(Agency).order_by(Agency.id.desc())):
        for name in (agency.slug, agency.abbreviation, agency.name):
            if name:
                keys[name.casefold()] = f"#{agency.id}"
    return keys


def _known_requests(session: Session) -> Mapping[Key, str]:
    """What makes a request the same as a row, to its slug."""
    known: dict[Key, str] = {}
    sent = select(FoiaRequest.agency_id, FoiaRequest.title, RequestStanding.sent_on, FoiaRequest.slug).join(
        RequestStanding,
        (RequestStanding.request_id == FoiaRequest.id) & ~RequestStanding.is_public_view,
    )
    for agency_id, title, sent_on, slug in session.execute(sent):
        known[_title_key(f"#{agency_id}", title, sent_on)] = slug
    agency_of = func.coalesce(TrackingNumber.agency_id, FoiaRequest.agency_id)
    numbers = select(agency_of, TrackingNumber.number, FoiaRequest.slug).join(
        FoiaRequest, FoiaRequest.id == TrackingNumber.request_id
    )
    for agency_id, number, slug in session.execute(numbers):
        known[_number_key(f"#{agency_id}", number)] = slug
    return known


def _number_key(agency: str, number: str) -> Key:
    return "number", agency, " ".join(number.split()).casefold()


def _title_key(agency: str, title: str, sent_on: date | None) -> Key:
    return "title", agency, " ".join(title.split()).casefold(), str(sent_on)


def _keys_of(planned: PlannedRow, agencies: Mapping[str, str]) -> list[Key]:
    """By number and agency; a row without a number by its title, its agency and the day it was sent."""
    agency = _agency_key(planned.form.agency, agencies)
    if number := planned.row.value("number"):
        return [_number_key(agency, number)]
    sent = next((event.happened_on for event in planned.events if event.kind is EventKind.SENT), None)
    return [_title_key(agency, planned.form.title, sent)]


def _agency_key(name: str, agencies: Mapping[str, str]) -> str:
    named = _WITH_ABBREVIATION.fullmatch(name.strip())
    for one in (named[2], named[1]) if named else (name.strip(),):
        if found := agencies.get(one.casefold()):
            return found
    return (named[2] if named else name.strip()).casefold()


def _compared(
    planned: PlannedRow, keys: Iterable[Key], known: Mapping[Key, str], seen: Mapping[Key, int]
) -> PlannedRow:
    if planned.state is not RowState.NEW:
        return planned
    for key in keys:
        if key in known:
            return replace(planned, state=RowState.HERE, here=known[key])
        if key in seen:
            return replace(planned, state=RowState.TWICE, same_as_line=seen[key])
    return planned


def _make(session: Session, planned: PlannedRow, slug_from: str, viewer: Viewer, at: datetime) -> FoiaRequest:
    """The rows are checked by the same rules as the forms. All dates are counted once, at the end: a large
    table would else take minutes."""
    form = clean_request(planned.form)
    place = find_or_add_place(session, form.place) if form.place else None
    request = FoiaRequest(
        slug=REQUEST_SLUGS.free(session, slug_from, None),
        title=form.title,
        records_sought=form.records_sought,
        requester=form.requester,
        law_id=form.law_id,
        agency=find_or_add_agency(session, form.agency),
        place=place,
        audience=Audience.MEMBERS,
        created_by_id=viewer.account_id,
        created_at=at,
        changed_at=at,
    )
    session.add(request)
    session.flush()
    session.add_all(_event_row(request, clean_event(event), viewer, at) for event in planned.events)
    if number := planned.row.value("number"):
        cleaned = clean_number(NumberForm(number), at.date())
        session.add(TrackingNumber(request_id=request.id, number=cleaned.number, kind=cleaned.kind, court=""))
    subject = f"request/{request.id}"
    details = {"line": planned.row.line}
    record_event(session, "request_imported", subject, actor=viewer.name, at=at, details=details)
    touch_request(session, request, at=at)
    return request


def _event_row(request: FoiaRequest, event: EventForm, viewer: Viewer, at: datetime) -> RequestEvent:
    return RequestEvent(
        request_id=request.id,
        kind=event.kind,
        happened_on=event.happened_on,
        position=position_of(event.kind),
        outcome=event.outcome,
        note=event.note,
        recorded_at=at,
        recorded_by_id=viewer.account_id,
    )
