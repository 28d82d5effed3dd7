"""Somebody's own second factor: set up, removed, its recovery codes made again."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.rules.access import Action, requires
from archive.rules.account_addresses import local_next
from archive.rules.account_errors import TooManyTries, WrongCode, WrongPassword
from archive.services.accounts import get_account
from archive.services.second_factor import (
    authenticator_address,
    begin_enrolment,
    new_recovery_codes,
    recovery_codes_left,
    remove_authenticator,
)
from archive.services.signing_in import check_own_password, confirm_authenticator
from archive.web.account import done, render_account
from archive.web.current import parts, reading
from archive.web.identity import signed_in, viewer
from archive.web.qr_code import qr_code
from archive.web.shown_once import brought_along, show_once, shown
from archive.web.templating import local_address
from archive.web.visits import door, let_in, visit

blueprint = Blueprint("authenticator", __name__, url_prefix="/account")
_PAGE, _CODES = "/account/authenticator", "/account/recovery-codes"


@blueprint.get("/authenticator")
@requires(Action.OWN_ACCOUNT)
def show_authenticator() -> ResponseReturnValue:
    """The QR code of one that is being set up."""
    return _page()


@blueprint.post("/authenticator")
@requires(Action.OWN_ACCOUNT)
def take_authenticator() -> ResponseReturnValue:
    """``what`` is 'begin', 'confirm' or 'remove'."""
    what = request.form.get("what")
    if what == "begin":
        with parts().database.transaction() as session:
            begin_enrolment(get_account(session, viewer().account_id))
        return redirect(local_address(_PAGE), 303)
    return _remove() if what == "remove" else _confirm()


@blueprint.get("/recovery-codes")
@requires(Action.OWN_ACCOUNT)
def show_recovery_codes() -> ResponseReturnValue:
    """Codes that were just made, once; else how many are left."""
    return shown(_codes_page(), _CODES)


@blueprint.post("/recovery-codes")
@requires(Action.OWN_ACCOUNT)
def take_recovery_codes() -> ResponseReturnValue:
    """New ones, for the password. The old ones are void."""
    try:
        _check_password()
    except (WrongPassword, TooManyTries) as problem:
        return _codes_page(problem), problem.status
    with parts().database.transaction() as session:
        account = get_account(session, viewer().account_id)
        if account.totp_confirmed_at is None:
            return redirect(local_address(_PAGE), 303)
        codes = new_recovery_codes(session, account, at=parts().clock())
    return show_once(_CODES, codes)


def _confirm() -> ResponseReturnValue:
    own = signed_in()
    if own is None:
        return redirect(local_address(_PAGE), 303)
    code, at = request.form.get("code", ""), parts().clock()
    try:
        opened, codes = confirm_authenticator(parts().database, own, code, visit=visit(), door=door(), at=at)
    except (WrongCode, TooManyTries) as problem:
        return _page(problem), problem.status
    response = show_once(_CODES, codes)
    let_in(response, opened)
    return response


def _remove() -> ResponseReturnValue:
    try:
        _check_password()
    except (WrongPassword, TooManyTries) as problem:
        return render_account(problem, "authenticator"), problem.status
    with parts().database.transaction() as session:
        account = get_account(session, viewer().account_id)
        remove_authenticator(session, account, actor=viewer().name, at=parts().clock())
    return done("authenticator")


def _check_password() -> None:
    password = request.form.get("password", "")
    check_own_password(parts().database, viewer().account_id, password, at=parts().clock())


def _page(problem: ArchiveError | None = None) -> str:
    with reading() as session:
        account = get_account(session, viewer().account_id)
    secret = account.totp_secret or "" if account.totp_confirmed_at is None else ""
    drawn = qr_code(authenticator_address(account, parts().settings.site_name)) if secret else ""
    return render_template(
        "account/authenticator.html", account=account, secret=secret, drawn=drawn, problem=problem
    )


def _codes_page(problem: ArchiveError | None = None) -> str:
    with reading() as session:
        account = get_account(session, viewer().account_id)
        left = recovery_codes_left(session, account.id)
    return render_template(
        "account/recovery_codes.html",
        account=account,
        codes=brought_along() if problem is None else (),
        left=left,
        then=local_next(request.args.get("next", "")) or "/sign-in",
        problem=problem,
    )
