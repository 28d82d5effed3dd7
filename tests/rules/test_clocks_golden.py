"""Deadlines that were counted by hand: the program counts the same, and its arithmetic sums up."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from archive.rules.clock_values import ClockEvent, ClockQuestion, Deadline, DeadlineKind
from archive.rules.clocks import deadlines_of
from archive.rules.laws import get_law
from archive.rules.request_states import EventKind, Outcome
from tests.deadline_sums import assert_sums_up

GOLDEN = Path(__file__).parents[1] / "golden"
TODAY = date(2026, 12, 1)
NONE, ABSENT = "none", "absent"


@dataclass(frozen=True)
class GoldenCase:
    file: str
    table: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.file}: {self.table['name']}"

    @property
    def question(self) -> ClockQuestion:
        return ClockQuestion(
            law=get_law(self.table["law"]),
            events=tuple(an_event(number, *row) for number, row in enumerate(self.table["events"], 1)),
            agency=self.table.get("agency", ""),
            next_production_on=a_day(self.table.get("promised")),
        )

    def deadlines(self) -> tuple[Deadline, ...]:
        return deadlines_of(self.question, a_day(self.table.get("today")) or TODAY)


def a_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def an_event(number: int, kind: str, day: str, more: dict[str, Any] | None = None) -> ClockEvent:
    more = more or {}
    return ClockEvent(
        kind=EventKind(kind),
        on=date.fromisoformat(day),
        outcome=Outcome(more["outcome"]) if "outcome" in more else None,
        until_on=a_day(more.get("until_on")),
        days=more.get("days"),
        id=number,
    )


def all_cases() -> list[GoldenCase]:
    return [
        GoldenCase(path.stem, table)
        for path in sorted(GOLDEN.glob("deadlines_*.toml"))
        for table in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


CASES = all_cases()
each_case = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])


def said(wanted: str | list[str]) -> list[str]:
    """What a table says of a kind: one, several, or none at all."""
    if wanted == ABSENT:
        return []
    return [wanted] if isinstance(wanted, str) else wanted


def found(deadlines: tuple[Deadline, ...], kind: str) -> list[Deadline]:
    return [one for one in deadlines if one.kind is DeadlineKind(kind)]


@each_case
def test_dates_are_those_counted_by_hand(case: GoldenCase) -> None:
    deadlines = case.deadlines()
    for kind, wanted in case.table["due"].items():
        dates = [one.due_on.isoformat() if one.due_on else NONE for one in found(deadlines, kind)]
        assert dates == said(wanted), kind


@each_case
def test_states_are_those_written_down(case: GoldenCase) -> None:
    deadlines = case.deadlines()
    for kind, wanted in case.table.get("state", {}).items():
        assert [one.state.value for one in found(deadlines, kind)] == said(wanted), kind
    for kind, left in case.table.get("remaining", {}).items():
        assert [one.remaining for one in found(deadlines, kind)] == [left], kind


@each_case
def test_the_deciding_line_of_the_statute_stands_in_the_arithmetic(case: GoldenCase) -> None:
    statute = case.table["statute"]
    told = {step.statute for one in case.deadlines() for step in one.steps}
    told |= {row.statute for one in case.deadlines() for row in one.limits}
    assert not statute or statute in {cite for row in told for cite in row.split("; ")}


@each_case
def test_the_arithmetic_sums_up(case: GoldenCase) -> None:
    for deadline in case.deadlines():
        assert_sums_up(deadline)


def test_enough_dates_were_counted_by_hand() -> None:
    """Of federal law and D.C. alone."""
    ours = [case for case in CASES if case.table["law"] in ("us", "us-dc")]
    dates = [
        day
        for case in ours
        for wanted in case.table["due"].values()
        for day in said(wanted)
        if day not in (NONE, ABSENT)
    ]
    assert len(ours) >= 90
    assert len(dates) >= 130


def test_no_case_stands_there_twice() -> None:
    names = [case.name for case in CASES]
    assert len(names) == len(set(names))
