"""Public-records law as values: what ``archive/law_files`` says, read by ``archive.rules.laws``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Unit(StrEnum):
    """What a limit counts. Workdays leave out Saturdays, Sundays and the law's holidays."""

    WORKDAYS = "workdays"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


class LimitKind(StrEnum):
    """What a law sets a time for."""

    ROUTING = "routing"  # to reach the proper component: the clock starts at the latest then
    ACKNOWLEDGEMENT = "acknowledgement"
    ANSWER = "answer"
    EXTENSION = "extension"  # more time for the answer, after written notice
    EXPEDITED = "expedited"  # to decide whether a request is expedited
    APPEAL = "appeal"  # for the requester to file one
    APPEAL_ANSWER = "appeal_answer"
    APPEAL_EXTENSION = "appeal_extension"
    RULING = "ruling"  # to ask the state's attorney general before withholding (Texas)
    SUIT = "suit"  # how long after an answer or a missed one a suit may be brought


class LimitStart(StrEnum):
    """The event that a limit counts from. Its own day is not counted."""

    REQUEST = "request"  # the day it was sent
    RECEIPT = "receipt"  # by the proper component; see ROUTING
    ACKNOWLEDGEMENT = "acknowledgement"  # or the last day for one, when none came (New York)
    DETERMINATION = "determination"  # or the last day for one, where silence is a denial
    APPEAL_SENT = "appeal_sent"
    APPEAL_RECEIPT = "appeal_receipt"
    LIMIT_BEFORE = "limit_before"  # the day that is extended
    CLAIM = "claim"  # when a suit may first be brought


class CheckedHow(StrEnum):
    """How sure a row is. The site says it beside every date."""

    COMPARED = "compared"  # with the words of the statute, in hand, on ``checked_on``
    REMEMBERED = "remembered"  # written by somebody who knows it; the words were not in hand


@dataclass(frozen=True, slots=True)
class Limit:
    """One row: so much time for one thing. ``amount`` None: the law sets no fixed limit, ``words`` says what
    it sets instead ('promptly'). ``rolls``: a last day that is closed moves to the next open one, by
    ``rolls_statute``. ``quote``: the deciding words of the statute, when they were in hand."""

    kind: LimitKind
    amount: int | None
    unit: Unit
    starts: LimitStart
    words: str
    statute: str
    quote: str = ""
    rolls: bool = False
    rolls_statute: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PauseRule:
    """When the agency may stop the clock. ``at_most`` None: as often as it takes."""

    why: str  # 'information' or 'fees'
    at_most: int | None
    statute: str


@dataclass(frozen=True, slots=True)
class Law:
    """The public-records law of one place. ``calendar`` is an id of ``archive.rules.calendars``.

    ``appeal_to`` is empty where a refusal is taken straight to ``court``. ``missed``: what follows from an
    answer that does not come in time, in a sentence, by ``missed_statute``; ``is_exhausted_by_silence``:
    then a suit may be brought without an appeal. ``fee_consequence``: what a missed limit does to fees.
    ``is_appeal_needed``: whether a refusal must be appealed to ``appeal_to`` before a suit; where it is not,
    the appeal is the requester's choice. An empty ``court``: when a suit may first be brought is not told.
    """

    id: str  # 'us', 'us-ca', 'us-dc'
    place: str
    name: str
    short: str  # 'FOIA'
    cite: str
    calendar: str
    limits: tuple[Limit, ...]
    pauses: tuple[PauseRule, ...]
    appeal_to: str
    court: str
    missed: str
    missed_statute: str
    is_exhausted_by_silence: bool
    fee_consequence: str
    fee_consequence_statute: str
    fee_waiver: str  # the standard, in a sentence; empty where there is none
    fee_waiver_statute: str
    request_statute: str  # what a request is made under
    exemptions_statute: str
    segregable_statute: str  # reasonably segregable portions must be given; empty where it does not say so
    expedited_statute: str
    source: str  # where the words can be read
    checked_on: date
    checked_how: CheckedHow
    notes: tuple[str, ...] = ()
    is_appeal_needed: bool = True
    suit_statute: str = ""  # what a suit is brought under

    def limit(self, kind: LimitKind) -> Limit | None:
        """The row for one thing; None when this law says nothing of it."""
        return next((row for row in self.limits if row.kind is kind), None)


@dataclass(frozen=True, slots=True)
class AgencyRule:
    """Where an agency's regulations differ from its law: Interior gives 90 workdays to appeal.

    ``agencies`` are names and abbreviations as people write them. ``limits`` take the place of
    the law's rows of the same kind. ``appeal_to`` and ``request_to`` are offices with their addresses, empty
    when not known.
    """

    law_id: str
    agencies: tuple[str, ...]
    limits: tuple[Limit, ...]
    cite: str
    appeal_to: str = ""
    request_to: str = ""
    checked_on: date | None = None
    checked_how: CheckedHow = CheckedHow.REMEMBERED
