"""What clocks are asked and what they answer: dates that can be retraced day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from archive.rules.law_values import Law, Limit
from archive.rules.request_states import EventKind, Outcome


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """An event as the clocks need it. Events of one day count in the order they are given."""

    kind: EventKind
    on: date
    outcome: Outcome | None = None
    until_on: date | None = None  # of an extension, an estimate, a court order
    days: int | None = None  # of an extension that names its length
    id: int | None = None


class DeadlineKind(StrEnum):
    """What there is a date for."""

    ACKNOWLEDGEMENT = "acknowledgement"
    ANSWER = "answer"
    EXPEDITED_DECISION = "expedited_decision"
    APPEAL = "appeal"
    APPEAL_ANSWER = "appeal_answer"
    RULING_ASKED = "ruling_asked"  # by the agency, of its attorney general (Texas)
    EARLIEST_SUIT = "earliest_suit"
    LATEST_SUIT = "latest_suit"
    COURT_ORDER = "court_order"  # one for each order with a date
    PRODUCTION = "production"  # the next release, as the last cover letter promised it


class Whose(StrEnum):
    """Who must act."""

    AGENCY = "agency"
    REQUESTER = "requester"


class DeadlineState(StrEnum):
    """Where a deadline stands on a day. Only this hangs on the day; ``due_on`` never does."""

    RUNNING = "running"
    PAUSED = "paused"  # the clock stands: nobody can say the date before it goes on
    MET = "met"
    MET_LATE = "met_late"
    MISSED = "missed"  # over, and still not done
    NO_LIMIT = "no_limit"  # the law sets no number of days
    OPEN = "open"  # something may be done from this day on: a suit
    NOT_YET = "not_yet"  # and not before
    LAPSED = "lapsed"  # something else made it void


class StepKind(StrEnum):
    """A line of the arithmetic."""

    START = "start"  # the day it counts from; not counted itself
    COUNT = "count"  # days that count, one after another
    SKIP = "skip"  # closed: a weekend, a holiday
    PAUSE = "pause"  # the clock stood still
    ROLL = "roll"  # past the last day, because it is closed
    BACK = "back"  # taken off the end again: a requester's last day is closed, and no law moves it on
    FIXED = "fixed"  # a date that somebody named, not counted: an order, a promise, an agreed day
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Step:
    """From ``first`` to ``last``, both included. ``days`` is how many units it adds to the count: 0 unless it
    counts. START is the day before the first of the others, and they follow each other without a gap up to
    DUE, which is the last day of the last of them again (or the day before a BACK): that is how the
    arithmetic sums up.

    For MONTHS and YEARS there is one COUNT step from the day after the start to the day of the same number.
    """

    kind: StepKind
    first: date
    last: date
    days: int
    reason: str  # 'Labor Day', 'weekend', 'the agency asked for information'
    statute: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One date with its whole arithmetic.

    ``due_on`` None: no fixed limit, or the clock stands (``remaining`` units are left then). ``limits`` are
    the law's rows it was counted by, the first one before any extension. ``met_on``: when it was done.
    ``says`` is one sentence for people, without the date: why this date exists. ``event_id`` is the order,
    promise or answer it hangs on, where several may be.
    """

    kind: DeadlineKind
    whose: Whose
    due_on: date | None
    state: DeadlineState
    started_on: date | None
    met_on: date | None
    limits: tuple[Limit, ...]
    steps: tuple[Step, ...]
    says: str
    remaining: int | None = None
    event_id: int | None = None


@dataclass(frozen=True, slots=True)
class ClockQuestion:
    """All that a date may hang on."""

    law: Law
    events: tuple[ClockEvent, ...]
    agency: str = ""  # name or abbreviation: for what its regulations say otherwise
    next_production_on: date | None = None  # as the last production's cover letter promised


DEADLINE_WORDS: dict[DeadlineKind, str] = {
    DeadlineKind.ACKNOWLEDGEMENT: "acknowledgement due",
    DeadlineKind.ANSWER: "answer due",
    DeadlineKind.EXPEDITED_DECISION: "decision on expedited processing due",
    DeadlineKind.APPEAL: "last day to appeal",
    DeadlineKind.APPEAL_ANSWER: "answer to the appeal due",
    DeadlineKind.RULING_ASKED: "request for a ruling due",
    DeadlineKind.EARLIEST_SUIT: "earliest day to sue",
    DeadlineKind.LATEST_SUIT: "last day to sue",
    DeadlineKind.COURT_ORDER: "due by court order",
    DeadlineKind.PRODUCTION: "next production due",
}
