"""What everybody would see of a request if these parts of it were chosen: before they do.

Dates are counted from what is shown alone. An event that is not shown can move a date: both are told.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.models import Document, FoiaRequest, Production, RequestEvent, RequestFile
from archive.rules.access import READER, Viewer
from archive.rules.clock_values import Deadline, DeadlineKind, DeadlineState
from archive.rules.clocks import deadlines_of
from archive.rules.request_standing import Standing, standing_of
from archive.rules.request_states import EventKind
from archive.services.documents import visible_documents
from archive.services.foia_requests import (
    as_clock_events,
    clock_question,
    promised_production_on,
    request_deadlines,
)
from archive.services.request_sheet import KeepingSheet


@dataclass(frozen=True, slots=True)
class DateLine:
    """One date, as everybody would be told it and as members are; None: they are told of none."""

    kind: DeadlineKind
    shown: Deadline | None
    known: Deadline | None

    @property
    def differs(self) -> bool:
        """Whether what is not shown moves it."""
        days = [(one.due_on, one.state) if one else None for one in (self.shown, self.known)]
        return days[0] != days[1]


@dataclass(frozen=True, slots=True)
class Preview:
    """``files`` counts the attached documents that everybody may see, ``hidden_files`` the others."""

    events: tuple[RequestEvent, ...]
    standing: Standing
    known_standing: Standing
    dates: tuple[DateLine, ...]
    numbers: int
    people: int
    files: int
    hidden_files: int


def preview_public(
    session: Session,
    sheet: KeepingSheet,
    *,
    events: Collection[int],
    numbers: Collection[int],
    people: Collection[int],
    viewer: Viewer,
    today: date,
) -> Preview:
    """What a reader would see, were these ids chosen. Changes nothing."""
    shown = tuple(one for one in sheet.events if one.id in events or one.kind is EventKind.SENT)
    deadlines = _deadlines(session, sheet.request, shown, viewer, today)
    known = request_deadlines(session, sheet.request, viewer, today)
    attached, public_files = _count_files(session, [one.id for one in shown])
    return Preview(
        events=shown,
        standing=standing_of(as_clock_events(shown)),
        known_standing=standing_of(as_clock_events(sheet.events)),
        dates=_lines(deadlines, known),
        numbers=sum(row.id in numbers for row in sheet.numbers),
        people=sum(row.id in people for row in sheet.people),
        files=public_files,
        hidden_files=attached - public_files,
    )


def _deadlines(
    session: Session,
    request: FoiaRequest,
    events: Sequence[RequestEvent],
    viewer: Viewer,
    today: date,
) -> tuple[Deadline, ...]:
    promised = promised_production_on(session, request, viewer)
    if promised is not None and not _is_told(session, request, events):
        promised = None
    return deadlines_of(clock_question(request, events, promised), today)


def _is_told(session: Session, request: FoiaRequest, events: Sequence[RequestEvent]) -> bool:
    """Whether one of ``events`` tells of the last production: only then its promise is known."""
    last = session.scalar(
        select(Production.id)
        .where(Production.request_id == request.id, Production.received_on.is_not(None))
        .order_by(Production.received_on.desc(), Production.id.desc())
        .limit(1)
    )
    return any(event.production_id == last for event in events)


def _lines(shown: Sequence[Deadline], known: Sequence[Deadline]) -> tuple[DateLine, ...]:
    """Every date that either is told of, in the order that members read them; what no longer applies is left
    out. Of several orders the first is compared with the first."""
    of_shown, of_known = _numbered(shown), _numbered(known)
    keys = dict.fromkeys([*of_known, *of_shown])
    return tuple(DateLine(key[0], of_shown.get(key), of_known.get(key)) for key in keys)


def _numbered(deadlines: Sequence[Deadline]) -> dict[tuple[DeadlineKind, int], Deadline]:
    """By kind, and the how-manieth of its kind it is."""
    found: dict[tuple[DeadlineKind, int], Deadline] = {}
    for one in deadlines:
        if one.state is not DeadlineState.LAPSED:
            found[one.kind, sum(kind is one.kind for kind, _ in found)] = one
    return found


def _count_files(session: Session, event_ids: list[int]) -> tuple[int, int]:
    """How many documents are attached to these events, and how many of them everybody may see."""
    mine = RequestFile.event_id.in_(event_ids)
    attached = select(func.count(func.distinct(RequestFile.document_id))).where(mine)
    seen = visible_documents(READER).with_only_columns(Document.id)
    public = attached.where(RequestFile.document_id.in_(seen))
    return session.scalar(attached) or 0, session.scalar(public) or 0
