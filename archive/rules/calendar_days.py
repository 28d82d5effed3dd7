"""Days of a year that a law names: a date, the third Monday of a month, Good Friday."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

DayRule = Callable[[int], date]  # the day in a year

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


def on(month: int, day: int) -> DayRule:
    """The same date each year."""
    return lambda year: date(year, month, day)


def nth(count: int, weekday: int, month: int) -> DayRule:
    """The ``count``-th ``weekday`` of a month."""

    def day_in(year: int) -> date:
        first = date(year, month, 1)
        return first + timedelta((weekday - first.weekday()) % 7 + 7 * (count - 1))

    return day_in


def last(weekday: int, month: int) -> DayRule:
    """The last ``weekday`` of a month."""

    def day_in(year: int) -> date:
        fifth = nth(5, weekday, month)(year)
        return fifth if fifth.month == month else fifth - timedelta(7)

    return day_in


def after(rule: DayRule, days: int) -> DayRule:
    """So many days after another one; before it, when ``days`` is negative."""
    return lambda year: rule(year) + timedelta(days)


thanksgiving_friday = after(nth(4, THURSDAY, 11), 1)
election_day = after(nth(1, MONDAY, 11), 1)  # the Tuesday after the first Monday: 2 U.S.C. 7


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = _epact(golden, century)
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _epact(golden: int, century: int) -> int:
    leap = century // 4
    correction = (century - (century + 8) // 25 + 1) // 3
    return (19 * golden + century - leap - correction + 15) % 30


good_friday = after(easter, -2)


def juneteenth_of_utah(year: int) -> date:
    """June 19, on the Monday of its week, or the Monday after a weekend: Utah Code 63G-1-301(2)(c), (d)."""
    day = date(year, 6, 19)
    back = day.weekday()
    return day - timedelta(back) if back < SATURDAY else day + timedelta(7 - back)
