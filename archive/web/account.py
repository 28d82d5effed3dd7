"""Somebody's own account: name, password, where they are signed in, tokens for programs."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.rules.access import Action, requires
from archive.rules.account_errors import NameNeeded, TooManyTries, UnfitPassword, WrongPassword
from archive.rules.addresses import with_parameters
from archive.rules.browsers import browser_in_words
from archive.rules.passwords import LONGEST, SHORTEST
from archive.services.accounts import get_account, set_name, set_password_hash
from archive.services.api_tokens import list_tokens, make_token, revoke_token
from archive.services.audit import record_event
from archive.services.passwords import hash_password
from archive.services.second_factor import recovery_codes_left
from archive.services.sign_ins import (
    SECOND_FACTOR_ROLES,
    end_all_sign_ins,
    end_sign_in,
    list_sign_ins,
)
from archive.services.signing_in import check_own_password
from archive.web.current import parts, reading
from archive.web.identity import signed_in, viewer
from archive.web.shown_once import brought_along, show_once, shown
from archive.web.templating import local_address

blueprint = Blueprint("account", __name__, url_prefix="/account")
_DONE = {
    "name": "Your name is changed.",
    "password": "Your password is changed. All other browsers are signed out.",
    "authenticator": "Your authenticator is removed.",
    "signed-out": "That browser is signed out.",
    "signed-out-all": "All other browsers are signed out.",
    "revoked": "That token works no more.",
}


@blueprint.get("")
@requires(Action.OWN_ACCOUNT)
def show_account() -> str:
    """Everything about the own account."""
    return render_account()


@blueprint.post("/name")
@requires(Action.OWN_ACCOUNT)
def take_name() -> ResponseReturnValue:
    """Change the name."""
    try:
        with parts().database.transaction() as session:
            name = request.form.get("name", "")
            set_name(session, viewer().account_id, name, viewer=viewer(), at=parts().clock())
    except NameNeeded as problem:
        return render_account(problem, "name"), problem.status
    return done("name")


@blueprint.post("/password")
@requires(Action.OWN_ACCOUNT)
def take_password() -> ResponseReturnValue:
    """Change the password, knowing the old one."""
    at, session_now = parts().clock(), signed_in()
    try:
        check_own_password(parts().database, viewer().account_id, request.form.get("password", ""), at=at)
        password_hash = hash_password(request.form.get("new_password", ""), viewer().name)
    except (WrongPassword, TooManyTries, UnfitPassword) as problem:
        return render_account(problem, "password"), problem.status
    with parts().database.transaction() as session:
        account = get_account(session, viewer().account_id)
        keep = session_now.sign_in_id if session_now else ""
        set_password_hash(session, account, password_hash, actor=viewer().name, at=at, keep=keep)
    return done("password")


@blueprint.post("/sessions/<sign_in_id>/end")
@requires(Action.OWN_ACCOUNT)
def end_session(sign_in_id: str) -> ResponseReturnValue:
    """Sign another browser out."""
    account_id = viewer().account_id
    if account_id is not None:
        with parts().database.transaction() as session:
            end_sign_in(session, sign_in_id, account_id=account_id, at=parts().clock())
    return done("signed-out")


@blueprint.post("/sessions/end")
@requires(Action.OWN_ACCOUNT)
def end_other_sessions() -> ResponseReturnValue:
    """Sign all other browsers out."""
    own, at = signed_in(), parts().clock()
    if own is not None and own.viewer.account_id is not None:
        subject = f"account:{own.viewer.account_id}"
        with parts().database.transaction() as session:
            end_all_sign_ins(session, own.viewer.account_id, at=at, but=own.sign_in_id)
            record_event(session, "signed_out_elsewhere", subject, actor=viewer().name, at=at, details={})
    return done("signed-out-all")


@blueprint.post("/tokens")
@requires(Action.OWN_ACCOUNT)
def take_token() -> ResponseReturnValue:
    """Make a token."""
    try:
        with parts().database.transaction() as session:
            token = make_token(session, request.form.get("name", ""), viewer=viewer(), at=parts().clock())
    except NameNeeded as problem:
        return render_account(problem, "token"), problem.status
    return show_once("/account/tokens/new", [token])


@blueprint.get("/tokens/new")
@requires(Action.OWN_ACCOUNT)
def show_token() -> ResponseReturnValue:
    """A token that was just made, once."""
    token = next(iter(brought_along()), "")
    return shown(render_template("account/token.html", token=token), "/account/tokens/new")


@blueprint.post("/tokens/<token_id>/revoke")
@requires(Action.OWN_ACCOUNT)
def end_token(token_id: str) -> ResponseReturnValue:
    """Revoke a token."""
    with parts().database.transaction() as session:
        revoke_token(session, token_id, viewer=viewer(), at=parts().clock())
    return done("revoked")


def render_account(problem: ArchiveError | None = None, where: str = "") -> str:
    """The page; ``problem`` stands beside the form that it is about: ``where``."""
    own, account_id = signed_in(), viewer().account_id
    with reading() as session:
        account = get_account(session, account_id)
        return render_template(
            "account/account.html",
            account=account,
            sessions=list_sign_ins(session, account_id, at=parts().clock()),
            own_session=own.sign_in_id if own else "",
            tokens=list_tokens(session, account_id),
            codes_left=recovery_codes_left(session, account.id),
            must_have_factor=parts().settings.second_factor and account.role in SECOND_FACTOR_ROLES,
            in_words=browser_in_words,
            shortest=SHORTEST,
            longest=LONGEST,
            problem=problem,
            where=where,
            said=_DONE.get(request.args.get("done", ""), ""),
        )


def done(what: str) -> ResponseReturnValue:
    """Back to the account, which says what was done."""
    return redirect(local_address(with_parameters("/account", [("done", what)])), 303)
