"""From when on, and until when, a suit may be brought."""

from __future__ import annotations

from datetime import date, timedelta

from archive.rules.clock_claims import Claim, claims_of
from archive.rules.clock_counting import Count
from archive.rules.clock_reading import Reading, without_limit
from archive.rules.clock_values import Deadline, DeadlineKind, DeadlineState, Whose
from archive.rules.law_values import Limit, LimitKind, LimitStart

_DAY = timedelta(days=1)
_REQUESTER = Whose.REQUESTER
_TOO_SOON = "The suit was filed before this day."
_LATEST = "A suit must be brought within this time."
_NO_LATEST = "The law sets no last day for a suit."


def suit_deadlines(
    reading: Reading, answer: Deadline | None, appeal_answers: tuple[Deadline, ...]
) -> tuple[Deadline, ...]:
    """The earliest and the latest days to sue. What happened after a suit does not count for them."""
    claims = claims_of(reading, answer, appeal_answers)
    told = claims if reading.law.court else ()  # without a court, something else comes before a suit
    firsts = [_first_day(reading, claim) for claim in told if _came_to_be(reading, claim)]
    return (*firsts, *_last_days(reading, claims))


def _came_to_be(reading: Reading, claim: Claim) -> bool:
    """A claim that lapsed before its first day never was."""
    if claim.lapsed_on is None or claim.after is None:
        return True
    return claim.lapsed_on > _day_after(reading, claim).steps[-1].last


def _first_day(reading: Reading, claim: Claim) -> Deadline:
    count = _day_after(reading, claim)
    sued_on = reading.sued.on if reading.sued and claim.lapsed_on is None else None
    says = claim.says
    if sued_on and count.due_on and sued_on < count.due_on:
        says = f"{says} {_TOO_SOON}"
    return Deadline(
        kind=DeadlineKind.EARLIEST_SUIT,
        whose=_REQUESTER,
        due_on=count.due_on,
        state=_state_of(reading, claim, count),
        started_on=claim.after,
        met_on=sued_on,
        limits=(),
        steps=count.steps,
        says=says,
        event_id=claim.event_id,
    )


def _day_after(reading: Reading, claim: Claim) -> Count:
    """The day after, or the first one after it on which a court's office is open."""
    if claim.after is None:
        return Count(None, ())
    counter = reading.counter(claim.after, claim.why)
    counter.next_day("the day after", claim.statute)
    counter.roll("the court's office is closed", "")
    return counter.finish()


def _state_of(reading: Reading, claim: Claim, count: Count) -> DeadlineState:
    if claim.lapsed_on is not None:
        return DeadlineState.LAPSED
    if reading.sued is not None:
        return DeadlineState.MET
    if reading.is_withdrawn:
        return DeadlineState.LAPSED
    if claim.is_unlimited:
        return DeadlineState.NO_LIMIT
    if claim.is_paused:
        return DeadlineState.PAUSED
    is_open = count.due_on is not None and count.due_on <= reading.today
    return DeadlineState.OPEN if is_open else DeadlineState.NOT_YET


def _last_days(reading: Reading, claims: tuple[Claim, ...]) -> tuple[Deadline, ...]:
    """Six years by 28 U.S.C. 2401(a), from when the claim first accrued, also where it lapsed again
    (Spannaus v. U.S. Dep't of Justice, 824 F.2d 52 (D.C. Cir. 1987)): the safe day. Where a law counts from
    the refusal itself, each refusal has a day of its own."""
    limit = reading.limit(LimitKind.SUIT)
    accrued = [(claim.after, claim) for claim in claims if claim.after is not None]
    if limit is None or not accrued:
        return ()
    if limit.starts is LimitStart.DETERMINATION:
        live = [(after, claim) for after, claim in accrued if claim.lapsed_on is None]
        return tuple(_last_day(reading, limit, after, claim) for after, claim in live)
    after, first = min(accrued, key=lambda pair: pair[0])
    return (_last_day(reading, limit, after + _DAY, first),)


def _last_day(reading: Reading, limit: Limit, start: date, claim: Claim) -> Deadline:
    kind = DeadlineKind.LATEST_SUIT
    sued_on = reading.sued.on if reading.sued else None
    if limit.amount is None:
        return without_limit(kind, _REQUESTER, limit, start, sued_on, _NO_LATEST)
    is_claim = limit.starts is not LimitStart.DETERMINATION
    why = "the day on which a suit may first be brought" if is_claim else claim.why
    count = reading.count(start, why, limit, whose=_REQUESTER)
    return Deadline(
        kind=kind,
        whose=_REQUESTER,
        due_on=count.due_on,
        state=reading.state_of(_REQUESTER, count.due_on, sued_on),
        started_on=start,
        met_on=sued_on,
        limits=(limit,),
        steps=count.steps,
        says=_LATEST,
        event_id=claim.event_id,
    )
