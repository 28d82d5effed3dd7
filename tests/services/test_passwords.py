"""Passwords: which are taken, how they are kept, and that no account costs as much as one."""

from __future__ import annotations

import time
from statistics import median

import pytest
from argon2 import PasswordHasher

from archive.rules.account_errors import UnfitPassword
from archive.rules.passwords import COMMONEST, LONGEST, SHORTEST, password_problem
from archive.services.passwords import hash_password, is_right_password, newer_hash

EMAIL = "ada@example.org"
GOOD = "boats under seven lemons"


@pytest.mark.parametrize(
    "password", [GOOD, "x1y2z3" * 2, "пароль из трёх слов", "🦉🐘🦊🐝 owl bee fox", "a b c d" * 20]
)
def test_what_is_long_and_not_the_first_guess_is_taken(password: str) -> None:
    assert password_problem(password, EMAIL) == ""


@pytest.mark.parametrize(
    "password",
    [
        "",
        "eleven char",
        "x" * 12,
        "ababababababab",
        EMAIL,
        EMAIL.upper(),
        f"my {EMAIL} password",
        "a good password but " * 12,
        *sorted(COMMONEST),
    ],
)
def test_what_is_guessed_first_is_not(password: str) -> None:
    assert password_problem(password, EMAIL)
    with pytest.raises(UnfitPassword):
        hash_password(password, EMAIL)


def test_the_list_of_commonest_holds_only_what_would_be_taken_otherwise() -> None:
    assert all(SHORTEST <= len(password) <= LONGEST for password in COMMONEST)
    assert len(COMMONEST) >= 80


def test_a_password_is_kept_as_argon2id_with_a_salt_of_its_own() -> None:
    one, two = hash_password(GOOD, EMAIL), hash_password(GOOD, EMAIL)
    assert one.startswith("$argon2id$")
    assert one != two
    assert is_right_password(one, GOOD)
    assert not is_right_password(one, GOOD + " ")
    assert not is_right_password(one, "")


def test_the_same_letters_typed_on_another_keyboard_are_the_same_password() -> None:
    assert is_right_password(
        hash_password("cafe\u0301 with seven lemons", EMAIL), "caf\u00e9 with seven lemons"
    )


def test_nothing_is_right_for_no_account_or_a_damaged_hash() -> None:
    assert not is_right_password(None, GOOD)
    assert not is_right_password(None, "nobody's password")
    assert not is_right_password("", "nobody's password")
    assert not is_right_password("$argon2id$nonsense", GOOD)


def test_what_is_longer_than_a_password_is_never_right() -> None:
    kept = PasswordHasher().hash("y" * 300)
    assert not is_right_password(kept, "y" * 300)


def test_no_account_takes_as_long_as_an_account() -> None:
    kept = hash_password(GOOD, EMAIL)

    def seconds(password_hash: str | None) -> float:
        began = time.process_time()
        is_right_password(password_hash, "a wrong password")
        return time.process_time() - began

    pairs = [(seconds(kept), seconds(None)) for _ in range(9)]
    known, unknown = (median(column) for column in zip(*pairs, strict=True))
    assert 0.5 < known / unknown < 2


def test_a_hash_of_older_parameters_is_made_anew() -> None:
    older = PasswordHasher(time_cost=1, memory_cost=8192).hash(GOOD)
    newer = newer_hash(older, GOOD)
    assert newer is not None
    assert newer != older
    assert is_right_password(newer, GOOD)
    assert newer_hash(newer, GOOD) is None
