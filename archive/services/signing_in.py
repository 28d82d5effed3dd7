"""Signing in: a password, then a second factor where one is needed.

**Who is locked out, and for how long.** At most five passwords are checked for an address in any 15 minutes,
by all processes together, whether or not the address has an account; further tries are refused unchecked.
So are those of a network (IPv4 address, IPv6 /64) beyond 60. Refused tries do not prolong anything.
Strangers could keep guessing so as to keep the owner out: that is why a browser that has signed in to the
account before is counted by itself (``known_browsers``), and why a link for a new password signs in by
itself. A right password ends the count. Codes of the second factor have their own five.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from sqlalchemy.orm import Session

from archive.database import Database
from archive.models import Account
from archive.rules.account_errors import TooManyTries, WrongCode, WrongPassword, WrongSignIn
from archive.services.accounts import find_account, get_account
from archive.services.attempts import forget_attempts, network_of, take_attempt
from archive.services.audit import record_event
from archive.services.known_browsers import known_browser_token, known_subject
from archive.services.passwords import is_right_password, newer_hash
from archive.services.second_factor import begin_enrolment, confirm_enrolment, use_code, use_recovery_code
from archive.services.sign_ins import SignedIn, end_sign_in, needs_second_factor, open_sign_in

TRIES, TRIES_OF_A_NETWORK, WINDOW = 5, 60, timedelta(minutes=15)
HALF_HOURS = 1  # how long the second step may take
_PASSWORD, _KNOWN, _NETWORK, _CODE, _AGAIN = "password", "known browser", "network", "code", "password again"
Check = Callable[[str | None, str], bool]


@dataclass(frozen=True, slots=True)
class Visit:
    """Where somebody comes from: network address, what the browser calls itself, its known-browser cookie."""

    address: str
    browser: str
    known: str = ""


@dataclass(frozen=True, slots=True)
class Door:
    """What the archive's settings say of signing in. ``key`` signs, ``hours`` is how long a session lasts."""

    key: str
    hours: int
    second_factor: bool  # whether editors and admins must have one


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that was made: what its cookies hold. ``half``: the second step comes next."""

    token: str
    known: str
    half: bool


class _Try(Enum):
    RIGHT = auto()
    WRONG = auto()
    TOO_MANY = auto()


def sign_in(
    database: Database,
    email: str,
    password: str,
    *,
    visit: Visit,
    door: Door,
    at: datetime,
    check: Check = is_right_password,
) -> Opened:
    """The first step. Raises ``WrongSignIn``, ``TooManyTries``.

    The password is compared between two short transactions: it takes long, and on purpose. An address that is
    not known, and an account that is closed, cost the same work.
    """
    email = email.strip().lower()[:320]
    with database.transaction() as session:
        account = find_account(session, email)
        known = known_subject(door.key, account, visit.known, at=at)
        count = (_KNOWN, known) if known else (_PASSWORD, email)
        may_try = _take(session, _NETWORK, network_of(visit.address), at, TRIES_OF_A_NETWORK)
        may_try = may_try and _take(session, *count, at)
    if not may_try:
        _note_burst(database, account, email, at=at)
        raise TooManyTries
    kept = account.password_hash if account else None
    if not check(kept, password) or account is None or kept is None:
        raise WrongSignIn
    newer = newer_hash(kept, password)
    with database.transaction() as session:
        account = get_account(session, account.id)
        if account.disabled_at is not None or account.password_hash != kept:
            raise WrongSignIn  # closed, or changed while we compared
        account.password_hash = newer or kept
        forget_attempts(session, *count)
        return open_session(session, account, visit=visit, door=door, at=at)


def open_session(session: Session, account: Account, *, visit: Visit, door: Door, at: datetime) -> Opened:
    """A new session for somebody who has shown who they are: whole, or half when a second step is due."""
    half = needs_second_factor(account, required=door.second_factor)
    if half:
        begin_enrolment(account)
    return _open(session, account, visit=visit, door=door, at=at, half=half)


def give_code(
    database: Database, signed: SignedIn, code: str, *, visit: Visit, door: Door, at: datetime
) -> Opened:
    """The second step: a code of the authenticator, or a recovery code. The half session is exchanged.

    Raises ``WrongCode``, ``TooManyTries``.
    """
    with database.transaction() as session:
        account = get_account(session, signed.viewer.account_id)
        outcome = _try_code(session, account, code, at)
        if outcome is _Try.RIGHT and account.totp_confirmed_at is not None:
            return _exchange(session, account, signed, visit=visit, door=door, at=at)
    raise TooManyTries if outcome is _Try.TOO_MANY else WrongCode


def confirm_authenticator(
    database: Database, signed: SignedIn, code: str, *, visit: Visit, door: Door, at: datetime
) -> tuple[Opened, tuple[str, ...]]:
    """A new authenticator shows its first code. Returns the session in exchange, and the recovery codes.

    Raises ``WrongCode``, ``TooManyTries``.
    """
    with database.transaction() as session:
        account = get_account(session, signed.viewer.account_id)
        outcome = _Try.WRONG
        if account.totp_confirmed_at is None:
            outcome = _try_code(session, account, code, at)
        if outcome is _Try.RIGHT:
            codes = confirm_enrolment(session, account, at=at)
            return _exchange(session, account, signed, visit=visit, door=door, at=at), codes
    raise TooManyTries if outcome is _Try.TOO_MANY else WrongCode


def check_own_password(
    database: Database,
    account_id: int | None,
    password: str,
    *,
    at: datetime,
    check: Check = is_right_password,
) -> None:
    """Whoever is signed in says their password again, before something grave.

    Raises ``WrongPassword``, ``TooManyTries``.
    """
    with database.transaction() as session:
        account = get_account(session, account_id)
        may_try = _take(session, _AGAIN, str(account.id), at)
    if not may_try:
        raise TooManyTries
    if not check(account.password_hash, password):
        raise WrongPassword
    with database.transaction() as session:
        forget_attempts(session, _AGAIN, str(account.id))


def forget_wrong_passwords(session: Session, account: Account) -> None:
    """The count of strangers' tries, when a link has set a new password."""
    forget_attempts(session, _PASSWORD, account.email)


def _try_code(session: Session, account: Account, code: str, at: datetime) -> _Try:
    if not _take(session, _CODE, str(account.id), at):
        return _Try.TOO_MANY
    is_right = use_code(account, code, at=at) or (
        account.totp_confirmed_at is not None and use_recovery_code(session, account, code, at=at)
    )
    if not is_right:
        return _Try.WRONG
    forget_attempts(session, _CODE, str(account.id))
    return _Try.RIGHT


def _exchange(
    session: Session, account: Account, signed: SignedIn, *, visit: Visit, door: Door, at: datetime
) -> Opened:
    """A cookie that was there before the second factor is worth nothing after it."""
    end_sign_in(session, signed.sign_in_id, account_id=account.id, at=at)
    return _open(session, account, visit=visit, door=door, at=at, half=False)


def _open(
    session: Session, account: Account, *, visit: Visit, door: Door, at: datetime, half: bool
) -> Opened:
    with_factor = account.totp_confirmed_at is not None and not half
    token = open_sign_in(
        session,
        account,
        at=at,
        hours=HALF_HOURS if half else door.hours,
        address=visit.address,
        browser=visit.browser,
        second_factor_at=at if with_factor else None,
    )
    if not half:
        details = {"second_factor": with_factor}
        record_event(
            session, "signed_in", f"account:{account.id}", actor=account.email, at=at, details=details
        )
    known = known_browser_token(door.key, account, at=at, before=visit.known)
    return Opened(token, known, half)


def _take(session: Session, what: str, who: str, at: datetime, most: int = TRIES) -> bool:
    return take_attempt(session, what, who, at=at, most=most, window=WINDOW)


def _note_burst(database: Database, account: Account | None, email: str, *, at: datetime) -> None:
    """Once in a while, not each time: whoever guesses must not be able to fill the audit log."""
    with database.transaction() as session:
        if not _take(session, "burst", email, at, 1):
            return
        subject = f"account:{account.id}" if account else "account:none"
        record_event(session, "sign_in_refused", subject, actor="nobody", at=at, details={"tries": TRIES})
