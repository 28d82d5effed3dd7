"""Dates as a calendar file (iCalendar, RFC 5545), which the icalendar library folds and escapes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from icalendar import Alarm, Calendar, Event

from archive.rules.calendar_entries import CalendarEntry

MEDIA_TYPE = "text/calendar; charset=utf-8"
_END = b"END:VCALENDAR\r\n"
ASK_AGAIN = timedelta(hours=12)
# Nine in the morning, three days before: an entry of a whole day begins at midnight.
_ALARM = -timedelta(days=2, hours=15)


@dataclass(frozen=True, slots=True)
class RequestCalendar:
    """``name`` is what programs call it; ``says`` tells what is in it and what is not. ``made_at`` is its
    day rather than its second, so that the same dates are the same file."""

    name: str
    says: str
    url: str
    made_at: datetime
    entries: Iterable[CalendarEntry]


def write_calendar(calendar: RequestCalendar) -> bytes:
    """The file. Each date is a day, not a moment: it is the same day wherever it is read."""
    written = Calendar()
    written.add("prodid", "-//Reading Room//Request deadlines//EN")
    written.add("version", "2.0")
    written.add("calscale", "GREGORIAN")
    written.add("name", calendar.name)  # RFC 7986; the X- ones are what programs read before it
    written.add("x-wr-calname", calendar.name)
    written.add("description", calendar.says)
    written.add("x-wr-caldesc", calendar.says)
    written.add("url", calendar.url)
    written.add("refresh-interval", ASK_AGAIN, parameters={"value": "DURATION"})
    written.add("x-published-ttl", "PT12H")
    whole = bytes(written.to_ical())
    head = whole.removesuffix(_END)
    return b"".join([head, *(_event_lines(entry, calendar.made_at) for entry in calendar.entries), _END])


@lru_cache(maxsize=4_096)  # a calendar is fetched again and again, and hardly changes; a few megabytes
def _event_lines(entry: CalendarEntry, made_at: datetime) -> bytes:
    return bytes(_event(entry, made_at).to_ical())


def _event(entry: CalendarEntry, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", made_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", entry.due_on)
    event.add("dtend", entry.due_on + timedelta(days=1))
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("url", entry.url)
    event.add("transp", "TRANSPARENT")  # nobody is busy for being due
    if entry.has_alarm:
        event.add_component(_alarm(entry))
    return event


def _alarm(entry: CalendarEntry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.summary)
    alarm.add("trigger", _ALARM)
    return alarm
