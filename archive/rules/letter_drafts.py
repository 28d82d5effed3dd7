"""A letter of a kind, made for a request; and which kinds make sense now."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from archive.rules.clock_values import Deadline, DeadlineKind, DeadlineState
from archive.rules.deadline_words import where_of
from archive.rules.letter_facts import (
    FEDERAL,
    day_of,
    has_appeal,
    is_either,
    last_outcome,
    late_deadline,
    letter_facts,
    outside_body,
)
from archive.rules.letter_templates import fill, gap, gaps_in, letter_template
from archive.rules.letter_values import LetterCase, LetterChoice, LetterDraft
from archive.rules.request_states import (
    ADVERSE_OUTCOMES,
    OUTCOME_WORDS,
    EventKind,
    Outcome,
    RequestLetterKind,
)

CLOSING = "Sincerely,"
_LATE: dict[DeadlineKind, str] = {
    DeadlineKind.ANSWER: "The answer",
    DeadlineKind.APPEAL_ANSWER: "The decision on the appeal",
    DeadlineKind.ACKNOWLEDGEMENT: "The acknowledgement",
    DeadlineKind.PRODUCTION: "The next production",
}
APPEALS = (RequestLetterKind.APPEAL, RequestLetterKind.NO_RECORDS_APPEAL)
SENT_AS: dict[RequestLetterKind, EventKind] = {
    RequestLetterKind.REQUEST: EventKind.SENT,
    RequestLetterKind.COUNTY_AGREEMENTS: EventKind.SENT,
    RequestLetterKind.FEE_WAIVER: EventKind.FEE_WAIVER_ASKED,
    RequestLetterKind.EXPEDITED: EventKind.EXPEDITED_ASKED,
    RequestLetterKind.FOLLOW_UP: EventKind.FOLLOWED_UP,
    RequestLetterKind.APPEAL: EventKind.APPEALED,
    RequestLetterKind.NO_RECORDS_APPEAL: EventKind.APPEALED,
}


def draft_letter(kind: RequestLetterKind, case: LetterCase) -> LetterDraft:
    """The letter with everything filled in that is known; ``gaps`` says what is not."""
    subject, text = fill(letter_template(kind), letter_facts(case))
    addressee, signature = addressee_of(kind, case), signature_of(case)
    gaps = gaps_in(subject, addressee, text, signature)
    return LetterDraft(kind, subject, addressee, text, signature, gaps)


def addressee_of(kind: RequestLetterKind, case: LetterCase) -> str:
    """Name and address, a line each; a gap where the address is not known."""
    if kind in APPEALS and has_appeal(case.law):
        lines = _appeal_lines(case)
    elif case.rule and case.rule.request_to:
        lines = _split(case.rule.request_to)
    else:
        lines = [case.officer or letter_facts(case)["officer_title"], case.agency or "[the agency]"]
    has_address = any(re.search(r"\b\d{5}\b|@", line) for line in lines)
    return "\n".join(
        lines if has_address else [*lines, gap("postal address or e-mail address of the office")]
    )


def _appeal_lines(case: LetterCase) -> list[str]:
    """The agency's own office where its regulations name one, else whom the law names."""
    if case.rule and case.rule.appeal_to:
        lines = _split(case.rule.appeal_to)
        return lines if len(lines) > 1 else [*lines, case.agency]  # 'Appeals Officer of the component'
    if body := outside_body(case.law):
        return [_capital(body), *([gap("which of these it is")] if is_either(case.law) else [])]
    officer = "FOIA Appeals" if case.law and case.law.id == FEDERAL else "Appeals Officer"
    return [officer, case.agency or "[the agency]"]


def _split(written: str) -> list[str]:
    """An office and its address as lines; 'Washington, D.C. 20536' stays one."""
    parts = re.split(r"; |, (?!(?:[A-Z]{2}|D\.C\.) \d{5})", written.removeprefix("the "))
    return [_capital(part.strip()) for part in parts if part.strip()]


def signature_of(case: LetterCase) -> str:
    """The closing and who signs."""
    return "\n".join(
        (
            CLOSING,
            "",
            case.requester or "[your name]",
            gap("your postal address"),
            gap("your e-mail address and telephone number"),
        )
    )


def sent_event_kind(kind: RequestLetterKind, case: LetterCase) -> EventKind:
    """What has happened when the letter goes out. Where the law gives no appeal, one that asks the agency to
    reconsider is correspondence."""
    if kind in APPEALS and not has_appeal(case.law):
        return EventKind.CORRESPONDED
    return SENT_AS[kind]


def letter_choices(case: LetterCase) -> tuple[LetterChoice, ...]:
    """Every kind that this law has, those that make sense now first."""
    made = [
        LetterChoice(kind, *_REASONS[kind](case)) for kind in RequestLetterKind if is_possible(kind, case)
    ]
    return tuple(sorted(made, key=lambda choice: not choice.is_now))


def is_possible(kind: RequestLetterKind, case: LetterCase) -> bool:
    """Whether this law has anything to write such a letter about; without a law there is the county's."""
    law = case.law
    if law is None:
        return kind is RequestLetterKind.COUNTY_AGREEMENTS
    match kind:
        case RequestLetterKind.FEE_WAIVER:
            return bool(law.fee_waiver)
        case RequestLetterKind.EXPEDITED:
            return bool(law.expedited_statute)
        case RequestLetterKind.COUNTY_AGREEMENTS:
            return law.id != FEDERAL
    return True


_Reason = tuple[bool, str]


def _request(case: LetterCase) -> _Reason:
    sent_on = day_of(case, EventKind.SENT)
    return (False, f"It was sent on {_day(sent_on)}.") if sent_on else (True, "It has not been sent yet.")


def _county(case: LetterCase) -> _Reason:
    is_sent = day_of(case, EventKind.SENT) is not None
    said = "A ready request for a county's or town's agreements with federal immigration authorities."
    return not is_sent and not case.records_sought.strip(), said


def _fee_waiver(case: LetterCase) -> _Reason:
    asked, denied = day_of(case, EventKind.FEES_ASKED), day_of(case, EventKind.FEE_WAIVER_DENIED)
    if granted := day_of(case, EventKind.FEE_WAIVER_GRANTED):
        return False, f"A waiver was granted on {_day(granted)}."
    if denied:
        return True, f"A waiver was denied on {_day(denied)}."
    if waiting := day_of(case, EventKind.FEE_WAIVER_ASKED):
        return False, f"A waiver was asked for on {_day(waiting)}."
    if asked and last_outcome(case) is None:
        return True, f"The agency asked about fees on {_day(asked)}."
    return False, "No fees have been asked for."


def _expedited(case: LetterCase) -> _Reason:
    if last_outcome(case) is not None:
        return False, "The request has been answered."
    if asked := day_of(case, EventKind.EXPEDITED_ASKED):
        return False, f"It was asked for on {_day(asked)}."
    return False, "If the records are needed sooner than others', and you can say why."


def _follow_up(case: LetterCase) -> _Reason:
    late = late_deadline(case)
    if late is not None:
        return True, f"{_LATE[late.kind]} is {where_of(late, case.today)}."
    answer = _deadline(case, DeadlineKind.APPEAL_ANSWER) or _deadline(case, DeadlineKind.ANSWER)
    if day_of(case, EventKind.SENT) is None or answer is None:
        return False, "It has not been sent yet."
    if answer.state is DeadlineState.NO_LIMIT:
        return False, "The law sets no number of days, so nothing is overdue by a date."
    if answer.due_on and answer.state is DeadlineState.RUNNING:
        return False, f"Nothing is overdue: the answer is due {where_of(answer, case.today)}."
    return False, "Nothing is overdue."


def _appeal(case: LetterCase) -> _Reason:
    return _appeal_reason(case, is_meant=last_outcome(case) not in (None, Outcome.NO_RECORDS))


def _no_records(case: LetterCase) -> _Reason:
    return _appeal_reason(case, is_meant=last_outcome(case) is Outcome.NO_RECORDS)


def _appeal_reason(case: LetterCase, *, is_meant: bool) -> _Reason:
    outcome = last_outcome(case)
    if outcome is None:
        return False, "There is no answer yet."
    said = f"The answer: {OUTCOME_WORDS[outcome]}"
    if not is_meant or outcome not in ADVERSE_OUTCOMES:
        return False, f"{said}."
    if appealed := day_of(case, EventKind.APPEALED):
        return False, f"An appeal was sent on {_day(appealed)}."
    due = _deadline(case, DeadlineKind.APPEAL)
    if due is None or due.due_on is None:
        rest = "" if has_appeal(case.law) else "; this law gives no appeal, so it asks to reconsider"
        return True, f"{said}{rest}."
    if due.state is DeadlineState.MISSED:
        return False, f"{said}; the time to appeal ended on {_day(due.due_on)}."
    return True, f"{said}; {_last_day(due, case)}."


def _last_day(due: Deadline, case: LetterCase) -> str:
    assert due.due_on is not None
    return f"the last day to appeal is {_day(due.due_on)}, {where_of(due, case.today)}"


def _deadline(case: LetterCase, kind: DeadlineKind) -> Deadline | None:
    return next((one for one in reversed(case.deadlines) if one.kind is kind), None)


def _day(day: date) -> str:
    """As pages write it, unlike letters: ``17 August 2010``."""
    return f"{day.day} {day:%B %Y}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_REASONS: dict[RequestLetterKind, Callable[[LetterCase], _Reason]] = {
    RequestLetterKind.REQUEST: _request,
    RequestLetterKind.COUNTY_AGREEMENTS: _county,
    RequestLetterKind.FEE_WAIVER: _fee_waiver,
    RequestLetterKind.EXPEDITED: _expedited,
    RequestLetterKind.FOLLOW_UP: _follow_up,
    RequestLetterKind.APPEAL: _appeal,
    RequestLetterKind.NO_RECORDS_APPEAL: _no_records,
}
