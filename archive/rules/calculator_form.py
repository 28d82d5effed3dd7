"""What somebody types into the calculator of deadlines, read into events for the clocks.

Everything stands in the address, so that an answer can be linked to: a field is a parameter of its name.
Of pauses there may be several: their fields end in a number, ``asked_1`` and ``given_1``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from archive.rules.calculator_fields import (
    EARLIEST,
    EXTENDED,
    FIELDS,
    LATEST,
    MOST_DAYS,
    MOST_PAUSES,
    PAUSES,
    Field,
    outcome_of,
)
from archive.rules.calendar_words import day_in_words
from archive.rules.clock_values import ClockEvent
from archive.rules.law_values import Law
from archive.rules.laws import get_law
from archive.rules.request_errors import LawNotFound

DEFAULT_LAW = "us"
# What happened first, of things that happened on one day.
_ORDER = (
    *(field.kind for field in FIELDS[: FIELDS.index(EXTENDED)]),
    *(field.kind for pair in PAUSES for field in pair),
    *(field.kind for field in FIELDS[FIELDS.index(EXTENDED) :]),
)
_LONGEST = 200  # characters that are kept of what was typed


@dataclass(frozen=True, slots=True)
class Asked:
    """The form as it was typed. ``problems`` maps a field's name to a sentence; with any of them, or
    without a day from which the clock may run, there is nothing to count (``is_complete``)."""

    law: Law
    agency: str
    typed: Mapping[str, str]
    events: tuple[ClockEvent, ...]
    problems: Mapping[str, str]
    pauses: tuple[int, ...]  # rows to show of each kind of pause: those that were typed, and an empty one

    @property
    def is_complete(self) -> bool:
        """Whether there is something to count."""
        return bool(self.events) and not self.problems

    def touches(self, *beginnings: str) -> bool:
        """Whether a field whose name begins so holds something, or is wrong."""
        return any(
            name.startswith(beginnings) and (name in self.problems or bool(text))
            for name, text in self.typed.items()
        )

    def parameters(self) -> list[tuple[str, str]]:
        """The address of it: what was typed, in the order of the form."""
        return [(name, self.typed[name]) for name in _names() if self.typed.get(name)]


def read_form(given: Mapping[str, str]) -> Asked:
    """Never fails: what cannot be understood is in ``problems``, beside what was typed."""
    typed = {name: given.get(name, "").strip()[:_LONGEST] for name in _names()}
    problems: dict[str, str] = {}
    law = _law(typed, problems)
    days = _days(typed, problems)
    _check_order(days, problems)
    _check_pairs(typed, days, problems)
    number = _number(typed, problems)
    events = [] if problems else _events(typed, days, number)
    return Asked(law, typed["agency"], typed, tuple(events), problems, _pause_rows(typed))


def _names() -> Iterator[str]:
    yield from ("law", "agency")
    for field in FIELDS:
        yield field.name
        yield from (extra for extra in (field.outcome, field.days, field.until) if extra)
    for number in range(1, MOST_PAUSES + 1):
        for first, second in PAUSES:
            yield f"{first.name}_{number}"
            yield f"{second.name}_{number}"


def _law(typed: dict[str, str], problems: dict[str, str]) -> Law:
    typed["law"] = typed["law"] or DEFAULT_LAW
    try:
        return get_law(typed["law"])
    except LawNotFound:
        problems["law"] = "This law is not among those that are kept here. Choose one from the list."
        return get_law(DEFAULT_LAW)


def _dated() -> Iterator[tuple[str, Field]]:
    """Every field that holds a day, by its name in the form."""
    for field in FIELDS:
        yield field.name, field
        if field.until:
            yield field.until, field
    for number in range(1, MOST_PAUSES + 1):
        for pair in PAUSES:
            yield from ((f"{field.name}_{number}", field) for field in pair)


def _days(typed: dict[str, str], problems: dict[str, str]) -> dict[str, date]:
    days = {}
    for name, _ in _dated():
        if not typed[name]:
            continue
        try:
            day = date.fromisoformat(typed[name])
        except ValueError:
            problems[name] = "This is not a day of the calendar. Write it like this: 2011-03-04."
            continue
        if not EARLIEST <= day <= LATEST:
            problems[name] = f"Days from {EARLIEST.year} to {LATEST.year} can be counted."
            continue
        days[name], typed[name] = day, day.isoformat()
    return days


def _check_order(days: Mapping[str, date], problems: dict[str, str]) -> None:
    """Nothing happens before the request, and no answer before its question."""
    start = "sent" if "sent" in days else "received"
    if start not in days:
        return
    for name, field in _dated():
        if name not in days or name in problems:
            continue
        after = _after(name, field)
        for earlier, words in ((start, "the request"), (after, "what it follows")):
            if earlier in days and days[name] < days[earlier]:
                problems[name] = f"This is before {words}, of {day_in_words(days[earlier])}."
                break


def _after(name: str, field: Field) -> str:
    if name == field.until:
        return field.name
    _, _, number = name.rpartition("_")
    return f"{field.after}_{number}" if field.after and number.isdigit() else field.after


def _check_pairs(typed: Mapping[str, str], days: Mapping[str, date], problems: dict[str, str]) -> None:
    """What says nothing without another field."""
    for field in FIELDS:
        for extra in filter(None, (field.outcome, field.days, field.until)):
            if typed[extra] and not typed[field.name]:
                problems.setdefault(field.name, "Write down the day, too.")
        if field.outcome and field.name in days:
            if not typed[field.outcome]:
                problems[field.outcome] = "Say how it was decided: what follows hangs on it."
            elif outcome_of(typed[field.outcome]) is None:
                problems[field.outcome] = "Choose one from the list."
    for name, field in _dated():
        after = _after(name, field)
        if field.needs_after and typed[name] and not typed[after]:
            problems.setdefault(name, "Write down what it answers, too: the day on which the agency asked.")
    is_dated = any(typed[name] for name, _ in _dated())
    if is_dated and not typed["sent"] and not typed["received"] and not typed["routed"]:
        problems.setdefault("sent", "Write down when the request was sent, or when it was received.")


def _number(typed: Mapping[str, str], problems: dict[str, str]) -> dict[str, int]:
    found = {}
    for name in (field.days for field in FIELDS if field.days):
        text = typed[name]
        if not text:
            continue
        if text.isascii() and text.isdigit() and 0 < int(text[:6]) <= MOST_DAYS:
            found[name] = int(text)
        else:
            problems[name] = f"Write a number of days from 1 to {MOST_DAYS}."
    return found


def _events(
    typed: Mapping[str, str], days: Mapping[str, date], number: Mapping[str, int]
) -> list[ClockEvent]:
    """In the order they happened; of one day, in the order of the form."""
    found: list[ClockEvent] = []
    for name, field in _dated():
        if name in days and name != field.until:
            outcome = outcome_of(typed[field.outcome]) if field.outcome else None
            until = days.get(field.until) if field.until else None
            length = number.get(field.days) if field.days else None
            place = len(found) + 1
            found.append(ClockEvent(field.kind, days[name], outcome, until, length, place))
    return sorted(found, key=lambda event: (event.on, _ORDER.index(event.kind)))


def _pause_rows(typed: Mapping[str, str]) -> tuple[int, ...]:
    """For another pause there is room when the last one is over."""
    rows = []
    for first, second in PAUSES:
        used = [
            number
            for number in range(1, MOST_PAUSES + 1)
            if typed[f"{first.name}_{number}"] or typed[f"{second.name}_{number}"]
        ]
        last = max(used, default=0)
        is_over = last == 0 or bool(typed[f"{second.name}_{last}"])
        rows.append(min(last + is_over, MOST_PAUSES))
    return tuple(rows)
