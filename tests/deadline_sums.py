"""How the arithmetic of a deadline must sum up, whatever it is counted from."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from archive.rules.clock_values import Deadline, DeadlineKind, StepKind
from archive.rules.law_values import LimitKind, Unit

_DAY = timedelta(days=1)
_EXTENSIONS = (LimitKind.EXTENSION, LimitKind.APPEAL_EXTENSION)


def assert_sums_up(deadline: Deadline) -> None:
    """START, then every day once, then DUE; and what was counted is what the law gives."""
    _assert_no_gap(deadline)
    _assert_units(deadline)


def _assert_no_gap(deadline: Deadline) -> None:
    between = [step for step in deadline.steps if step.kind not in (StepKind.START, StepKind.DUE)]
    for before, step in pairwise(between):
        if step.kind is not StepKind.BACK:
            assert step.first == before.last + _DAY
    for step in between:
        assert step.first <= step.last
    starts = [step for step in deadline.steps if step.kind is StepKind.START]
    if starts and between:
        assert starts == [deadline.steps[0]]
        assert between[0].first == starts[0].last + _DAY
    if deadline.due_on is not None:
        _assert_end(deadline)


def _assert_end(deadline: Deadline) -> None:
    due, last = deadline.steps[-1], deadline.steps[-2]
    assert due.kind is StepKind.DUE
    assert due.first == due.last == deadline.due_on
    if last.kind is StepKind.BACK:
        assert last.first == due.last + _DAY
        assert last.last == deadline.steps[-3].last
    elif last.kind is not StepKind.START:
        assert last.last == due.last


def _assert_units(deadline: Deadline) -> None:
    for step in deadline.steps:
        assert step.days == 0 or step.kind is StepKind.COUNT
    counted = sum(step.days for step in deadline.steps)
    if deadline.kind is DeadlineKind.EARLIEST_SUIT:
        assert counted == (1 if deadline.due_on else 0)
        return
    given = sum(row.amount or 0 for row in deadline.limits if row.kind not in _EXTENSIONS)
    more = sum(row.amount or 0 for row in deadline.limits if row.kind in _EXTENSIONS)
    total = counted + (deadline.remaining or 0)
    open_ended = any(row.kind in _EXTENSIONS and row.amount is None for row in deadline.limits)
    assert given <= total
    assert open_ended or total <= given + more
    for step in deadline.steps:
        if step.kind is StepKind.COUNT and all(row.unit is Unit.DAYS for row in deadline.limits):
            assert step.days == (step.last - step.first).days + 1
