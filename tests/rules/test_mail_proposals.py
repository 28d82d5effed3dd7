"""What a letter of an agency seems to say. The sentences are such as agencies write; a person decides."""

from __future__ import annotations

import pytest

from archive.rules.mail_message import read_mail
from archive.rules.mail_proposals import MailProposal, propose_event
from archive.rules.request_states import EventKind, Outcome
from tests.files.make_mails import mail


def propose(text: str, subject: str = "Your request") -> MailProposal:
    return propose_event(read_mail(mail(text, subject=subject)))


@pytest.mark.parametrize(
    ("text", "kind", "outcome"),
    [
        ("This is to acknowledge receipt of your FOIA request.", EventKind.ACKNOWLEDGED, None),
        ("We received your August 2 request.", EventKind.ACKNOWLEDGED, None),
        ("Your request has been assigned reference number 2010-1.", EventKind.ACKNOWLEDGED, None),
        ("Due to unusual circumstances we need ten more days.", EventKind.EXTENDED, None),
        ("We are invoking a 10-day extension of your request.", EventKind.EXTENDED, None),
        ("The estimated fee for this search is $1,250.50.", EventKind.FEES_ASKED, None),
        ("Please clarify which offices you mean.", EventKind.INFORMATION_ASKED, None),
        (
            "Your request does not reasonably describe the records.",
            EventKind.INFORMATION_ASKED,
            None,
        ),
        ("We were unable to locate any responsive records.", EventKind.DETERMINED, Outcome.NO_RECORDS),
        ("No responsive records were located.", EventKind.DETERMINED, Outcome.NO_RECORDS),
        ("Your request is granted in part.", EventKind.DETERMINED, Outcome.GRANTED_IN_PART),
        ("Your request is hereby denied.", EventKind.DETERMINED, Outcome.DENIED),
        ("12 pages are withheld in full.", EventKind.DETERMINED, Outcome.DENIED),
        ("Your request has been granted in full.", EventKind.DETERMINED, Outcome.GRANTED),
        (
            "The agency can neither confirm nor deny that such records exist.",
            EventKind.DETERMINED,
            Outcome.NEITHER_CONFIRMED_NOR_DENIED,
        ),
        ("Your appeal is denied.", EventKind.APPEAL_DECIDED, Outcome.DENIED),
        ("Enclosed are 214 pages of responsive records.", EventKind.PRODUCED, None),
        ("This is our third interim release.", EventKind.PRODUCED, None),
        ("This letter constitutes our final response.", EventKind.DETERMINED, None),
        ("Your request for expedited processing is denied.", EventKind.EXPEDITED_DENIED, None),
        ("We have granted your request for a fee waiver.", EventKind.FEE_WAIVER_GRANTED, None),
        ("We acknowledge your appeal of May 3.", EventKind.APPEAL_RECEIVED, None),
        ("We are referring 20 pages to the Department of Justice.", EventKind.REFERRED, None),
        ("Thank you for your call.", EventKind.CORRESPONDED, None),
        ("", EventKind.CORRESPONDED, None),
    ],
)
def test_a_sentence_proposes_what_happened(text: str, kind: EventKind, outcome: Outcome | None) -> None:
    found = propose(text)
    assert (found.kind, found.outcome) == (kind, outcome)
    assert bool(found.sentence) == (kind is not EventKind.CORRESPONDED)


def test_the_sentence_it_was_read_from_is_told() -> None:
    found = propose("Dear Ms. Doe, we searched twice. No responsive records were located. Sincerely, A.")
    assert found.sentence == "No responsive records were located."


def test_what_decides_stands_before_what_acknowledges() -> None:
    said = "This acknowledges receipt of your request. After a search, no responsive records were found."
    assert propose(said).kind is EventKind.DETERMINED


def test_fees_come_with_their_amount_and_a_number_is_found() -> None:
    found = propose("The estimated cost is $1,250.50.", subject="FOIA Request No. 2010-F-00042")
    assert (found.amount_cents, found.number) == (125_050, "2010-F-00042")


def test_what_is_quoted_below_decides_nothing() -> None:
    assert propose("Thank you.\n\n> Your request is denied.").kind is EventKind.CORRESPONDED


def test_a_promise_of_a_final_answer_is_none() -> None:
    found = propose("We acknowledge receipt of your request and will send a final determination later.")
    assert found.kind is EventKind.ACKNOWLEDGED
