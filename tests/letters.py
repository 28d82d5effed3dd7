"""What tests of saved searches share: a mailbox, a subscriber, a round of the worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select

from archive.models import Document, OutgoingLetter, SavedSearch
from archive.parts import Parts
from archive.ports import Letter
from archive.rules.statuses import HowOften
from archive.services.alerts import note_news
from archive.services.letters import Sender
from archive.services.post_office import send_letters
from archive.services.saved_searches import (
    ask_for_letters,
    confirm_search,
    matching_documents,
    saved_query,
)
from tests.factories import NOON

SENDER = Sender("Reading Room", "https://records.example.org", "key")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
AddDocument = Callable[..., Document]


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


def letters_in(parts: Parts) -> list[OutgoingLetter]:
    with parts.database.reading() as session:
        return list(session.scalars(select(OutgoingLetter)))


def addresses(parts: Parts) -> list[str]:
    with parts.database.reading() as session:
        return list(session.scalars(select(SavedSearch.address)))
