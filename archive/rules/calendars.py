"""Which days a law does not count: Saturdays, Sundays, and the legal holidays of its place.

The federal days come from the ``holidays`` library; which of them a law knows, what it adds, and on which
weekday it keeps one that falls on a weekend, is written down place by place in
``archive.rules.calendar_reviews``. Closings that only an executive's order made are not legal holidays.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache

from holidays import country_holidays

from archive.rules.calendar_reviews import REVIEWS
from archive.rules.calendar_values import CalendarReview, Moves

_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6
_WEEKEND = {_SATURDAY: "Saturday", _SUNDAY: "Sunday"}
_WEEKEND_NAMES = frozenset(_WEEKEND.values())
WEEKEND = "weekend"
# The library's longer names.
_SHORTER = {
    "Juneteenth National Independence Day": "Juneteenth",
    "Martin Luther King Jr. Day": "Birthday of Martin Luther King, Jr.",
}


def all_calendars() -> tuple[str, ...]:
    """The ids there are."""
    return tuple(REVIEWS)


def calendar_statute(calendar: str) -> str:
    """What makes the holidays of a calendar holidays."""
    return REVIEWS[calendar].statute


def calendar_review(calendar: str) -> CalendarReview:
    """What is written down about a calendar: its statute, and whether that was in hand."""
    return REVIEWS[calendar]


def closed_on(calendar: str, day: date) -> str:
    """Why ``day`` is not counted: 'Saturday', 'Labor Day', 'Juneteenth (observed)'. Empty: it is.

    Raises ``KeyError`` for a calendar that nobody reviewed.
    """
    return _closed_days(calendar, day.year).get(day, "")


def holiday_on(calendar: str, day: date) -> str:
    """The name of the legal holiday that is kept on ``day``, also on a weekend. Empty: none is."""
    return _holidays_of(calendar, day.year).get(day, "")


@lru_cache(maxsize=20_000)
def run_from(calendar: str, day: date) -> tuple[int, str]:
    """How many days from ``day`` on are alike, and why they are closed: an open stretch of a week ('' then),
    a weekend, a holiday of its own. Counting goes from run to run."""
    why = _reason(calendar, day)
    length = 1
    while why in ("", WEEKEND) and _reason(calendar, day + length * _DAY) == why:
        length += 1
    return length, why


def _reason(calendar: str, day: date) -> str:
    why = closed_on(calendar, day)
    return WEEKEND if why in _WEEKEND_NAMES else why


def next_open(calendar: str, day: date) -> date:
    """``day``, or the first day after it that is not closed."""
    while closed_on(calendar, day):
        day += _DAY
    return day


def last_open(calendar: str, day: date) -> date:
    """``day``, or the last day before it that is not closed."""
    while closed_on(calendar, day):
        day -= _DAY
    return day


@cache
def _closed_days(calendar: str, year: int) -> dict[date, str]:
    """All closed days of a year: looking one up is all that counting does, some thousand times a second."""
    named = _holidays_of(calendar, year)
    first = date(year, 1, 1).toordinal()
    closed = {}
    for ordinal in range(first, date(year, 12, 31).toordinal() + 1):
        day = date.fromordinal(ordinal)
        why = _WEEKEND.get(day.weekday()) or named.get(day)
        if why:
            closed[day] = why
    return closed


@cache
def _holidays_of(calendar: str, year: int) -> dict[date, str]:
    """The legal holidays of a year, on the days on which they are kept."""
    review = REVIEWS[calendar]
    kept: dict[date, str] = {}
    for of_year in (year, year + 1):  # New Year's Day may be kept in the old year
        for day, name in _days_of(review, of_year):
            moved = _kept_on(review, day, name)
            kept.setdefault(day, name)
            if moved != day:
                kept.setdefault(moved, f"{name} (observed)")
    return {day: name for day, name in kept.items() if day.year == year}


def _days_of(review: CalendarReview, year: int) -> list[tuple[date, str]]:
    """The days themselves, not yet moved off weekends."""
    if not 1 < year < 9999:
        return []
    days = [
        (day, review.called.get(name, name)) for day, name in _federal_days(year) if review.knows(name, year)
    ]
    days += [(added.rule(year), added.name) for added in review.added if added.is_kept_in(year)]
    return sorted(days)


@cache
def _federal_days(year: int) -> tuple[tuple[date, str], ...]:
    """The holidays of 5 U.S.C. 6103(a) as the library knows them, on their own days."""
    found = country_holidays("US", years=year, observed=False, language="en_US")
    return tuple((day, _SHORTER.get(name, name)) for day in sorted(found) for name in found.get_list(day))


def _kept_on(review: CalendarReview, day: date, name: str) -> date:
    """The day on which a holiday is kept when it falls on a weekend."""
    moves = review.moved.get(name, review.moves)  # by the name it is shown with
    if day.weekday() == _SUNDAY and moves is not Moves.NEVER:
        return day + _DAY
    if day.weekday() == _SATURDAY and moves is Moves.BOTH:
        return day - _DAY
    return day
