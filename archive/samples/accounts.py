"""Accounts to try the archive with. Only for a demo: their password stands in a file of the home."""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from archive.rules.statuses import Role
from archive.services.accounts import add_account, list_accounts

DEMO_EDITOR = f"{Role.EDITOR}@example.org"
_FILE_NAME = "demo-accounts.txt"
_WORDS = ("amber", "barley", "canoe", "dune", "elm", "fern", "gable", "heron", "ivory", "juniper", "kelp")
_HEAD = "Accounts to try this demo with, all with the password"
_SETTINGS = """# Made with the demo accounts, so that they can be tried at once. Not for an archive in use.
second_factor = "optional"
"""


def demo_password(home: Path) -> str:
    """The password of the demo accounts of this home, made when there is none: words and a number."""
    kept = demo_notice(home)
    if kept:
        return kept.splitlines()[0].split()[-1]
    password = "-".join([*(secrets.choice(_WORDS) for _ in range(4)), str(secrets.randbelow(9000) + 1000)])
    accounts = "\n".join(f"  {email}" for email in _emails())
    _write(home / _FILE_NAME, f"{_HEAD}  {password}\n{accounts}\n")
    if not (home / "settings.toml").exists():
        _write(home / "settings.toml", _SETTINGS)
    return password


def demo_notice(home: Path) -> str:
    """What ``serve`` prints: the demo accounts of this home and their password; empty when it has none."""
    file = home / _FILE_NAME
    return file.read_text() if file.is_file() else ""


def is_free_for_demo(session: Session) -> bool:
    """Whether nobody else has an account here: an archive that people use gets none with a known password."""
    return {account.email for account in list_accounts(session)} <= set(_emails())


def add_demo_accounts(session: Session, password: str, *, at: datetime) -> None:
    """One account a role, unless they are there."""
    there = {account.email for account in list_accounts(session)}
    for email, role in _emails().items():
        if email not in there:
            add_account(session, email, role, password=password, actor="demo", at=at, name=f"Demo {role}")


def _emails() -> dict[str, Role]:
    return {f"{role}@example.org": role for role in Role}


def _write(path: Path, text: str) -> None:
    """For its owner alone, like everything in a home."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
