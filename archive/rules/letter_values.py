"""What a letter about a request is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from archive.rules.clock_values import ClockEvent, Deadline
from archive.rules.law_values import AgencyRule, Law
from archive.rules.request_states import FeeCategory, RequestLetterKind


@dataclass(frozen=True, slots=True)
class ClaimedExemption:
    """An exemption that the agency claims, on so many ``pages`` that we have. ``bates`` are the numbers of
    those that bear one, in order. ``statutes``: named with (b)(3)."""

    code: str
    pages: int = 0
    bates: tuple[str, ...] = ()
    statutes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterCase:
    """All that letters are filled from. ``law`` None: of a place whose law we do not have.

    ``events`` from the first to the last; ``deadlines`` as they stand on ``today``. ``officer`` is who
    handles it at the agency, empty when not known.
    """

    law: Law | None
    agency: str
    today: date
    title: str = ""
    records_sought: str = ""
    requester: str = ""
    fee_category: FeeCategory | None = None
    number: str = ""
    officer: str = ""
    rule: AgencyRule | None = None
    events: tuple[ClockEvent, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    claims: tuple[ClaimedExemption, ...] = ()
    fees_cents: int | None = None  # of the agency's last question about fees


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter before it is kept: plain texts, every one to be edited. ``gaps`` are still to be filled in."""

    kind: RequestLetterKind
    subject: str
    addressee: str
    text: str
    signature: str
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterChoice:
    """A kind of letter for a request. ``is_now``: it makes sense now, and ``why``."""

    kind: RequestLetterKind
    is_now: bool
    why: str
