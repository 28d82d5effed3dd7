"""When the clock of an answer stands still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from archive.rules.clock_counting import Pause
from archive.rules.clock_timeline import Timeline
from archive.rules.law_values import Law, PauseRule
from archive.rules.request_states import EventKind

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Question:
    asked: EventKind
    answered: EventKind
    reason: str


_QUESTIONS = {
    "information": _Question(
        EventKind.INFORMATION_ASKED, EventKind.INFORMATION_GIVEN, "the agency waited for information"
    ),
    "fees": _Question(
        EventKind.FEES_ASKED, EventKind.FEES_SETTLED, "the agency waited until fees were settled"
    ),
}


def pauses_of(law: Law, timeline: Timeline, start: date) -> tuple[Pause, ...]:
    """From the day after a question up to and including the day of its answer, as often as the law allows.

    What was answered before the clock started, or on the day it was asked, stops nothing and uses up no turn.
    """
    found: list[Pause] = []
    for rule in law.pauses:
        found += _pauses_for(rule, timeline, start)[: rule.at_most]
    return tuple(sorted(found, key=lambda pause: pause.first))


def _pauses_for(rule: PauseRule, timeline: Timeline, start: date) -> list[Pause]:
    question = _QUESTIONS.get(rule.why)
    if question is None:
        return []
    pauses = []
    asked_on: date | None = None
    for event in timeline.all(question.asked, question.answered):
        if event.kind is question.asked:
            asked_on = asked_on or event.on
        elif asked_on is not None:
            pauses.append(Pause(max(asked_on, start) + _DAY, event.on, question.reason, rule.statute))
            asked_on = None
    if asked_on is not None:
        pauses.append(Pause(max(asked_on, start) + _DAY, None, question.reason, rule.statute))
    return [pause for pause in pauses if pause.last is None or pause.last >= pause.first]
