"""Codes of an authenticator, and recovery codes."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pyotp
import pytest

from archive.database import Database
from archive.models import Account
from archive.rules.statuses import Role
from archive.services.second_factor import (
    authenticator_address,
    begin_enrolment,
    confirm_enrolment,
    new_recovery_codes,
    recovery_codes_left,
    use_code,
    use_recovery_code,
)
from tests.visitors import make_account

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def enrolled() -> Account:
    return Account(email="ada@example.org", role=Role.EDITOR, totp_secret=SECRET)


@pytest.mark.parametrize(
    ("seconds", "is_right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_a_code_counts_one_step_before_and_after(at: datetime, seconds: int, is_right: bool) -> None:
    code = pyotp.TOTP(SECRET).at(at + timedelta(seconds=seconds))
    assert use_code(enrolled(), code, at=at) is is_right


def test_no_step_is_used_twice_and_none_before_it(at: datetime) -> None:
    account = enrolled()
    now, before = pyotp.TOTP(SECRET).at(at), pyotp.TOTP(SECRET).at(at - timedelta(seconds=30))
    assert use_code(account, now, at=at)
    assert not use_code(account, now, at=at)
    assert not use_code(account, now, at=at + timedelta(seconds=20))
    assert not use_code(account, before, at=at)
    assert use_code(account, pyotp.TOTP(SECRET).at(at + timedelta(seconds=30)), at=at)


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６", "12 34 5x", "\x00" * 6])
def test_what_is_no_code_is_wrong(at: datetime, code: str) -> None:
    assert not use_code(enrolled(), code, at=at)
    assert not use_code(Account(email="a@example.org", role=Role.MEMBER), code, at=at)


def test_a_code_with_a_space_in_it_is_read(at: datetime) -> None:
    code = pyotp.TOTP(SECRET).at(at)
    assert use_code(enrolled(), f" {code[:3]} {code[3:]} ", at=at)


def test_a_secret_is_made_once_and_says_whose_it_is() -> None:
    account = Account(email="ada@example.org", role=Role.EDITOR)
    secret = begin_enrolment(account)
    assert len(secret) == 32
    assert begin_enrolment(account) == secret
    address = authenticator_address(account, "Reading Room")
    assert address.startswith("otpauth://totp/Reading%20Room:ada%40example.org?")
    assert secret in address


def test_recovery_codes_work_once_each_and_new_ones_void_the_old(database: Database, at: datetime) -> None:
    account, other = (make_account(database, role) for role in (Role.EDITOR, Role.ADMIN))
    with database.transaction() as session:
        codes = confirm_enrolment(session, account, at=at)
        assert len(set(codes)) == 10
        assert not use_recovery_code(session, other, codes[0], at=at)
        assert use_recovery_code(session, account, codes[0].upper().replace("-", " "), at=at)
        assert not use_recovery_code(session, account, codes[0], at=at)
        assert recovery_codes_left(session, account.id) == 9
        newer = new_recovery_codes(session, account, at=at)
        assert not use_recovery_code(session, account, codes[1], at=at)
        assert use_recovery_code(session, account, newer[1], at=at)
        assert not use_recovery_code(session, account, "", at=at)


def test_a_recovery_code_that_is_sent_twenty_times_at_once_is_used_once(
    database: Database, at: datetime
) -> None:
    account = make_account(database, Role.EDITOR)
    with database.transaction() as session:
        code = new_recovery_codes(session, account, at=at)[0]

    def use(_: int) -> bool:
        with database.transaction() as session:
            return use_recovery_code(session, account, code, at=at)

    with ThreadPoolExecutor(8) as pool:
        assert Counter(pool.map(use, range(20))) == {False: 19, True: 1}
