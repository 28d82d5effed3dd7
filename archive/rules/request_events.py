"""What an event of a request may say, and which events cannot be together: so that no clock is counted from a
slip of the pen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from archive.rules.clock_values import ClockEvent
from archive.rules.request_errors import BadRequestForm
from archive.rules.request_forms import EventForm, check_day
from archive.rules.request_states import EVENT_WORDS, EventKind, Outcome

# The fields that hang on the kind. Every kind has a day, a sentence, a note, sender and recipient.
FIELDS: dict[EventKind, frozenset[str]] = {
    EventKind.ROUTED: frozenset({"agency"}),
    EventKind.FEES_ASKED: frozenset({"amount"}),
    EventKind.FEES_SETTLED: frozenset({"amount"}),
    EventKind.EXTENDED: frozenset({"days", "until_on"}),
    EventKind.ESTIMATED: frozenset({"until_on"}),
    EventKind.REFERRED: frozenset({"agency"}),
    EventKind.DETERMINED: frozenset({"outcome"}),
    EventKind.PRODUCED: frozenset({"production"}),
    EventKind.APPEAL_EXTENDED: frozenset({"days", "until_on"}),
    EventKind.APPEAL_DECIDED: frozenset({"outcome"}),
    EventKind.COURT_ORDERED: frozenset({"until_on"}),
}
NEEDED: dict[EventKind, str] = {
    EventKind.ESTIMATED: "until_on",
    EventKind.DETERMINED: "outcome",
    EventKind.APPEAL_DECIDED: "outcome",
}
ANSWERS = tuple(one for one in Outcome if one not in (Outcome.REMANDED, Outcome.WITHDRAWN))
APPEAL_ANSWERS = tuple(one for one in Outcome if one not in (Outcome.REFERRED, Outcome.WITHDRAWN))

# As the form lists them: who did what.
GROUPS: tuple[tuple[str, tuple[EventKind, ...]], ...] = (
    (
        "The agency wrote",
        (
            EventKind.ACKNOWLEDGED,
            EventKind.DETERMINED,
            EventKind.PRODUCED,
            EventKind.EXTENDED,
            EventKind.ESTIMATED,
            EventKind.INFORMATION_ASKED,
            EventKind.FEES_ASKED,
            EventKind.EXPEDITED_GRANTED,
            EventKind.EXPEDITED_DENIED,
            EventKind.FEE_WAIVER_GRANTED,
            EventKind.FEE_WAIVER_DENIED,
            EventKind.REFERRED,
        ),
    ),
    (
        "We wrote",
        (
            EventKind.SENT,
            EventKind.FOLLOWED_UP,
            EventKind.INFORMATION_GIVEN,
            EventKind.FEES_SETTLED,
            EventKind.NARROWED,
            EventKind.EXPEDITED_ASKED,
            EventKind.FEE_WAIVER_ASKED,
            EventKind.MEDIATION_ASKED,
        ),
    ),
    ("It reached the agency", (EventKind.RECEIVED, EventKind.ROUTED)),
    (
        "Appeal",
        (
            EventKind.APPEALED,
            EventKind.APPEAL_RECEIVED,
            EventKind.APPEAL_EXTENDED,
            EventKind.APPEAL_DECIDED,
        ),
    ),
    ("Court", (EventKind.SUED, EventKind.COURT_ORDERED)),
    ("Anything else", (EventKind.CORRESPONDED, EventKind.NOTED)),
    ("The end", (EventKind.CLOSED, EventKind.WITHDRAWN, EventKind.REOPENED)),
)
# What may be before the request was sent: it says nothing of what the agency did with it.
_BEFORE_SENT = frozenset({EventKind.SENT, EventKind.CORRESPONDED, EventKind.NOTED})
# Nothing of the second may be before the first of the first, when there is one.
_ORDER: tuple[tuple[EventKind, frozenset[EventKind]], ...] = (
    (EventKind.SENT, frozenset(EventKind) - _BEFORE_SENT),
    (
        EventKind.APPEALED,
        frozenset({EventKind.APPEAL_RECEIVED, EventKind.APPEAL_EXTENDED, EventKind.APPEAL_DECIDED}),
    ),
    (EventKind.SUED, frozenset({EventKind.COURT_ORDERED})),
)
_GIVEN = {"outcome": "outcome", "until_on": "day until", "days": "number of days", "amount": "amount"}
_RANK = {kind: rank for rank, kind in enumerate(EventKind)}


def position_of(kind: EventKind) -> int:
    """Events of one day stand in the order in which such things happen, whenever they were written down."""
    return _RANK[kind]


def check_event(form: EventForm, today: date) -> None:
    """What can be seen from the event alone. Raises ``BadRequestForm``."""
    check_day(form.happened_on, today, field="happened_on")
    _refuse_foreign_fields(form)
    _refuse_missing(form)
    _refuse_outcome(form)
    if form.until_on is not None and form.until_on < form.happened_on:
        raise BadRequestForm(
            "The day until which it goes is before the day it was said.",
            field="until_on",
            help="Check both days.",
        )


def check_order(form: EventForm, others: Sequence[ClockEvent]) -> None:
    """Whether it can have happened then, after what else happened. Raises ``BadRequestForm``.

    Events may be written down in any order: an answer without a day on which the request was sent is taken.
    """
    for first, later in _ORDER:
        begun = [event.on for event in others if event.kind is first]
        if form.kind is first:
            _refuse_after(first, min([form.happened_on, *begun]), later, others)
        elif form.kind in later and begun and form.happened_on < min(begun):
            raise BadRequestForm(
                f"‘{EVENT_WORDS[form.kind].capitalize()}’ cannot be before ‘{EVENT_WORDS[first]}’"
                f" ({_day(min(begun))}).",
                field="happened_on",
                help="Check both days.",
            )


def fields_of(kind: EventKind) -> frozenset[str]:
    """The fields that only some kinds have, of this one."""
    return FIELDS.get(kind, frozenset())


def _refuse_after(
    first: EventKind, begun: date, later: frozenset[EventKind], others: Sequence[ClockEvent]
) -> None:
    early = [event for event in others if event.kind in later and event.on < begun]
    if early:
        raise BadRequestForm(
            f"‘{EVENT_WORDS[early[0].kind].capitalize()}’ was before this day ({_day(early[0].on)}).",
            field="happened_on",
            help=f"‘{EVENT_WORDS[first].capitalize()}’ comes before it: check both days.",
        )


def _refuse_foreign_fields(form: EventForm) -> None:
    given = {
        "outcome": form.outcome is not None,
        "until_on": form.until_on is not None,
        "days": form.days is not None,
        "amount": form.amount_cents is not None,
        "agency": bool(form.agency),
        "production": form.production_id is not None,
    }
    for field, is_given in given.items():
        if is_given and field not in fields_of(form.kind):
            word = _GIVEN.get(field, field)
            raise BadRequestForm(
                f"‘{EVENT_WORDS[form.kind].capitalize()}’ has no {word}.",
                field=field,
                help="Leave it empty, or choose what happened again.",
            )


def _refuse_missing(form: EventForm) -> None:
    needed = NEEDED.get(form.kind)
    if needed == "outcome" and form.outcome is None:
        raise BadRequestForm(
            "What was decided is missing.", field="outcome", help="Choose the outcome from the letter."
        )
    if needed == "until_on" and form.until_on is None:
        raise BadRequestForm(
            "The day that the agency named is missing.",
            field="until_on",
            help="Write it down from the letter.",
        )


def _refuse_outcome(form: EventForm) -> None:
    if form.outcome is None:
        return
    allowed = ANSWERS if form.kind is EventKind.DETERMINED else APPEAL_ANSWERS
    if form.outcome not in allowed:
        raise BadRequestForm(
            f"‘{EVENT_WORDS[form.kind].capitalize()}’ cannot have this outcome.",
            field="outcome",
            help="Choose another one; for a withdrawal choose ‘withdrawn by the requester’ as what happened.",
        )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
