"""Calendar files are what RFC 5545 says, read back by the library that made them and by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar

from archive.exports.request_calendar import RequestCalendar, write_calendar
from archive.rules.calendar_entries import CalendarEntry

MADE_AT = datetime(2026, 11, 2, tzinfo=UTC)
HARD = 'Memos; "opting out", part 1, 2\\3: ' + "Grüße مذكرة " * 12


def written(*entries: CalendarEntry) -> bytes:
    return write_calendar(
        RequestCalendar("My dates", "What is in it.", "https://a.example/", MADE_AT, entries)
    )


def entry(**fields: object) -> CalendarEntry:
    given = {
        "uid": "abc@a.example",
        "due_on": date(2026, 12, 31),
        "summary": "Answer due: ICE, memos",
        "description": "First line.\nSecond line.",
        "url": "https://a.example/requests/memos?a=1,2",
        "changed_at": datetime(2026, 10, 1, 9, 30, tzinfo=UTC),
        "has_alarm": True,
        **fields,
    }
    return CalendarEntry(**given)  # type: ignore[arg-type]  # handed on


def test_a_date_is_a_whole_day_with_its_name_and_words() -> None:
    (event,) = Calendar.from_ical(written(entry())).walk("VEVENT")
    assert event["uid"] == "abc@a.example"
    assert event.decoded("dtstart") == date(2026, 12, 31)
    assert event.decoded("dtend") == date(2027, 1, 1)
    assert not isinstance(event.decoded("dtstart"), datetime)
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert event.decoded("dtstamp") == MADE_AT
    assert event.decoded("last-modified") == datetime(2026, 10, 1, 9, 30, tzinfo=UTC)
    assert event["summary"] == "Answer due: ICE, memos"
    assert event["description"] == "First line.\nSecond line."
    assert event["url"] == "https://a.example/requests/memos?a=1,2"


def test_hard_words_come_back_as_they_were_and_no_line_is_longer_than_75_bytes() -> None:
    file = written(entry(summary=HARD))
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert event["summary"] == HARD
    assert file.endswith(b"\r\n")
    assert b"\n" not in file.replace(b"\r\n", b"")
    assert max(map(len, file.split(b"\r\n"))) <= 75


def test_nothing_that_is_typed_makes_a_line_of_its_own() -> None:
    file = written(entry(summary="x\r\nATTACH:https://evil.example/\nEND:VEVENT"))
    assert len(Calendar.from_ical(file).walk("VEVENT")) == 1
    assert not [line for line in file.split(b"\r\n") if line.startswith((b"ATTACH", b"EVIL"))]


def test_an_alarm_rings_three_days_before_at_nine_in_the_morning() -> None:
    (event,) = Calendar.from_ical(written(entry())).walk("VEVENT")
    (alarm,) = event.walk("VALARM")
    rings_at = datetime(2026, 12, 31, tzinfo=UTC) + alarm.decoded("trigger")
    assert rings_at == datetime(2026, 12, 28, 9, tzinfo=UTC)
    assert not Calendar.from_ical(written(entry(has_alarm=False))).walk("VALARM")


def test_the_calendar_says_what_it_is_and_when_to_ask_again() -> None:
    calendar = Calendar.from_ical(written())
    assert calendar["version"] == "2.0"
    assert calendar["x-wr-calname"] == "My dates"
    assert calendar["x-wr-caldesc"] == "What is in it."
    assert calendar.decoded("refresh-interval") == timedelta(hours=12)


def test_the_same_dates_are_the_same_bytes() -> None:
    assert written(entry()) == written(entry())
