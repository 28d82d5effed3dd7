"""Saved searches: an address is kept while it is wanted, and nobody's mailbox is filled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from archive.errors import BadMailAddress, LinkNotValid, TooManyLetters
from archive.models import SavedSearch, SavedSearchSeen
from archive.parts import Parts
from archive.rules.statuses import HowOften
from archive.services import saved_searches
from archive.services.alerts import note_news
from archive.services.saved_searches import (
    ask_for_letters,
    confirm_search,
    forget_unconfirmed,
    give_up,
    set_how_often,
)
from tests.factories import NOON
from tests.letters import DAY, MINUTE, AddDocument, Mailbox, addresses, letters_in, round_at, subscribe


def test_unsubscribing_deletes_the_address_and_letters_that_wait(
    parts: Parts, add: AddDocument, mailbox: Mailbox
) -> None:
    saved_id = subscribe(parts, "q=opt")
    add(title="New", pages=("opt",))
    note_news(parts.database, parts.engine, at=NOON)
    with parts.database.transaction() as session:
        give_up(session, saved_id)
        give_up(session, saved_id)
    assert round_at(parts, mailbox, NOON) == []
    assert addresses(parts) == []
    assert letters_in(parts) == []
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(SavedSearchSeen)) == 0


def test_nothing_is_sent_to_an_address_that_did_not_confirm(
    parts: Parts, add: AddDocument, mailbox: Mailbox
) -> None:
    with parts.database.transaction() as session:
        ask_for_letters(session, "a@example.org", "q=opt", HowOften.AT_ONCE, at=NOON)
    add(title="New", pages=("opt",))
    assert round_at(parts, mailbox, NOON) == []
    (letter,) = mailbox.letters
    assert "/search/saved/confirm/" in letter.text
    assert "New" not in letter.text


def test_what_is_not_confirmed_within_a_week_is_deleted(parts: Parts) -> None:
    with parts.database.transaction() as session:
        ask_for_letters(session, "a@example.org", "q=opt", HowOften.AT_ONCE, at=NOON)
        forget_unconfirmed(session, at=NOON + 7 * DAY)
        assert session.scalar(select(func.count()).select_from(SavedSearch)) == 1
        forget_unconfirmed(session, at=NOON + 7 * DAY + MINUTE)
    assert addresses(parts) == []


def test_one_address_is_asked_five_times_an_hour_at_most(parts: Parts) -> None:
    with parts.database.transaction() as session:
        for number in range(8):
            ask_for_letters(session, "A@example.org", f"q={number}", HowOften.DAILY, at=NOON)
        ask_for_letters(session, "a@EXAMPLE.org", "q=x", HowOften.DAILY, at=NOON)
        ask_for_letters(session, "b@example.org", "q=x", HowOften.DAILY, at=NOON)
    assert len(letters_in(parts)) == 6
    with parts.database.transaction() as session:
        ask_for_letters(session, "a@example.org", "q=y", HowOften.DAILY, at=NOON + timedelta(minutes=61))
    assert len(letters_in(parts)) == 7


def test_all_together_are_bounded_and_told_so(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_searches, "LETTERS_TO_ALL", 3)
    with parts.database.transaction() as session:
        for number in range(3):
            ask_for_letters(session, f"a{number}@example.org", "q=x", HowOften.DAILY, at=NOON)
        with pytest.raises(TooManyLetters):
            ask_for_letters(session, "new@example.org", "q=x", HowOften.DAILY, at=NOON)


def test_what_is_no_address_is_not_kept(parts: Parts) -> None:
    with parts.database.transaction() as session, pytest.raises(BadMailAddress):
        ask_for_letters(session, "a@example.org\nBcc: b@example.org", "q=x", HowOften.DAILY, at=NOON)
    assert addresses(parts) == []


def test_confirming_again_changes_how_often(parts: Parts) -> None:
    subscribe(parts, "q=opt", HowOften.DAILY)
    subscribe(parts, "q=opt", HowOften.WEEKLY)
    with parts.database.reading() as session:
        (saved,) = session.scalars(select(SavedSearch)).all()
        assert saved.how_often is HowOften.WEEKLY
        assert saved.due_at == NOON + 7 * DAY
    with parts.database.transaction() as session, pytest.raises(LinkNotValid):
        confirm_search(session, "0" * 32, [], at=NOON)


def test_changing_how_often_keeps_what_is_known(parts: Parts, add: AddDocument, mailbox: Mailbox) -> None:
    add(title="Old", pages=("opt",))
    saved_id = subscribe(parts, "q=opt", HowOften.WEEKLY)
    with parts.database.transaction() as session:
        set_how_often(session.get_one(SavedSearch, saved_id), HowOften.AT_ONCE, at=NOON)
    assert round_at(parts, mailbox, NOON) == []
