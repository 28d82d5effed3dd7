"""What is typed into the calculator becomes events, or a sentence at the field that is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from archive.rules.calculator_form import read_form
from archive.rules.request_states import EventKind, Outcome


def test_days_become_events_in_the_order_they_happened() -> None:
    asked = read_form(
        {
            "law": "us",
            "answered": "2011-03-04",
            "outcome": "denied",
            "sent": "2011-01-03",
            "asked_2": "2011-02-01",
            "asked_1": "2011-01-10",
            "given_1": "2011-01-12",
        }
    )
    assert not asked.problems
    assert asked.is_complete
    assert [(event.kind, event.on) for event in asked.events] == [
        (EventKind.SENT, date(2011, 1, 3)),
        (EventKind.INFORMATION_ASKED, date(2011, 1, 10)),
        (EventKind.INFORMATION_GIVEN, date(2011, 1, 12)),
        (EventKind.INFORMATION_ASKED, date(2011, 2, 1)),
        (EventKind.DETERMINED, date(2011, 3, 4)),
    ]
    assert asked.events[-1].outcome is Outcome.DENIED


def test_of_one_day_a_question_comes_before_the_answer_to_it_and_before_the_determination() -> None:
    day = "2011-01-10"
    given = {"sent": day, "asked_1": day, "given_1": day, "answered": day, "outcome": "granted"}
    kinds = [event.kind for event in read_form(given).events]
    assert kinds == [
        EventKind.SENT,
        EventKind.INFORMATION_ASKED,
        EventKind.INFORMATION_GIVEN,
        EventKind.DETERMINED,
    ]


def test_an_extension_may_name_its_days_or_its_end() -> None:
    days = read_form({"sent": "2011-01-03", "extended": "2011-01-20", "extended_days": "10"})
    until = read_form({"sent": "2011-01-03", "extended": "2011-01-20", "extended_until": "2011-03-01"})
    assert (days.events[1].days, days.events[1].until_on) == (10, None)
    assert (until.events[1].days, until.events[1].until_on) == (None, date(2011, 3, 1))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"sent": "4 March"}, "sent"),
        ({"sent": "2011-02-30"}, "sent"),
        ({"sent": "1899-01-01"}, "sent"),
        ({"law": "us-zz", "sent": "2011-01-03"}, "law"),
        ({"acknowledged": "2011-01-03"}, "sent"),
        ({"sent": "2011-01-03", "received": "2011-01-02"}, "received"),
        ({"sent": "2011-01-03", "asked_3": "2011-01-02"}, "asked_3"),
        ({"sent": "2011-01-03", "asked_1": "2011-01-09", "given_1": "2011-01-08"}, "given_1"),
        ({"sent": "2011-01-03", "given_1": "2011-01-08"}, "given_1"),
        (
            {"sent": "2011-01-03", "fees_asked_1": "2011-01-09", "fees_settled_2": "2011-01-10"},
            "fees_settled_2",
        ),
        ({"sent": "2011-01-03", "answered": "2011-01-09"}, "outcome"),
        ({"sent": "2011-01-03", "answered": "2011-01-09", "outcome": "perhaps"}, "outcome"),
        ({"sent": "2011-01-03", "outcome": "denied"}, "answered"),
        ({"sent": "2011-01-03", "extended": "2011-01-09", "extended_days": "0"}, "extended_days"),
        ({"sent": "2011-01-03", "extended": "2011-01-09", "extended_days": "²"}, "extended_days"),
        ({"sent": "2011-01-03", "extended": "2011-01-09", "extended_until": "2011-01-04"}, "extended_until"),
        ({"sent": "2011-01-03", "extended_days": "10"}, "extended"),
        ({"sent": "2011-01-03", "appeal_received": "2011-02-03"}, "appeal_received"),
    ],
)
def test_what_cannot_be_counted_gets_a_sentence_at_its_field(given: dict[str, str], field: str) -> None:
    asked = read_form(given)
    assert set(asked.problems) == {field}
    assert asked.problems[field].endswith(".")
    assert not asked.events
    assert not asked.is_complete


def test_what_was_typed_is_kept_and_makes_the_address() -> None:
    given = {"sent": "4 March", "agency": " ICE ", "law": "", "nonsense": "x", "asked_1": ""}
    assert read_form(given).parameters() == [("law", "us"), ("agency", "ICE"), ("sent", "4 March")]


def test_there_is_room_for_another_pause_when_the_last_one_is_over() -> None:
    def rows(**typed: str) -> tuple[int, ...]:
        return read_form({"sent": "2011-01-03", **typed}).pauses

    assert rows() == (1, 1)
    assert rows(asked_1="2011-01-05") == (1, 1)
    assert rows(asked_1="2011-01-05", given_1="2011-01-06") == (2, 1)
    assert rows(fees_asked_2="2011-01-05", fees_settled_2="2011-01-06") == (1, 3)
    assert rows(asked_12="2011-01-05", given_12="2011-01-06") == (12, 1)


def test_an_empty_form_has_nothing_wrong_and_nothing_to_count() -> None:
    asked = read_form({})
    assert not asked.problems
    assert not asked.is_complete
