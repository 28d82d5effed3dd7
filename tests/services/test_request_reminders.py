"""Reminders come when they help, once, and not about what was done meanwhile."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from archive.errors import LetterRefused, MailUnavailable
from archive.mail.smtp import SmtpMailer, parse_mail_url
from archive.models import Account, FoiaRequest, RequestReminder
from archive.parts import Parts
from archive.ports import Letter
from archive.rules.request_states import EventKind, Outcome
from archive.rules.statuses import Role
from archive.services.request_events import EventForm, add_event
from archive.services.request_reminders import CLAIM, note_reminders, send_reminders
from archive.services.request_standings import touch_request
from tests.factories import NOON
from tests.letters import DAY, SENDER, Mailbox
from tests.mail.smtp_server import SmtpServer
from tests.requests_made import EDITOR, make_request
from tests.visitors import make_account

SENT_ON = date(2026, 9, 30)
DUE_ON = date(2026, 10, 29)  # 20 workdays: Columbus Day is left out
EMAIL = "keeper@example.org"


def make(parts: Parts, **fields: object) -> int:
    """A request that the keeper answers for; its id."""
    keeper = make_account(parts.database, Role.VOLUNTEER, EMAIL)
    with parts.database.transaction() as session:
        given = {"title": "Opt-out memos", "sent_on": SENT_ON, "responsible_id": keeper.id, **fields}
        return make_request(session, **given).id  # type: ignore[arg-type]  # handed on


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=NOON.tzinfo)


def round_on(parts: Parts, mailbox: Mailbox, day: date) -> list[Letter]:
    before = len(mailbox.letters)
    note_reminders(parts.database, at=at_noon(day))
    send_reminders(parts.database, mailbox, SENDER, at=at_noon(day))
    return mailbox.letters[before:]


def happen(parts: Parts, request_id: int, kind: EventKind, day: date, **more: object) -> None:
    with parts.database.transaction() as session:
        request = session.get_one(FoiaRequest, request_id)
        form = EventForm(kind, day, **more)  # type: ignore[arg-type]  # handed on
        add_event(session, request, form, viewer=EDITOR, at=at_noon(day))


def test_an_overdue_answer_is_told_on_the_day_after_and_then_four_times_a_week_apart(parts: Parts) -> None:
    make(parts)
    mailbox = Mailbox()
    days = [DUE_ON + number * DAY for number in range(-10, 80)]
    told = [day for day in days for _ in round_on(parts, mailbox, day)]
    assert told == [DUE_ON + number * DAY for number in (1, 8, 15, 22, 29)]


def test_a_reminder_says_what_by_when_how_counted_and_what_can_be_done(parts: Parts) -> None:
    make(parts)
    (letter,) = round_on(parts, Mailbox(), DUE_ON + DAY)
    assert letter.to == EMAIL
    assert letter.subject == "Answer overdue: ICE, Opt-out memos"
    for words in (
        "29 October 2026, 1 day ago",
        "Counted from 30 September 2026",
        "20 workdays: 5 U.S.C. 552(a)(6)(A)(i).",
        "Columbus Day (12 October 2026)",
        "https://records.example.org/requests/opt-out-memos",
        "https://records.example.org/requests/opt-out-memos/letters",
        "https://records.example.org/account/requests",
        "Not legal advice",
    ):
        assert words in letter.text
    assert "<script" not in letter.html


def test_words_of_people_are_no_markup_in_a_letter(parts: Parts) -> None:
    make(parts, title="<b>Memos</b> & more")
    (letter,) = round_on(parts, Mailbox(), DUE_ON + DAY)
    assert "<b>" not in letter.html
    assert "&lt;b&gt;Memos" in letter.html


def test_the_last_day_to_appeal_is_told_7_days_and_1_day_before(parts: Parts) -> None:
    make(parts, answered_on=date(2026, 10, 1), outcome=Outcome.DENIED, agency="Office of Somewhere")
    mailbox = Mailbox()
    due_on = date(2026, 12, 30)  # 90 days: no rule of its own is known
    days = [date(2026, 12, 1) + number * DAY for number in range(60)]
    told = [(day, letter.subject) for day in days for letter in round_on(parts, mailbox, day)]
    subject = "Last day to appeal: Office of Somewhere, Opt-out memos"
    assert told == [(due_on - 7 * DAY, subject), (due_on - DAY, subject)]


def test_a_day_on_which_nothing_ran_is_made_up_for(parts: Parts) -> None:
    make(parts)
    mailbox = Mailbox()
    assert len(round_on(parts, mailbox, DUE_ON + 5 * DAY)) == 1
    assert not round_on(parts, mailbox, DUE_ON + 6 * DAY)
    assert len(round_on(parts, mailbox, DUE_ON + 8 * DAY)) == 1


def test_old_requests_that_are_entered_late_send_nothing(parts: Parts) -> None:
    make(parts, sent_on=date(2010, 2, 3))
    assert not round_on(parts, Mailbox(), NOON.date())


def test_nothing_is_sent_when_it_was_answered_meanwhile(parts: Parts) -> None:
    request_id = make(parts)
    note_reminders(parts.database, at=at_noon(DUE_ON + DAY))
    happen(parts, request_id, EventKind.DETERMINED, DUE_ON + DAY, outcome=Outcome.GRANTED)
    mailbox = Mailbox()
    assert send_reminders(parts.database, mailbox, SENDER, at=at_noon(DUE_ON + DAY)) == 0
    assert not mailbox.letters
    with parts.database.reading() as session:
        assert not session.scalars(select(RequestReminder)).all()


@pytest.mark.parametrize("kind", [EventKind.WITHDRAWN, EventKind.CLOSED])
def test_nothing_is_sent_about_what_was_closed(parts: Parts, kind: EventKind) -> None:
    request_id = make(parts)
    note_reminders(parts.database, at=at_noon(DUE_ON + DAY))
    happen(parts, request_id, kind, DUE_ON + DAY)
    assert not round_on(parts, Mailbox(), DUE_ON + DAY)


def test_nothing_is_sent_when_the_date_moved(parts: Parts) -> None:
    request_id = make(parts)
    note_reminders(parts.database, at=at_noon(DUE_ON + DAY))
    happen(parts, request_id, EventKind.EXTENDED, DUE_ON - DAY, days=10)
    assert not round_on(parts, Mailbox(), DUE_ON + DAY)


@pytest.mark.parametrize("why", ["closed", "wishes none", "somebody else"])
def test_nothing_is_sent_to_whom_it_is_not_for(parts: Parts, why: str) -> None:
    request_id = make(parts)
    other = make_account(parts.database, Role.VOLUNTEER, "other@example.org")
    note_reminders(parts.database, at=at_noon(DUE_ON + DAY))
    with parts.database.transaction() as session:
        account = session.scalars(select(Account).where(Account.email == EMAIL)).one()
        if why == "closed":
            account.disabled_at = NOON
        elif why == "wishes none":
            account.wants_reminders = False
        else:
            session.get_one(FoiaRequest, request_id).responsible_id = other.id
    mailbox = Mailbox()
    round_on(parts, mailbox, DUE_ON + DAY)
    assert [letter.to for letter in mailbox.letters] == (
        ["other@example.org"] if why == "somebody else" else []
    )


def test_a_mail_server_that_is_away_is_tried_again_under_the_same_name(parts: Parts) -> None:
    make(parts)
    mailbox, at = Mailbox(), at_noon(DUE_ON + DAY)
    mailbox.failures = [MailUnavailable(), LetterRefused(for_good=False)]
    note_reminders(parts.database, at=at)
    for minutes in range(10):
        send_reminders(parts.database, mailbox, SENDER, at=at + timedelta(minutes=minutes))
    assert len(mailbox.letters) == 1
    with parts.database.reading() as session:
        reminder = session.scalars(select(RequestReminder)).one()
    assert reminder.tries == 3
    assert mailbox.letters[0].message_id == f"<reminder.{reminder.id}.answer@records.example.org>"


class Killed(BaseException):
    """The process ends here."""


def test_whoever_dies_while_sending_leaves_it_to_be_sent_again(parts: Parts) -> None:
    class Dying(Mailbox):
        def send(self, letter: Letter) -> None:
            super().send(letter)
            raise Killed

    make(parts)
    dying, mailbox, at = Dying(), Mailbox(), at_noon(DUE_ON + DAY)
    note_reminders(parts.database, at=at)
    with pytest.raises(Killed):
        send_reminders(parts.database, dying, SENDER, at=at)
    assert send_reminders(parts.database, mailbox, SENDER, at=at + timedelta(minutes=1)) == 0
    assert send_reminders(parts.database, mailbox, SENDER, at=at + CLAIM) == 1
    assert dying.letters[0].message_id == mailbox.letters[0].message_id


def test_one_that_cannot_be_written_holds_up_no_other(parts: Parts) -> None:
    broken = make(parts)
    make(parts, title="The other")
    with parts.database.transaction() as session:
        request = session.get_one(FoiaRequest, broken)
        touch_request(session, request, at=NOON)
        request.law_id = "us-zz"  # a law that a newer program does not have
    mailbox = Mailbox()
    assert [letter.subject for letter in round_on(parts, mailbox, DUE_ON + DAY)] == [
        "Answer overdue: ICE, The other"
    ]


def test_a_reminder_goes_through_a_real_mail_server(parts: Parts) -> None:
    make(parts)
    server = SmtpServer()
    mailer = SmtpMailer(
        parse_mail_url(f"smtp://127.0.0.1:{server.port}"), sender="no-reply@example.org", sender_name="Room"
    )
    note_reminders(parts.database, at=at_noon(DUE_ON + DAY))
    assert send_reminders(parts.database, mailer, SENDER, at=at_noon(DUE_ON + DAY)) == 1
    server.close()
    (taken,) = server.letters
    assert taken["Subject"] == "Answer overdue: ICE, Opt-out memos"
    assert taken["To"] == EMAIL
