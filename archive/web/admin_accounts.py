"""All accounts: invite people, give another role, close, help those who cannot get in."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError, BadMailAddress
from archive.models import AccountLink
from archive.rules.access import ACTION_WORDS, PERMISSIONS, Action, requires
from archive.rules.account_addresses import invitation_path, reset_path
from archive.rules.account_errors import AccountExists, AccountNotFound, LastAdmin
from archive.rules.addresses import with_parameters
from archive.rules.statuses import LinkKind, Role
from archive.services.account_letters import account_letter
from archive.services.account_links import invite, link_token, make_reset_link, open_links, revoke_link
from archive.services.accounts import (
    change_role,
    close_account,
    get_account,
    list_accounts,
    reopen_account,
)
from archive.services.second_factor import reset_authenticator
from archive.services.sign_ins import last_seen
from archive.settings import secret_key
from archive.web.account_post import post_letter, sends_letters
from archive.web.current import parts, reading
from archive.web.identity import viewer
from archive.web.templating import absolute_address, local_address

blueprint = Blueprint("admin_accounts", __name__, url_prefix="/admin/accounts")
_DONE = {
    "invited": "The invitation is made. Its link stands below.",
    "sent": "The invitation is made and on its way. Its link stands below, too.",
    "revoked": "The link opens nothing any more.",
    "role": "The role is changed, and the person is signed out.",
    "closed": "The account is closed, and nobody is signed in with it.",
    "reopened": "The account is open again.",
    "reset": "A link for a new password is made. It stands below: hand it to the person, and to nobody else.",
    "second-factor": "The authenticator is removed.",
}


@blueprint.get("")
@requires(Action.MANAGE_ACCOUNTS)
def show_accounts() -> str:
    """Everybody, and the links that are open."""
    return _page()


@blueprint.post("/invitations")
@requires(Action.MANAGE_ACCOUNTS)
def take_invitation() -> ResponseReturnValue:
    """Invite somebody; a letter goes out when letters can be sent."""
    settings = parts().settings
    key, role = secret_key(settings), _role() or Role.MEMBER
    try:
        with parts().database.transaction() as session:
            email = request.form.get("email", "")
            link = invite(session, email, role, key=key, viewer=viewer(), at=parts().clock())
    except (AccountExists, BadMailAddress) as problem:
        return _page(problem), problem.status
    if not sends_letters():
        return _done("invited")
    post_letter(account_letter(link, site_name=settings.site_name, base_url=settings.base_url, key=key))
    return _done("sent")


@blueprint.post("/links/<link_id>/revoke")
@requires(Action.MANAGE_ACCOUNTS)
def end_link(link_id: str) -> ResponseReturnValue:
    """Revoke an invitation or a link for a new password."""
    with parts().database.transaction() as session:
        revoke_link(session, link_id, viewer=viewer(), at=parts().clock())
    return _done("revoked")


@blueprint.post("/<int(max=999999999):account_id>")
@requires(Action.MANAGE_ACCOUNTS)
def change_account(account_id: int) -> ResponseReturnValue:
    """``what`` is 'role', 'close', 'reopen', 'reset' or 'second-factor'."""
    what = request.form.get("what", "")
    change = _CHANGES.get(what)
    if change is None:
        return redirect(local_address("/admin/accounts"), 303)
    try:
        return _done(change(account_id))
    except (LastAdmin, AccountNotFound) as problem:
        return _page(problem), problem.status


def _change_role(account_id: int) -> str:
    role = _role()
    if role is not None:
        with parts().database.transaction() as session:
            change_role(session, account_id, role, viewer=viewer(), at=parts().clock())
    return "role"


def _close(account_id: int) -> str:
    with parts().database.transaction() as session:
        close_account(session, account_id, actor=viewer().name, at=parts().clock())
    return "closed"


def _reopen(account_id: int) -> str:
    with parts().database.transaction() as session:
        reopen_account(session, account_id, viewer=viewer(), at=parts().clock())
    return "reopened"


def _make_reset(account_id: int) -> str:
    key = secret_key(parts().settings)
    with parts().database.transaction() as session:
        account = get_account(session, account_id)
        make_reset_link(session, account, key=key, viewer=viewer(), at=parts().clock())
    return "reset"


def _remove_factor(account_id: int) -> str:
    with parts().database.transaction() as session:
        account = get_account(session, account_id)
        reset_authenticator(session, account, actor=viewer().name, at=parts().clock())
    return "second-factor"


_CHANGES = {
    "role": _change_role,
    "close": _close,
    "reopen": _reopen,
    "reset": _make_reset,
    "second-factor": _remove_factor,
}


def _role() -> Role | None:
    written = request.form.get("role", "")
    return Role(written) if written in set(Role) else None


def _page(problem: ArchiveError | None = None) -> str:
    at = parts().clock()
    with reading() as session:
        return render_template(
            "admin/accounts.html",
            accounts=list_accounts(session),
            last_seen=last_seen(session),
            links=open_links(session, at=at),
            address_of=_address_of,
            roles=tuple(Role),
            role_words=_ROLE_WORDS,
            sends=sends_letters(),
            email=request.form.get("email", ""),
            chosen=_role() or Role.VOLUNTEER,
            problem=problem,
            said=_DONE.get(request.args.get("done", ""), ""),
        )


def _address_of(link: AccountLink) -> str:
    token = link_token(link, secret_key(parts().settings))
    path = invitation_path(token) if link.kind is LinkKind.INVITATION else reset_path(token)
    return absolute_address(parts().settings, path)


def _words_of(role: Role) -> str:
    """What a role may do beyond the role below it."""
    lower: set[Role | None] = {None, *list(Role)[: list(Role).index(role)]}
    own = [action for action in Action if role in PERMISSIONS[action] and not lower & PERMISSIONS[action]]
    return "; ".join(ACTION_WORDS[action] for action in own)


_ROLE_WORDS = {role: _words_of(role) for role in Role}


def _done(what: str) -> ResponseReturnValue:
    return redirect(local_address(with_parameters("/admin/accounts", [("done", what)])), 303)
