"""The rows of a law in words for people."""

from __future__ import annotations

from archive.rules.law_values import CheckedHow, Law, Limit, LimitKind, LimitStart, Unit

LIMIT_WORDS: dict[LimitKind, str] = {
    LimitKind.ROUTING: "To reach the proper office",
    LimitKind.ACKNOWLEDGEMENT: "To acknowledge the request",
    LimitKind.ANSWER: "To answer",
    LimitKind.EXTENSION: "More time to answer",
    LimitKind.EXPEDITED: "To decide whether to expedite",
    LimitKind.APPEAL: "To appeal",
    LimitKind.APPEAL_ANSWER: "To decide the appeal",
    LimitKind.APPEAL_EXTENSION: "More time to decide the appeal",
    LimitKind.RULING: "To ask for a ruling before withholding",
    LimitKind.SUIT: "To sue",
}

START_WORDS: dict[LimitStart, str] = {
    LimitStart.REQUEST: "the day of the request",
    LimitStart.RECEIPT: "the day the request was received",
    LimitStart.ACKNOWLEDGEMENT: "the acknowledgement, or the last day for one",
    LimitStart.DETERMINATION: "the answer; where silence is a denial, the last day for one",
    LimitStart.APPEAL_SENT: "the day the appeal was sent",
    LimitStart.APPEAL_RECEIPT: "the day the appeal was received",
    LimitStart.LIMIT_BEFORE: "the day that is extended",
    LimitStart.CLAIM: "the day a suit may first be brought",
}

PAUSE_WORDS: dict[str, str] = {
    "information": "while the agency waits for something that it asked the requester",
    "fees": "while fees are not settled",
}

HOW_CHECKED_WORDS: dict[CheckedHow, str] = {
    CheckedHow.COMPARED: "compared with the words of the law",
    CheckedHow.REMEMBERED: "from memory, not compared with the words of the law",
}

NOT_ADVICE = (
    "This is not legal advice. Laws change, courts read them in their own way, and a row here may be wrong: "
    "read the statute before you rely on a date."
)


def how_checked(law: Law, limit: Limit) -> CheckedHow:
    """A row with the law's own words was compared with them, whatever became of the others."""
    return CheckedHow.COMPARED if limit.quote else law.checked_how


def is_agencys(kind: LimitKind) -> bool:
    """Whether the time runs against the agency; if not, against the requester."""
    return kind not in (LimitKind.APPEAL, LimitKind.SUIT)


def answer_in_words(law: Law) -> str:
    """How long an answer may take, in a few words: '20 working days', 'promptly'."""
    limit = law.limit(LimitKind.ANSWER)
    return limit.words if limit else ""


def has_fixed_limit(law: Law) -> bool:
    """Whether the law sets a number of days for an answer."""
    limit = law.limit(LimitKind.ANSWER)
    return limit is not None and limit.amount is not None


def rows_compared(law: Law) -> int:
    """How many rows of a law were compared with its words."""
    return sum(how_checked(law, limit) is CheckedHow.COMPARED for limit in law.limits)


def heading_of(law: Law) -> str:
    """A law's name with its place: 'Illinois: Freedom of Information Act', but 'Ohio Public Records Act'."""
    return law.name if law.place in law.name else f"{law.place}: {law.name}"


def counts_workdays(law: Law) -> bool:
    """Whether closed days matter to a law: it counts working days, or moves last days that are closed."""
    return any(limit.amount and (limit.unit is Unit.WORKDAYS or limit.rolls) for limit in law.limits)
