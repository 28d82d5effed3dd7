"""The day on which the clock of an answer starts, and what is counted before it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from archive.rules.clock_counting import Stretch
from archive.rules.clock_reading import Reading
from archive.rules.clock_timeline import ACKNOWLEDGEMENTS
from archive.rules.law_values import Limit, LimitKind, LimitStart
from archive.rules.request_states import EventKind


@dataclass(frozen=True, slots=True)
class ClockStart:
    """``before``: the time for something else that runs first when nobody wrote down that it was done."""

    on: date
    why: str
    before: Stretch | None = None
    note: str = ""


_NO_RECEIPT = "No receipt was written down, so it is counted from the day it was sent."


def start_of(reading: Reading, limit: Limit) -> ClockStart | None:
    """Where the clock of ``limit`` starts; None before anything was sent."""
    if limit.starts is LimitStart.ACKNOWLEDGEMENT:
        return _from_acknowledgement(reading)
    if limit.starts is LimitStart.REQUEST:
        return request_start(reading)
    return receipt_start(reading)


def request_start(reading: Reading) -> ClockStart | None:
    """The day of the request itself."""
    event = reading.timeline.first(EventKind.SENT, EventKind.RECEIVED, EventKind.ROUTED)
    return ClockStart(event.on, "the day of the request") if event else None


def receipt_start(reading: Reading) -> ClockStart | None:
    """The day the proper component had it; at the latest when the time for getting there was over."""
    routed = reading.timeline.first_on(EventKind.ROUTED)
    received = reading.timeline.first_on(EventKind.RECEIVED)
    if routed is not None and (received is None or routed <= _latest_routing(reading, received)):
        return ClockStart(routed, "received by the proper component")
    if received is not None:
        return ClockStart(received, "received by the agency", _routing(reading) if routed else None)
    sent = reading.timeline.first_on(EventKind.SENT)
    return ClockStart(sent, "sent", note=_NO_RECEIPT) if sent else None


def _routing(reading: Reading) -> Stretch | None:
    limit = reading.limit(LimitKind.ROUTING)
    return Stretch(limit, limit.amount) if limit and limit.amount else None


def _latest_routing(reading: Reading, received: date) -> date:
    """The day on which the clock starts in any event. A law without such a day waits for nothing."""
    routing = _routing(reading)
    if routing is None:
        return received
    counter = reading.counter(received, "")
    counter.count(routing)
    return counter.day


def _from_acknowledgement(reading: Reading) -> ClockStart | None:
    """The acknowledgement, or the last day for one when none came in time."""
    start = receipt_start(reading)
    limit = reading.limit(LimitKind.ACKNOWLEDGEMENT)
    if start is None or limit is None or limit.amount is None:
        return start
    stretch = Stretch(limit, limit.amount)
    counter = reading.counter(start.on, start.why)
    counter.count(stretch)
    came_on = reading.timeline.first_on(*ACKNOWLEDGEMENTS - {EventKind.DETERMINED})
    if came_on is not None and start.on <= came_on <= counter.day:
        return ClockStart(came_on, "acknowledged", note=start.note)
    return ClockStart(start.on, start.why, stretch, start.note)
