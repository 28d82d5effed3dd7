"""The calculator of deadlines, for everybody: a law and a few days in, every date with its arithmetic out."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, time
from urllib.parse import urlsplit

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.exports.request_calendar import MEDIA_TYPE, RequestCalendar, write_calendar
from archive.rules.access import public
from archive.rules.addresses import deadlines_path, with_parameters
from archive.rules.calculator_answer import summary_of
from archive.rules.calculator_fields import (
    ANSWER_OUTCOMES,
    APPEAL_OUTCOMES,
    EARLIEST,
    FIELDS,
    LATEST,
    PAUSES,
)
from archive.rules.calculator_form import Asked, read_form
from archive.rules.calendar_entries import CalendarEntry, entry_of
from archive.rules.clock_values import ClockQuestion, Deadline
from archive.rules.clocks import deadlines_of
from archive.rules.law_words import heading_of, rows_compared
from archive.rules.laws import agency_rule, all_laws
from archive.web.current import parts
from archive.web.templating import address_for_others, local_address

blueprint = Blueprint("deadline_calculator", __name__)
_BAD_FORM = 400


@blueprint.get("/deadlines")
@public
def show_calculator() -> ResponseReturnValue:
    """The form and, when there are days in the address, the dates that follow from them. ``show=all``: each
    with its arithmetic open, as it is to be printed."""
    asked = read_form(request.args)
    if any(not value for value in request.args.values()):
        return redirect(local_address(_path(asked)), 303)  # an address to hand on, without empty fields
    page = _page(asked)
    return (page, _BAD_FORM) if asked.problems else page


@blueprint.get("/deadlines.ics")
@public
def show_calendar() -> ResponseReturnValue:
    """The dates for a calendar program."""
    asked = read_form(request.args)
    if not asked.is_complete:
        return redirect(local_address(_path(asked)), 303)
    response = Response(write_calendar(_calendar(asked)), content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="deadlines.ics"'
    return response


def _path(asked: Asked, ending: str = "") -> str:
    return with_parameters(deadlines_path() + ending, asked.parameters())


def _deadlines(asked: Asked) -> tuple[Deadline, ...]:
    if not asked.is_complete:
        return ()
    question = ClockQuestion(asked.law, asked.events, asked.agency)
    return deadlines_of(question, parts().clock().date())


def _page(asked: Asked) -> str:
    today, deadlines = parts().clock().date(), _deadlines(asked)
    return render_template(
        "deadlines/show.html",
        at_work=True,  # a form
        asked=asked,
        fields={field.name: field for field in FIELDS},
        pauses=PAUSES,
        answer_outcomes=ANSWER_OUTCOMES,
        appeal_outcomes=APPEAL_OUTCOMES,
        laws=all_laws(),
        law=asked.law,
        heading_of=heading_of,
        compared=rows_compared(asked.law),
        rule=agency_rule(asked.law.id, asked.agency) if asked.agency else None,
        deadlines=deadlines,
        summary=summary_of(deadlines, today),
        today=today,
        earliest=EARLIEST,
        latest=LATEST,
        here=_path(asked),
        shows_all=request.args.get("show") == "all",
        all_path=with_parameters(deadlines_path(), [*asked.parameters(), ("show", "all")]),
        calendar_path=_path(asked, ".ics"),
    )


def _calendar(asked: Asked) -> RequestCalendar:
    today = parts().clock().date()
    here = address_for_others(_path(asked))
    host = urlsplit(here).hostname or "localhost"
    subject = f"{asked.law.short} request{f' to {asked.agency}' if asked.agency else ''}"
    made_at = datetime.combine(today, time(), UTC)

    def entry(number: int, deadline: Deadline) -> CalendarEntry:
        name = hashlib.sha256(f"{_path(asked)}\0{number}".encode()).hexdigest()[:32]
        return entry_of(
            deadline,
            asked.law,
            uid=f"{name}@{host}",
            subject=subject,
            url=here,
            changed_at=made_at,
            has_alarm=True,
        )

    dated = [one for one in _deadlines(asked) if one.due_on is not None]
    return RequestCalendar(
        name=f"Deadlines: {subject}",
        says="Counted from the days in the address. Not legal advice.",
        url=here,
        made_at=made_at,
        entries=[entry(number, one) for number, one in enumerate(dated)],
    )
