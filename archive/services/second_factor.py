"""The second factor: codes of an authenticator (TOTP, RFC 6238), and recovery codes for when it is lost."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime

import pyotp
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from archive.models import Account, RecoveryCode
from archive.services.audit import record_event
from archive.services.sign_ins import end_all_sign_ins, hash_of

STEP_SECONDS = 30
STEPS_AROUND = 1  # a clock may be half a minute off, and people type slowly
RECOVERY_CODES = 10
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"  # without l and o, 1 and 0: 32 signs, 5 bits each
_GROUPS, _GROUP_LENGTH = 4, 4  # 80 bits: too many to guess, even with the hashes in hand


def begin_enrolment(account: Account) -> str:
    """The secret for a new authenticator. It counts from its first right code on; asked again before, it is
    the same, so that going back in the browser spoils nothing."""
    if account.totp_confirmed_at is None and account.totp_secret is None:
        account.totp_secret = pyotp.random_base32()
    return account.totp_secret or ""


def authenticator_address(account: Account, site_name: str) -> str:
    """What the QR code says: ``otpauth://totp/...``."""
    return pyotp.TOTP(account.totp_secret or "").provisioning_uri(name=account.email, issuer_name=site_name)


def use_code(account: Account, code: str, *, at: datetime) -> bool:
    """Whether the authenticator shows this code now. It is used up by it, with all codes before it.

    Call it in a transaction that writes, so that no code is taken twice.
    """
    given = "".join(code.split())
    if account.totp_secret is None or not (given.isascii() and given.isdigit() and len(given) == 6):
        return False
    now = int(at.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(account.totp_secret)
    for step in range(now - STEPS_AROUND, now + STEPS_AROUND + 1):
        is_used = account.totp_last_step is not None and step <= account.totp_last_step
        if not is_used and hmac.compare_digest(totp.generate_otp(step), given):
            account.totp_last_step = step
            return True
    return False


def use_recovery_code(session: Session, account: Account, code: str, *, at: datetime) -> bool:
    """Whether this is a recovery code that was not used before. It is now."""
    given = "".join(sign for sign in code.lower() if sign.isalnum())
    used = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.code_hash == _code_hash(account.id, given),
            RecoveryCode.account_id == account.id,
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=at)
        .returning(RecoveryCode.code_hash)
    )
    return used.scalar() is not None


def new_recovery_codes(session: Session, account: Account, *, at: datetime) -> tuple[str, ...]:
    """Ten new codes, to be shown once; those from before are void."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = tuple(_new_code() for _ in range(RECOVERY_CODES))
    session.add_all(
        RecoveryCode(
            code_hash=_code_hash(account.id, code.replace("-", "")), account_id=account.id, created_at=at
        )
        for code in codes
    )
    record_event(
        session, "recovery_codes_made", f"account:{account.id}", actor=account.email, at=at, details={}
    )
    return codes


def recovery_codes_left(session: Session, account_id: int) -> int:
    """How many are not used yet."""
    unused = select(func.count()).select_from(RecoveryCode)
    unused = unused.where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return session.scalar(unused) or 0


def confirm_enrolment(session: Session, account: Account, *, at: datetime) -> tuple[str, ...]:
    """The authenticator has shown a right code: it counts from now on. Returns recovery codes, to be shown
    once."""
    account.totp_confirmed_at = at
    record_event(
        session, "authenticator_added", f"account:{account.id}", actor=account.email, at=at, details={}
    )
    return new_recovery_codes(session, account, at=at)


def remove_authenticator(session: Session, account: Account, *, actor: str, at: datetime) -> None:
    """The account has no second factor any more; whoever needs one is asked to set it up at the next
    sign-in."""
    account.totp_secret = account.totp_confirmed_at = account.totp_last_step = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    record_event(session, "authenticator_removed", f"account:{account.id}", actor=actor, at=at, details={})


def reset_authenticator(session: Session, account: Account, *, actor: str, at: datetime) -> None:
    """Somebody has lost theirs, perhaps with the browser in which they are signed in: sessions end, too."""
    remove_authenticator(session, account, actor=actor, at=at)
    end_all_sign_ins(session, account.id, at=at)


def _new_code() -> str:
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))
    return "-".join(groups)


def _code_hash(account_id: int, code: str) -> str:
    return hash_of(f"{account_id}\0{code}")
