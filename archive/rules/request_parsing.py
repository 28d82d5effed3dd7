"""What was typed about a request, as the values that it means: dates, amounts, choices.

Dates are read as American letters write them, since it is letters that people copy from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from archive.rules.request_errors import BadRequestForm
from archive.rules.request_forms import EventForm, NumberForm, PersonForm, RequestForm
from archive.rules.request_states import (
    EventKind,
    FeeCategory,
    NumberKind,
    NumberRelation,
    Outcome,
    PersonRole,
    RequestRelation,
)

Choice = TypeVar("Choice", bound=StrEnum)
DATE_FORMS = ("%Y-%m-%d", "%m/%d/%Y", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%B %d %Y")
DATE_HELP = "Write it as 2010-08-17, 8/17/2010 or August 17, 2010."
MOST_AGENCIES = 20
_BETWEEN_AGENCIES = re.compile(r"\s*[;\n]\s*")
_MONTH_WITH_DOT = re.compile(r"(?<=[A-Za-z])\.")


def parse_day(text: str, *, field: str = "") -> date | None:
    """A day as people write it; None for an empty text. Raises ``BadRequestForm``."""
    text = _MONTH_WITH_DOT.sub("", " ".join(text.split()))
    if not text:
        return None
    for form in DATE_FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no time zone
        except ValueError:
            continue
    raise BadRequestForm(f"“{text[:40]}” is not a date.", field=field, help=DATE_HELP)


def parse_cents(text: str, *, field: str = "amount") -> int | None:
    """Dollars as people write them ('$1,250.00', '12.5'), in cents; None for an empty text."""
    plain = text.strip().removeprefix("$").replace(",", "").strip()
    if not plain:
        return None
    try:
        cents = Decimal(plain) * 100
    except InvalidOperation:
        cents = Decimal("NaN")
    if not cents.is_finite() or cents != cents.to_integral_value() or abs(cents) > 10**12:
        raise BadRequestForm(
            f"“{text.strip()[:40]}” is not an amount of dollars.", field=field, help="Write it as 12.50."
        )
    return int(cents)


def split_agencies(text: str) -> tuple[str, ...]:
    """The agencies that one letter went to: a line each, or with semicolons between. Commas are parts of
    names ('Arlington County, VA'). Raises ``BadRequestForm`` for more than can be meant."""
    names = [" ".join(name.split()) for name in _BETWEEN_AGENCIES.split(text.strip())]
    agencies = tuple(dict.fromkeys(name for name in names if name))
    if len(agencies) > MOST_AGENCIES:
        raise BadRequestForm(
            "These are more agencies than are entered at once.", field="agency", help="Enter 20 at most."
        )
    return agencies


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it was sent. Each method raises ``BadRequestForm`` with the name of the field."""

    fields: Mapping[str, str]

    def text(self, field: str) -> str:
        """What was written."""
        return self.fields.get(field, "")

    def day(self, field: str) -> date | None:
        """A day, if there is one."""
        return parse_day(self.text(field), field=field)

    def needed_day(self, field: str, sentence: str) -> date:
        """A day that must be there."""
        if (day := self.day(field)) is None:
            raise BadRequestForm(sentence, field=field, help=DATE_HELP)
        return day

    def number(self, field: str) -> int | None:
        """A whole number, if there is one."""
        text = self.text(field).strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise BadRequestForm(f"“{text[:40]}” is not a number.", field=field, help="Write it with digits.")
        return int(text)

    def choice(self, field: str, kinds: type[Choice]) -> Choice | None:
        """One of the choices, if one was made."""
        text = self.text(field).strip()
        if not text:
            return None
        try:
            return kinds(text)
        except ValueError:
            raise BadRequestForm(
                "This is none of the choices.", field=field, help="Choose one of the list."
            ) from None

    def chosen(self, field: str, kinds: type[Choice], sentence: str) -> Choice:
        """One of the choices; one must be made."""
        if (found := self.choice(field, kinds)) is None:
            raise BadRequestForm(sentence, field=field, help="Choose one of the list.")
        return found


def parse_request(typed: Typed, *, law_id: str | None = None, agency: str | None = None) -> RequestForm:
    """How a request is described; ``law_id`` and ``agency`` instead of what was typed."""
    return RequestForm(
        title=typed.text("title"),
        agency=typed.text("agency") if agency is None else agency,
        law_id=typed.text("law_id").strip() if law_id is None else law_id,
        records_sought=typed.text("records_sought"),
        requester=typed.text("requester"),
        place=typed.text("place"),
        fee_category=typed.choice("fee_category", FeeCategory),
        parent=typed.text("parent"),
        relation=typed.choice("relation", RequestRelation),
        responsible_id=typed.number("responsible_id"),
    )


def parse_event(typed: Typed) -> EventForm:
    """What happened, and when."""
    return EventForm(
        kind=typed.chosen("kind", EventKind, "What happened is missing."),
        happened_on=typed.needed_day("happened_on", "The day on which it happened is missing."),
        outcome=typed.choice("outcome", Outcome),
        until_on=typed.day("until_on"),
        days=typed.number("days"),
        amount_cents=parse_cents(typed.text("amount")),
        agency=typed.text("agency"),
        production_id=typed.number("production"),
        says=typed.text("says"),
        note=typed.text("note"),
        sender=typed.text("sender"),
        recipient=typed.text("recipient"),
    )


def parse_number(typed: Typed) -> NumberForm:
    """A number that an agency or a court gave."""
    return NumberForm(
        number=typed.text("number"),
        kind=typed.choice("kind", NumberKind) or NumberKind.REQUEST,
        agency=typed.text("agency"),
        court=typed.text("court"),
        given_on=typed.day("given_on"),
        from_id=typed.number("from_id"),
        relation=typed.choice("relation", NumberRelation),
    )


def parse_person(typed: Typed) -> PersonForm:
    """Somebody who has to do with a request."""
    return PersonForm(
        name=typed.text("name"),
        role=typed.chosen("role", PersonRole, "What this person has to do with it is missing."),
        organisation=typed.text("organisation"),
        email=typed.text("email"),
        phone=typed.text("phone"),
    )
