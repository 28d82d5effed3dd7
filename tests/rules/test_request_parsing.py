"""What people type about a request, and what it means."""

from __future__ import annotations

from datetime import date

import pytest

from archive.rules.request_errors import BadRequestForm
from archive.rules.request_parsing import Typed, parse_cents, parse_day, parse_event, split_agencies
from archive.rules.request_states import EventKind, Outcome

AUGUST = date(2010, 8, 17)


@pytest.mark.parametrize(
    "text",
    [
        "2010-08-17",
        "8/17/2010",
        " 08/17/2010 ",
        "August 17, 2010",
        "Aug. 17, 2010",
        "17 August 2010",
        "August 17 2010",
    ],
)
def test_dates_are_read_as_letters_write_them(text: str) -> None:
    assert parse_day(text) == AUGUST


@pytest.mark.parametrize("text", ["soon", "17/8/2010", "2010-13-01", "8/17/10x", "0000-00-00"])
def test_what_is_no_date_is_refused_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(BadRequestForm) as refused:
        parse_day(text, field="sent_on")
    assert refused.value.field == "sent_on"
    assert "2010-08-17" in refused.value.help


@pytest.mark.parametrize(
    ("text", "cents"), [("", None), ("$1,250.00", 125_000), ("12.5", 1_250), ("0", 0), ("1e2", 10_000)]
)
def test_amounts_are_dollars_and_cents(text: str, cents: int | None) -> None:
    assert parse_cents(text) == cents


@pytest.mark.parametrize("text", ["twelve", "1.234", "NaN", "Infinity", "1e99", "€ 5"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(BadRequestForm):
        parse_cents(text)


def test_agencies_are_separated_by_lines_or_semicolons_and_named_once() -> None:
    assert split_agencies("ICE; DHS\r\nArlington County, VA;ICE;;") == ("ICE", "DHS", "Arlington County, VA")
    assert split_agencies(" ") == ()
    with pytest.raises(BadRequestForm):
        split_agencies(";".join(f"Agency {number}" for number in range(21)))


def test_an_event_is_read_from_its_form() -> None:
    event = parse_event(
        Typed({"kind": "determined", "happened_on": "8/17/2010", "outcome": "denied", "says": "All of it."})
    )
    assert (event.kind, event.happened_on, event.outcome) == (EventKind.DETERMINED, AUGUST, Outcome.DENIED)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("kind", {"happened_on": "2010-08-17"}),
        ("kind", {"kind": "exploded", "happened_on": "2010-08-17"}),
        ("happened_on", {"kind": "sent"}),
        ("days", {"kind": "extended", "happened_on": "2010-08-17", "days": "ten"}),
        ("amount", {"kind": "fees_asked", "happened_on": "2010-08-17", "amount": "much"}),
    ],
)
def test_what_is_wrong_is_named_by_its_field(field: str, typed: dict[str, str]) -> None:
    with pytest.raises(BadRequestForm) as refused:
        parse_event(Typed(typed))
    assert refused.value.field == field
