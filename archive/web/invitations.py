"""Where somebody who was invited chooses a name and a password."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.rules.access import Action, requires
from archive.rules.account_errors import NameNeeded, UnfitPassword
from archive.rules.passwords import LONGEST, SHORTEST
from archive.rules.statuses import LinkKind
from archive.services.account_links import accept_invitation, get_link
from archive.services.accounts import checked_name
from archive.services.passwords import hash_password
from archive.services.signing_in import open_session
from archive.settings import secret_key
from archive.web.current import parts, reading
from archive.web.sign_in import enter
from archive.web.visits import door, visit

blueprint = Blueprint("invitations", __name__)


@blueprint.get("/invitation/<token>")
@requires(Action.SIGN_IN)
def show_invitation(token: str) -> str:
    """The form."""
    return _form(token)


@blueprint.post("/invitation/<token>")
@requires(Action.SIGN_IN)
def take_invitation(token: str) -> ResponseReturnValue:
    """Make the account, and sign in."""
    key, at = secret_key(parts().settings), parts().clock()
    with reading() as session:
        email = get_link(session, LinkKind.INVITATION, token, key=key, at=at).email
    try:
        name = checked_name(request.form.get("name", ""))
        password_hash = hash_password(request.form.get("password", ""), email)
    except (NameNeeded, UnfitPassword) as problem:
        return _form(token, problem), problem.status
    with parts().database.transaction() as session:
        account = accept_invitation(session, token, name=name, password_hash=password_hash, key=key, at=at)
        opened = open_session(session, account, visit=visit(), door=door(), at=at)
    return enter(opened)


def _form(token: str, problem: ArchiveError | None = None) -> str:
    with reading() as session:
        link = get_link(
            session, LinkKind.INVITATION, token, key=secret_key(parts().settings), at=parts().clock()
        )
    return render_template(
        "sign_in/invitation.html",
        link=link,
        name=request.form.get("name", ""),
        problem=problem,
        shortest=SHORTEST,
        longest=LONGEST,
        at_work=True,
    )
