"""Whatever happens to a request, in whatever order: its dates hold together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.rules.calendars import closed_on
from archive.rules.clock_values import ClockEvent, ClockQuestion, Deadline, DeadlineKind, DeadlineState
from archive.rules.clocks import deadlines_of
from archive.rules.law_values import Law
from archive.rules.laws import all_laws, get_law
from archive.rules.request_states import EventKind, Outcome
from tests.deadline_sums import assert_sums_up

FIRST, LAST = date(2019, 12, 1), date(2027, 1, 31)
TODAY = date(2026, 6, 1)
NAMED = (DeadlineKind.COURT_ORDER, DeadlineKind.PRODUCTION)
# When a clock starts is a fact about its beginning, whenever it is written down; these are no later events.
STARTS = (EventKind.SENT, EventKind.RECEIVED, EventKind.ROUTED, EventKind.APPEAL_RECEIVED)
PAUSES = (
    EventKind.INFORMATION_ASKED,
    EventKind.INFORMATION_GIVEN,
    EventKind.FEES_ASKED,
    EventKind.FEES_SETTLED,
)
# What moves dates, more often than the rest.
BUSY = (
    *EventKind,
    *(EventKind.DETERMINED, EventKind.EXTENDED, EventKind.APPEALED, EventKind.APPEAL_DECIDED) * 6,
    *PAUSES * 3,
)
AGENCIES = st.sampled_from(["", "DOI", "DHS", "FBI", "nobody's"])
LAWS = st.sampled_from(all_laws())
FEDERAL = get_law("us")


def events_between(
    first: date, last: date, kinds: tuple[EventKind, ...] = tuple(EventKind)
) -> st.SearchStrategy[ClockEvent]:
    return st.builds(
        ClockEvent,
        kind=st.sampled_from(kinds),
        on=st.dates(first, last),
        outcome=st.none() | st.sampled_from(list(Outcome)),
        until_on=st.none() | st.dates(first, last + timedelta(400)),
        days=st.none() | st.integers(-3, 60),
        id=st.none() | st.integers(1, 9),
    )


SENT = st.builds(ClockEvent, st.sampled_from([EventKind.SENT, EventKind.RECEIVED]), st.dates(FIRST, LAST))


@st.composite
def stories(draw: st.DrawFn) -> tuple[ClockEvent, ...]:
    """A request and what happened to it within some months, in any order."""
    sent = draw(SENT)
    more = st.lists(events_between(sent.on - timedelta(10), sent.on + timedelta(150)), max_size=9)
    return tuple(draw(st.permutations([sent, *draw(more)])))


QUESTIONS = st.builds(
    ClockQuestion,
    law=LAWS | st.just(FEDERAL),
    events=stories(),
    agency=AGENCIES,
    next_production_on=st.none() | st.dates(FIRST, LAST),
)


@given(QUESTIONS)
@settings(max_examples=200, deadline=None)
def test_due_date_is_never_a_closed_day(question: ClockQuestion) -> None:
    for deadline in deadlines_of(question, TODAY):
        if deadline.due_on is not None and deadline.kind not in NAMED:
            assert closed_on(question.law.calendar, deadline.due_on) == ""


@given(QUESTIONS)
@settings(max_examples=200, deadline=None)
def test_the_arithmetic_sums_up(question: ClockQuestion) -> None:
    for deadline in deadlines_of(question, TODAY):
        assert_sums_up(deadline)


@given(QUESTIONS, st.dates(FIRST, date(2040, 1, 1)))
@settings(max_examples=100, deadline=None)
def test_the_day_it_is_decides_nothing_but_where_a_date_stands(question: ClockQuestion, day: date) -> None:
    def dates_on(today: date) -> list[Deadline]:
        return [replace(one, state=DeadlineState.RUNNING) for one in deadlines_of(question, today)]

    assert dates_on(day) == dates_on(date.min)


@given(QUESTIONS)
@settings(max_examples=150, deadline=None)
def test_a_pause_never_makes_the_answer_due_earlier(question: ClockQuestion) -> None:
    without = tuple(event for event in question.events if event.kind not in PAUSES)
    paused = answer_of(question)
    plain = answer_of(replace(question, events=without))
    if paused is not None and paused.due_on is not None:
        assert plain is not None
        assert plain.due_on is not None
        assert plain.due_on <= paused.due_on


def answer_of(question: ClockQuestion) -> Deadline | None:
    found = (one for one in deadlines_of(question, TODAY) if one.kind is DeadlineKind.ANSWER)
    return next(found, None)


@given(LAWS | st.just(FEDERAL), SENT, st.integers(0, 60), st.data())
@settings(max_examples=300, deadline=None)
def test_later_events_never_change_what_was_done_or_due_before_them(
    law: Law, sent: ClockEvent, days: int, data: st.DataObject
) -> None:
    """A story is cut on a day: what was known then is compared with what is known in the end."""
    cut = sent.on + timedelta(days)
    first = data.draw(st.lists(events_between(sent.on, cut, BUSY), max_size=5))
    later = data.draw(
        st.lists(events_between(cut + timedelta(1), cut + timedelta(40), BUSY), min_size=1, max_size=5)
    )
    later = [event for event in later if event.kind not in STARTS]
    before = deadlines_of(ClockQuestion(law, (sent, *first)), TODAY)
    after = deadlines_of(ClockQuestion(law, (sent, *first, *later)), TODAY)
    now = [(one.kind, one.due_on) for one in after]
    for one in before:
        if one.due_on is not None and (one.met_on is not None or one.due_on <= cut):
            assert (one.kind, one.due_on) in now


@given(
    st.lists(events_between(date.min, date(9998, 1, 1) - timedelta(500)), max_size=12),
    LAWS,
    st.none() | st.dates(),
    st.dates(),
)
@settings(max_examples=100, deadline=None)
def test_no_order_of_events_and_no_day_is_too_much(
    events: list[ClockEvent], law: Law, promised: date | None, today: date
) -> None:
    question = ClockQuestion(law=law, events=tuple(events), next_production_on=promised)
    for deadline in deadlines_of(question, today):
        assert_sums_up(deadline)


@given(stories(), st.integers(0, 8))
@settings(max_examples=100, deadline=None)
def test_a_fee_question_more_never_makes_the_answer_due_earlier(
    events: tuple[ClockEvent, ...], weeks: int
) -> None:
    """Fees may stop the clock as often as it takes, so a question more only ever adds days."""
    events = tuple(
        event for event in events if event.kind not in (EventKind.FEES_ASKED, EventKind.FEES_SETTLED)
    )
    asked_on = min(event.on for event in events) + timedelta(weeks * 7)
    more = (
        ClockEvent(EventKind.FEES_ASKED, asked_on),
        ClockEvent(EventKind.FEES_SETTLED, asked_on + timedelta(9)),
    )
    plain = answer_of(ClockQuestion(FEDERAL, events))
    asked = answer_of(ClockQuestion(FEDERAL, (*events, *more)))
    if plain is not None and plain.due_on is not None and asked is not None and asked.due_on is not None:
        assert plain.due_on <= asked.due_on
