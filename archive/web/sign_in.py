"""Signing in and out, and a new password by letter. Nothing here tells whether an address has an account."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.rules.access import Action, requires
from archive.rules.account_addresses import local_next
from archive.rules.account_errors import TooManyTries, UnfitPassword, WrongCode, WrongSignIn
from archive.rules.addresses import with_parameters
from archive.rules.passwords import LONGEST, SHORTEST
from archive.rules.statuses import LinkKind, Role
from archive.services.account_letters import account_letter
from archive.services.account_links import ask_for_reset, get_link, use_reset_link
from archive.services.accounts import get_account
from archive.services.attempts import network_of
from archive.services.passwords import hash_password
from archive.services.second_factor import authenticator_address, begin_enrolment
from archive.services.sign_ins import SignedIn, end_sign_in
from archive.services.signing_in import Opened, confirm_authenticator, give_code, open_session, sign_in
from archive.settings import secret_key
from archive.web.account_post import post_letter, sends_letters
from archive.web.current import parts, reading
from archive.web.identity import clear_session_cookie, signed_in, viewer
from archive.web.qr_code import qr_code
from archive.web.shown_once import show_once
from archive.web.templating import local_address
from archive.web.visits import door, let_in, visit

blueprint = Blueprint("sign_in", __name__)
RETRY_AFTER_SECONDS = "900"
_CODE, _FORGOTTEN, _SIGN_IN = "/sign-in/code", "/sign-in/forgotten", "/sign-in"
_STARTS = {Role.VOLUNTEER: "/upload", Role.EDITOR: "/review", Role.ADMIN: "/review"}


@blueprint.get(_SIGN_IN)
@requires(Action.SIGN_IN)
def show_sign_in() -> ResponseReturnValue:
    """The form; who is signed in goes on to where they wanted, or to their work."""
    session = signed_in()
    if session is not None and session.half:
        return _go(_CODE, keep_next=True)
    role = viewer().role
    return _form() if role is None else _go(_next() or _STARTS.get(role, "/"))


@blueprint.post(_SIGN_IN)
@requires(Action.SIGN_IN)
def take_sign_in() -> ResponseReturnValue:
    """The first step."""
    email, password = request.form.get("email", ""), request.form.get("password", "")
    try:
        opened = sign_in(parts().database, email, password, visit=visit(), door=door(), at=parts().clock())
    except (WrongSignIn, TooManyTries) as problem:
        return _refused(_form(email, problem), problem)
    return enter(opened, _next())


@blueprint.get(_CODE)
@requires(Action.SIGN_IN)
def show_code() -> ResponseReturnValue:
    """The second step: a code, or an authenticator to be set up."""
    session = signed_in()
    if session is None or not session.half:
        return _go(_SIGN_IN, keep_next=True)
    return _code_form(session)


@blueprint.post(_CODE)
@requires(Action.SIGN_IN)
def take_code() -> ResponseReturnValue:
    """The code; ``what`` is 'begin' to set up an authenticator that has no secret yet."""
    session = signed_in()
    if session is None or not session.half:
        return _go(_SIGN_IN, keep_next=True)
    if request.form.get("what") == "begin":
        with parts().database.transaction() as database_session:
            begin_enrolment(get_account(database_session, session.viewer.account_id))
        return _go(_CODE, keep_next=True)
    try:
        return _second_step(session, request.form.get("code", ""))
    except (WrongCode, TooManyTries) as problem:
        return _refused(_code_form(session, problem), problem)


@blueprint.post("/sign-out")
@requires(Action.SIGN_IN)
def sign_out() -> ResponseReturnValue:
    """End the session of this browser."""
    session = signed_in()
    if session is not None and session.viewer.account_id is not None:
        with parts().database.transaction() as database_session:
            end_sign_in(
                database_session, session.sign_in_id, account_id=session.viewer.account_id, at=parts().clock()
            )
    response = make_response(_go("/"))
    clear_session_cookie(response)
    return response


@blueprint.get(_FORGOTTEN)
@requires(Action.SIGN_IN)
def show_forgotten() -> str:
    """The form for a letter with a link; when no letters can be sent, whom to ask."""
    return render_template(
        "sign_in/forgotten.html", sends=sends_letters(), asked="asked" in request.args, at_work=True
    )


@blueprint.post(_FORGOTTEN)
@requires(Action.SIGN_IN)
def take_forgotten() -> ResponseReturnValue:
    """Send the link if there is an account. The answer is the same, and as quick, if there is none."""
    if sends_letters():
        settings = parts().settings
        key = secret_key(settings)
        with parts().database.transaction() as session:
            link = ask_for_reset(
                session,
                request.form.get("email", ""),
                network_of(visit().address),
                key=key,
                at=parts().clock(),
            )
        if link is not None:
            post_letter(
                account_letter(link, site_name=settings.site_name, base_url=settings.base_url, key=key)
            )
    return redirect(local_address(with_parameters(_FORGOTTEN, [("asked", "1")])), 303)


@blueprint.get("/sign-in/reset/<token>")
@requires(Action.SIGN_IN)
def show_reset(token: str) -> str:
    """The form for a new password."""
    return _reset_form(token)


@blueprint.post("/sign-in/reset/<token>")
@requires(Action.SIGN_IN)
def take_reset(token: str) -> ResponseReturnValue:
    """Set it. The link has shown who it is: they are signed in, up to the second step."""
    key, at, password = secret_key(parts().settings), parts().clock(), request.form.get("password", "")
    with reading() as session:
        email = get_link(session, LinkKind.RESET, token, key=key, at=at).email
    try:
        password_hash = hash_password(password, email)
    except UnfitPassword as problem:
        return _refused(_reset_form(token, problem), problem)
    with parts().database.transaction() as session:
        account = use_reset_link(session, token, password_hash=password_hash, key=key, at=at)
        opened = open_session(session, account, visit=visit(), door=door(), at=at)
    return enter(opened)


def enter(opened: Opened, wanted: str = "") -> ResponseReturnValue:
    """On to the second step, to what was wanted, or to the person's work."""
    whole = wanted or _SIGN_IN  # which knows where they start
    path = with_parameters(_CODE, [("next", wanted)]) if opened.half else whole
    response = make_response(redirect(local_address(path), 303))
    let_in(response, opened)
    return response


def _second_step(session: SignedIn, code: str) -> ResponseReturnValue:
    database, at = parts().database, parts().clock()
    if not session.must_enrol:
        return enter(give_code(database, session, code, visit=visit(), door=door(), at=at), _next())
    opened, codes = confirm_authenticator(database, session, code, visit=visit(), door=door(), at=at)
    response = show_once("/account/recovery-codes", codes, [("next", _next())])
    let_in(response, opened)
    return response


def _next() -> str:
    """Where the person wanted to go: only ever a path on this site."""
    return local_next(request.form.get("next") or request.args.get("next", ""))


def _go(path: str, *, keep_next: bool = False) -> ResponseReturnValue:
    return redirect(local_address(with_parameters(path, [("next", _next() if keep_next else "")])), 303)


def _form(email: str = "", problem: ArchiveError | None = None) -> str:
    return render_template(
        "sign_in/sign_in.html",
        email=email,
        problem=problem,
        then=_next(),
        asked_for=bool(_next()),
        at_work=True,
    )


def _code_form(session: SignedIn, problem: ArchiveError | None = None) -> str:
    secret, drawn = "", ""
    if session.must_enrol:
        with reading() as database_session:
            account = get_account(database_session, session.viewer.account_id)
        secret = account.totp_secret or ""
        drawn = qr_code(authenticator_address(account, parts().settings.site_name)) if secret else ""
    return render_template(
        "sign_in/authenticator.html" if session.must_enrol else "sign_in/code.html",
        problem=problem,
        then=_next(),
        secret=secret,
        drawn=drawn,
        at_work=True,
    )


def _reset_form(token: str, problem: ArchiveError | None = None) -> str:
    with reading() as session:
        link = get_link(session, LinkKind.RESET, token, key=secret_key(parts().settings), at=parts().clock())
    return render_template(
        "sign_in/reset.html",
        email=link.email,
        problem=problem,
        shortest=SHORTEST,
        longest=LONGEST,
        at_work=True,
    )


def _refused(page: str, problem: ArchiveError) -> ResponseReturnValue:
    response = make_response(page, problem.status)
    if problem.status == TooManyTries.status:
        response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response
