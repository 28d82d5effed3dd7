"""People who come to the site in tests: readers and those who are signed in."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from archive.database import Database
from archive.models import Account, SignIn
from archive.rules.statuses import Role
from archive.rules.tokens import Purpose, sign
from archive.services.sign_ins import hash_of, open_sign_in
from archive.settings import secret_key
from archive.web.current import PARTS
from archive.web.form_tokens import HEADER, LASTS
from archive.web.identity import COOKIE
from tests.factories import NOON

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def make_account(database: Database, role: Role, email: str = "") -> Account:
    """An account with this role; the same one again for the same address."""
    email = email or f"{role}@example.org"
    with database.transaction() as session:
        account = session.scalar(select(Account).where(Account.email == email))
        if account is None:
            account = Account(email=email, role=role, created_at=NOON)
            session.add(account)
            session.flush()
        return account


class Visitor(FlaskClient):
    """A browser without JavaScript that sends each form with the token that its page would have had.

    ``sends_tokens = False`` makes it forget the token.
    """

    sends_tokens = True
    sign_in_id = "anyone"
    account: Account | None = None

    def sign_in(
        self, database: Database, role: Role, email: str = "", *, second_factor: bool = True
    ) -> Account:
        """Sign in as an account with this role."""
        self.account = make_account(database, role, email)
        with database.transaction() as session:
            token = open_sign_in(session, self.account, at=NOON, hours=12)
            row = session.scalars(select(SignIn).where(SignIn.token_hash == hash_of(token))).one()
            row.second_factor_at = NOON if second_factor else None
            self.sign_in_id = row.id
        self.set_cookie(COOKIE, token)
        return self.account

    def form_token(self) -> str:
        """What a form of the site would carry for this visitor."""
        parts = self.application.extensions[PARTS]
        return sign(secret_key(parts.settings), Purpose.FORM, self.sign_in_id, parts.clock() + LASTS)

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Send a request; what changes something carries the form token."""
        if self.sends_tokens and kwargs.get("method", "GET") not in _READING:
            headers = dict(kwargs.get("headers") or {})
            headers.setdefault(HEADER, self.form_token())
            kwargs["headers"] = headers
        return super().open(*args, **kwargs)
