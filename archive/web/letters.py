"""Letters of a request: chosen, made, edited in place, carried away, noted as sent. For members alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.models import FoiaRequest
from archive.rules.access import Action, requires
from archive.rules.addresses import request_event_path, request_letter_path, request_letters_path
from archive.rules.exemptions import format_exemption, parse_exemptions
from archive.rules.letter_drafts import APPEALS
from archive.rules.letter_forms import MOST_LINES, MOST_SUBJECT, MOST_TEXT, LetterForm
from archive.rules.letter_templates import gaps_in
from archive.rules.letter_values import LetterChoice
from archive.rules.request_errors import BadRequestForm
from archive.rules.request_states import REQUEST_LETTER_WORDS, RequestLetterKind
from archive.services.foia_requests import get_request
from archive.services.request_letter_cases import found_claims
from archive.services.request_letters import (
    LetterRow,
    add_letter,
    change_letter,
    choose_letters,
    get_letter,
    letters_of,
    make_draft,
    mark_letter_sent,
    remove_letter,
)
from archive.web.current import parts, reading
from archive.web.identity import viewer
from archive.web.letter_files import letter_response, paper_of
from archive.web.templating import local_address

blueprint = Blueprint("letters", __name__)
_NUMBER = "<int(max=999999999):letter_id>"
_HERE = f"/requests/<slug>/letters/{_NUMBER}"
SHOWN_AGAIN = (400, 409)  # what is wrong with a form is said on its page
MOST_SIZES = {"subject": MOST_SUBJECT, "addressee": MOST_LINES, "text": MOST_TEXT, "signature": MOST_LINES}


@dataclass(frozen=True, slots=True)
class LettersBeside:
    """The letters of a request as its own page shows them. ``now``: what makes sense to write."""

    rows: tuple[LetterRow, ...]
    now: tuple[LetterChoice, ...]
    may_keep: bool


@blueprint.app_template_global("letters_beside")
def letters_beside(asked: FoiaRequest) -> LettersBeside | None:
    """For the page of a request; None for everybody but members."""
    if not viewer().may(Action.READ_REQUESTS):
        return None
    with reading() as session:
        rows = letters_of(session, asked, viewer())
        choices = choose_letters(session, asked, viewer(), parts().clock().date())
    now = tuple(choice for choice in choices if choice.is_now)
    return LettersBeside(rows, now, viewer().may(Action.KEEP_REQUESTS))


blueprint.add_app_template_filter(REQUEST_LETTER_WORDS.__getitem__, "letter_kind")


@blueprint.get("/requests/<slug>/letters")
@requires(Action.READ_REQUESTS)
def show_letters(slug: str) -> str:
    """Those that are kept, and those that may be written."""
    with reading() as session:
        asked = get_request(session, slug, viewer())
        rows = letters_of(session, asked, viewer())
        choices = choose_letters(session, asked, viewer(), parts().clock().date())
    return render_template(
        "letters/index.html", asked=asked, rows=rows, choices=choices, may_keep=_may_keep()
    )


@blueprint.get("/requests/<slug>/letters/new")
@requires(Action.KEEP_REQUESTS)
def show_new(slug: str) -> str:
    """A letter that is not kept yet, with what is still to be filled in."""
    kind = _kind(request.args)
    said = request.args.get("exemptions")
    problem = None
    try:
        claimed = _claimed(said)
    except BadRequestForm as wrong:
        problem, claimed = wrong, None
    with reading() as session:
        asked = get_request(session, slug, viewer())
        draft = make_draft(session, asked, kind, viewer(), parts().clock().date(), claimed=claimed)
        is_appeal = kind is RequestLetterKind.APPEAL
        found = found_claims(session, asked, viewer()) if is_appeal and said is None else ()
    exemptions = said if said is not None else ", ".join(format_exemption(claim.code) for claim in found)
    written = LetterForm(draft.subject, draft.addressee, draft.text, draft.signature)
    return _new_page(asked, kind, written, exemptions, problem)


@blueprint.post("/requests/<slug>/letters")
@requires(Action.KEEP_REQUESTS)
def keep(slug: str) -> ResponseReturnValue:
    """Keep a letter as it stands in the form."""
    kind, written = _kind(request.form), written_letter()
    try:
        with parts().database.transaction() as session:
            asked = get_request(session, slug, viewer())
            letter = add_letter(session, asked, kind, written, viewer=viewer(), at=parts().clock())
            letter_id = letter.id
    except ArchiveError as problem:
        if problem.status not in SHOWN_AGAIN:
            raise
        with reading() as session:
            asked = get_request(session, slug, viewer())
        return _new_page(asked, kind, written, None, problem), problem.status
    return redirect(local_address(request_letter_path(slug, letter_id)), 303)


@blueprint.get(_HERE)
@requires(Action.READ_REQUESTS)
def show_letter(slug: str, letter_id: int) -> str:
    """The letter, to be read, or to be edited in its place."""
    return _letter_page(slug, letter_id)


@blueprint.post(_HERE)
@requires(Action.KEEP_REQUESTS)
def change(slug: str, letter_id: int) -> ResponseReturnValue:
    """Other words."""
    written = written_letter()
    try:
        with parts().database.transaction() as session:
            asked = get_request(session, slug, viewer())
            change_letter(session, asked, letter_id, written, viewer=viewer(), at=parts().clock())
    except ArchiveError as problem:
        if problem.status not in SHOWN_AGAIN:
            raise
        return _letter_page(slug, letter_id, written, problem), problem.status
    return redirect(local_address(f"{request_letter_path(slug, letter_id)}?saved=yes"), 303)


@blueprint.post(f"{_HERE}/sent")
@requires(Action.KEEP_REQUESTS)
def note_sent(slug: str, letter_id: int) -> ResponseReturnValue:
    """It went out: an event of the request, in one click."""
    try:
        sent_on = _day(request.form.get("sent_on", ""))
        with parts().database.transaction() as session:
            asked = get_request(session, slug, viewer())
            mark_letter_sent(session, asked, letter_id, sent_on, viewer=viewer(), at=parts().clock())
    except ArchiveError as problem:
        if problem.status not in SHOWN_AGAIN:
            raise
        return _letter_page(slug, letter_id, None, problem), problem.status
    return redirect(local_address(request_letter_path(slug, letter_id)), 303)


@blueprint.get(f"{_HERE}/delete")
@requires(Action.KEEP_REQUESTS)
def show_delete(slug: str, letter_id: int) -> str:
    """Asks whether it is meant."""
    with reading() as session:
        asked = get_request(session, slug, viewer())
        row = get_letter(session, asked, letter_id, viewer())
    return render_template("letters/delete.html", asked=asked, row=row)


@blueprint.post(f"{_HERE}/delete")
@requires(Action.KEEP_REQUESTS)
def take_away(slug: str, letter_id: int) -> ResponseReturnValue:
    """Delete it; the event that says it was sent stays."""
    with parts().database.transaction() as session:
        asked = get_request(session, slug, viewer())
        remove_letter(session, asked, letter_id, viewer=viewer(), at=parts().clock())
    return redirect(local_address(request_letters_path(slug)), 303)


@blueprint.get(f"{_HERE}.<any(docx, pdf, txt):form>")
@requires(Action.READ_REQUESTS)
def show_file(slug: str, letter_id: int, form: str) -> Response:
    """The letter for a word processor, for the printer, for an e-mail. Its date is the day it was sent, else
    today's."""
    at = parts().clock()
    with reading() as session:
        asked = get_request(session, slug, viewer())
        row = get_letter(session, asked, letter_id, viewer())
    letter = row.letter
    written = LetterForm(letter.title, letter.addressee, letter.text, letter.signature)
    return letter_response(paper_of(written, row.sent_on or at.date(), at), form)


def written_letter() -> LetterForm:
    """What stands in the fields of a letter's form."""
    return LetterForm(*(request.form.get(name, "") for name in MOST_SIZES))


def _may_keep() -> bool:
    return viewer().may(Action.KEEP_REQUESTS)


def _kind(given: Mapping[str, str]) -> RequestLetterKind:
    try:
        return RequestLetterKind(given.get("kind", ""))
    except ValueError:
        raise BadRequestForm(
            "There is no such letter.", field="kind", help="Choose one of the list of letters."
        ) from None


def _claimed(said: str | None) -> tuple[str, ...] | None:
    """The exemptions that somebody typed; None when nobody was asked."""
    if said is None:
        return None
    codes = parse_exemptions(said[:2000])
    if said.strip() and not codes:
        raise BadRequestForm(
            "These are no exemptions that are known here.",
            field="exemptions",
            help="Write them as the agency does, as in (b)(5), (b)(7)(E).",
        )
    return codes


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadRequestForm(
            "This is no day.", field="sent_on", help="Write it as year, month and day: 2010-02-03."
        ) from None


def _new_page(
    asked: FoiaRequest,
    kind: RequestLetterKind,
    written: LetterForm,
    exemptions: str | None,
    problem: ArchiveError | None = None,
) -> str:
    return render_template(
        "letters/new.html",
        asked=asked,
        kind=kind,
        written=written,
        exemptions=exemptions if kind is RequestLetterKind.APPEAL else None,
        gaps=gaps_of(written),
        problem=problem,
        most=MOST_SIZES,
    )


def _letter_page(
    slug: str, letter_id: int, written: LetterForm | None = None, problem: ArchiveError | None = None
) -> str:
    with reading() as session:
        asked = get_request(session, slug, viewer())
        row = get_letter(session, asked, letter_id, viewer())
    letter = row.letter
    kept = LetterForm(letter.title, letter.addressee, letter.text, letter.signature)
    return render_template(
        "letters/show.html",
        asked=asked,
        row=row,
        written=written or kept,
        gaps=gaps_of(written or kept),
        problem=problem,
        may_keep=_may_keep(),
        is_appeal=letter.kind in APPEALS,
        event_path=request_event_path(slug, letter.sent_event_id) if letter.sent_event_id else "",
        today=parts().clock().date(),
        most=MOST_SIZES,
    )


def gaps_of(written: LetterForm) -> tuple[str, ...]:
    """What is still to be filled in."""
    return gaps_in(written.subject, written.addressee, written.text, written.signature)
