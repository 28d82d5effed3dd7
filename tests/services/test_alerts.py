"""Letters: every new match is told once, and nothing that is not public ever is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from archive.errors import LetterRefused, MailUnavailable
from archive.models import Document, OutgoingLetter
from archive.parts import Parts
from archive.rules.statuses import HowOften, LetterKind, Visibility
from archive.services.alerts import note_news
from archive.services.indexing import bring_index_up_to_date
from archive.services.post_office import CLAIM, MOST_REFUSALS
from tests.factories import NOON
from tests.letters import DAY, MINUTE, AddDocument, Mailbox, addresses, letters_in, round_at, subscribe


@pytest.mark.usefixtures("saved")
def test_a_new_match_is_told_once_and_what_was_there_never(
    parts: Parts, add: AddDocument, mailbox: Mailbox
) -> None:
    assert round_at(parts, mailbox, NOON) == []
    add(title="New memo", pages=("A sheriff may opt out.", "opt"), bates="ICE-")
    (letter,) = round_at(parts, mailbox, NOON + MINUTE)
    assert letter.to == "a@example.org"
    assert "1 new document" in letter.subject
    assert "New memo" in letter.text
    assert "ICE-000001, ICE-000002" in letter.text
    assert "Old memo" not in letter.text
    for later in range(2, 200, 20):
        assert round_at(parts, mailbox, NOON + later * MINUTE) == []


@pytest.mark.usefixtures("saved")
def test_a_document_that_comes_to_match_later_is_told(
    parts: Parts, add: AddDocument, mailbox: Mailbox
) -> None:
    document = add(title="Minutes", pages=("Nothing of the kind.",))
    assert round_at(parts, mailbox, NOON) == []
    with parts.database.transaction() as session:
        described = session.get_one(Document, document.id)
        described.title, described.content_version = "Minutes on opting out", 2
    bring_index_up_to_date(parts.database, parts.engine)
    (letter,) = round_at(parts, mailbox, NOON + MINUTE)
    assert "Minutes on opting out" in letter.text


@pytest.mark.usefixtures("saved")
def test_what_is_not_published_is_never_told_and_is_when_it_is_published(
    parts: Parts, add: AddDocument, mailbox: Mailbox
) -> None:
    document = add(title="Hidden", pages=("opt",), visibility=Visibility.UNPUBLISHED)
    assert round_at(parts, mailbox, NOON) == []
    with parts.database.transaction() as session:
        hidden = session.get_one(Document, document.id)
        hidden.visibility, hidden.content_version = Visibility.PUBLISHED, 2
    bring_index_up_to_date(parts.database, parts.engine)
    assert len(round_at(parts, mailbox, NOON + MINUTE)) == 1


@pytest.mark.usefixtures("saved")
def test_what_is_withdrawn_while_its_letter_waits_is_not_told(
    parts: Parts, add: AddDocument, mailbox: Mailbox
) -> None:
    withdrawn = add(title="Withdrawn", pages=("opt",))
    add(title="Stays", pages=("opt, opt",))
    assert note_news(parts.database, parts.engine, at=NOON) == 1
    with parts.database.transaction() as session:
        document = session.get_one(Document, withdrawn.id)
        document.visibility, document.content_version = Visibility.WITHDRAWN, 2
    (letter,) = round_at(parts, mailbox, NOON)
    assert "Stays" in letter.text
    assert "Withdrawn" not in letter.text + letter.html + letter.subject
    assert "1 new document" in letter.subject


@pytest.mark.usefixtures("saved")
def test_a_letter_with_nothing_left_to_tell_is_not_sent(
    parts: Parts, add: AddDocument, mailbox: Mailbox
) -> None:
    document = add(title="Withdrawn", pages=("opt",))
    note_news(parts.database, parts.engine, at=NOON)
    with parts.database.transaction() as session:
        session.get_one(Document, document.id).visibility = Visibility.WITHDRAWN
    assert round_at(parts, mailbox, NOON) == []
    with parts.database.reading() as session:
        letters = (
            select(func.count()).select_from(OutgoingLetter).where(OutgoingLetter.kind == LetterKind.NEWS)
        )
        assert session.scalar(letters) == 0


def test_daily_letters_gather_what_came(parts: Parts, add: AddDocument, mailbox: Mailbox) -> None:
    subscribe(parts, "q=opt", HowOften.DAILY)
    for number in range(3):
        add(title=f"Memo {number}", pages=("opt",))
        assert round_at(parts, mailbox, NOON + number * timedelta(hours=7)) == []
    (letter,) = round_at(parts, mailbox, NOON + DAY)
    assert "3 new documents" in letter.subject
    assert round_at(parts, mailbox, NOON + 3 * DAY) == []


@pytest.mark.usefixtures("saved")
def test_at_once_is_at_most_a_letter_each_quarter_of_an_hour(
    parts: Parts, add: AddDocument, mailbox: Mailbox
) -> None:
    for number in range(3):
        add(title=f"Memo {number}", pages=("opt",))
        round_at(parts, mailbox, NOON + number * MINUTE)
    assert len(mailbox.news) == 1
    round_at(parts, mailbox, NOON + 16 * MINUTE)
    assert ["1 new document" in mailbox.news[0].subject, "2 new documents" in mailbox.news[1].subject] == [
        True
    ] * 2


@pytest.mark.usefixtures("saved")
def test_a_letter_that_fails_is_tried_again_until_it_is_sent_once(
    parts: Parts, add: AddDocument, mailbox: Mailbox
) -> None:
    round_at(parts, mailbox, NOON)  # the letter that asks to confirm
    add(title="New", pages=("opt",))
    mailbox.failures = [MailUnavailable(), LetterRefused(for_good=False), MailUnavailable(), OSError("odd")]
    tried = [bool(round_at(parts, mailbox, NOON + minutes * MINUTE)) for minutes in range(30)]
    assert mailbox.failures == []
    assert tried.count(True) == 1
    assert len(mailbox.news) == 1


@pytest.mark.usefixtures("saved")
def test_a_letter_of_a_killed_worker_goes_again_under_the_same_id(
    parts: Parts, add: AddDocument, mailbox: Mailbox
) -> None:
    round_at(parts, mailbox, NOON)
    add(title="New", pages=("opt",))
    mailbox.failures = [KeyboardInterrupt()]  # type: ignore[list-item]  # what ends a worker is no Exception
    with pytest.raises(KeyboardInterrupt):
        round_at(parts, mailbox, NOON)
    (letter,) = round_at(parts, mailbox, NOON + CLAIM + MINUTE)
    (number,) = [one.id for one in letters_in(parts) if one.kind is LetterKind.NEWS]
    assert letter.message_id.startswith(f"<news.{number}.")


@pytest.mark.usefixtures("saved")
def test_a_letter_that_another_worker_holds_is_left_alone(
    parts: Parts, add: AddDocument, mailbox: Mailbox
) -> None:
    add(title="New", pages=("opt",))
    note_news(parts.database, parts.engine, at=NOON)
    with parts.database.transaction() as session:
        for letter in session.scalars(select(OutgoingLetter)):
            letter.claim_token, letter.claimed_until = "other", NOON + CLAIM
    assert round_at(parts, mailbox, NOON + MINUTE) == []
    assert len(round_at(parts, mailbox, NOON + CLAIM + MINUTE)) == 1


@pytest.mark.usefixtures("saved")
def test_an_address_that_always_refuses_is_forgotten(
    parts: Parts, add: AddDocument, mailbox: Mailbox
) -> None:
    round_at(parts, mailbox, NOON)
    add(title="New", pages=("opt",))
    mailbox.failures = [LetterRefused() for _ in range(MOST_REFUSALS)]
    for hour in range(MOST_REFUSALS):
        round_at(parts, mailbox, NOON + timedelta(hours=hour))
    assert mailbox.news == []
    assert addresses(parts) == []


def test_a_title_full_of_markup_and_line_breaks_is_text(
    parts: Parts, add: AddDocument, mailbox: Mailbox
) -> None:
    subscribe(parts, "q=opt%0D%0ABcc%3A+all%40example.org")
    subscribe(parts, "q=opt", address="b@example.org")
    add(title="<script>alert(1)</script>\r\nBcc: x@y.org", pages=("opt bcc all@example.org",))
    letters = round_at(parts, mailbox, NOON)
    assert len(letters) == 2
    assert all("<script" not in letter.html for letter in letters)
