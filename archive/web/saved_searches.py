"""Saved searches: the feed for a reader program, or letters to an address that was confirmed.

A link in a letter never changes anything by being opened, since mail programs open links to look at them:
it shows a button. Only the mail provider's own one-click unsubscribing (RFC 8058) goes without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError, BadMailAddress, BadQuery, LinkNotValid, MailNotSetUp
from archive.rules.access import public
from archive.rules.statuses import HowOften
from archive.rules.tokens import Purpose, read_signed
from archive.services.letters import HOW_OFTEN_WORDS, search_in_words
from archive.services.saved_searches import (
    ask_for_letters,
    confirm_search,
    get_saved,
    give_up,
    give_up_all,
    matching_documents,
    saved_query,
    searches_of_same_address,
    set_how_often,
)
from archive.settings import secret_key
from archive.web.current import parts, reading
from archive.web.same_origin import from_anywhere
from archive.web.search_address import SearchAddress
from archive.web.search_asked import address_of, asked_or_everything
from archive.web.search_feed import feed_path
from archive.web.templating import local_address

if TYPE_CHECKING:
    from archive.models import SavedSearch

blueprint = Blueprint("saved_searches", __name__, url_prefix="/search/saved")


@blueprint.get("/new")
@public
def show_form() -> ResponseReturnValue:
    """The feed address of a search, and the form for letters about it."""
    parameters = request.args.to_dict(flat=False)
    asked_or_everything(parameters)  # one that is wrong is said here, and not when the first letter is due
    return _form(address_of(parameters))


@blueprint.post("")
@public
def ask() -> ResponseReturnValue:
    """Write down the wish. The answer is the same whether or not the address is known here."""
    address = _unsorted(SearchAddress.from_pairs(request.form.items(multi=True)))
    try:
        asked_or_everything(request.form.to_dict(flat=False))
        if not parts().settings.base_url:
            raise MailNotSetUp
        with parts().database.transaction() as session:
            ask_for_letters(
                session,
                request.form.get("email", ""),
                urlsplit(address.path()).query,
                _how_often(),
                at=parts().clock(),
            )
    except (BadMailAddress, BadQuery, MailNotSetUp) as problem:
        return _form(address, problem), problem.status
    parts().queue.wake_up()
    return redirect(local_address("/search/saved/asked"), 303)


@blueprint.get("/asked")
@public
def show_asked() -> str:
    """What happens next."""
    return render_template("search/saved_step.html", step="asked", saved=None, said="")


@blueprint.get("/confirm/<token>")
@public
def show_confirm(token: str) -> str:
    """The button that begins letters."""
    with reading() as session:
        saved = get_saved(session, _subject(Purpose.CONFIRM, token))
    return _step("confirm", saved)


@blueprint.post("/confirm/<token>")
@public
def confirm(token: str) -> str:
    """Begin. What matches now is known to the reader, who has just seen it."""
    with reading() as session:
        saved = get_saved(session, _subject(Purpose.CONFIRM, token))
        there = matching_documents(session, parts().engine, saved_query(saved))
    with parts().database.transaction() as session:
        saved = confirm_search(session, saved.id, there, at=parts().clock())
    return _step("confirmed", saved)


@blueprint.get("/unsubscribe/<token>")
@public
def show_unsubscribe(token: str) -> str:
    """The button that ends letters."""
    saved_id = _subject(Purpose.UNSUBSCRIBE, token)
    with reading() as session:
        try:
            saved = get_saved(session, saved_id)
        except LinkNotValid:
            return _step("unsubscribed", None)  # twice is no error
    return _step("unsubscribe", saved)


@blueprint.post("/unsubscribe/<token>")
@public
@from_anywhere
def unsubscribe(token: str) -> str:
    """End letters about a search, and forget the address. Again is no error."""
    saved_id = _subject(Purpose.UNSUBSCRIBE, token)
    with parts().database.transaction() as session:
        give_up(session, saved_id)
    return _step("unsubscribed", None)


@blueprint.get("/manage/<token>")
@public
def show_manage(token: str) -> str:
    """All letters to an address."""
    return _manage(_subject(Purpose.MANAGE, token))


@blueprint.post("/manage/<token>")
@public
def manage(token: str) -> str:
    """Change how often letters come, or end them: ``what`` is 'change', 'end' or 'end_all'."""
    saved_id, what = _subject(Purpose.MANAGE, token), request.form.get("what")
    with parts().database.transaction() as session:
        saved = get_saved(session, saved_id)
        if what == "end_all":
            give_up_all(session, saved)
            return _step("unsubscribed", None)
        own = {one.id: one for one in searches_of_same_address(session, saved)}
        chosen = own.get(request.form.get("saved", ""))
        if chosen is not None and what == "end":
            give_up(session, chosen.id)
        elif chosen is not None and what == "change":
            set_how_often(chosen, _how_often(), at=parts().clock())
        if chosen is not None and chosen.id == saved_id and what == "end":
            left = next((one for one in own if one != saved_id), None)
            if left is None:
                return _step("unsubscribed", None)
            saved_id = left
    return _manage(saved_id, said="That is changed.")


def _manage(saved_id: str, said: str = "") -> str:
    with reading() as session:
        saved = get_saved(session, saved_id)
        searches = searches_of_same_address(session, saved)
    return render_template(
        "search/saved_manage.html",
        saved=saved,
        searches=searches,
        in_words=search_in_words,
        how_often=HOW_OFTEN_WORDS,
        said=said,
    )


def _step(step: str, saved: SavedSearch | None) -> str:
    return render_template(
        "search/saved_step.html",
        step=step,
        saved=saved,
        said=search_in_words(saved) if saved else "",
        how_often=HOW_OFTEN_WORDS,
    )


def _form(address: SearchAddress, problem: ArchiveError | None = None) -> str:
    return render_template(
        "search/saved_new.html",
        address=address,
        feed=feed_path(address),
        email=request.form.get("email", ""),
        chosen=_how_often(),
        how_often=HOW_OFTEN_WORDS,
        sends_letters=bool(parts().settings.base_url),
        not_set_up=MailNotSetUp(),
        problem=problem,
    )


def _how_often() -> HowOften:
    written = request.form.get("how_often", "")
    return HowOften(written) if written in set(HowOften) else HowOften.DAILY


def _unsorted(address: SearchAddress) -> SearchAddress:
    """The order of results makes no difference to what is new."""
    return SearchAddress(tuple(pair for pair in address.parameters if pair[0] != "sort"))


def _subject(purpose: Purpose, token: str) -> str:
    """Whom a signed link is about. Raises ``LinkNotValid``."""
    opened = parts()
    subject = read_signed(secret_key(opened.settings), purpose, token, opened.clock())
    if subject is None:
        raise LinkNotValid
    return subject
