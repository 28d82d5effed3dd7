"""Saved searches: asked for, confirmed, changed, given up. An address is only kept while it is wanted."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from urllib.parse import parse_qs

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from archive.errors import LinkNotValid, TooManyLetters
from archive.mail.message import checked_address
from archive.models import OutgoingLetter, SavedSearch, SavedSearchSeen
from archive.ports import SearchEngine
from archive.rules.query import All, Query
from archive.rules.statuses import HowOften, LetterKind
from archive.services.matches import matching_public_pages
from archive.services.search_request import parse_search

TIME_TO_CONFIRM = timedelta(days=7)
LETTERS_TO_ONE = 5  # an hour: nobody can have somebody else's mailbox filled
LETTERS_TO_ALL = 200
_HOUR = timedelta(hours=1)
PERIODS = {
    HowOften.AT_ONCE: timedelta(minutes=15),  # documents that come in one after the other make one letter
    HowOften.DAILY: timedelta(days=1),
    HowOften.WEEKLY: timedelta(days=7),
}


def ask_for_letters(
    session: Session, address: str, search: str, how_often: HowOften, *, at: datetime
) -> None:
    """Write down the wish, and the letter that asks the address to confirm it.

    When this address was asked often within the hour nothing is done, and nobody can tell. Raises
    ``BadMailAddress``, ``TooManyLetters``.
    """
    address = checked_address(address)
    recent = SavedSearch.created_at > at - _HOUR
    if _count(session, recent) >= LETTERS_TO_ALL:
        raise TooManyLetters
    if _count(session, recent, SavedSearch.address_key == address.casefold()) >= LETTERS_TO_ONE:
        return
    saved = SavedSearch(
        id=secrets.token_hex(16),
        address=address,
        address_key=address.casefold(),
        search=search,
        how_often=how_often,
        created_at=at,
    )
    session.add(saved)
    session.flush()
    session.add(OutgoingLetter(saved_search_id=saved.id, kind=LetterKind.CONFIRM, created_at=at, try_at=at))


def get_saved(session: Session, saved_id: str | None) -> SavedSearch:
    """A saved search. Raises ``LinkNotValid``."""
    saved = session.get(SavedSearch, saved_id) if saved_id else None
    if saved is None:
        raise LinkNotValid
    return saved


def saved_query(saved: SavedSearch) -> Query:
    """What is looked for. Raises ``BadQuery`` when the language has changed since."""
    parameters = parse_qs(saved.search)
    return parse_search(parameters).query if parameters else Query("", All())


def matching_documents(session: Session, engine: SearchEngine, query: Query) -> list[str]:
    """The published documents that match. Raises ``IndexUnavailable``."""
    return list(dict.fromkeys(key[0] for key in matching_public_pages(session, engine, query)))


def confirm_search(session: Session, saved_id: str, there: Iterable[str], *, at: datetime) -> SavedSearch:
    """Begin: the documents that are ``there`` are never reported. Again is no error.

    An older wish of the same address for the same search is given up, so that confirming is also how
    to change how often letters come. Raises ``LinkNotValid``.
    """
    saved = get_saved(session, saved_id)
    if saved.confirmed_at is not None:
        return saved
    older = select(SavedSearch.id).where(
        SavedSearch.address_key == saved.address_key,
        SavedSearch.search == saved.search,
        SavedSearch.id != saved.id,
    )
    session.execute(delete(SavedSearch).where(SavedSearch.id.in_(older)))
    saved.confirmed_at = at
    set_how_often(saved, saved.how_often, at=at)
    mark_as_seen(session, saved.id, there)
    return saved


def set_how_often(saved: SavedSearch, how_often: HowOften, *, at: datetime) -> None:
    """Letters at once from now, or the first one a day or a week from now."""
    saved.how_often = how_often
    saved.due_at = at if how_often is HowOften.AT_ONCE else at + PERIODS[how_often]


def mark_as_seen(
    session: Session, saved_id: str, document_ids: Iterable[str], *, letter_id: int | None = None
) -> None:
    """These documents are known to the reader, by this letter if it is named."""
    rows = [
        {"saved_search_id": saved_id, "document_id": document_id, "letter_id": letter_id}
        for document_id in document_ids
    ]
    if rows:
        session.execute(insert(SavedSearchSeen), rows)


def searches_of_same_address(session: Session, saved: SavedSearch) -> Sequence[SavedSearch]:
    """All confirmed searches of whoever has this one: their mailbox was the proof."""
    same = SavedSearch.address_key == saved.address_key, SavedSearch.confirmed_at.is_not(None)
    return session.scalars(select(SavedSearch).where(*same).order_by(SavedSearch.created_at)).all()


def give_up(session: Session, saved_id: str) -> None:
    """Forget a saved search, its address and its letters. Again is no error."""
    session.execute(delete(SavedSearch).where(SavedSearch.id == saved_id))


def give_up_all(session: Session, saved: SavedSearch) -> None:
    """Forget everything about the address."""
    session.execute(delete(SavedSearch).where(SavedSearch.address_key == saved.address_key))


def forget_unconfirmed(session: Session, *, at: datetime) -> None:
    """Delete what nobody confirmed in time."""
    late = SavedSearch.confirmed_at.is_(None), SavedSearch.created_at < at - TIME_TO_CONFIRM
    session.execute(delete(SavedSearch).where(*late))


def _count(session: Session, *where: object) -> int:
    return session.scalar(select(func.count()).select_from(SavedSearch).where(*where)) or 0  # type: ignore[arg-type]  # conditions of SQLAlchemy, which has no one name for them
