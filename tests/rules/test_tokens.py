"""Signed links."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from archive.rules.tokens import Purpose, read_signed, sign

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_link_is_read_until_it_expires() -> None:
    token = sign("key", Purpose.CONFIRM, "abc", NOON + HOUR)
    assert read_signed("key", Purpose.CONFIRM, token, NOON) == "abc"
    assert read_signed("key", Purpose.CONFIRM, token, NOON + HOUR) is None
    lasting = sign("key", Purpose.MANAGE, "abc")
    assert read_signed("key", Purpose.MANAGE, lasting, NOON + 10_000 * HOUR) == "abc"


def test_a_link_is_for_one_thing_and_of_one_archive() -> None:
    token = sign("key", Purpose.CONFIRM, "abc")
    assert read_signed("key", Purpose.UNSUBSCRIBE, token, NOON) is None
    assert read_signed("other", Purpose.CONFIRM, token, NOON) is None


@pytest.mark.parametrize(
    "forged", ["", ".", "..", "abc", "abc.0.", "abd.0.x", "abc.999999999999.x", "ä.0.ä", "abc.x.y"]
)
def test_a_forged_link_is_nothing(forged: str) -> None:
    assert read_signed("key", Purpose.CONFIRM, forged, NOON) is None


def test_every_changed_character_breaks_it() -> None:
    token = sign("key", Purpose.CONFIRM, "abc", NOON)
    for place in range(len(token)):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        assert read_signed("key", Purpose.CONFIRM, changed, NOON - HOUR) is None, place
