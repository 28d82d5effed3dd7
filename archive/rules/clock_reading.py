"""A question as its clocks read it: the law as the agency applies it, and the events in their order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from archive.rules.clock_counting import Count, Counter, Stretch
from archive.rules.clock_timeline import Timeline, timeline_of
from archive.rules.clock_values import (
    ClockEvent,
    ClockQuestion,
    Deadline,
    DeadlineKind,
    DeadlineState,
    Step,
    StepKind,
    Whose,
)
from archive.rules.law_values import Law, Limit, LimitKind, Unit
from archive.rules.laws import agency_rule
from archive.rules.request_states import EventKind

_MEANT = range(1900, 2200)  # years; others are slips of the pen, and holidays of them are not known
_FEDERAL_RULE = "Fed. R. Civ. P. 6(a)(1)(C)"


@dataclass(frozen=True, slots=True)
class Reading:
    """What all clocks of a request share."""

    law: Law
    limits: tuple[Limit, ...]
    timeline: Timeline
    today: date
    ended: ClockEvent | None  # closed or withdrawn, and not opened again
    sued: ClockEvent | None

    @property
    def is_withdrawn(self) -> bool:
        """Whether the requester gave it up."""
        return self.ended is not None and self.ended.kind is EventKind.WITHDRAWN

    def before_suit(self) -> Reading:
        """The same without what happened after a suit was filed."""
        return replace(self, timeline=self.timeline.before(self.sued)) if self.sued else self

    def limit(self, kind: LimitKind) -> Limit | None:
        """The row for one thing: the agency's own, else the law's."""
        return next((row for row in self.limits if row.kind is kind), None)

    def counter(self, start: date, why: str) -> Counter:
        """A count from ``start`` by the calendar of this law."""
        return Counter(self.law.calendar, start, why)

    def roll(self, counter: Counter, limit: Limit) -> None:
        """An agency's last day that is closed moves on: by the limit's own rule, or as everybody counts."""
        statute = limit.rolls_statute
        if not statute and limit.unit is not Unit.WORKDAYS and self.law.id == "us":
            statute = _FEDERAL_RULE
        counter.roll("the last day is closed", statute)

    def finish_for_requester(self, counter: Counter, limit: Limit) -> Count:
        """A requester's last day moves on only where a law says so; else it is the last open day before."""
        if limit.rolls:
            self.roll(counter, limit)
            return counter.finish()
        return counter.finish_back("the last day is closed, and no rule was found that moves it on")

    def count(self, start: date, why: str, limit: Limit, *, whose: Whose) -> Count:
        """One limit from one day."""
        counter = self.counter(start, why)
        counter.count(Stretch(limit, limit.amount or 0))
        if whose is Whose.REQUESTER:
            return self.finish_for_requester(counter, limit)
        self.roll(counter, limit)
        return counter.finish()

    def state_of(self, whose: Whose, due_on: date | None, met_on: date | None) -> DeadlineState:
        """Where something that is to be done by ``due_on`` stands today."""
        if met_on is not None:
            return DeadlineState.MET if due_on is None or met_on <= due_on else DeadlineState.MET_LATE
        if self._is_void(whose, due_on):
            return DeadlineState.LAPSED
        if due_on is None:
            return DeadlineState.PAUSED
        return DeadlineState.RUNNING if self.today <= due_on else DeadlineState.MISSED

    def _is_void(self, whose: Whose, due_on: date | None) -> bool:
        """What a requester gives up nobody owes any more. Closing the file gives up no right of theirs."""
        if self.ended is None or (due_on is not None and due_on < self.ended.on):
            return False
        return self.ended.kind is EventKind.WITHDRAWN or whose is Whose.AGENCY


def read_question(question: ClockQuestion, today: date) -> Reading:
    """The law with what the agency's regulations put in its place."""
    rule = agency_rule(question.law.id, question.agency) if question.agency else None
    own = rule.limits if rule else ()
    kinds = {row.kind for row in own}
    limits = (*own, *(row for row in question.law.limits if row.kind not in kinds))
    timeline = timeline_of([_as_meant(event) for event in question.events if event.on.year in _MEANT])
    return Reading(question.law, limits, timeline, today, _end_of(timeline), timeline.first(EventKind.SUED))


def _as_meant(event: ClockEvent) -> ClockEvent:
    """Without a day that nobody can mean."""
    if event.until_on is None or event.until_on.year in _MEANT:
        return event
    return replace(event, until_on=None)


def _end_of(timeline: Timeline) -> ClockEvent | None:
    ended = None
    for event in timeline.all(EventKind.CLOSED, EventKind.WITHDRAWN, EventKind.REOPENED):
        if event.kind is EventKind.REOPENED:
            ended = None
        elif ended is None or event.kind is EventKind.WITHDRAWN:
            ended = event
    return ended


def without_limit(
    kind: DeadlineKind, whose: Whose, limit: Limit, started_on: date, met_on: date | None, says: str
) -> Deadline:
    """The law sets no number of days: its words are all that can be told."""
    state = DeadlineState.NO_LIMIT if met_on is None else DeadlineState.MET
    steps = (Step(StepKind.START, started_on, started_on, 0, ""),)
    return Deadline(kind, whose, None, state, started_on, met_on, (limit,), steps, says)


def as_lapsed(deadline: Deadline) -> Deadline:
    """Something else made it void."""
    return replace(deadline, state=DeadlineState.LAPSED)
