"""What happened to a request, asked the way clocks ask."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from archive.rules.clock_values import ClockEvent
from archive.rules.request_states import ADVERSE_OUTCOMES, EventKind

_OURS = frozenset(
    {
        EventKind.SENT,
        EventKind.RECEIVED,
        EventKind.ROUTED,
        EventKind.INFORMATION_GIVEN,
        EventKind.FEES_SETTLED,
        EventKind.EXPEDITED_ASKED,
        EventKind.FEE_WAIVER_ASKED,
        EventKind.FOLLOWED_UP,
        EventKind.MEDIATION_ASKED,
        EventKind.APPEALED,
        EventKind.SUED,
        EventKind.CORRESPONDED,
        EventKind.NOTED,
        EventKind.WITHDRAWN,
        EventKind.CLOSED,
        EventKind.REOPENED,
    }
)
# Whatever an agency writes about a request tells that it has it.
ACKNOWLEDGEMENTS = frozenset(EventKind) - _OURS


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events in the order of their days; those of one day in the order they were given."""

    events: tuple[ClockEvent, ...]

    def first(self, *kinds: EventKind) -> ClockEvent | None:
        """The first event of any of ``kinds``."""
        return next((event for event in self.events if event.kind in kinds), None)

    def first_on(self, *kinds: EventKind) -> date | None:
        """The day of the first event of any of ``kinds``."""
        found = self.first(*kinds)
        return found.on if found else None

    def all(self, *kinds: EventKind) -> tuple[ClockEvent, ...]:
        """All events of ``kinds``."""
        return tuple(event for event in self.events if event.kind in kinds)

    def before(self, event: ClockEvent | None) -> Timeline:
        """What happened before ``event``; everything when there is none."""
        if event is None:
            return self
        return Timeline(self.events[: self._place(event)])

    def after(self, event: ClockEvent) -> Timeline:
        """What happened after ``event``."""
        return Timeline(self.events[self._place(event) + 1 :])

    def through(self, day: date) -> Timeline:
        """What happened up to and on ``day``."""
        return Timeline(tuple(event for event in self.events if event.on <= day))

    def refusals(self) -> tuple[ClockEvent, ...]:
        """The answers that refuse something."""
        return tuple(event for event in self.all(EventKind.DETERMINED) if event.outcome in ADVERSE_OUTCOMES)

    def _place(self, event: ClockEvent) -> int:
        return next(place for place, one in enumerate(self.events) if one is event)


def timeline_of(events: Sequence[ClockEvent]) -> Timeline:
    """The order of the days; the sort is stable."""
    return Timeline(tuple(sorted(events, key=lambda event: event.on)))


def earliest(days: Collection[date | None]) -> date | None:
    """The first of the days that are known."""
    return min((day for day in days if day is not None), default=None)
