"""Reminders of dates to whoever answers for a request: written down once, sent by the worker's rounds.

Functions that take a ``Database`` open short transactions of their own: a mail server must not hold the
write lock. A reminder is claimed before it is tried, by putting its next try off; whoever is killed in
between leaves it to be sent again later under the same Message-ID.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from archive.database import Database
from archive.errors import LetterRefused, MailUnavailable
from archive.models import Account, FoiaRequest, RequestDate, RequestReminder
from archive.ports import Letter, Mailer
from archive.rules.access import Action, Viewer
from archive.rules.clock_values import Deadline, DeadlineKind, DeadlineState
from archive.rules.reminder_steps import AFTER, BEFORE, LONGEST_AFTER, LONGEST_BEFORE, reminder_step
from archive.rules.request_standing import standing_of
from archive.rules.request_states import RequestStatus
from archive.services.foia_requests import as_clock_events, events_of, request_deadlines
from archive.services.letters import Sender
from archive.services.reminder_letters import write_reminder

_log = logging.getLogger(__name__)
CLAIM = timedelta(minutes=5)  # much longer than a mail server may take
LONGEST_WAIT = timedelta(hours=6)
KEPT_AFTER_DUE = timedelta(days=60)  # longer than any reminder of a date could still come
_WAITING = frozenset({DeadlineState.RUNNING, DeadlineState.MISSED, DeadlineState.OPEN})


class _Moment(NamedTuple):
    """What tells one reminder from another: the unique columns of its row."""

    request_id: int
    account_id: int
    kind: DeadlineKind
    due_on: date
    days_before: int


def note_reminders(database: Database, *, at: datetime) -> int:
    """Write down the reminders that it is the time for and that are not there yet. Returns how many."""
    today = at.date()
    with database.reading() as session:
        if not _missing(session, today):
            return 0  # nearly always: the write lock is for those who have something to write
    with database.transaction() as session:
        missing = _missing(session, today)
        session.add_all(_written_down(moment, at) for moment in missing)
    return len(missing)


def send_reminders(database: Database, mailer: Mailer, sender: Sender, *, at: datetime) -> int:
    """Send what waits, until there is nothing more or the mail server does not answer. Returns how many."""
    sent = 0
    while (reminder_id := _claim(database, at)) is not None:
        try:
            sent += _send(database, mailer, sender, reminder_id, at)
        except LetterRefused as error:
            _log.warning("reminder %s was refused: %s", reminder_id, error.sentence)
            _try_later(database, reminder_id, at)
        except MailUnavailable as error:
            _log.warning("reminders wait: %s", error.sentence)
            _try_later(database, reminder_id, at)
            break
        except Exception:  # noqa: BLE001  one bad reminder must not hold up all others
            _log.exception("reminder %s could not be written; the others go on", reminder_id)
            _try_later(database, reminder_id, at)
    with database.transaction() as session:
        session.execute(delete(RequestReminder).where(RequestReminder.due_on < at.date() - KEPT_AFTER_DUE))
    return sent


def _missing(session: Session, today: date) -> set[_Moment]:
    """What somebody is to be reminded of now and no row says."""
    now = {
        _Moment(request_id, account_id, kind, due_on, step)
        for request_id, account_id, kind, due_on in session.execute(_dates_in_reach(today))
        if (step := reminder_step(kind, (due_on - today).days)) is not None
    }
    if not now:
        return now
    columns = (
        RequestReminder.request_id,
        RequestReminder.account_id,
        RequestReminder.kind,
        RequestReminder.due_on,
        RequestReminder.days_before,
    )
    first = min(moment.due_on for moment in now)
    known = session.execute(select(*columns).where(RequestReminder.due_on >= first))
    return now - {_Moment(*row) for row in known}


def _dates_in_reach(today: date) -> Select[int, int, DeadlineKind, date]:
    """Request, account, kind and day of each date that somebody may have to be reminded of."""
    return (
        select(RequestDate.request_id, Account.id, RequestDate.kind, RequestDate.due_on)
        .join(FoiaRequest, FoiaRequest.id == RequestDate.request_id)
        .join(Account, Account.id == FoiaRequest.responsible_id)
        .where(
            ~RequestDate.is_public_view,
            ~RequestDate.is_done,
            RequestDate.due_on.between(
                today - timedelta(days=LONGEST_AFTER), today + timedelta(days=LONGEST_BEFORE)
            ),
            RequestDate.kind.in_(BEFORE | AFTER),
            Account.disabled_at.is_(None),
            Account.wants_reminders,
        )
    )


def _written_down(moment: _Moment, at: datetime) -> RequestReminder:
    return RequestReminder(
        request_id=moment.request_id,
        account_id=moment.account_id,
        kind=moment.kind,
        due_on=moment.due_on,
        days_before=moment.days_before,
        created_at=at,
        try_at=at,
        tries=0,
    )


def _claim(database: Database, at: datetime) -> int | None:
    with database.transaction() as session:
        reminder = session.scalar(
            select(RequestReminder)
            .where(RequestReminder.sent_at.is_(None), RequestReminder.try_at <= at)
            .order_by(RequestReminder.try_at, RequestReminder.id)
            .limit(1)
        )
        if reminder is None:
            return None
        reminder.tries += 1
        reminder.try_at = at + CLAIM
        return reminder.id


def _send(database: Database, mailer: Mailer, sender: Sender, reminder_id: int, at: datetime) -> bool:
    with database.reading() as session:
        letter = _letter(session, reminder_id, sender, at.date())
    if letter is not None:
        mailer.send(letter)
    with database.transaction() as session:
        reminder = session.get(RequestReminder, reminder_id)
        if reminder is not None and letter is not None:
            reminder.sent_at = at
        elif reminder is not None:
            session.delete(reminder)
    return letter is not None


def _letter(session: Session, reminder_id: int, sender: Sender, today: date) -> Letter | None:
    """None when there is nothing to remind of any more: it was done or the date moved, somebody else
    answers for the request now, the account is closed, wishes none or may not read requests, or it is the
    time for the next reminder."""
    reminder = session.get(RequestReminder, reminder_id)
    if reminder is None:
        return None
    account = session.get_one(Account, reminder.account_id)
    request = session.get_one(FoiaRequest, reminder.request_id)
    viewer = Viewer(account.role, account.id, account.email)
    is_wanted = account.wants_reminders and account.disabled_at is None and viewer.may(Action.READ_REQUESTS)
    is_now = reminder_step(reminder.kind, (reminder.due_on - today).days) == reminder.days_before
    if not is_wanted or not is_now or request.responsible_id != account.id:
        return None
    deadline = _still_waiting(request_deadlines(session, request, viewer, today), reminder)
    if deadline is None or _is_over(session, request, viewer):
        return None
    return write_reminder(reminder, deadline, request, account, sender, today=today)


def _still_waiting(deadlines: Sequence[Deadline], reminder: RequestReminder) -> Deadline | None:
    return next(
        (
            one
            for one in deadlines
            if one.kind is reminder.kind and one.due_on == reminder.due_on and one.state in _WAITING
        ),
        None,
    )


def _is_over(session: Session, request: FoiaRequest, viewer: Viewer) -> bool:
    standing = standing_of(as_clock_events(events_of(session, request, viewer)))
    return standing.status is RequestStatus.CLOSED


def _try_later(database: Database, reminder_id: int, at: datetime) -> None:
    with database.transaction() as session:
        reminder = session.get(RequestReminder, reminder_id)
        if reminder is not None:
            reminder.try_at = at + min(timedelta(minutes=2 ** min(reminder.tries - 1, 10)), LONGEST_WAIT)
