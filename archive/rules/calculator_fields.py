"""The fields of the calculator of deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from archive.rules.request_states import EventKind, Outcome

EARLIEST, LATEST = date(1967, 7, 4), date(2099, 12, 31)  # the Freedom of Information Act took effect then
MOST_PAUSES = 12
MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Field:
    """A day that something happened on. ``outcome``, ``days`` and ``until`` name the fields beside it that
    say how, how long, until when. ``after``: the field that it cannot come before; ``needs_after``: and that
    must be there."""

    name: str
    kind: EventKind
    label: str
    hint: str = ""
    outcome: str = ""
    days: str = ""
    until: str = ""
    after: str = ""
    needs_after: bool = False


SENT = Field("sent", EventKind.SENT, "Request sent")
RECEIVED = Field(
    "received", EventKind.RECEIVED, "Received by the agency", "By any office of it that takes requests."
)
ROUTED = Field(
    "routed", EventKind.ROUTED, "Received by the right office", "When it was passed on to another."
)
ACKNOWLEDGED = Field("acknowledged", EventKind.ACKNOWLEDGED, "Acknowledged")
EXPEDITED_ASKED = Field(
    "expedited_asked",
    EventKind.EXPEDITED_ASKED,
    "Faster handling asked for",
    "“Expedited processing”, often with the request itself.",
)
EXPEDITED_DECIDED = Field(
    "expedited_decided",
    EventKind.EXPEDITED_GRANTED,
    "Agency decided about it",
    "Whether it said yes or no.",
    after="expedited_asked",
    needs_after=True,
)
EXTENDED = Field(
    "extended",
    EventKind.EXTENDED,
    "Notice of more time",
    "The day of the agency's letter.",
    days="extended_days",
    until="extended_until",
)
ANSWERED = Field("answered", EventKind.DETERMINED, "Agency answered", outcome="outcome")
APPEALED = Field("appealed", EventKind.APPEALED, "Appeal sent")
APPEAL_RECEIVED = Field(
    "appeal_received", EventKind.APPEAL_RECEIVED, "Appeal received", after="appealed", needs_after=True
)
APPEAL_DECIDED = Field(
    "appeal_decided",
    EventKind.APPEAL_DECIDED,
    "Appeal decided",
    outcome="appeal_outcome",
    after="appealed",
    needs_after=True,
)
SUED = Field("sued", EventKind.SUED, "Suit filed")
FIELDS = (
    SENT,
    RECEIVED,
    ROUTED,
    ACKNOWLEDGED,
    EXPEDITED_ASKED,
    EXPEDITED_DECIDED,
    EXTENDED,
    ANSWERED,
    APPEALED,
    APPEAL_RECEIVED,
    APPEAL_DECIDED,
    SUED,
)
PAUSES = (
    (
        Field("asked", EventKind.INFORMATION_ASKED, "Agency asked for information"),
        Field("given", EventKind.INFORMATION_GIVEN, "You answered", after="asked", needs_after=True),
    ),
    (
        Field("fees_asked", EventKind.FEES_ASKED, "Agency asked about fees"),
        Field("fees_settled", EventKind.FEES_SETTLED, "Fees settled", after="fees_asked", needs_after=True),
    ),
)
ANSWER_OUTCOMES = (
    Outcome.GRANTED,
    Outcome.GRANTED_IN_PART,
    Outcome.DENIED,
    Outcome.NO_RECORDS,
    Outcome.NOT_AGENCY_RECORDS,
    Outcome.NEITHER_CONFIRMED_NOR_DENIED,
    Outcome.REFUSED_ON_PROCEDURE,
    Outcome.REFERRED,
)
APPEAL_OUTCOMES = (Outcome.GRANTED, Outcome.GRANTED_IN_PART, Outcome.DENIED, Outcome.REMANDED)


def outcome_of(text: str) -> Outcome | None:
    """The outcome of that id; None when there is none."""
    return next((outcome for outcome in Outcome if outcome == text), None)
