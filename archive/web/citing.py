"""Citing: words that were selected on a page or typed become a citation with an address of its own.

A script sends JSON and is answered with everything that the panel beside the page shows; the form does the
same without one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.rules.access import Action, requires
from archive.rules.citation_addresses import citation_path
from archive.rules.citation_errors import QuoteAmbiguous, QuoteNotFound, QuoteTooLong
from archive.services.citing import (
    Wanted,
    count_citing,
    find_wanted,
    find_withheld,
    keep_wanted,
    list_wanted,
)
from archive.services.documents import get_page
from archive.services.passages import FoundPassage
from archive.web.citation_styles import citation_sheet, citation_summary
from archive.web.current import parts, reading, wants_json
from archive.web.identity import viewer
from archive.web.templating import local_address

if TYPE_CHECKING:
    from archive.models import Citation

blueprint = Blueprint("citing", __name__)
_MOST_PREFIX = 400
_MOST_CHOICES = 20
# "here": the page of the form itself; "compared": a document that withholds the words
_SENT = ("document", "page", "here", "quote", "prefix", "which", "compared")


@dataclass(frozen=True, slots=True)
class Difficulty:
    """Why words could not be cited, and what could be cited instead."""

    error: ArchiveError
    choices: tuple[FoundPassage, ...] = ()
    on_pages: tuple[int, ...] = field(default=())
    nearest: str = ""

    def as_json(self) -> dict[str, Any]:
        """For the script."""
        return {
            "error": self.error.as_json(),
            "choices": [
                {
                    "which": choice.record.id,
                    "before": choice.context_before,
                    "words": choice.record.words,
                    "after": choice.context_after,
                }
                for choice in self.choices
            ],
            "on_pages": list(self.on_pages),
            "nearest": self.nearest,
        }


@blueprint.get("/cite")
@requires(Action.CITE)
def show_form() -> str:
    """The words to cite, typed or pasted; the page as a whole when there are none."""
    if not request.args.get("document"):
        return render_template("citations/start.html")
    return _form(_wanted(request.args))


@blueprint.post("/cite")
@requires(Action.CITE)
def take_quote() -> ResponseReturnValue:
    """Cite. The same words twice are one citation."""
    sent = request.get_json(silent=True) if request.is_json else request.form
    wanted = _wanted(sent if isinstance(sent, dict) else {})
    try:
        citation = cite(wanted)
    except (QuoteAmbiguous, QuoteNotFound, QuoteTooLong) as error:
        difficulty = _difficulty(wanted, error)
        if wants_json():
            return jsonify(difficulty.as_json()), error.status
        return _form(wanted, difficulty), error.status
    path = local_address(citation_path(citation.id))
    if not wants_json():
        return redirect(path, 303)
    response = jsonify(citation_summary(citation_sheet(citation.id)))
    response.status_code = 201
    response.headers["Location"] = path
    return response


def cite(wanted: Wanted) -> Citation:
    """Find the passage, and write it down in a moment of its own."""
    at = parts().clock()
    with parts().database.transaction() as session:
        count_citing(session, viewer(), request.remote_addr or "", at=at)
    with reading() as session:
        record = find_wanted(session, wanted, viewer=viewer(), at=at)
        compared = find_withheld(session, wanted, record, viewer=viewer())
    with parts().database.transaction() as session:
        return keep_wanted(session, wanted, record, compared, viewer=viewer())


def _difficulty(wanted: Wanted, error: ArchiveError) -> Difficulty:
    if isinstance(error, QuoteNotFound):
        return Difficulty(error, on_pages=error.on_pages, nearest=error.nearest)
    if not isinstance(error, QuoteAmbiguous):
        return Difficulty(error)
    with reading() as session:
        found = list_wanted(session, wanted, viewer=viewer(), at=parts().clock())
    different = {choice.record.id: choice for choice in found}
    return Difficulty(error, choices=tuple(different.values())[:_MOST_CHOICES])


def _form(wanted: Wanted, difficulty: Difficulty | None = None) -> str:
    with reading() as session:
        document, page = get_page(session, wanted.document_id, wanted.page_number, viewer())
    return render_template(
        "citations/form.html", document=document, page=page, wanted=wanted, difficulty=difficulty
    )


def _wanted(sent: Any) -> Wanted:
    """What was sent, by a form or as JSON; what is no page number is no page."""
    said = {name: str(sent.get(name) or "") for name in _SENT}
    number = said["page"] or said["here"] or "1"
    is_number = number.isascii() and number.isdigit() and len(number) < 8
    wanted = Wanted(said["document"], int(number) if is_number else 0, said["quote"], which=said["which"])
    return replace(wanted, prefix=said["prefix"][-_MOST_PREFIX:], compared=said["compared"])
