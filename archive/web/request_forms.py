"""What the forms of requests have in common: what was typed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask import request

from archive.errors import ArchiveError
from archive.models import FoiaRequest, RequestEvent, RequestPerson, TrackingNumber
from archive.rules.request_parsing import Typed
from archive.rules.request_publication import WhyShown

SHOWN_AGAIN = (400, 409)  # what is wrong with a form is said on its page


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it stands on its page. ``name`` tells it from the others there: it begins the ids of its
    fields. ``problem`` is what was wrong with what was sent."""

    name: str
    typed: Mapping[str, str] = field(default_factory=dict)
    problem: ArchiveError | None = None

    def value(self, field_name: str) -> str:
        """What stands in a field."""
        return self.typed.get(field_name, "")

    @property
    def wrong_field(self) -> str:
        """The field that is wrong, when it is one."""
        return str(getattr(self.problem, "field", ""))

    @property
    def findings(self) -> tuple[str, ...]:
        """What may be private in what was typed."""
        return tuple(getattr(self.problem, "findings", ()))


def typed() -> Typed:
    """The form that was sent."""
    return Typed(request.form)


def why_shown() -> WhyShown | None:
    """Why something that looks private may be shown, if somebody says so."""
    return typed().choice("why_shown", WhyShown)


def told_again(problem: ArchiveError) -> ArchiveError:
    """``problem``, if it belongs on the page of its form; else it is raised."""
    if problem.status not in SHOWN_AGAIN:
        raise problem
    return problem


def request_values(row: FoiaRequest, parent_slug: str) -> dict[str, str]:
    """How a request is described, as its form has it."""
    agency, place = row.agency, row.place
    name = f"{agency.name} ({agency.abbreviation})" if agency.abbreviation else agency.name
    place_name = f"{place.name}, {place.state}" if place and place.state else place.name if place else ""
    return {
        "title": row.title,
        "agency": name,
        "law_id": row.law_id,
        "records_sought": row.records_sought,
        "requester": row.requester,
        "place": place_name,
        "fee_category": _text(row.fee_category),
        "parent": parent_slug,
        "relation": _text(row.relation),
        "responsible_id": _text(row.responsible_id),
    }


def event_values(row: RequestEvent, agency_name: str) -> dict[str, str]:
    """An event, as its form has it."""
    return {
        "kind": row.kind.value,
        "happened_on": row.happened_on.isoformat(),
        "outcome": _text(row.outcome),
        "until_on": _text(row.until_on),
        "days": _text(row.days),
        "amount": ""
        if row.amount_cents is None
        else f"{row.amount_cents // 100}.{row.amount_cents % 100:02}",
        "agency": agency_name,
        "production": _text(row.production_id),
        "says": row.says,
        "note": row.note,
        "sender": row.sender,
        "recipient": row.recipient,
    }


def number_values(row: TrackingNumber, agency_name: str) -> dict[str, str]:
    """A tracking number, as its form has it."""
    return {
        "number": row.number,
        "kind": row.kind.value,
        "agency": agency_name,
        "court": row.court,
        "given_on": _text(row.given_on),
        "from_id": _text(row.from_id),
        "relation": _text(row.relation),
    }


def person_values(row: RequestPerson) -> dict[str, str]:
    """A person, as their form has them."""
    return {
        "name": row.name,
        "role": row.role.value,
        "organisation": row.organisation,
        "email": row.email,
        "phone": row.phone,
    }


def _text(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
