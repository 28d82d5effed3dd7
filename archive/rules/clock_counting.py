"""Counting from one day to another, with every day accounted for."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from archive.rules.calendars import last_open, next_open, run_from
from archive.rules.clock_values import Step, StepKind
from archive.rules.law_values import Limit, LimitKind, Unit

_DAY = timedelta(days=1)
_MONTHS = {Unit.MONTHS: 1, Unit.YEARS: 12}

TIME_FOR: dict[LimitKind, str] = {
    LimitKind.ROUTING: "to reach the proper component",
    LimitKind.ACKNOWLEDGEMENT: "to acknowledge",
    LimitKind.ANSWER: "to answer",
    LimitKind.EXTENSION: "extension",
    LimitKind.EXPEDITED: "to decide on expedited processing",
    LimitKind.APPEAL: "to appeal",
    LimitKind.APPEAL_ANSWER: "to answer the appeal",
    LimitKind.APPEAL_EXTENSION: "extension",
    LimitKind.RULING: "to ask for a ruling",
    LimitKind.SUIT: "to sue",
}


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands from ``first`` to ``last``, both included; ``last`` None: it stands still."""

    first: date
    last: date | None
    reason: str
    statute: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a count: so many units, by one row of the law."""

    limit: Limit
    units: int


@dataclass(frozen=True, slots=True)
class Count:
    """``due_on`` None: the clock stands, with ``remaining`` units to go."""

    due_on: date | None
    steps: tuple[Step, ...]
    remaining: int | None = None


class Counter:
    """Walks from ``start`` (not counted itself) and writes down what it does with each day."""

    def __init__(self, calendar: str, start: date, why: str) -> None:
        self.calendar = calendar
        self.day = start
        self.steps: list[Step] = [Step(StepKind.START, start, start, 0, why)]
        self._pauses: tuple[Pause, ...] = ()
        self._remaining: int | None = None

    def count(self, stretch: Stretch) -> None:
        """Counts a stretch on from where it is. Once the clock stands, it only adds to what remains."""
        limit, units = stretch.limit, stretch.units
        if self._remaining is not None:
            self._remaining += units
        elif limit.unit in _MONTHS:
            self._go_to(_months_on(self.day, units * _MONTHS[limit.unit]), units, limit)
        elif limit.unit is Unit.DAYS and not self._pauses:
            self._go_to(self.day + units * _DAY, units, limit)
        else:
            self._count_days(limit, units)

    def stand_still(self, pauses: Sequence[Pause]) -> None:
        """From here on the clock stands in these."""
        self._pauses = tuple(pauses)

    def next_day(self, why: str, statute: str) -> None:
        """One day on, open or closed."""
        self._add(StepKind.COUNT, self.day + _DAY, 1, why, statute)

    def name_day(self, on: date, why: str, statute: str) -> None:
        """Goes to a later day that somebody named."""
        if self._remaining is None and on > self.day:
            self._add(StepKind.FIXED, on, 0, why, statute)

    def roll(self, why: str, statute: str) -> None:
        """Past the last day, when it is closed, to the next open one."""
        end = next_open(self.calendar, self.day)
        if self._remaining is None and end != self.day:
            self._add(StepKind.ROLL, end, 0, why, statute)

    def finish(self) -> Count:
        """The count as it stands now."""
        return self._finish_on(self.day)

    def finish_back(self, why: str) -> Count:
        """The last open day, when the last day is closed."""
        end = last_open(self.calendar, self.day)
        if end == self.day or self._remaining is not None:
            return self.finish()
        self.steps.append(Step(StepKind.BACK, end + _DAY, self.day, 0, why))
        return self._finish_on(end)

    def _finish_on(self, end: date) -> Count:
        if self._remaining is not None:
            return Count(None, tuple(self.steps), self._remaining)
        return Count(end, (*self.steps, Step(StepKind.DUE, end, end, 0, "")))

    def _count_days(self, limit: Limit, units: int) -> None:
        """Counts day by day, writing down whole runs of days."""
        left = units
        while left:
            paused = self._pause_on(self.day + _DAY) if self._pauses else None
            if paused is not None:
                self._add(StepKind.PAUSE, paused.last or paused.first, 0, paused.reason, paused.statute)
                if paused.last is None:
                    self._remaining = left
                    return
                continue
            length, why = self._run(limit.unit, left)
            if why:
                self._add(StepKind.SKIP, self.day + length * _DAY, 0, why, "")
            else:
                self._go_to(self.day + length * _DAY, length, limit)
                left -= length

    def _run(self, unit: Unit, most: int) -> tuple[int, str]:
        """How many days from tomorrow on are alike, up to the next pause; why they are closed."""
        first = self.day + _DAY
        length, why = run_from(self.calendar, first) if unit is Unit.WORKDAYS else (most, "")
        if not why:
            length = min(length, most)
        for pause in self._pauses:
            if first < pause.first < first + length * _DAY:
                length = (pause.first - first).days
        return length, why

    def _pause_on(self, day: date) -> Pause | None:
        """The pause that ``day`` is in; of several the one that lasts longest."""
        found = [p for p in self._pauses if p.first <= day and (p.last is None or p.last >= day)]
        return max(found, key=lambda pause: pause.last or date.max, default=None)

    def _go_to(self, end: date, units: int, limit: Limit) -> None:
        if units:
            self._add(StepKind.COUNT, end, units, TIME_FOR[limit.kind], limit.statute)

    def _add(self, kind: StepKind, last: date, days: int, reason: str, statute: str) -> None:
        before = self.steps[-1]
        first = self.day + _DAY
        if (before.kind, before.reason, before.statute) == (kind, reason, statute):
            first, days = before.first, before.days + days
            self.steps.pop()
        self.steps.append(Step(kind, first, max(first, last), days, reason, statute))
        self.day = max(first, last)


def _months_on(day: date, months: int) -> date:
    """The day of the same number so many months on; the month's last one where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
