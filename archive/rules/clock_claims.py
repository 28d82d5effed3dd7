"""When a requester may go to court: after silence, after a refusal, after an appeal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from archive.rules.clock_appeals import Appeal, appeals_of
from archive.rules.clock_reading import Reading
from archive.rules.clock_values import ClockEvent, Deadline, DeadlineState
from archive.rules.request_states import ADVERSE_OUTCOMES, EventKind, Outcome

_FEDERAL = "us"
_OGLESBY = "Oglesby v. U.S. Dep't of the Army, 920 F.2d 57 (D.C. Cir. 1990)"
_OVER = frozenset({Outcome.GRANTED, Outcome.REFERRED, Outcome.WITHDRAWN, Outcome.REMANDED})

_SILENT = "If no answer comes in time, a suit may be brought from the day after."
_SILENT_LATE = "No answer came in time, so a suit could be brought from the day after."
_REVIVED = "The answer came late but before a suit, so now it must be appealed first"
_ALL_GIVEN = "The answer came late but before a suit, and refused nothing."
_REFUSED = "A refusal may be taken to court from the day after."
_APPEAL_FIRST = (
    "A refusal must be appealed first; a suit may follow the decision of the appeal, or its absence."
)
_SILENCE_FIRST = (
    "Silence must be appealed first; a suit may follow the decision of the appeal, or its absence."
)
_DECIDED = "The appeal was decided, so a suit may be brought from the day after."
_APPEAL_MISSED = "If the appeal is not decided in time, a suit may be brought from the day after."
_APPEAL_OVER = "The appeal was decided late but before a suit, and left no refusal to sue about."


@dataclass(frozen=True, slots=True)
class Claim:
    """``after`` is the day that a suit comes after; None: it cannot be told, or something comes first.

    ``lapsed_on``: when something took the claim away again.
    """

    after: date | None
    why: str
    says: str
    statute: str = ""
    event_id: int | None = None
    lapsed_on: date | None = None
    is_paused: bool = False
    is_unlimited: bool = False


def claims_of(
    reading: Reading, answer: Deadline | None, appeal_answers: tuple[Deadline, ...]
) -> tuple[Claim, ...]:
    """The claims that came to be before a suit, or may; ``appeal_answers`` are those of ``appeals_of``."""
    claims = [_from_silence(reading, answer)]
    if not _needs_appeal(reading):
        claims += [_from_refusal(reading, refusal) for refusal in reading.timeline.refusals()]
        return tuple(_first_live([claim for claim in claims if claim]))
    appeals = appeals_of(reading.timeline)
    decisions = appeal_answers or (None,) * len(appeals)
    claims += [_from_appeal(reading, one, due) for one, due in zip(appeals, decisions, strict=True)]
    claims.append(_appeal_first(reading, answer, appeals))
    return tuple(claim for claim in claims if claim)


def _needs_appeal(reading: Reading) -> bool:
    return bool(reading.law.appeal_to) and reading.law.is_appeal_needed


def _first_live(claims: list[Claim]) -> list[Claim]:
    """Of claims that nothing comes before, the first is the one to tell."""
    live = [claim for claim in claims if claim.lapsed_on is None]
    first = min(live, key=lambda claim: claim.after or date.max, default=None)
    return [claim for claim in claims if claim is first or claim.lapsed_on is not None]


def _from_silence(reading: Reading, answer: Deadline | None) -> Claim | None:
    """Constructive exhaustion. A late answer takes it away again, where it must be appealed (Oglesby)."""
    law = reading.law
    if answer is None or not law.is_exhausted_by_silence:
        return None
    why = "the last day for an answer"
    if answer.due_on is None:
        is_unlimited = answer.state is DeadlineState.NO_LIMIT
        if answer.met_on is not None:
            return None
        return Claim(None, why, _SILENT, is_paused=not is_unlimited, is_unlimited=is_unlimited)
    if answer.met_on is None:
        return Claim(answer.due_on, why, _SILENT, law.missed_statute)
    if answer.met_on <= answer.due_on:
        return None
    late = next(event for event in reading.timeline.all(EventKind.DETERMINED))
    is_refused = late.outcome in ADVERSE_OUTCOMES
    if is_refused and not _needs_appeal(reading):
        return Claim(answer.due_on, why, _SILENT_LATE, law.missed_statute)
    cited = f" ({_OGLESBY})." if law.id == _FEDERAL else "."
    says = f"{_REVIVED}{cited}" if is_refused else _ALL_GIVEN
    return Claim(answer.due_on, why, says, law.missed_statute, late.id, lapsed_on=answer.met_on)


def _from_refusal(reading: Reading, refusal: ClockEvent) -> Claim:
    return Claim(refusal.on, "the day of the refusal", _REFUSED, reading.law.suit_statute, refusal.id)


def _from_appeal(reading: Reading, appeal: Appeal, due: Deadline | None) -> Claim | None:
    """From its decision or from the last day for one, whichever came first."""
    is_federal = reading.law.id == _FEDERAL
    decided = appeal.decided
    due_on = due.due_on if due else None
    is_over = decided is not None and decided.outcome in _OVER
    if decided is not None and (due_on is None or decided.on <= due_on):
        if is_over:
            return None
        return Claim(
            decided.on,
            "the appeal was decided",
            _DECIDED,
            reading.law.suit_statute,
            appeal.began.id,
        )
    is_unlimited = due_on is None
    says = _APPEAL_OVER if is_over else _APPEAL_MISSED
    return Claim(
        due_on,
        "the last day for a decision of the appeal",
        says,
        reading.law.missed_statute if is_federal else "",
        appeal.began.id,
        lapsed_on=decided.on if decided is not None and is_over else None,
        is_unlimited=is_unlimited,
    )


def _appeal_first(reading: Reading, answer: Deadline | None, appeals: tuple[Appeal, ...]) -> Claim | None:
    """A refusal that nobody appealed yet, or a silence that must be."""
    last_appeal = appeals[-1].began if appeals else None
    rest = reading.timeline.after(last_appeal) if last_appeal else reading.timeline
    refusals = rest.refusals()
    if refusals:
        return Claim(None, "the day of the refusal", _APPEAL_FIRST, event_id=refusals[-1].id)
    is_silent = answer is not None and answer.met_on is None
    if is_silent and not appeals and not reading.law.is_exhausted_by_silence:
        return Claim(None, "the last day for an answer", _SILENCE_FIRST)
    return None
