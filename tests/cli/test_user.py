"""``reading-room user``, and the accounts of a demo."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.cli import reading_room
from archive.errors import ArchiveError, BadMailAddress
from archive.parts import Parts
from archive.rules.account_errors import AccountExists, LastAdmin, UnfitPassword
from archive.rules.statuses import Role
from archive.samples.accounts import add_demo_accounts, demo_notice, demo_password, is_free_for_demo
from archive.services.accounts import add_account, find_account
from archive.services.passwords import is_right_password
from tests.factories import NOON

PASSWORD = "boats under seven lemons"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def run(home: Path, *arguments: str, typed: str = "") -> str:
    """What the command says; what it refuses is raised."""
    answer = CliRunner().invoke(reading_room, ["--home", str(home), "user", *arguments], input=typed)
    if isinstance(answer.exception, ArchiveError):
        raise answer.exception
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_the_first_admin_is_made_by_command(home: Path) -> None:
    run(home, "add", "Head@example.org", "--role", "admin", "--password-stdin", typed=PASSWORD + "\n")
    assert run(home, "list") == "head@example.org\tadmin\topen\tno authenticator\n"
    row = sqlite3.connect(home / "archive.sqlite3").execute("select password_hash from account").fetchone()
    assert row[0].startswith("$argon2id$")
    assert is_right_password(row[0], PASSWORD)


def test_the_password_is_asked_for_twice_and_never_shown(home: Path) -> None:
    told = run(home, "add", "v@example.org", "--role", "volunteer", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert told.lower().count("password") >= 1
    assert PASSWORD not in told


@pytest.mark.parametrize(
    ("email", "password", "error"),
    [
        ("v@example.org", "short", UnfitPassword),
        ("v@example.org", "password1234", UnfitPassword),
        ("volunteer@example.org", "volunteer@example.org", UnfitPassword),
        ("v@example.org", "x" * 201, UnfitPassword),
        ("no address", PASSWORD, BadMailAddress),
    ],
)
def test_what_cannot_be_an_account_is_refused(
    home: Path, email: str, password: str, error: type[ArchiveError]
) -> None:
    with pytest.raises(error):
        run(home, "add", email, "--role", "volunteer", "--password-stdin", typed=password + "\n")


def test_the_same_address_twice_is_refused(home: Path) -> None:
    command = ("add", "a@example.org", "--role", "member", "--password-stdin")
    run(home, *command, typed=PASSWORD)
    with pytest.raises(AccountExists):
        run(home, *command, typed=PASSWORD)


def test_an_account_is_closed_but_not_the_last_admin(home: Path) -> None:
    run(home, "add", "a@example.org", "--role", "admin", "--password-stdin", typed=PASSWORD)
    with pytest.raises(LastAdmin):
        run(home, "close", "a@example.org")
    run(home, "add", "b@example.org", "--role", "admin", "--password-stdin", typed=PASSWORD)
    run(home, "close", "A@example.org")
    assert "a@example.org\tadmin\tclosed" in run(home, "list")


def test_a_lost_authenticator_is_taken_off(home: Path) -> None:
    run(home, "add", "a@example.org", "--role", "admin", "--password-stdin", typed=PASSWORD)
    database = sqlite3.connect(home / "archive.sqlite3")
    database.execute("update account set totp_secret = 'A', totp_confirmed_at = '2026-11-02 12:00:00'")
    database.commit()
    assert "\tauthenticator" in run(home, "list")
    run(home, "reset-second-factor", "a@example.org")
    assert "no authenticator" in run(home, "list")


def test_the_demo_has_one_account_a_role_and_says_so_each_time(parts: Parts) -> None:
    home = parts.settings.home
    assert demo_notice(home) == ""
    password = demo_password(home)
    assert demo_password(home) == password
    for _ in range(2):
        with parts.database.transaction() as session:
            add_demo_accounts(session, password, at=NOON)
    with parts.database.reading() as session:
        for role in Role:
            account = find_account(session, f"{role}@example.org")
            assert account is not None
            assert account.role is role
            assert is_right_password(account.password_hash, password)
            assert f"{role}@example.org" in demo_notice(home)
    assert (home / "demo-accounts.txt").stat().st_mode & 0o777 == 0o600
    assert 'second_factor = "optional"' in (home / "settings.toml").read_text()


def test_two_demos_have_two_passwords(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    assert len({demo_password(folder) for folder in folders}) == 2


def test_an_archive_that_people_use_gets_no_account_with_a_known_password(parts: Parts) -> None:
    with parts.database.transaction() as session:
        assert is_free_for_demo(session)
        add_account(session, "head@example.net", Role.ADMIN, password=None, actor="test", at=NOON)
        assert not is_free_for_demo(session)
    answer = CliRunner().invoke(reading_room, ["--home", str(parts.settings.home), "sample", "--accounts"])
    assert answer.exit_code == 2
    assert re.search("accounts of its own", answer.output)
    assert demo_notice(parts.settings.home) == ""


def test_settings_that_somebody_wrote_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('site_name = "Ours"\n')
    demo_password(tmp_path)
    assert (tmp_path / "settings.toml").read_text() == 'site_name = "Ours"\n'
