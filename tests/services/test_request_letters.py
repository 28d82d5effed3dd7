"""Letters of a request: filled from what the visitor may know, kept for members, noted as sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.errors import NotAllowed
from archive.models import AuditEntry, Document, FoiaRequest, Page, RequestEvent, RequestLetter
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.request_errors import BadRequestForm, RequestNotFound, RequestPartNotFound
from archive.rules.request_states import EventKind, Outcome, PersonRole, RequestLetterKind
from archive.rules.statuses import Role, Visibility
from archive.services.catalogue import find_or_add_production
from archive.services.foia_requests import events_of
from archive.services.request_letter_cases import found_claims, letter_case
from archive.services.request_letters import (
    LetterForm,
    add_letter,
    change_letter,
    choose_letters,
    get_letter,
    letters_of,
    make_draft,
    mark_letter_sent,
    remove_letter,
)
from archive.services.request_people import PersonForm, add_person
from tests.factories import NOON, make_document
from tests.requests_made import EDITOR, SENT_ON, make_request

TODAY = NOON.date()
MEMBER, VOLUNTEER = Viewer(Role.MEMBER, name="m@example.org"), Viewer(Role.VOLUNTEER, name="v@example.org")
FORM = LetterForm(
    "Re the records", "FOIA Officer\r\nICE", "Dear Officer:\n\n\n\nPlease.", "Sincerely,\n\nA. R."
)
APPEAL = RequestLetterKind.APPEAL


@pytest.fixture
def session(parts: Parts) -> Iterator[Session]:
    with parts.database.transaction() as opened:
        yield opened


def released(session: Session, parts: Parts, request: FoiaRequest, **fields: object) -> Document:
    """A document of two pages in a production of the request, exemptions claimed on both."""
    document = make_document(
        session,
        parts.storage,
        pages=("one", "two"),
        production="First release",
        **fields,  # type: ignore[arg-type]  # handed on
    )
    production = find_or_add_production(session, "First release")
    production.request_id = request.id
    for number, codes in ((1, ["b5", "b7e"]), (2, ["b7e"])):
        session.get_one(Page, (document.id, number)).claimed_codes = codes
    session.flush()
    return document


def test_an_appeal_argues_against_what_the_productions_pages_claim(session: Session, parts: Parts) -> None:
    request = make_request(session, answered_on=date(2026, 10, 20), sent_on=date(2026, 9, 1))
    released(session, parts, request, title="Memo", bates="ICE-")
    claims = {claim.code: (claim.pages, claim.bates) for claim in found_claims(session, request, EDITOR)}
    assert claims == {"b5": (1, ("ICE-000001",)), "b7e": (2, ("ICE-000001", "ICE-000002"))}
    text = make_draft(session, request, APPEAL, EDITOR, TODAY).text
    assert "Exemption (b)(7)(E)" in text
    assert "on 2 pages that I have: ICE-000001 to ICE-000002." in text
    typed = make_draft(session, request, APPEAL, EDITOR, TODAY, claimed=("b6", "b7e")).text
    assert "Exemption (b)(6)" in typed
    assert "ICE-000001 to ICE-000002" in typed
    assert "Exemption (b)(5)" not in typed


def test_nothing_is_told_of_pages_that_the_visitor_may_not_see(session: Session, parts: Parts) -> None:
    request = make_request(session, answered_on=date(2026, 10, 20), sent_on=date(2026, 9, 1))
    released(session, parts, request, title="Held", bates="ZQ-", visibility=Visibility.HELD)
    assert found_claims(session, request, MEMBER) == ()
    assert "ZQ-" not in make_draft(session, request, APPEAL, VOLUNTEER, TODAY).text
    assert found_claims(session, request, EDITOR) != ()


def test_a_letter_is_filled_from_the_request(session: Session) -> None:
    request = make_request(
        session, numbers=("2010-1", "2010-2"), records_sought="All memos.", requester="A. Requester"
    )
    add_person(
        session,
        request,
        PersonForm("J. Officer", PersonRole.OFFICER, email="j@x.gov"),
        viewer=EDITOR,
        at=NOON,
    )
    draft = make_draft(session, request, RequestLetterKind.FOLLOW_UP, MEMBER, TODAY)
    assert "my request 2010-2 (formerly 2010-1) of February 3, 2010" in draft.text
    assert draft.addressee.startswith("J. Officer\nImmigration and Customs Enforcement")
    assert draft.text.startswith("Dear J. Officer:")
    assert "A. Requester" in draft.signature
    assert "j@x.gov" not in draft.text + draft.addressee
    assert "was due on March" in draft.text


def test_readers_see_no_letters_and_members_do_not_write_them(session: Session) -> None:
    request = make_request(session, is_public=True)
    letter = add_letter(session, request, APPEAL, FORM, viewer=VOLUNTEER, at=NOON)
    assert letters_of(session, request, READER) == ()
    with pytest.raises(RequestNotFound):
        get_letter(session, request, letter.id, READER)
    assert [row.letter.id for row in letters_of(session, request, MEMBER)] == [letter.id]
    for write in (
        lambda: add_letter(session, request, APPEAL, FORM, viewer=MEMBER, at=NOON),
        lambda: change_letter(session, request, letter.id, FORM, viewer=MEMBER, at=NOON),
        lambda: remove_letter(session, request, letter.id, viewer=MEMBER, at=NOON),
        lambda: mark_letter_sent(session, request, letter.id, TODAY, viewer=MEMBER, at=NOON),
    ):
        with pytest.raises(NotAllowed):
            write()


def test_what_was_typed_is_kept_with_lines_of_one_kind(session: Session) -> None:
    request = make_request(session)
    letter = add_letter(session, request, APPEAL, FORM, viewer=VOLUNTEER, at=NOON)
    assert letter.addressee == "FOIA Officer\nICE"
    with pytest.raises(BadRequestForm, match="needs words"):
        change_letter(session, request, letter.id, LetterForm("x", "", " \n", ""), viewer=VOLUNTEER, at=NOON)
    long = LetterForm("x", "", "y" * 40_001, "")
    with pytest.raises(BadRequestForm, match="too long"):
        change_letter(session, request, letter.id, long, viewer=VOLUNTEER, at=NOON)
    other = make_request(session, title="Another one")
    with pytest.raises(RequestPartNotFound):
        get_letter(session, other, letter.id, EDITOR)


@pytest.mark.parametrize(
    ("kind", "law_id", "event"),
    [
        (RequestLetterKind.FOLLOW_UP, "us", EventKind.FOLLOWED_UP),
        (RequestLetterKind.EXPEDITED, "us", EventKind.EXPEDITED_ASKED),
        (RequestLetterKind.FEE_WAIVER, "us", EventKind.FEE_WAIVER_ASKED),
        (APPEAL, "us", EventKind.APPEALED),
        (RequestLetterKind.NO_RECORDS_APPEAL, "us", EventKind.APPEALED),
        (APPEAL, "us-ca", EventKind.CORRESPONDED),
    ],
)
def test_marked_as_sent_it_is_an_event_and_stays_as_it_was_sent(
    session: Session, kind: RequestLetterKind, law_id: str, event: EventKind
) -> None:
    request = make_request(session, law_id=law_id, answered_on=date(2010, 5, 3), outcome=Outcome.DENIED)
    letter = add_letter(session, request, kind, FORM, viewer=VOLUNTEER, at=NOON)
    made = mark_letter_sent(session, request, letter.id, date(2010, 6, 1), viewer=VOLUNTEER, at=NOON)
    assert (made.kind, made.happened_on, made.is_public) == (event, date(2010, 6, 1), False)
    assert made.recipient == "FOIA Officer, ICE"
    assert get_letter(session, request, letter.id, MEMBER).sent_on == date(2010, 6, 1)
    with pytest.raises(BadRequestForm, match="sent already"):
        mark_letter_sent(session, request, letter.id, TODAY, viewer=VOLUNTEER, at=NOON)
    with pytest.raises(BadRequestForm, match="stays as it is"):
        change_letter(session, request, letter.id, FORM, viewer=VOLUNTEER, at=NOON)
    remove_letter(session, request, letter.id, viewer=VOLUNTEER, at=NOON)
    assert made.id in [one.id for one in events_of(session, request, MEMBER)]


def test_a_request_is_sent_once(session: Session) -> None:
    draft = make_request(session, sent_on=None)
    first, second = (
        add_letter(session, draft, RequestLetterKind.REQUEST, FORM, viewer=VOLUNTEER, at=NOON) for _ in "ab"
    )
    event = mark_letter_sent(session, draft, first.id, SENT_ON, viewer=VOLUNTEER, at=NOON)
    again = mark_letter_sent(session, draft, second.id, SENT_ON, viewer=VOLUNTEER, at=NOON)
    assert event.id == again.id
    third = add_letter(session, draft, RequestLetterKind.REQUEST, FORM, viewer=VOLUNTEER, at=NOON)
    with pytest.raises(BadRequestForm, match="another day"):
        mark_letter_sent(session, draft, third.id, TODAY, viewer=VOLUNTEER, at=NOON)
    with pytest.raises(BadRequestForm):
        add_and_send_tomorrow(session)


def add_and_send_tomorrow(session: Session) -> None:
    request = make_request(session, title="Tomorrow", sent_on=None)
    letter = add_letter(session, request, RequestLetterKind.REQUEST, FORM, viewer=VOLUNTEER, at=NOON)
    mark_letter_sent(session, request, letter.id, date(2999, 1, 1), viewer=VOLUNTEER, at=NOON)


def test_when_its_event_is_taken_out_a_letter_is_not_sent_any_more(session: Session) -> None:
    request = make_request(session)
    letter = add_letter(session, request, RequestLetterKind.FOLLOW_UP, FORM, viewer=VOLUNTEER, at=NOON)
    event = mark_letter_sent(session, request, letter.id, date(2010, 6, 1), viewer=VOLUNTEER, at=NOON)
    session.delete(session.get_one(RequestEvent, event.id))
    session.flush()
    session.expire_all()
    assert get_letter(session, request, letter.id, MEMBER).sent_on is None


def test_a_letter_changes_nothing_that_everybody_sees_and_the_log_has_none_of_its_words(
    session: Session,
) -> None:
    request = make_request(session, is_public=True)
    before = request.changed_at
    letter = add_letter(session, request, APPEAL, FORM, viewer=VOLUNTEER, at=NOON.replace(hour=15))
    change_letter(session, request, letter.id, FORM, viewer=VOLUNTEER, at=NOON.replace(hour=16))
    assert request.changed_at == before
    entries = session.scalars(select(AuditEntry).where(AuditEntry.action.like("request_letter%"))).all()
    assert [(e.action, e.details) for e in entries] == [
        ("request_letter_made", {"letter": letter.id}),
        ("request_letter_changed", {"letter": letter.id}),
    ]


def test_a_letter_that_the_law_has_nothing_for_is_refused(session: Session) -> None:
    request = make_request(session)
    with pytest.raises(BadRequestForm, match="nothing for this letter"):
        make_draft(session, request, RequestLetterKind.COUNTY_AGREEMENTS, VOLUNTEER, TODAY)
    kinds = [choice.kind for choice in choose_letters(session, request, VOLUNTEER, TODAY)]
    assert kinds[0] is RequestLetterKind.FOLLOW_UP
    assert RequestLetterKind.COUNTY_AGREEMENTS not in kinds


def test_letters_go_with_their_request(session: Session) -> None:
    request = make_request(session)
    add_letter(session, request, APPEAL, FORM, viewer=VOLUNTEER, at=NOON)
    session.delete(request)
    session.flush()
    assert session.scalars(select(RequestLetter)).all() == []


def test_fees_that_were_asked_are_named(session: Session) -> None:
    asked = (EventKind.FEES_ASKED, date(2010, 2, 20), {"amount_cents": 123_456})
    request = make_request(session, events=[asked])
    assert letter_case(session, request, MEMBER, TODAY).fees_cents == 123_456
    text = make_draft(session, request, RequestLetterKind.FEE_WAIVER, MEMBER, TODAY).text
    assert "On February 20, 2010 you wrote to me about fees, $1,234.56." in text
