"""Letters of a request: made from a template, edited, kept, noted as sent. For members, never for readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import FoiaRequest, RequestEvent, RequestLetter
from archive.rules.access import Viewer
from archive.rules.letter_drafts import draft_letter, is_possible, letter_choices, sent_event_kind
from archive.rules.letter_forms import LetterForm, clean_letter
from archive.rules.letter_values import LetterChoice, LetterDraft
from archive.rules.request_errors import BadRequestForm, RequestNotFound, RequestPartNotFound
from archive.rules.request_states import REQUEST_LETTER_WORDS, EventKind, RequestLetterKind
from archive.services.audit import record_event
from archive.services.foia_requests import sees_whole_requests
from archive.services.request_access import refuse_unless_keeper
from archive.services.request_events import EventForm, add_event
from archive.services.request_letter_cases import letter_case

__all__ = [
    "LetterForm",
    "LetterRow",
    "add_letter",
    "change_letter",
    "choose_letters",
    "get_letter",
    "letters_of",
    "make_draft",
    "mark_letter_sent",
    "remove_letter",
]


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter with the day on which it went out; None for one that has not."""

    letter: RequestLetter
    sent_on: date | None


def letters_of(session: Session, request: FoiaRequest, viewer: Viewer) -> tuple[LetterRow, ...]:
    """The letters of a request, the last one first; none for whoever is no member."""
    if not sees_whole_requests(viewer):
        return ()
    rows = session.execute(
        select(RequestLetter, RequestEvent.happened_on)
        .outerjoin(RequestEvent, RequestEvent.id == RequestLetter.sent_event_id)
        .where(RequestLetter.request_id == request.id)
        .order_by(RequestLetter.made_at.desc(), RequestLetter.id.desc())
    )
    return tuple(LetterRow(letter, sent_on) for letter, sent_on in rows)


def get_letter(session: Session, request: FoiaRequest, letter_id: int, viewer: Viewer) -> LetterRow:
    """A letter of this request. Raises ``RequestNotFound`` for whoever is no member,
    ``RequestPartNotFound``."""
    if not sees_whole_requests(viewer):
        raise RequestNotFound
    letter = session.get(RequestLetter, letter_id)
    if letter is None or letter.request_id != request.id:
        raise RequestPartNotFound
    event = session.get(RequestEvent, letter.sent_event_id) if letter.sent_event_id else None
    return LetterRow(letter, event.happened_on if event else None)


def choose_letters(
    session: Session, request: FoiaRequest, viewer: Viewer, today: date
) -> tuple[LetterChoice, ...]:
    """Which letters may be written, those that make sense now first."""
    return letter_choices(letter_case(session, request, viewer, today, claimed=()))


def make_draft(
    session: Session,
    request: FoiaRequest,
    kind: RequestLetterKind,
    viewer: Viewer,
    today: date,
    *,
    claimed: Sequence[str] | None = None,
) -> LetterDraft:
    """A letter that nobody has kept yet. ``claimed``: see ``letter_case``.

    Raises ``BadRequestForm`` where the law of the request knows no such letter.
    """
    case = letter_case(session, request, viewer, today, claimed=claimed)
    if not is_possible(kind, case):
        raise BadRequestForm(
            f"The law of this request has nothing for this letter: {REQUEST_LETTER_WORDS[kind]}.",
            field="kind",
            help="Choose one of the letters in the list.",
        )
    return draft_letter(kind, case)


def add_letter(
    session: Session,
    request: FoiaRequest,
    kind: RequestLetterKind,
    form: LetterForm,
    *,
    viewer: Viewer,
    at: datetime,
) -> RequestLetter:
    """Keep a letter. Raises ``NotAllowed``, ``BadRequestForm``."""
    refuse_unless_keeper(viewer)
    letter = RequestLetter(
        request_id=request.id, kind=kind, made_by_id=viewer.account_id, made_at=at, changed_at=at
    )
    _fill(letter, clean_letter(form))
    session.add(letter)
    session.flush()
    _record(session, request, "request_letter_made", viewer=viewer, at=at, letter=letter.id)
    return letter


def change_letter(
    session: Session,
    request: FoiaRequest,
    letter_id: int,
    form: LetterForm,
    *,
    viewer: Viewer,
    at: datetime,
) -> RequestLetter:
    """Other words. One that was sent stays as it was sent.

    Raises ``NotAllowed``, ``RequestPartNotFound``, ``BadRequestForm``.
    """
    refuse_unless_keeper(viewer)
    row = get_letter(session, request, letter_id, viewer)
    if row.sent_on is not None:
        raise BadRequestForm(
            "This letter was sent and stays as it is.", help="Write another one from the list of letters."
        )
    _fill(row.letter, clean_letter(form))
    row.letter.changed_at = at
    _record(session, request, "request_letter_changed", viewer=viewer, at=at, letter=letter_id)
    return row.letter


def remove_letter(
    session: Session, request: FoiaRequest, letter_id: int, *, viewer: Viewer, at: datetime
) -> None:
    """Take a letter away for good; the event that says it was sent stays. Raises ``NotAllowed``,
    ``RequestPartNotFound``."""
    refuse_unless_keeper(viewer)
    session.delete(get_letter(session, request, letter_id, viewer).letter)
    session.flush()
    _record(session, request, "request_letter_removed", viewer=viewer, at=at, letter=letter_id)


def mark_letter_sent(
    session: Session,
    request: FoiaRequest,
    letter_id: int,
    sent_on: date,
    *,
    viewer: Viewer,
    at: datetime,
) -> RequestEvent:
    """The letter went out: an event of the request from now on, with the dates that follow from it. A request
    that is kept as sent already gets no second such event: the letter is joined to the first.

    Raises ``NotAllowed``, ``RequestPartNotFound``, ``BadRequestForm`` for a day that cannot be.
    """
    refuse_unless_keeper(viewer)
    row = get_letter(session, request, letter_id, viewer)
    if row.sent_on is not None:
        raise BadRequestForm(
            "This letter is noted as sent already.", help="Open the event to correct the day."
        )
    kind = sent_event_kind(row.letter.kind, letter_case(session, request, viewer, at.date(), claimed=()))
    event = _sent_already(session, request, sent_on) if kind is EventKind.SENT else None
    if event is None:
        form = EventForm(kind, sent_on, says=_says(kind, row.letter), recipient=_recipient(row.letter))
        event = add_event(session, request, form, viewer=viewer, at=at)
    row.letter.sent_event_id = event.id
    _record(session, request, "request_letter_sent", viewer=viewer, at=at, letter=letter_id, event=event.id)
    return event


def _sent_already(session: Session, request: FoiaRequest, sent_on: date) -> RequestEvent | None:
    """The event that says the request went out. One of another day must be corrected first."""
    asked = select(RequestEvent).where(
        RequestEvent.request_id == request.id, RequestEvent.kind == EventKind.SENT
    )
    sent = session.scalars(asked.order_by(RequestEvent.happened_on)).all()
    if sent and all(event.happened_on != sent_on for event in sent):
        raise BadRequestForm(
            "This request is kept as sent on another day.",
            field="sent_on",
            help="Write that day here, or correct the event first.",
        )
    return next((event for event in sent if event.happened_on == sent_on), None)


def _says(kind: EventKind, letter: RequestLetter) -> str:
    """What is said of the event and may be shown to everybody: the kind of letter, none of its words."""
    words = REQUEST_LETTER_WORDS[letter.kind]
    return f"{words[:1].upper()}{words[1:]}." if kind is EventKind.CORRESPONDED else ""


def _recipient(letter: RequestLetter) -> str:
    return ", ".join(" ".join(line.split()) for line in letter.addressee.splitlines()[:2])[:1000]


def _record(
    session: Session,
    request: FoiaRequest,
    action: str,
    *,
    viewer: Viewer,
    at: datetime,
    **details: int,
) -> None:
    """A letter is no event: what everybody sees of the request stays, its day of change too."""
    record_event(session, action, f"request/{request.id}", actor=viewer.name, at=at, details=details)


def _fill(letter: RequestLetter, form: LetterForm) -> None:
    letter.title, letter.addressee = form.subject, form.addressee
    letter.text, letter.signature = form.text, form.signature
