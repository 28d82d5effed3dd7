"""The words for public-records requests: where one stands, what happened to it, how it ended.

Status and outcome are two things: where a request is on its way, and what the agency decided. Both follow
from the events (``archive.rules.request_standing``); neither is typed in.
"""

from __future__ import annotations

from enum import StrEnum


class RequestStatus(StrEnum):
    """Where a request is on its way."""

    DRAFT = "draft"  # not sent yet
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    CLARIFYING = "clarifying"  # the agency asked something, or wants fees settled: it waits for us
    ANSWERED = "answered"
    APPEALED = "appealed"
    IN_COURT = "in_court"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What an agency decided: a determination, or its decision of an appeal."""

    GRANTED = "granted"
    GRANTED_IN_PART = "granted_in_part"
    DENIED = "denied"
    NO_RECORDS = "no_records"
    NOT_AGENCY_RECORDS = "not_agency_records"
    NEITHER_CONFIRMED_NOR_DENIED = "neither_confirmed_nor_denied"  # Phillippi v. CIA, 546 F.2d 1009
    REFERRED = "referred"
    REFUSED_ON_PROCEDURE = "refused_on_procedure"  # fees, or not reasonably described
    # Of an appeal only.
    REMANDED = "remanded"
    # Ours.
    WITHDRAWN = "withdrawn"


ADVERSE_OUTCOMES = frozenset(Outcome) - {Outcome.GRANTED, Outcome.REFERRED, Outcome.WITHDRAWN}


class EventKind(StrEnum):
    """What can happen to a request. The day of an event is the day that the law counts from."""

    SENT = "sent"  # by us
    RECEIVED = "received"  # by any component of the agency that takes requests
    ROUTED = "routed"  # received by the proper component
    ACKNOWLEDGED = "acknowledged"
    INFORMATION_ASKED = "information_asked"  # the agency asks us something: the clock may stop, once
    INFORMATION_GIVEN = "information_given"
    FEES_ASKED = "fees_asked"  # an estimate or a demand: the clock may stop, any number of times
    FEES_SETTLED = "fees_settled"
    NARROWED = "narrowed"
    EXTENDED = "extended"  # by written notice, for unusual circumstances
    ESTIMATED = "estimated"  # the agency names a day (``until_on``) by which it expects to be done
    EXPEDITED_ASKED = "expedited_asked"
    EXPEDITED_GRANTED = "expedited_granted"
    EXPEDITED_DENIED = "expedited_denied"
    FEE_WAIVER_ASKED = "fee_waiver_asked"
    FEE_WAIVER_GRANTED = "fee_waiver_granted"
    FEE_WAIVER_DENIED = "fee_waiver_denied"
    REFERRED = "referred"  # some or all records went to another agency to answer
    DETERMINED = "determined"  # the agency's answer, with its ``outcome``
    PRODUCED = "produced"  # records were handed over
    FOLLOWED_UP = "followed_up"
    MEDIATION_ASKED = "mediation_asked"  # OGIS, 5 U.S.C. 552(h); a state's ombudsman
    APPEALED = "appealed"  # by us
    APPEAL_RECEIVED = "appeal_received"
    APPEAL_EXTENDED = "appeal_extended"
    APPEAL_DECIDED = "appeal_decided"  # with its ``outcome``
    SUED = "sued"
    COURT_ORDERED = "court_ordered"  # ``until_on``: what is to be done by then
    CORRESPONDED = "corresponded"  # any other letter, call or e-mail
    NOTED = "noted"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    REOPENED = "reopened"


class FeeCategory(StrEnum):
    """Who pays for what: 5 U.S.C. 552(a)(4)(A)(ii); states have their own rules."""

    COMMERCIAL = "commercial"
    EDUCATIONAL = "educational"  # or noncommercial scientific
    NEWS_MEDIA = "news_media"
    OTHER = "other"


class NumberKind(StrEnum):
    """What a number on an agency's letter counts."""

    REQUEST = "request"
    APPEAL = "appeal"
    REFERRAL = "referral"
    DOCKET = "docket"  # of a court
    MEDIATION = "mediation"


class NumberRelation(StrEnum):
    """How a number came from another one."""

    SPLIT = "split"
    MERGED = "merged"  # the other one goes on in this one
    REFERRED = "referred"
    REPLACED = "replaced"
    APPEALED = "appealed"
    TAKEN_TO_COURT = "taken_to_court"


class RequestRelation(StrEnum):
    """How a request came from another one: together they are a tree."""

    SENT_TOGETHER = "sent_together"  # one letter to several agencies
    SPLIT = "split"
    MERGED = "merged"  # this one goes on in the one it came from
    REFERRED = "referred"
    ASKED_AGAIN = "asked_again"


class PersonRole(StrEnum):
    """Who somebody is to a request."""

    REQUESTER = "requester"
    COUNSEL = "counsel"
    OFFICER = "officer"  # who handles it at the agency
    LIAISON = "liaison"  # FOIA public liaison, records access officer
    OTHER = "other"


class RequestLetterKind(StrEnum):
    """The letters we have templates for."""

    REQUEST = "request"
    COUNTY_AGREEMENTS = "county_agreements"  # 'could your town be next?'
    FEE_WAIVER = "fee_waiver"
    EXPEDITED = "expedited"
    FOLLOW_UP = "follow_up"  # overdue
    APPEAL = "appeal"
    NO_RECORDS_APPEAL = "no_records_appeal"


STATUS_WORDS: dict[RequestStatus, str] = {
    RequestStatus.DRAFT: "draft",
    RequestStatus.SENT: "sent",
    RequestStatus.ACKNOWLEDGED: "acknowledged",
    RequestStatus.CLARIFYING: "waiting for the requester",
    RequestStatus.ANSWERED: "answered",
    RequestStatus.APPEALED: "appealed",
    RequestStatus.IN_COURT: "in court",
    RequestStatus.CLOSED: "closed",
}
OUTCOME_WORDS: dict[Outcome, str] = {
    Outcome.GRANTED: "granted in full",
    Outcome.GRANTED_IN_PART: "granted in part",
    Outcome.DENIED: "denied in full",
    Outcome.NO_RECORDS: "no records",
    Outcome.NOT_AGENCY_RECORDS: "not agency records",
    Outcome.NEITHER_CONFIRMED_NOR_DENIED: "neither confirmed nor denied",
    Outcome.REFERRED: "referred",
    Outcome.REFUSED_ON_PROCEDURE: "refused on fees or procedure",
    Outcome.REMANDED: "sent back to the agency",
    Outcome.WITHDRAWN: "withdrawn by the requester",
}
EVENT_WORDS: dict[EventKind, str] = {
    EventKind.SENT: "request sent",
    EventKind.RECEIVED: "received by the agency",
    EventKind.ROUTED: "received by the proper component",
    EventKind.ACKNOWLEDGED: "acknowledged",
    EventKind.INFORMATION_ASKED: "agency asked for information",
    EventKind.INFORMATION_GIVEN: "information given",
    EventKind.FEES_ASKED: "agency asked about fees",
    EventKind.FEES_SETTLED: "fees settled",
    EventKind.NARROWED: "request narrowed",
    EventKind.EXTENDED: "time extended by the agency",
    EventKind.ESTIMATED: "agency estimated a date",
    EventKind.EXPEDITED_ASKED: "expedited processing asked for",
    EventKind.EXPEDITED_GRANTED: "expedited processing granted",
    EventKind.EXPEDITED_DENIED: "expedited processing denied",
    EventKind.FEE_WAIVER_ASKED: "fee waiver asked for",
    EventKind.FEE_WAIVER_GRANTED: "fee waiver granted",
    EventKind.FEE_WAIVER_DENIED: "fee waiver denied",
    EventKind.REFERRED: "referred to another agency",
    EventKind.DETERMINED: "agency answered",
    EventKind.PRODUCED: "records produced",
    EventKind.FOLLOWED_UP: "followed up",
    EventKind.MEDIATION_ASKED: "mediation asked for",
    EventKind.APPEALED: "appeal sent",
    EventKind.APPEAL_RECEIVED: "appeal received by the agency",
    EventKind.APPEAL_EXTENDED: "time for the appeal extended by the agency",
    EventKind.APPEAL_DECIDED: "appeal decided",
    EventKind.SUED: "suit filed",
    EventKind.COURT_ORDERED: "court order",
    EventKind.CORRESPONDED: "correspondence",
    EventKind.NOTED: "note",
    EventKind.WITHDRAWN: "withdrawn by the requester",
    EventKind.CLOSED: "closed",
    EventKind.REOPENED: "opened again",
}
FEE_CATEGORY_WORDS: dict[FeeCategory, str] = {
    FeeCategory.COMMERCIAL: "commercial use",
    FeeCategory.EDUCATIONAL: "educational or noncommercial scientific institution",
    FeeCategory.NEWS_MEDIA: "representative of the news media",
    FeeCategory.OTHER: "all other requesters",
}
NUMBER_WORDS: dict[NumberKind, str] = {
    NumberKind.REQUEST: "request",
    NumberKind.APPEAL: "appeal",
    NumberKind.REFERRAL: "referral",
    NumberKind.DOCKET: "court docket",
    NumberKind.MEDIATION: "mediation",
}
NUMBER_RELATION_WORDS: dict[NumberRelation, str] = {
    NumberRelation.SPLIT: "split from",
    NumberRelation.MERGED: "merged into",
    NumberRelation.REFERRED: "referred from",
    NumberRelation.REPLACED: "replaces",
    NumberRelation.APPEALED: "appeal of",
    NumberRelation.TAKEN_TO_COURT: "suit about",
}
REQUEST_RELATION_WORDS: dict[RequestRelation, str] = {
    RequestRelation.SENT_TOGETHER: "sent together with",
    RequestRelation.SPLIT: "split from",
    RequestRelation.MERGED: "merged into",
    RequestRelation.REFERRED: "referred from",
    RequestRelation.ASKED_AGAIN: "asks again for",
}
PERSON_WORDS: dict[PersonRole, str] = {
    PersonRole.REQUESTER: "requester",
    PersonRole.COUNSEL: "counsel",
    PersonRole.OFFICER: "records officer",
    PersonRole.LIAISON: "public liaison",
    PersonRole.OTHER: "other",
}
REQUEST_LETTER_WORDS: dict[RequestLetterKind, str] = {
    RequestLetterKind.REQUEST: "request",
    RequestLetterKind.COUNTY_AGREEMENTS: "request to a county for its agreements",
    RequestLetterKind.FEE_WAIVER: "argument for a fee waiver",
    RequestLetterKind.EXPEDITED: "request for expedited processing",
    RequestLetterKind.FOLLOW_UP: "reminder that an answer is overdue",
    RequestLetterKind.APPEAL: "appeal of what was withheld",
    RequestLetterKind.NO_RECORDS_APPEAL: "challenge of a no-records answer",
}
