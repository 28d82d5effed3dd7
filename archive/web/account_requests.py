"""What somebody's account has to do with requests: the address of their calendar, and their reminders."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.rules.access import Action, requires
from archive.rules.addresses import requests_calendar_path, with_parameters
from archive.services.accounts import get_account
from archive.services.calendar_keys import make_calendar_key, remove_calendar_key, switch_reminders
from archive.web.account_post import sends_letters
from archive.web.current import parts, reading
from archive.web.identity import viewer
from archive.web.shown_once import brought_along, show_once, shown
from archive.web.templating import address_for_others, local_address

blueprint = Blueprint("account_requests", __name__, url_prefix="/account/requests")
_HERE = "/account/requests"
_SHOWN = f"{_HERE}/calendar"
_DONE = {
    "removed": "Your calendar has no address any more. Programs that had it are told that nothing is there.",
    "on": "Reminders come to you by mail.",
    "off": "No more reminders come to you.",
}


@blueprint.get("")
@requires(Action.OWN_ACCOUNT)
def show_settings() -> str:
    """The address of the calendar, as far as it is there, and the switch for reminders."""
    with reading() as session:
        account = get_account(session, viewer().account_id)
    return render_template(
        "account/requests.html",
        account=account,
        sends=sends_letters(),
        said=_DONE.get(request.args.get("done", ""), ""),
    )


@blueprint.post("/calendar")
@requires(Action.OWN_ACCOUNT)
def change_calendar() -> ResponseReturnValue:
    """``what`` is 'make' (anew, when there is one) or 'remove'."""
    who, at = viewer(), parts().clock()
    if request.form.get("what") == "remove":
        with parts().database.transaction() as session:
            remove_calendar_key(session, viewer=who, at=at)
        return _done("removed")
    with parts().database.transaction() as session:
        key = make_calendar_key(session, viewer=who, at=at)
    return show_once(_SHOWN, [key])


@blueprint.get("/calendar")
@requires(Action.OWN_ACCOUNT)
def show_calendar_address() -> ResponseReturnValue:
    """The address that was just made, once."""
    key = next(iter(brought_along()), "")
    address = address_for_others(requests_calendar_path(key)) if key else ""
    page = render_template("account/calendar_address.html", address=address, mine=f"{address}&mine=1")
    return shown(page, _SHOWN)


@blueprint.post("/reminders")
@requires(Action.OWN_ACCOUNT)
def change_reminders() -> ResponseReturnValue:
    """``wanted`` is '1' or '0'."""
    wanted = request.form.get("wanted") == "1"
    with parts().database.transaction() as session:
        switch_reminders(session, wanted=wanted, viewer=viewer(), at=parts().clock())
    return _done("on" if wanted else "off")


def _done(what: str) -> ResponseReturnValue:
    return redirect(local_address(with_parameters(_HERE, [("done", what)])), 303)
