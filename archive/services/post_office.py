"""Sends the letters that are written down: each at least once, and twice only if we die at the wrong moment.

A letter is claimed before it is tried and marked as sent afterwards. Whoever is killed in between leaves a
claim that runs out, and the letter goes again under the same Message-ID: a lawyer who relies on letters is
better served by a second copy than by none.
"""

from __future__ import annotations

import logging
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from archive.database import Database
from archive.errors import BadQuery, IndexUnavailable, LetterRefused, MailUnavailable
from archive.models import OutgoingLetter, SavedSearch, SavedSearchSeen
from archive.ports import Letter, Mailer, SearchEngine
from archive.services.letters import Sender, write_letter
from archive.services.saved_searches import give_up_all

_log = logging.getLogger(__name__)
CLAIM = timedelta(minutes=5)  # much longer than a mail server may take
LONGEST_WAIT = timedelta(hours=6)
MOST_REFUSALS = 5
KEPT_AFTER_SENDING = timedelta(days=30)


def send_letters(
    database: Database, engine: SearchEngine, mailer: Mailer, sender: Sender, *, at: datetime
) -> int:
    """Send what waits, until there is nothing more or the mail server does not answer. Returns how many."""
    sent = 0
    while (claimed := _claim(database, at)) is not None:
        letter_id, token = claimed
        try:
            sent += _send(database, engine, mailer, sender, letter_id, at)
        except LetterRefused as error:
            _note_refusal(database, letter_id, at, for_good=error.for_good)
        except (MailUnavailable, IndexUnavailable) as error:
            _log.warning("letters wait: %s", error.sentence)
            _try_later(database, letter_id, at)
            break
        except Exception:  # noqa: BLE001  one bad letter must not hold up all others
            _log.exception("letter %s could not be written; the others go on", letter_id)
            _try_later(database, letter_id, at)
        finally:
            _let_go(database, letter_id, token)
    with database.transaction() as session:
        session.execute(delete(OutgoingLetter).where(OutgoingLetter.sent_at < at - KEPT_AFTER_SENDING))
    return sent


def _claim(database: Database, at: datetime) -> tuple[int, str] | None:
    with database.transaction() as session:
        free = or_(OutgoingLetter.claimed_until.is_(None), OutgoingLetter.claimed_until < at)
        letter = session.scalar(
            select(OutgoingLetter)
            .where(OutgoingLetter.sent_at.is_(None), OutgoingLetter.try_at <= at, free)
            .order_by(OutgoingLetter.try_at, OutgoingLetter.id)
            .limit(1)
        )
        if letter is None:
            return None
        letter.tries += 1
        letter.claim_token, letter.claimed_until = secrets.token_hex(16), at + CLAIM
        return letter.id, letter.claim_token


def _send(
    database: Database, engine: SearchEngine, mailer: Mailer, sender: Sender, letter_id: int, at: datetime
) -> bool:
    with database.reading() as session:
        outgoing = session.get(OutgoingLetter, letter_id)
        if outgoing is None:
            return False  # the reader gave the search up meanwhile
        letter, told = _written(session, engine, outgoing, sender)
    if letter is not None:
        mailer.send(letter)
    with database.transaction() as session:
        _record(session, letter_id, told, at, was_sent=letter is not None)
    return letter is not None


def _written(
    session: Session, engine: SearchEngine, outgoing: OutgoingLetter, sender: Sender
) -> tuple[Letter | None, tuple[str, ...]]:
    try:
        return write_letter(session, engine, outgoing, sender)
    except BadQuery:
        _log.warning("the search of letter %s cannot be understood any more", outgoing.id)
        return None, ()


def _record(session: Session, letter_id: int, told: tuple[str, ...], at: datetime, *, was_sent: bool) -> None:
    """What was withdrawn before the letter went was not told, and may be if it is published again."""
    of_letter = SavedSearchSeen.letter_id == letter_id
    noted = session.scalars(select(SavedSearchSeen.document_id).where(of_letter))
    for document_id in set(noted).difference(told):
        session.execute(delete(SavedSearchSeen).where(of_letter, SavedSearchSeen.document_id == document_id))
    letter = session.get(OutgoingLetter, letter_id)
    if letter is None:
        return
    if was_sent:
        letter.sent_at = at
    else:
        session.delete(letter)


def _try_later(database: Database, letter_id: int, at: datetime) -> None:
    with database.transaction() as session:
        letter = session.get(OutgoingLetter, letter_id)
        if letter is not None:
            letter.try_at = at + min(timedelta(minutes=2 ** min(letter.tries - 1, 10)), LONGEST_WAIT)


def _note_refusal(database: Database, letter_id: int, at: datetime, *, for_good: bool) -> None:
    """An address that refuses again and again is dead, and is forgotten."""
    _try_later(database, letter_id, at)
    with database.transaction() as session:
        letter = session.get(OutgoingLetter, letter_id)
        if letter is None or not for_good:
            return
        letter.refusals += 1
        if letter.refusals >= MOST_REFUSALS:
            _log.warning("letter %s was refused %s times; its address is forgotten", letter_id, MOST_REFUSALS)
            give_up_all(session, session.get_one(SavedSearch, letter.saved_search_id))


def _let_go(database: Database, letter_id: int, token: str) -> None:
    with database.transaction() as session:
        letter = session.get(OutgoingLetter, letter_id)
        if letter is not None and letter.claim_token == token:
            letter.claim_token = letter.claimed_until = None
