"""Saved searches: every new match is told once, and nothing that is not public ever is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from archive.errors import BadMailAddress, LetterRefused, LinkNotValid, MailUnavailable, TooManyLetters
from archive.models import Document, OutgoingLetter, SavedSearch, SavedSearchSeen
from archive.parts import Parts
from archive.ports import Letter
from archive.rules.statuses import HowOften, LetterKind, Visibility
from archive.services import saved_searches
from archive.services.alerts import note_news
from archive.services.indexing import bring_index_up_to_date
from archive.services.letters import Sender
from archive.services.post_office import CLAIM, MOST_REFUSALS, send_letters
from archive.services.saved_searches import (
    ask_for_letters,
    confirm_search,
    forget_unconfirmed,
    give_up,
    matching_documents,
    saved_query,
    set_how_often,
)
from tests.factories import NOON, make_document

SENDER = Sender("Reading Room", "https://records.example.org", "key")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
Add = Callable[..., Document]


class Mailbox:
    """A ``Mailer`` that keeps letters; ``failures`` are raised first, one a letter."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.failures: list[Exception] = []

    def send(self, letter: Letter) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.letters.append(letter)

    @property
    def news(self) -> list[Letter]:
        """Letters that tell of documents."""
        return [letter for letter in self.letters if letter.unsubscribe_url]


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def add(parts: Parts) -> Add:
    """Adds documents to the index."""

    def add_document(**fields: object) -> Document:
        with parts.database.transaction() as session:
            document = make_document(session, parts.storage, **fields)  # type: ignore[arg-type]  # handed on
        bring_index_up_to_date(parts.database, parts.engine)
        return document

    return add_document


@pytest.fixture
def saved(parts: Parts, add: Add) -> str:
    """The id of a confirmed search for ``opt``, at once; one document is there already."""
    add(title="Old memo", pages=("Counties may opt out.",))
    return subscribe(parts, "q=opt")


def subscribe(
    parts: Parts, search: str, how_often: HowOften = HowOften.AT_ONCE, *, address: str = "a@example.org"
) -> str:
    with parts.database.transaction() as session:
        ask_for_letters(session, address, search, how_often, at=NOON)
        saved = session.scalars(
            select(SavedSearch).order_by(SavedSearch.confirmed_at.is_(None).desc())
        ).first()
        assert saved is not None
        there = matching_documents(session, parts.engine, saved_query(saved))
        return confirm_search(session, saved.id, there, at=NOON).id


def round_at(parts: Parts, mailbox: Mailbox, at: datetime) -> list[Letter]:
    """One round of the worker; the letters of it that tell of documents."""
    before = len(mailbox.news)
    note_news(parts.database, parts.engine, at=at)
    send_letters(parts.database, parts.engine, mailbox, SENDER, at=at)
    return mailbox.news[before:]


@pytest.mark.usefixtures("saved")
def test_a_new_match_is_told_once_and_what_was_there_never(parts: Parts, add: Add, mailbox: Mailbox) -> None:
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
def test_a_document_that_comes_to_match_later_is_told(parts: Parts, add: Add, mailbox: Mailbox) -> None:
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
    parts: Parts, add: Add, mailbox: Mailbox
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
    parts: Parts, add: Add, mailbox: Mailbox
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
def test_a_letter_with_nothing_left_to_tell_is_not_sent(parts: Parts, add: Add, mailbox: Mailbox) -> None:
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


def test_daily_letters_gather_what_came(parts: Parts, add: Add, mailbox: Mailbox) -> None:
    subscribe(parts, "q=opt", HowOften.DAILY)
    for number in range(3):
        add(title=f"Memo {number}", pages=("opt",))
        assert round_at(parts, mailbox, NOON + number * timedelta(hours=7)) == []
    (letter,) = round_at(parts, mailbox, NOON + DAY)
    assert "3 new documents" in letter.subject
    assert round_at(parts, mailbox, NOON + 3 * DAY) == []


@pytest.mark.usefixtures("saved")
def test_at_once_is_at_most_a_letter_each_quarter_of_an_hour(
    parts: Parts, add: Add, mailbox: Mailbox
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
    parts: Parts, add: Add, mailbox: Mailbox
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
    parts: Parts, add: Add, mailbox: Mailbox
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
def test_a_letter_that_another_worker_holds_is_left_alone(parts: Parts, add: Add, mailbox: Mailbox) -> None:
    add(title="New", pages=("opt",))
    note_news(parts.database, parts.engine, at=NOON)
    with parts.database.transaction() as session:
        for letter in session.scalars(select(OutgoingLetter)):
            letter.claim_token, letter.claimed_until = "other", NOON + CLAIM
    assert round_at(parts, mailbox, NOON + MINUTE) == []
    assert len(round_at(parts, mailbox, NOON + CLAIM + MINUTE)) == 1


@pytest.mark.usefixtures("saved")
def test_an_address_that_always_refuses_is_forgotten(parts: Parts, add: Add, mailbox: Mailbox) -> None:
    round_at(parts, mailbox, NOON)
    add(title="New", pages=("opt",))
    mailbox.failures = [LetterRefused() for _ in range(MOST_REFUSALS)]
    for hour in range(MOST_REFUSALS):
        round_at(parts, mailbox, NOON + timedelta(hours=hour))
    assert mailbox.news == []
    assert addresses(parts) == []


def test_unsubscribing_deletes_the_address_and_letters_that_wait(
    parts: Parts, add: Add, mailbox: Mailbox
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


def test_nothing_is_sent_to_an_address_that_did_not_confirm(parts: Parts, add: Add, mailbox: Mailbox) -> None:
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


def test_changing_how_often_keeps_what_is_known(parts: Parts, add: Add, mailbox: Mailbox) -> None:
    add(title="Old", pages=("opt",))
    saved_id = subscribe(parts, "q=opt", HowOften.WEEKLY)
    with parts.database.transaction() as session:
        set_how_often(session.get_one(SavedSearch, saved_id), HowOften.AT_ONCE, at=NOON)
    assert round_at(parts, mailbox, NOON) == []


def test_a_title_full_of_markup_and_line_breaks_is_text(parts: Parts, add: Add, mailbox: Mailbox) -> None:
    subscribe(parts, "q=opt%0D%0ABcc%3A+all%40example.org")
    subscribe(parts, "q=opt", address="b@example.org")
    add(title="<script>alert(1)</script>\r\nBcc: x@y.org", pages=("opt bcc all@example.org",))
    letters = round_at(parts, mailbox, NOON)
    assert len(letters) == 2
    assert all("<script" not in letter.html for letter in letters)


def letters_in(parts: Parts) -> list[OutgoingLetter]:
    with parts.database.reading() as session:
        return list(session.scalars(select(OutgoingLetter)))


def addresses(parts: Parts) -> list[str]:
    with parts.database.reading() as session:
        return list(session.scalars(select(SavedSearch.address)))
