"""How often something may be tried."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from archive.database import Database
from archive.models import Attempts
from archive.services.attempts import forget_attempts, network_of, take_attempt

WINDOW = timedelta(minutes=15)


def take(database: Database, at: datetime, who: str = "a") -> bool:
    with database.transaction() as session:
        return take_attempt(session, "password", who, at=at, most=5, window=WINDOW)


def test_five_pass_in_any_span_however_the_tries_are_spread(database: Database, at: datetime) -> None:
    chance = random.Random(4)
    moments = sorted(at + timedelta(seconds=chance.randrange(6 * 3600)) for _ in range(600))
    passed = [moment for moment in moments if take(database, moment)]
    assert len(passed) > 20
    for moment in passed:
        assert sum(moment <= other < moment + WINDOW for other in passed) <= 5


def test_a_refused_try_makes_nobody_wait_longer(database: Database, at: datetime) -> None:
    told = [take(database, at) for _ in range(6)]
    assert told == [True] * 5 + [False]
    for minute in range(15):
        assert not take(database, at + timedelta(minutes=minute))
    assert take(database, at + WINDOW)


def test_each_is_counted_alone_and_a_right_one_ends_the_count(database: Database, at: datetime) -> None:
    assert [take(database, at) for _ in range(6)][-1] is False
    assert take(database, at, "b")
    with database.transaction() as session:
        forget_attempts(session, "password", "a")
    assert take(database, at)


def test_what_is_counted_names_nobody_and_is_not_kept(database: Database, at: datetime) -> None:
    take(database, at, "person@example.org")
    take(database, at + timedelta(days=3), "other@example.org")
    with database.reading() as session:
        rows = session.query(Attempts).all()
    assert len(rows) == 1
    assert "example" not in rows[0].key


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("nonsense", "nonsense"),
    ],
)
def test_who_is_behind_an_address(address: str, network: str) -> None:
    assert network_of(address) == network
