"""Requests as letters see them, without a database: a law, what happened, what is counted from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from archive.rules.clock_values import ClockEvent, ClockQuestion
from archive.rules.clocks import deadlines_of
from archive.rules.law_values import Law
from archive.rules.laws import agency_rule
from archive.rules.letter_values import LetterCase
from archive.rules.request_states import EventKind, FeeCategory, Outcome

SENT, TODAY = date(2024, 3, 4), date(2026, 11, 29)  # long enough for everything to be overdue


def events_of(outcome: Outcome | None, *, appealed: bool = False) -> tuple[ClockEvent, ...]:
    found = [ClockEvent(EventKind.SENT, SENT), ClockEvent(EventKind.RECEIVED, SENT + timedelta(2))]
    if outcome is not None:
        found.append(ClockEvent(EventKind.DETERMINED, SENT + timedelta(40), outcome))
    if appealed:
        found.append(ClockEvent(EventKind.APPEALED, SENT + timedelta(60)))
    return tuple(found)


def case_of(law: Law, events: tuple[ClockEvent, ...] = (), **facts: object) -> LetterCase:
    agency = "Department of the Interior"
    deadlines = deadlines_of(ClockQuestion(law, events, agency), TODAY)
    case = LetterCase(
        law, agency, TODAY, events=events, deadlines=deadlines, rule=agency_rule(law.id, agency)
    )
    return replace(case, **facts)  # type: ignore[arg-type]  # facts of a case


def filled(case: LetterCase) -> LetterCase:
    return replace(
        case,
        title="Opt-out records",
        records_sought="Memos.\n\n- letters\n- e-mail",
        requester="A. Requester",
        number="10-2674",
        fee_category=FeeCategory.NEWS_MEDIA,
    )
