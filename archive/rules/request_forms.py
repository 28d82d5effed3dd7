"""What people fill in about a request, as values: cleaned, and refused with a sentence where it cannot be."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from archive.rules.request_errors import BadRequestForm
from archive.rules.request_states import (
    EventKind,
    FeeCategory,
    NumberKind,
    NumberRelation,
    Outcome,
    PersonRole,
    RequestRelation,
)

MOST_TITLE_CHARACTERS = 500
MOST_NAME_CHARACTERS = 300
MOST_TEXT_CHARACTERS = 20_000
MOST_SAYS_CHARACTERS = 2_000
MOST_NUMBER_CHARACTERS = 100
MOST_DAYS = 3_650
MOST_CENTS = 10_000_000_00
EARLIEST_YEAR = 1900  # earlier is a slip of the pen
_MAIL_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class RequestForm:
    """How a request is described. ``agency`` and ``place`` are names, found or added; ``parent`` is the slug
    of the request that it came from, by ``relation``; ``responsible_id`` an account."""

    title: str
    agency: str
    law_id: str
    records_sought: str = ""
    requester: str = ""
    place: str = ""
    fee_category: FeeCategory | None = None
    parent: str = ""
    relation: RequestRelation | None = None
    responsible_id: int | None = None


@dataclass(frozen=True, slots=True)
class EventForm:
    """Something that happened; which of the fields a kind has is in ``archive.rules.request_events``."""

    kind: EventKind
    happened_on: date
    outcome: Outcome | None = None
    until_on: date | None = None
    days: int | None = None
    amount_cents: int | None = None
    agency: str = ""
    production_id: int | None = None
    says: str = ""
    note: str = ""
    sender: str = ""
    recipient: str = ""
    message_id: str | None = None


@dataclass(frozen=True, slots=True)
class NumberForm:
    """A number that an agency or a court gave; ``from_id`` is the number of this request it came from."""

    number: str
    kind: NumberKind = NumberKind.REQUEST
    agency: str = ""
    court: str = ""
    given_on: date | None = None
    from_id: int | None = None
    relation: NumberRelation | None = None


@dataclass(frozen=True, slots=True)
class PersonForm:
    """Somebody who has to do with a request."""

    name: str
    role: PersonRole
    organisation: str = ""
    email: str = ""
    phone: str = ""


def clean_request(form: RequestForm) -> RequestForm:
    """Without spare space. Raises ``BadRequestForm``."""
    cleaned = replace(
        form,
        title=_line("title", form.title, "title", MOST_TITLE_CHARACTERS),
        agency=_line("agency", form.agency, "name of the agency", MOST_NAME_CHARACTERS),
        place=_line("place", form.place, "name of the place", MOST_NAME_CHARACTERS),
        requester=_line("requester", form.requester, "name of the requester", MOST_TITLE_CHARACTERS),
        records_sought=_text("records_sought", form.records_sought, MOST_TEXT_CHARACTERS),
        parent=form.parent.strip(),
    )
    _need("title", cleaned.title, "A request needs a title.", "Write in a few words what was asked for.")
    _need("agency", cleaned.agency, "A request goes to an agency.", "Write which one.")
    _need("law_id", cleaned.law_id, "A request is made under a law.", "Choose the one it was made under.")
    if bool(cleaned.parent) != bool(cleaned.relation):
        raise BadRequestForm(
            "Another request and how this one came from it belong together.",
            field="relation" if cleaned.parent else "parent",
            help="Give both, or neither.",
        )
    return cleaned


def clean_event(form: EventForm) -> EventForm:
    """Without spare space. Raises ``BadRequestForm`` for what is too long or out of all bounds."""
    if form.days is not None and not 0 < form.days <= MOST_DAYS:
        raise BadRequestForm("This number of days cannot be.", field="days", help="Write 1 to 3,650.")
    if form.amount_cents is not None and not 0 <= form.amount_cents <= MOST_CENTS:
        raise BadRequestForm("This amount cannot be.", field="amount", help="Write it as 12.50.")
    return replace(
        form,
        agency=_line("agency", form.agency, "name of the agency", MOST_NAME_CHARACTERS),
        says=_text("says", form.says, MOST_SAYS_CHARACTERS),
        note=_text("note", form.note, MOST_TEXT_CHARACTERS),
        sender=_line("sender", form.sender, "sender", 500),
        recipient=_line("recipient", form.recipient, "recipient", 1000),
        message_id=(form.message_id or "")[:998] or None,
    )


def clean_number(form: NumberForm, today: date) -> NumberForm:
    """Without spare space. Raises ``BadRequestForm``."""
    cleaned = replace(
        form,
        number=_line("number", form.number, "number", MOST_NUMBER_CHARACTERS),
        agency=_line("agency", form.agency, "name of the agency", MOST_NAME_CHARACTERS),
        court=_line("court", form.court, "name of the court", MOST_NAME_CHARACTERS),
    )
    _need("number", cleaned.number, "The number is missing.", "Write it as it stands on the letter.")
    if cleaned.court and cleaned.kind is not NumberKind.DOCKET:
        raise BadRequestForm(
            "Only a docket number is of a court.",
            field="court",
            help="Leave the court empty, or choose ‘court docket’.",
        )
    if bool(cleaned.from_id) != bool(cleaned.relation):
        raise BadRequestForm(
            "Another number and how this one came from it belong together.",
            field="relation" if cleaned.from_id else "from_id",
            help="Give both, or neither.",
        )
    if cleaned.given_on is not None:
        check_day(cleaned.given_on, today, field="given_on")
    return cleaned


def clean_person(form: PersonForm) -> PersonForm:
    """Without spare space. Raises ``BadRequestForm``."""
    cleaned = replace(
        form,
        name=_line("name", form.name, "name", MOST_NAME_CHARACTERS),
        organisation=_line("organisation", form.organisation, "organisation", MOST_NAME_CHARACTERS),
        email=_line("email", form.email, "mail address", 320),
        phone=_line("phone", form.phone, "phone number", 100),
    )
    _need("name", cleaned.name, "The name is missing.", "Write who it is.")
    if cleaned.email and not _MAIL_ADDRESS.fullmatch(cleaned.email):
        raise BadRequestForm(
            "This is not a mail address.", field="email", help="Write it as name@example.org."
        )
    return cleaned


def check_day(day: date, today: date, *, field: str) -> None:
    """A day on which something happened. Raises ``BadRequestForm`` for one that is still to come."""
    if day > today:
        raise BadRequestForm(
            "This day is still to come.", field=field, help="Write down what happened, on the day it did."
        )
    if day.year < EARLIEST_YEAR:
        raise BadRequestForm(
            "This day is too long ago.", field=field, help="Check the year: write all four digits."
        )


def _line(field: str, text: str, what: str, most: int) -> str:
    text = " ".join(text.split())
    if len(text) > most:
        raise BadRequestForm(
            f"This {what} is too long.", field=field, help=f"Write {most:,} characters at most."
        )
    return text


def _text(field: str, text: str, most: int) -> str:
    text = text.replace("\r\n", "\n").strip()
    if len(text) > most:
        raise BadRequestForm(
            "This text is too long.", field=field, help=f"Write {most:,} characters at most."
        )
    return text


def _need(field: str, value: str, sentence: str, help: str) -> None:
    if not value:
        raise BadRequestForm(sentence, field=field, help=help)
