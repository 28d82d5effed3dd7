"""The holidays that a law leaves out of its working days, year by year."""

from __future__ import annotations

from datetime import date, timedelta

from archive.rules.calendars import closed_on, holiday_on

_SATURDAY = 5


def holidays_of(calendar: str, year: int) -> tuple[tuple[date, str], ...]:
    """The days of a year, not Saturdays and Sundays, that are not counted, with their names.

    Raises ``KeyError`` for a calendar that nobody reviewed.
    """
    first = date(year, 1, 1)
    days = (first + timedelta(days=number) for number in range(366))
    return tuple(
        (day, holiday_on(calendar, day))
        for day in days
        if day.year == year and day.weekday() < _SATURDAY and closed_on(calendar, day)
    )
