"""A thousand guesses at once, sent to a site of two processes: five are checked."""

from __future__ import annotations

import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from archive.database import Database
from archive.models import Attempts, AuditEntry, SignIn
from archive.parts import Parts
from archive.rules.account_errors import TooManyTries, WrongSignIn
from archive.rules.statuses import Role
from archive.services.signing_in import Door, Visit, sign_in
from tests.factories import NOON
from tests.signing_in import PASSWORD, add_person
from tests.visitors import make_account

GUESSES = 1000
AT_ONCE = 40


@pytest.fixture
def address(parts: Parts) -> Iterator[str]:
    """A site of two processes, with a volunteer's account."""
    add_person(parts, Role.VOLUNTEER)
    command = [sys.executable, "-m", "archive", "--home", str(parts.settings.home), "serve"]
    served = subprocess.Popen([*command, "--port", "0", "--workers", "2"], stderr=subprocess.PIPE, text=True)
    assert served.stderr is not None
    told = re.search(r"http://[\d.:]+", served.stderr.readline())
    assert told is not None
    yield told[0]
    served.terminate()
    served.wait(30)


def form_token(address: str) -> str:
    with urllib.request.urlopen(address + "/sign-in", timeout=60) as answer:
        found = re.search(r'name="form_token" value="([^"]+)"', answer.read().decode())
    assert found is not None
    return found[1]


def guess(address: str, token: str, password: str, network: str) -> int:
    """The status of an answer. A proxy says that each guess comes from elsewhere."""
    form = {"form_token": token, "email": "volunteer@example.org", "password": password}
    asked = urllib.request.Request(
        address + "/sign-in", urllib.parse.urlencode(form).encode(), headers={"X-Forwarded-For": network}
    )
    try:
        with urllib.request.urlopen(asked, timeout=120) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def test_of_a_thousand_guesses_at_once_five_are_checked(address: str, parts: Parts) -> None:
    token = form_token(address)

    def one(number: int) -> int:
        return guess(address, token, f"a guess, number {number}", f"10.{number // 250}.{number % 250}.7")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = Counter(pool.map(one, range(GUESSES)))
    assert told == {401: 5, 429: GUESSES - 5}
    # Even the right one is not checked now.
    assert guess(address, token, PASSWORD, "10.9.9.9") == 429
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(SignIn)) == 0
        bursts = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "sign_in_refused")
        assert session.scalar(bursts) == 1
        assert max(session.scalars(select(Attempts.count))) == 5


def test_each_password_that_is_compared_is_one_of_the_five(parts: Parts) -> None:
    """Counted where the hash is compared, in threads over two connections to one database."""
    make_account(parts.database, Role.MEMBER)
    compared: list[str] = []
    both = (parts.database, Database(str(parts.database.url)))
    door = Door("k" * 64, hours=12, second_factor=True)

    def check(_: str | None, password: str) -> bool:
        compared.append(password)
        return False

    def one(number: int) -> type[Exception]:
        visit = Visit(f"2001:db8:0:{number:x}::1", "")
        try:
            sign_in(
                both[number % 2],
                "member@example.org",
                str(number),
                visit=visit,
                door=door,
                at=NOON,
                check=check,
            )
        except (WrongSignIn, TooManyTries) as refused:
            return type(refused)
        raise AssertionError("a wrong password let somebody in")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = Counter(pool.map(one, range(GUESSES)))
    both[1].close()
    assert told == {WrongSignIn: 5, TooManyTries: GUESSES - 5}
    assert len(compared) == 5
