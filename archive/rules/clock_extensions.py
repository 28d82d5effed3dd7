"""More time for an agency: what a notice adds to a count, and when it adds nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from archive.rules.calendars import closed_on, next_open
from archive.rules.clock_counting import Count, Stretch
from archive.rules.clock_pauses import pauses_of
from archive.rules.clock_reading import Reading
from archive.rules.clock_starts import ClockStart
from archive.rules.clock_values import ClockEvent
from archive.rules.law_values import Limit, Unit

_DAY = timedelta(days=1)
_LONGEST = 3660  # units; ten years: more is a slip of the pen
_NO_ROW = "This law knows no extension, so the notice of one changed nothing."
_LATE = "A notice of an extension came when the time was already over, and changed nothing."
_NO_LATER_DAY = "A notice of an extension named no later day, and changed nothing."
_CAPPED = "The agency took more time than the law allows; only what it allows is counted."
_STANDS = "The extension to a day that the agency named is counted once the clock goes on."


@dataclass(frozen=True, slots=True)
class AgencyTime:
    """A count for an agency, with its extensions in it. ``named`` is the notice whose day holds, where the
    law lets the agency choose one."""

    start: ClockStart
    may_pause: bool
    stretches: tuple[Stretch, ...]
    count: Count
    named: ClockEvent | None = None
    notes: tuple[str, ...] = ()

    @property
    def limits(self) -> tuple[Limit, ...]:
        """The rows it was counted by, what it is about first, each once."""
        before = (self.start.before,) if self.start.before else ()
        return tuple(dict.fromkeys(stretch.limit for stretch in (*self.stretches, *before)))


def agency_time(
    reading: Reading,
    start: ClockStart,
    limit: Limit,
    row: Limit | None,
    notices: Sequence[ClockEvent],
    *,
    may_pause: bool,
) -> AgencyTime:
    """The time that ``limit`` gives from ``start``, with what ``row`` adds for each of ``notices``."""
    first = AgencyTime(start, may_pause, (Stretch(limit, limit.amount or 0),), Count(None, ()))
    time = _counted(reading, first, row)
    for notice in notices:
        time = _extended(reading, time, row, notice)
    return time


def _extended(reading: Reading, time: AgencyTime, row: Limit | None, notice: ClockEvent) -> AgencyTime:
    """One notice more. It counts only when it was given before the time was over."""
    due_on = time.count.due_on
    if row is None:
        return _noted(time, _NO_ROW)
    if due_on is not None and notice.on > due_on:
        return _noted(time, _LATE)
    if row.amount is None and notice.until_on is not None:
        if due_on is not None and notice.until_on <= due_on:
            return _noted(time, _NO_LATER_DAY)
        return _counted(reading, replace(time, named=notice), row)
    return _with_units(reading, time, row, notice)


def _with_units(reading: Reading, time: AgencyTime, row: Limit, notice: ClockEvent) -> AgencyTime:
    left = (_LONGEST if row.amount is None else row.amount) - _taken(time, row)
    asked = _units_asked(reading, time, row, notice, left)
    if asked is None:
        return _noted(time, _STANDS)
    if asked > left:
        time = _noted(time, _CAPPED)
    units = min(asked, left)
    if units <= 0:
        return time if asked > left else _noted(time, _NO_LATER_DAY)
    return _counted(reading, replace(time, stretches=(*time.stretches, Stretch(row, units))), row)


def _units_asked(reading: Reading, time: AgencyTime, row: Limit, notice: ClockEvent, left: int) -> int | None:
    """How many units a notice takes; one without a day takes what is ``left``. None: nobody can say while
    the clock stands."""
    if notice.days is not None:
        return notice.days
    if notice.until_on is None:
        return left if row.amount is not None else 0
    if time.count.due_on is None:
        return None
    until = next_open(reading.law.calendar, notice.until_on)
    if row.unit is Unit.DAYS:
        return (until - time.count.due_on).days
    units, day = 0, time.count.due_on
    while day < until and units <= left:
        day += _DAY
        units += not closed_on(reading.law.calendar, day)
    return units


def _counted(reading: Reading, time: AgencyTime, row: Limit | None) -> AgencyTime:
    counter = reading.counter(time.start.on, time.start.why)
    if time.start.before:
        counter.count(time.start.before)
    if time.may_pause:
        counter.stand_still(pauses_of(reading.law, reading.timeline, counter.day))
    for stretch in time.stretches:
        counter.count(stretch)
        reading.roll(counter, stretch.limit)
    if time.named and time.named.until_on and row:
        counter.name_day(time.named.until_on, "the agency named this day", row.statute)
        reading.roll(counter, row)
    return replace(time, count=counter.finish())


def _taken(time: AgencyTime, row: Limit) -> int:
    return sum(stretch.units for stretch in time.stretches if stretch.limit is row)


def _noted(time: AgencyTime, note: str) -> AgencyTime:
    return replace(time, notes=tuple(dict.fromkeys((*time.notes, note))))
