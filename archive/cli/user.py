"""``reading-room user``: accounts, from the machine itself. The first admin is made here."""

from __future__ import annotations

import sys

import click

from archive.parts import Parts, opened_parts
from archive.rules.account_errors import AccountNotFound
from archive.rules.statuses import Role
from archive.services.accounts import add_account, close_account, find_account, list_accounts
from archive.services.second_factor import reset_authenticator
from archive.settings import Settings

ACTOR = "command line"


@click.group("user")
def command() -> None:
    """Make accounts, list and close them."""


@command.command("add")
@click.argument("email")
@click.option(
    "--role", type=click.Choice([str(role) for role in Role]), required=True, help="What it may do."
)
@click.option("--name", default="", help="As those who work here see it.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, one line.")
@click.pass_obj
def add(settings: Settings, *, email: str, role: str, name: str, password_stdin: bool) -> None:
    """Make an account. The password is asked for, twice, and not shown."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else _asked_password()
    with opened_parts(settings) as parts, parts.database.transaction() as session:
        account = add_account(
            session, email, Role(role), password=password, actor=ACTOR, at=parts.clock(), name=name
        )
    click.echo(f"{account.email} can sign in now, as {account.role}.")


@command.command("list")
@click.pass_obj
def list_(settings: Settings) -> None:
    """List all accounts: address, role, state, authenticator."""
    with opened_parts(settings) as parts, parts.database.reading() as session:
        for account in list_accounts(session):
            state = "closed" if account.disabled_at else "open"
            factor = "authenticator" if account.totp_confirmed_at else "no authenticator"
            click.echo(f"{account.email}\t{account.role}\t{state}\t{factor}")


@command.command("close")
@click.argument("email")
@click.pass_obj
def close(settings: Settings, *, email: str) -> None:
    """Close an account: nobody is signed in with it any more, and none of its tokens works."""
    with opened_parts(settings) as parts, parts.database.transaction() as session:
        account = find_account(session, email)
        if account is None:
            raise AccountNotFound
        close_account(session, account.id, actor=ACTOR, at=parts.clock())
    click.echo(f"{account.email} is closed.")


@command.command("reset-second-factor")
@click.argument("email")
@click.pass_obj
def reset_second_factor(settings: Settings, *, email: str) -> None:
    """Take the authenticator off an account whose owner has lost it."""
    with opened_parts(settings) as parts:
        _reset(parts, email)
    click.echo(f"{email} signs in with the password alone once, and is asked to set up another if need be.")


def _reset(parts: Parts, email: str) -> None:
    with parts.database.transaction() as session:
        account = find_account(session, email)
        if account is None:
            raise AccountNotFound
        reset_authenticator(session, account, actor=ACTOR, at=parts.clock())


def _asked_password() -> str:
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return password
