"""The facts that letters are filled with: of the law, the request, its events and its counted dates.

A fact that is not known is an empty text. No fact cites a law that is not in the law files.
"""

from __future__ import annotations

import re
from datetime import date

from archive.rules.clock_values import Deadline, DeadlineKind, DeadlineState
from archive.rules.law_values import Law, Limit, LimitKind
from archive.rules.letter_arguments import arguments_of
from archive.rules.letter_dates import counted_in_words, in_days, letter_date
from archive.rules.letter_values import LetterCase
from archive.rules.request_states import EventKind, FeeCategory, Outcome

FEDERAL = "us"
# Lines of 5 U.S.C. 552 that letters name and no row of the law has. A test finds each in the law files.
_FEDERAL_CITES: dict[str, str] = {
    "search_statute": "5 U.S.C. 552(a)(3)(C)",
    "format_statute": "5 U.S.C. 552(a)(3)(B)",
    "fees_statute": "5 U.S.C. 552(a)(4)(A)(ii)",
    "free_statute": "5 U.S.C. 552(a)(4)(A)(iv)",
    "burden_statute": "5 U.S.C. 552(a)(4)(B)",
    "need_statute": "5 U.S.C. 552(a)(6)(E)(v)",
    "certification_statute": "5 U.S.C. 552(a)(6)(E)(vi)",
    "volume_statute": "5 U.S.C. 552(a)(6)(F)",
    "estimate_statute": "5 U.S.C. 552(a)(7)(B)",
    "harm_statute": "5 U.S.C. 552(a)(8)(A)",
}
# Foreseeable harm, and an end to the deliberative process privilege after 25 years, are law for requests made
# after 30 June 2016 (FOIA Improvement Act of 2016, section 6).
_LAST_DAY_BEFORE_HARM = date(2016, 6, 30)
AGREEMENTS_STATUTE = "8 U.S.C. 1357(g)"  # what '287(g)' agreements are made under
_YES = "yes"
_WITH_ARTICLE = re.compile(
    r"(?:(?:U\.S\.|United States|Federal|National|Executive Office|Department|Office|Bureau|Board|City|Town"
    r"|Village|County|Commonwealth|State|Commission) (?!.*\()"
    r"|.* (?:Department|Office|Bureau|Board|Commission|Council|Agency|Administration|Service)$)"
)
# Who decides within the agency itself; all others stand apart from it.
_WITHIN_AGENCY = ("the head", "the chief")
_LIMITS = {
    "acknowledgement": LimitKind.ACKNOWLEDGEMENT,
    "answer": LimitKind.ANSWER,
    "appeal_answer": LimitKind.APPEAL_ANSWER,
    "expedited": LimitKind.EXPEDITED,
}
_CATEGORIES = {
    "is_news_media": FeeCategory.NEWS_MEDIA,
    "is_educational": FeeCategory.EDUCATIONAL,
    "is_commercial": FeeCategory.COMMERCIAL,
    "is_other_requester": FeeCategory.OTHER,
    "is_uncategorized": None,
}
_OUTCOMES = {
    "is_denied": Outcome.DENIED,
    "is_granted_in_part": Outcome.GRANTED_IN_PART,
    "is_unconfirmed": Outcome.NEITHER_CONFIRMED_NOR_DENIED,
    "is_not_agency": Outcome.NOT_AGENCY_RECORDS,
    "is_refused_on_procedure": Outcome.REFUSED_ON_PROCEDURE,
    "is_no_records": Outcome.NO_RECORDS,
}
_WITHHOLDING = (Outcome.DENIED, Outcome.GRANTED_IN_PART)
_LATE = {
    "is_answer_late": DeadlineKind.ANSWER,
    "is_appeal_late": DeadlineKind.APPEAL_ANSWER,
    "is_acknowledgement_late": DeadlineKind.ACKNOWLEDGEMENT,
    "is_production_late": DeadlineKind.PRODUCTION,
}
# What is late is said once: the first of these.
_LATE_ORDER = (
    DeadlineKind.APPEAL_ANSWER,
    DeadlineKind.ANSWER,
    DeadlineKind.PRODUCTION,
    DeadlineKind.ACKNOWLEDGEMENT,
)


def letter_facts(case: LetterCase) -> dict[str, str]:
    """All facts of all templates."""
    return {
        **_law_facts(case),
        **_limit_facts(case),
        **_request_facts(case),
        **_event_facts(case),
        **_outcome_facts(case),
        **_late_facts(case),
        **_appeal_facts(case),
    }


def late_deadline(case: LetterCase) -> Deadline | None:
    """What the agency is late with; the decision on an appeal before all others."""
    missed = {one.kind: one for one in case.deadlines if one.state is DeadlineState.MISSED and one.due_on}
    return next((missed[kind] for kind in _LATE_ORDER if kind in missed), None)


def last_outcome(case: LetterCase) -> Outcome | None:
    """Of the agency's last answer; None before it answered."""
    answers = [event for event in case.events if event.kind is EventKind.DETERMINED]
    return answers[-1].outcome if answers else None


def day_of(case: LetterCase, kind: EventKind) -> date | None:
    """The last day on which this happened."""
    return max((event.on for event in case.events if event.kind is kind), default=None)


def has_appeal(law: Law | None) -> bool:
    """Whether the law gives an appeal to somebody before a court."""
    return law is not None and bool(law.appeal_to)


def agency_in_words(name: str) -> str:
    """As it stands in a sentence: ``the Department of the Interior``, ``Arlington County``."""
    return f"the {name}" if _WITH_ARTICLE.match(name) else name


def limit_of(case: LetterCase, kind: LimitKind) -> Limit | None:
    """The agency's own row before that of its law."""
    own = next((row for row in case.rule.limits if row.kind is kind), None) if case.rule else None
    return own or (case.law.limit(kind) if case.law else None)


def needs_harm(case: LetterCase) -> bool:
    """Whether the agency must foresee harm: federal requests since July 2016, those not yet sent among
    them."""
    sent_on = day_of(case, EventKind.SENT)
    is_federal = case.law is not None and case.law.id == FEDERAL
    return is_federal and (sent_on is None or sent_on > _LAST_DAY_BEFORE_HARM)


def _law_facts(case: LetterCase) -> dict[str, str]:
    law = case.law
    is_federal = law is not None and law.id == FEDERAL
    cites = {name: cite if is_federal else "" for name, cite in _FEDERAL_CITES.items()}
    cites["harm_statute"] = cites["harm_statute"] if needs_harm(case) else ""
    return {
        **cites,
        "is_federal": _flag(is_federal),
        "is_known_law": _flag(law is not None),
        "agreements_statute": AGREEMENTS_STATUTE,
        "law_name": law.name if law else "public-records law",
        "request_statute": (law.request_statute or law.cite) if law else "",
        "exemptions_statute": law.exemptions_statute if law else "",
        "segregable_statute": law.segregable_statute if law else "",
        "expedited_statute": law.expedited_statute if law else "",
        "fee_waiver": _sentence(law.fee_waiver) if law else "",
        "fee_waiver_statute": law.fee_waiver_statute if law else "",
        "missed": _sentence(law.missed) if law else "",
        "missed_statute": law.missed_statute if law else "",
        "fee_consequence": _sentence(law.fee_consequence) if law else "",
        "fee_consequence_statute": law.fee_consequence_statute if law else "",
    }


def _limit_facts(case: LetterCase) -> dict[str, str]:
    facts = {}
    for name, kind in _LIMITS.items():
        row = limit_of(case, kind)
        facts[f"{name}_limit"] = row.words if row and row.amount is not None else ""
        facts[f"{name}_words"] = row.words if row and row.amount is None else ""
        facts[f"{name}_statute"] = row.statute if row else ""
    return {**facts, "expedited_limit_statute": facts["expedited_statute"]}


def _request_facts(case: LetterCase) -> dict[str, str]:
    officer = "FOIA Officer" if case.law and case.law.id == FEDERAL else "Records Officer"
    return {
        "agency": agency_in_words(case.agency),
        "title": case.title,
        "records_sought": case.records_sought.strip(),
        "requester": case.requester,
        "number": case.number,
        "officer_title": case.officer or officer,
        **{name: _flag(case.fee_category is category) for name, category in _CATEGORIES.items()},
    }


def _event_facts(case: LetterCase) -> dict[str, str]:
    estimates = [event.until_on for event in case.events if event.kind is EventKind.ESTIMATED]
    fees = f", ${case.fees_cents / 100:,.2f}" if case.fees_cents is not None else ""
    return {
        "sent_on": _day(day_of(case, EventKind.SENT)),
        "answered_on": _day(day_of(case, EventKind.DETERMINED)),
        "appealed_on": _day(day_of(case, EventKind.APPEALED)),
        "fees_asked_on": _day(day_of(case, EventKind.FEES_ASKED)),
        "is_fees_asked": _flag(day_of(case, EventKind.FEES_ASKED) is not None),
        "fees_amount": fees,
        "waiver_denied_on": _day(day_of(case, EventKind.FEE_WAIVER_DENIED)),
        "is_waiver_denied": _flag(day_of(case, EventKind.FEE_WAIVER_DENIED) is not None),
        "estimate_on": _day(estimates[-1] if estimates else None),
    }


def _outcome_facts(case: LetterCase) -> dict[str, str]:
    outcome = last_outcome(case)
    withholds = outcome in _WITHHOLDING or outcome is None or bool(case.claims)
    is_other = outcome is not None and outcome not in _OUTCOMES.values()
    return {
        **{name: _flag(outcome is one) for name, one in _OUTCOMES.items()},
        "withholds": _flag(withholds),
        "is_other_outcome": _flag(is_other),
        "exemption_arguments": arguments_of(
            case.claims, case.law.name if case.law else "", is_since_2016=needs_harm(case)
        ),
    }


def _late_facts(case: LetterCase) -> dict[str, str]:
    late, law = late_deadline(case), case.law
    answer = next((one for one in case.deadlines if one.kind is DeadlineKind.ANSWER), None)
    sent_on = day_of(case, EventKind.SENT)
    row = limit_of(case, LimitKind.ANSWER)
    has_no_limit = (
        late is None
        and answer is not None
        and answer.state is DeadlineState.NO_LIMIT
        and row is not None
        and row.amount is None
    )
    waits = has_no_limit and sent_on is not None and day_of(case, EventKind.DETERMINED) is None
    is_answer = late is not None and late.kind is DeadlineKind.ANSWER
    return {
        **{name: _flag(late is not None and late.kind is kind) for name, kind in _LATE.items()},
        "due_on": _day(late.due_on if late else None),
        "due_counted": counted_in_words(late) if late else "",
        "today": _day(case.today),
        "days_late": in_days((case.today - late.due_on).days) if late and late.due_on else "",
        "is_without_limit": _flag(waits),
        "days_waited": in_days((case.today - sent_on).days) if waits and sent_on else "",
        "is_not_late": _flag(late is None and not waits),
        "consequence_of_silence": _flag(is_answer and law is not None and bool(law.missed)),
        "consequence_for_fees": _flag(is_answer and law is not None and bool(law.fee_consequence)),
    }


def _appeal_facts(case: LetterCase) -> dict[str, str]:
    is_given = has_appeal(case.law)
    due = next((one for one in reversed(case.deadlines) if one.kind is DeadlineKind.APPEAL), None)
    row = limit_of(case, LimitKind.APPEAL)
    statute = row.statute if row else (case.law.request_statute or case.law.cite) if case.law else ""
    # Where silence may be appealed, too, the date may be that of the silence: then it is not told.
    is_of_answer = due is not None and due.started_on == day_of(case, EventKind.DETERMINED)
    counts = is_given and is_of_answer and due is not None and due.due_on is not None
    return {
        "has_appeal": _flag(is_given),
        "appeal_word": "Appeal" if is_given else "Request to reconsider the answer",
        "appeal_to": "" if is_either(case.law) or case.law is None else case.law.appeal_to,
        "appeal_officer_title": _appeal_officer(case.law),
        "appeal_statute": statute,
        "appeal_due_on": _day(due.due_on) if counts and due else "",
        "appeal_counted": counted_in_words(due) if counts and due else "",
        "is_appeal_too_late": _flag(counts and due is not None and due.state is DeadlineState.MISSED),
    }


def outside_body(law: Law | None) -> str:
    """Who decides appeals and is not of the agency, without its article: ``Supervisor of Records``; empty
    where the agency itself decides."""
    if law is None or not law.appeal_to or law.appeal_to.lower().startswith(_WITHIN_AGENCY):
        return ""
    return law.appeal_to.removeprefix("the ")


def is_either(law: Law | None) -> bool:
    """Whether it hangs on the agency who decides: 'the Attorney General (...) or the district attorney'."""
    return " or " in outside_body(law)


def _appeal_officer(law: Law | None) -> str:
    body = "Sir or Madam" if is_either(law) else outside_body(law)
    return body or ("Appeals Officer" if has_appeal(law) else "Records Officer")


def _flag(holds: object) -> str:
    return _YES if holds else ""


def _day(day: date | None) -> str:
    return letter_date(day) if day else ""


def _sentence(text: str) -> str:
    """With a full stop at its end."""
    return f"{text}." if text and text[-1] not in ".!?" else text
