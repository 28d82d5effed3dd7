"""Could your town be next? A ready request to one's own county or town, for everybody. Nothing is stored."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.rules.access import public
from archive.rules.law_values import Law, LimitKind
from archive.rules.law_words import HOW_CHECKED_WORDS, how_checked
from archive.rules.laws import all_laws
from archive.rules.letter_drafts import draft_letter
from archive.rules.letter_facts import FEDERAL
from archive.rules.letter_forms import MOST_LINES, MOST_SUBJECT, LetterForm, clean_letter
from archive.rules.letter_templates import gaps_in
from archive.rules.letter_values import LetterCase
from archive.rules.request_errors import BadRequestForm
from archive.rules.request_states import RequestLetterKind
from archive.web.current import parts
from archive.web.letter_files import letter_response, paper_of

blueprint = Blueprint("your_town", __name__)
OTHER_STATE = "other"
MOST_NAME = 120
MOST_TEXT = 15_000  # anybody may ask for files of it
_SIZES = {"subject": MOST_SUBJECT, "addressee": MOST_LINES, "text": MOST_TEXT, "signature": MOST_LINES}
_FORMS = ("docx", "pdf", "txt")


@blueprint.get("/your-town")
@public
def show_form() -> ResponseReturnValue:
    """The form and, when the address names a county and a law, the letter to it."""
    county = " ".join(request.args.get("county", "")[: MOST_NAME + 1].split())
    law_id = request.args.get("law", "")
    if not county and not law_id:
        return _page()
    law = next((one for one in town_laws() if one.id == law_id), None)
    problem = _problem(county, law_id, law)
    if problem is not None:
        return _page(county, law_id, problem=problem), problem.status
    return _page(county, law_id, law, _draft(county, law))


@blueprint.post("/your-town/letter")
@public
def download() -> ResponseReturnValue:
    """The letter as it stands in the form, as a file."""
    sent = LetterForm(*(request.form.get(name, "") for name in _SIZES))
    form, county, law_id = (request.form.get(name, "") for name in ("form", "county", "law"))
    law = next((one for one in town_laws() if one.id == law_id), None)
    try:
        written = clean_letter(sent)
        if len(written.text) > MOST_TEXT:
            raise BadRequestForm(
                "This letter is too long.", field="text", help="Write 15,000 characters at most."
            )
        if form not in _FORMS:
            raise BadRequestForm("Nobody knows such a file.", help="Choose Word, PDF or plain text.")
    except ArchiveError as problem:
        return _page(county[:MOST_NAME], law_id, law, sent, problem), problem.status
    at = parts().clock()
    return letter_response(paper_of(written, at.date(), at), form)


def town_laws() -> tuple[Law, ...]:
    """The laws that counties and towns are under: all but the federal one."""
    return tuple(law for law in all_laws() if law.id != FEDERAL)


def _problem(county: str, law_id: str, law: Law | None) -> BadRequestForm | None:
    if not county:
        return BadRequestForm(
            "Which county, city or town?", field="county", help="Write its name, as in Arlington County."
        )
    if len(county) > MOST_NAME:
        return BadRequestForm("This name is too long.", field="county", help="Write 120 characters at most.")
    if law is None and law_id != OTHER_STATE:
        return BadRequestForm("In which state?", field="law", help="Choose one from the list.")
    return None


def _draft(county: str, law: Law | None) -> LetterForm:
    state = law.place.partition(" (")[0] if law else ""  # 'Massachusetts (cities and towns)'
    agency = f"{county}, {state}" if state and state.casefold() not in county.casefold() else county
    case = LetterCase(law=law, agency=agency, today=parts().clock().date())
    draft = draft_letter(RequestLetterKind.COUNTY_AGREEMENTS, case)
    return LetterForm(draft.subject, draft.addressee, draft.text, draft.signature)


def _page(
    county: str = "",
    law_id: str = "",
    law: Law | None = None,
    written: LetterForm | None = None,
    problem: ArchiveError | None = None,
) -> str:
    texts = (written.subject, written.addressee, written.text, written.signature) if written else ()
    due = law.limit(LimitKind.ANSWER) if law else None
    return render_template(
        "letters/your_town.html",
        at_work=True,  # a form
        county=county,
        law_id=law_id,
        law=law,
        due=due,
        how_checked=HOW_CHECKED_WORDS[how_checked(law, due)] if law and due else "",
        laws=town_laws(),
        other=OTHER_STATE,
        written=written,
        gaps=gaps_in(*texts),
        problem=problem,
        most=_SIZES,
        most_name=MOST_NAME,
    )
