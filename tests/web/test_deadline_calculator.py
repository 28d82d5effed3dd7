"""The calculator: a law and a few days in, every date with its arithmetic out, for everybody."""

from __future__ import annotations

import re
from datetime import date

import pytest
from icalendar import Calendar

from archive.rules.clock_values import ClockEvent, ClockQuestion
from archive.rules.clocks import deadlines_of
from archive.rules.laws import all_laws, get_law
from archive.rules.request_states import EventKind, Outcome
from tests.factories import NOON
from tests.web.conftest import Visit

DENIED = "/deadlines?law=us&agency=ICE&sent=2026-09-30&answered=2026-10-20&outcome=denied"


def test_the_form_offers_every_law_and_needs_no_account(visit: Visit) -> None:
    page = visit(None).get("/deadlines")
    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
    for law in all_laws():
        assert f'value="{law.id}"' in page.text


def test_an_answer_begins_with_the_date_in_a_sentence(visit: Visit) -> None:
    page = visit(None).get("/deadlines?law=us&sent=2026-10-28").text
    assert "The answer is due on 27 November 2026: 20 workdays from 28 October 2026." in page
    for words in (
        "Veterans Day",
        "Thanksgiving",
        "5 U.S.C. 552(a)(6)(A)(i)",
        "Not legal advice",
        "checked on",
    ):
        assert words in page


def test_an_answer_that_is_overdue_late_or_waits_says_so(visit: Visit) -> None:
    reader = visit(None)
    overdue = reader.get("/deadlines?law=us&sent=2026-09-01").text
    late = reader.get("/deadlines?law=us&sent=2026-09-01&answered=2026-10-05&outcome=granted").text
    stopped = reader.get("/deadlines?law=us&sent=2026-10-01&asked_1=2026-10-06").text
    assert "The answer was due on 30 September 2026: 20 workdays" in overdue
    assert "The answer was due on 30 September 2026 and came on 5 October 2026, 5 days late" in late
    assert (
        "The clock is stopped: no date can be given until it starts again, with 17 workdays left." in stopped
    )


def test_where_the_law_sets_no_limit_no_date_is_invented(visit: Visit) -> None:
    page = visit(None).get("/deadlines?law=us-fl&sent=2026-10-01").text
    assert "The law sets no fixed limit for the answer" in page


def test_every_date_is_that_of_the_clocks(visit: Visit) -> None:
    page = visit(None).get(DENIED).text
    events = (
        ClockEvent(EventKind.SENT, date(2026, 9, 30)),
        ClockEvent(EventKind.DETERMINED, date(2026, 10, 20), Outcome.DENIED),
    )
    counted = deadlines_of(ClockQuestion(get_law("us"), events, "ICE"), NOON.date())
    due = [one.due_on.isoformat() for one in counted if one.due_on is not None]
    heads = re.findall(r"<h3[^>]*>.*?</h3>", page, re.DOTALL)
    assert [found[1] for head in heads if (found := re.search(r'datetime="([^"]+)"', head))] == due


def test_the_dates_go_into_a_calendar(visit: Visit) -> None:
    reader = visit(None)
    answer = reader.get(DENIED.replace("/deadlines", "/deadlines.ics"))
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    shown = re.findall(r"<h3>.*?</h3>", reader.get(DENIED).text, re.DOTALL)
    assert [event.decoded("dtstart").isoformat() for event in events] == [
        found[1] for head in shown if (found := re.search(r'datetime="([^"]+)"', head))
    ]
    assert len({event["uid"] for event in events}) == len(events)
    assert "Last day to appeal: FOIA request to ICE" in {str(event["summary"]) for event in events}


def test_empty_fields_are_left_out_of_the_address(visit: Visit) -> None:
    answer = visit(None).get("/deadlines?law=us&agency=&sent=2026-10-28&received=&asked_1=")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/deadlines?law=us&sent=2026-10-28"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("sent=yesterday", "This is not a day of the calendar. Write it like this: 2011-03-04."),
        ("sent=2026-10-28&answered=2026-10-30", "Say how it was decided: what follows hangs on it."),
        ("law=us-zz&sent=2026-10-28", "This law is not among those that are kept here."),
        ("acknowledged=2026-10-28", "Write down when the request was sent"),
    ],
)
def test_a_bad_field_gets_a_sentence_and_keeps_what_was_typed(visit: Visit, query: str, said: str) -> None:
    page = visit(None).get(f"/deadlines?{query}")
    assert page.status_code == 400
    assert said in page.text
    assert 'aria-invalid="true"' in page.text
    for typed in re.findall(r"=([^&]+)", query):
        assert f'value="{typed}"' in page.text or typed == "us-zz"
    assert visit(None).get(f"/deadlines.ics?{query}").status_code == 303


@pytest.mark.parametrize(
    "hostile", ["<script>", "%00", "\u202e", "9" * 5000, "2026-10-28' or 1=1", "٢٠٢٦-١٠-٢٨"]
)
def test_hostile_words_are_words(visit: Visit, hostile: str) -> None:
    for name in ("law", "agency", "sent", "asked_1", "extended_days", "outcome"):
        answer = visit(None).get(
            "/deadlines", query_string={name: hostile, "sent": "2026-10-28"} | {name: hostile}
        )
        assert answer.status_code in (200, 400)
        assert "<script>" not in answer.text


def test_every_law_answers(visit: Visit) -> None:
    for law in all_laws():
        page = visit(None).get(f"/deadlines?law={law.id}&sent=2026-10-01&answered=2026-10-20&outcome=denied")
        assert page.status_code == 200, law.id
        assert law.name.replace("'", "&#39;") in page.text


def test_every_date_can_be_opened_at_once_for_printing(visit: Visit) -> None:
    reader = visit(None)
    closed, opened = reader.get(DENIED).text, reader.get(f"{DENIED}&show=all").text
    assert closed.count('<details class="clock-shown') == opened.count('<details class="clock-shown') > 2
    assert len(re.findall(r"clock-shown[^>]* open>", closed)) == 1
    assert len(re.findall(r"clock-shown[^>]* open>", opened)) == opened.count('<details class="clock-shown')


def test_groups_of_fields_are_open_when_something_is_in_them(visit: Visit) -> None:
    page = visit(None).get("/deadlines?law=us&sent=2026-10-01&fees_asked_1=2026-10-06").text
    groups = re.findall(r"<details class=\"deadlines-group\"( open)?>\s*<summary>([^<]+)", page)
    assert [title for is_open, title in groups if is_open] == ["What stopped the clock: questions, fees"]
