"""Tables of requests: what a row says, which day is meant, and what is said of rows that cannot be."""

from __future__ import annotations

from datetime import date

import pytest

from archive.rules.request_errors import BadRequestForm
from archive.rules.request_states import EventKind, Outcome
from archive.rules.request_table import RequestTable, read_request_table
from archive.rules.table_days import DayOrder, NotADay, order_in, read_day

AUGUST_17 = date(2010, 8, 17)
HEAD = "title,agency,law,number,sent,answered,outcome\n"


def table(text: str, **options: DayOrder) -> RequestTable:
    return read_request_table(text.encode(), **options)


@pytest.mark.parametrize(
    "text",
    [
        "2010-08-17",
        "2010-8-17",
        "2010/08/17",
        "2010-08-17 00:00:00",
        "2010-08-17T09:30:00.123456+00:00",
        "17 August 2010",
        "17 Aug. 2010",
        "17-Aug-2010",
        "August 17, 2010",
        "Aug. 17 2010",
        "Tuesday, August 17, 2010",
        "August 17th, 2010",
        "8/17/2010",
        "8/17/2010 12:00:00 AM",
        "17.8.2010",
    ],
)
def test_one_day_is_written_in_many_ways(text: str) -> None:
    assert read_day(text) == AUGUST_17


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3/4/2010", "can be two days"),
        ("8/17/10", "century"),
        ("40407", "spreadsheet's own number"),
        ("2010-02-30", "no day"),
        ("soon", "no date"),
        ("17 Brumaire 2010", "no month"),
        ("1066-10-14", "cannot be"),
        ("2010", "no date"),
    ],
)
def test_a_day_that_is_in_doubt_is_not_guessed(text: str, said: str) -> None:
    with pytest.raises(NotADay, match=said):
        read_day(text)


def test_a_table_tells_by_one_day_how_it_writes_all() -> None:
    assert order_in(["3/4/2010", "8/17/2010"]) is DayOrder.MONTH_FIRST
    assert order_in(["3/4/2010", "17/8/2010"]) is DayOrder.DAY_FIRST
    assert order_in(["8/17/2010", "17/8/2010"]) is DayOrder.UNKNOWN
    rows = table(HEAD + "A,ICE,us,1,3/4/2010,,\nB,ICE,us,2,8/17/2010,,\n").rows
    assert rows[0].happened[0].on == date(2010, 3, 4)


def test_a_person_can_say_how_days_are_written() -> None:
    rows = table(HEAD + "A,ICE,us,1,3/4/2010,,\n", order=DayOrder.DAY_FIRST).rows
    assert rows[0].happened[0].on == date(2010, 4, 3)


def test_a_day_that_is_its_own_mirror_needs_no_order() -> None:
    assert read_day("4/4/2010") == date(2010, 4, 4)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_are_found_out(encoding: str, delimiter: str) -> None:
    text = HEAD.replace(",", delimiter) + delimiter.join(
        ("Café records", "ICE", "us", "1", "2010-08-17", "", "\r\n")
    )
    rows = read_request_table(text.encode(encoding)).rows
    assert rows[0].value("title") == "Café records"


def test_a_cell_may_hold_quotes_delimiters_and_lines() -> None:
    rows = table(HEAD + '"Records, ""all""\nof them",ICE,us,1,2010-08-17,,\nB,ICE,us,2,,,\n').rows
    assert rows[0].value("title") == 'Records, "all"\nof them'
    assert (rows[0].line, rows[1].line) == (2, 4)


def test_headings_are_taken_as_people_write_them() -> None:
    rows = table("Title,AGENCY,Tracking Number,Date Sent\nA,ICE,F-1,2010-08-17\n").rows
    assert (rows[0].value("number"), rows[0].happened[0].kind) == ("F-1", EventKind.SENT)


def test_due_dates_are_counted_and_not_taken_over() -> None:
    found = table("title,agency,due\nA,ICE,2010-09-01\n")
    assert found.unused == ("due",)
    assert "counted from the law" in found.notes[0]


def test_an_answer_has_its_outcome() -> None:
    found = table(HEAD + "A,ICE,us,1,2010-08-17,2010-09-01,Granted in part\n").rows[0].happened
    assert [(one.kind, one.outcome) for one in found] == [
        (EventKind.SENT, None),
        (EventKind.DETERMINED, Outcome.GRANTED_IN_PART),
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",ICE,us,1,2010-08-17,,", "'title' is empty"),
        ("A,,us,1,2010-08-17,,", "'agency' is empty"),
        ("A,ICE,us,1,x,,", "'sent'"),
        ("A,ICE,us,1,2010-08-17,2010-09-01,", "'outcome' is empty"),
        ("A,ICE,us,1,2010-08-17,2010-09-01,perhaps", "'perhaps' is none of"),
        ("A,ICE,us,1,2010-08-17,2010-08-01,denied in full", "before the day on which it was sent"),
        ("A,ICE,us,1,,2010-08-01,denied in full", "'sent' is empty"),
        ("A,ICE,us,1,2010-08-17,,,more", "more cells"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_with_its_column(row: str, said: str) -> None:
    found = table(HEAD + row + "\n").rows[0]
    assert found.line == 2
    assert any(said in problem for problem in found.problems), found.problems


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"name,where\nA,B\n", "no column 'title' and 'agency'"),
        (b"title,agency,number,tracking number\n", "Two columns"),
        (b'title,agency\n"A,ICE\n', "line 2"),
        (b"PK\x03\x04rest", "workbook"),
        (b"title,agency\n\0,x\n", "not a text file"),
        (b"title,agency\n" + b"A,B\n" * 5001, "5,001 rows"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(BadRequestForm) as refusal:
        read_request_table(data)
    assert said in refusal.value.sentence


MUCKROCK = (
    "User,Title,Status,URL,Jurisdiction,Jurisdiction ID,Jurisdiction Level,Jurisdiction State,Agency,"
    "Agency ID,Followup Date,Estimated Completion Date,Requested Documents,Tracking Number,Embargo,"
    "Days since submitted,Days since updated,Projects,Tags,Price,Date Submitted,Date Due,Date Done\n"
)


def muckrock_row(status: str, done: str) -> str:
    ends = f"2010-08-17 09:30:00.5+00:00,2010-09-15,{done}"
    place = "https://m.example/1,Boston,3,Local,Massachusetts"
    return f"jo,Logs,{status},{place},Boston Police,9,,,All logs,R-7,False,1,1,,,0.00,{ends}\n"


def test_a_list_of_muckrock_is_understood() -> None:
    found = table(MUCKROCK + muckrock_row("No Responsive Documents", "2010-09-01"))
    row = found.rows[0]
    assert found.is_muckrock
    assert (row.value("law"), row.value("number"), row.value("records sought")) == (
        "Massachusetts",
        "R-7",
        "All logs",
    )
    assert [(one.kind, one.on, one.outcome) for one in row.happened] == [
        (EventKind.SENT, AUGUST_17, None),
        (EventKind.DETERMINED, date(2010, 9, 1), Outcome.NO_RECORDS),
    ]


@pytest.mark.parametrize("status", ["Completed", "Rejected", "Partially Completed"])
def test_what_muckrock_does_not_say_for_sure_is_not_guessed(status: str) -> None:
    row = table(MUCKROCK + muckrock_row(status, "2010-09-01")).rows[0]
    assert row.happened[-1].kind is EventKind.CLOSED
    assert row.happened[-1].outcome is None
    assert "does not say what the agency decided" in row.remarks[0]


def test_an_open_request_of_muckrock_has_no_end() -> None:
    row = table(MUCKROCK + muckrock_row("Awaiting Response", "")).rows[0]
    assert [one.kind for one in row.happened] == [EventKind.SENT]
