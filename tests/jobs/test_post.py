"""The worker's rounds to the post carry both kinds of letters, and one kind holds up no other."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from archive.jobs.post import PostRounds
from archive.parts import Parts
from archive.rules.statuses import Role
from archive.services.letters import Sender
from tests.factories import NOON
from tests.letters import SENDER, Mailbox
from tests.requests_made import make_request
from tests.visitors import make_account

THE_DAY_AFTER = datetime(2026, 10, 30, 12, tzinfo=NOON.tzinfo)


def rounds(parts: Parts, mailbox: Mailbox, sender: Sender = SENDER) -> PostRounds:
    keeper = make_account(parts.database, Role.VOLUNTEER)
    with parts.database.transaction() as session:
        make_request(session, sent_on=date(2026, 9, 30), responsible_id=keeper.id)
    return PostRounds(parts.database, parts.engine, mailbox, sender, lambda: THE_DAY_AFTER)


def test_a_round_carries_reminders(parts: Parts) -> None:
    mailbox = Mailbox()
    post = rounds(parts, mailbox)
    post.go()
    post.go()
    assert [letter.subject for letter in mailbox.letters] == ["Answer overdue: ICE, Opt-out records"]


def test_reminders_go_when_news_of_searches_cannot(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> int:
        raise RuntimeError("the index is broken")

    monkeypatch.setattr("archive.jobs.post.note_news", fail)
    mailbox = Mailbox()
    rounds(parts, mailbox).go()
    assert len(mailbox.letters) == 1


def test_without_a_public_address_nothing_is_promised(parts: Parts) -> None:
    mailbox = Mailbox()
    rounds(parts, mailbox, Sender("Reading Room", "", "key")).go()
    assert not mailbox.letters
