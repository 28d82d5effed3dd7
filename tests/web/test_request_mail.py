"""E-mail files: kept as they came, shown with what they seem to say, written down by a person."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from archive.models import Account, Document, RequestEvent, RequestFile, RequestMail, TrackingNumber
from archive.parts import Parts
from archive.rules.access import Viewer
from archive.rules.request_states import EventKind, Outcome
from archive.rules.statuses import Role, Visibility
from archive.storage.keys import mail_key
from tests.factories import draw_pdf
from tests.files.make_mails import HOSTILE_MAILS, MAILS, mail
from tests.requests_made import make_request
from tests.visitors import Visitor

Visit = Callable[[Role | None], Visitor]
PDF = draw_pdf("Answer", ("We found no records.",))
ADDRESS = "/requests/opt-out-records/mail"


@pytest.fixture
def keeper(app: Flask, parts: Parts, visit: Visit) -> Visitor:
    """A volunteer, with a request that was sent on 3 February 2010."""
    with parts.database.transaction() as session:
        make_request(session)
    return visit(Role.VOLUNTEER)


def send(visitor: Visitor, *files: tuple[str, bytes]) -> TestResponse:
    data = {"files": [(io.BytesIO(data), name) for name, data in files]}
    answer: TestResponse = visitor.post(ADDRESS, data=data, content_type="multipart/form-data")
    return answer


def form_of(page: str) -> dict[str, str]:
    """What a person who changes nothing would send."""
    said = dict(re.findall(r'<input[^>]* name="(\w+)" value="([^"]*)"', page))
    for name, rest in re.findall(r'<select id="\w+" name="(\w+)">(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="(\w*)" selected', rest)
        said[name] = chosen[1] if chosen else ""
    said |= dict.fromkeys(re.findall(r'type="checkbox" name="(take\d+)" checked', page), "on")
    return said | {"what": "event"}


def test_an_acknowledgement_is_proposed_with_its_sentence_and_number(keeper: Visitor) -> None:
    answer = send(keeper, ("ack.eml", MAILS["acknowledgement.eml"]()))
    assert answer.status_code == 303
    page = keeper.get(answer.location).text
    assert "This acknowledges receipt of your request of August 2, 2010." in page
    assert '<option value="acknowledged" selected>' in page
    assert 'value="2010-FOIA-0042"' in page
    assert 'value="2010-08-17"' in page  # the sender's own day: in UTC it was the 18th
    assert "UTC-05:00" in page


def test_nothing_is_written_down_before_a_person_says_so(keeper: Visitor, parts: Parts) -> None:
    send(keeper, ("ack.eml", MAILS["acknowledgement.eml"]()))
    with parts.database.reading() as session:
        assert session.scalars(select(RequestEvent.kind)).all() == [EventKind.SENT]


def test_what_a_person_agrees_to_is_an_event_that_is_not_public(keeper: Visitor, parts: Parts) -> None:
    address = send(keeper, ("ack.eml", MAILS["acknowledgement.eml"]())).location
    assert keeper.post(address, data=form_of(keeper.get(address).text)).status_code == 303
    with parts.database.reading() as session:
        event = session.scalars(select(RequestEvent).where(RequestEvent.message_id.is_not(None))).one()
        assert (event.kind, str(event.happened_on)) == (EventKind.ACKNOWLEDGED, "2010-08-17")
        assert (event.says, event.is_public, event.message_id) == ("", False, "one@agency.example")
        assert event.sender == "FOIA Office <foia@agency.example>"
        assert session.scalars(select(TrackingNumber.number)).all() == ["2010-FOIA-0042"]
    assert "Written down as" in keeper.get(address).text


def test_the_file_is_kept_byte_for_byte_and_members_may_have_it(
    keeper: Visitor, parts: Parts, visit: Visit
) -> None:
    sent = MAILS["acknowledgement.eml"]()
    address = send(keeper, ("ack.eml", sent)).location
    with parts.database.reading() as session:
        row = session.scalars(select(RequestMail)).one()
    assert parts.storage.read(mail_key(row.sha256)) == sent
    answer = visit(Role.MEMBER).get(f"{address}.eml")
    assert (answer.data, answer.mimetype) == (sent, "message/rfc822")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert visit(None).get(f"{address}.eml").status_code == 303  # to sign in, as for any address of members


def test_an_attached_pdf_becomes_a_document_that_nobody_sees_yet(keeper: Visitor, parts: Parts) -> None:
    sent = mail(
        "No responsive records were found.",
        attached=(("answer.pdf", "application/pdf", PDF), ("list.xlsx", "application/octet-stream", b"PK")),
    )
    address = send(keeper, ("answer.eml", sent)).location
    page = keeper.get(address).text
    assert "only PDFs become documents" in page
    assert keeper.post(address, data=form_of(page)).status_code == 303
    with parts.database.reading() as session:
        document = session.scalars(select(Document)).one()
        assert document.visibility is Visibility.UNPUBLISHED
        assert document.source_file == "answer.pdf"
        assert document.agency is not None
        assert document.agency.abbreviation == "ICE"
        assert session.scalars(select(RequestFile.document_id)).all() == [document.id]
        event = session.scalars(select(RequestEvent).where(RequestEvent.outcome.is_not(None))).one()
        assert (event.kind, event.outcome) == (EventKind.DETERMINED, Outcome.NO_RECORDS)


def test_an_attachment_that_is_here_already_is_linked(keeper: Visitor, parts: Parts) -> None:
    for number in (1, 2):
        sent = mail(
            "See attached.", message_id=f"<{number}@a.example>", attached=(("a.pdf", "image/png", PDF),)
        )
        address = send(keeper, ("a.eml", sent)).location
        keeper.post(address, data=form_of(keeper.get(address).text))
    with parts.database.reading() as session:
        assert len(session.scalars(select(Document)).all()) == 1
        assert len(session.scalars(select(RequestFile)).all()) == 2


def test_a_pdf_that_cannot_be_taken_is_said_and_the_event_stays(keeper: Visitor, parts: Parts) -> None:
    sent = mail("See attached.", attached=(("locked.pdf", "application/pdf", b"%PDF-1.7 nothing more"),))
    address = send(keeper, ("a.eml", sent)).location
    answer = keeper.post(address, data=form_of(keeper.get(address).text))
    with parts.database.reading() as session:
        assert session.scalars(select(RequestEvent.kind)).all() == [EventKind.SENT, EventKind.CORRESPONDED]
    assert answer.status_code in (303, 400)  # 303: its damage is found when it is read


def test_the_same_file_twice_is_here_once(keeper: Visitor, parts: Parts) -> None:
    first = send(keeper, ("a.eml", MAILS["acknowledgement.eml"]())).location
    assert send(keeper, ("b.eml", MAILS["acknowledgement.eml"]())).location == first
    with parts.database.reading() as session:
        assert len(session.scalars(select(RequestMail)).all()) == 1


def test_the_same_message_saved_twice_is_said_to_be_here(keeper: Visitor) -> None:
    first = send(keeper, ("a.eml", mail(message_id="<same@a.example>"))).location
    keeper.post(first, data=form_of(keeper.get(first).text))
    again = send(keeper, ("b.eml", mail(message_id="<same@a.example>") + b"\r\n")).location
    assert again != first
    assert "This message is here already" in keeper.get(again).text


def test_a_mail_within_a_mail_is_one_of_its_own(keeper: Visitor, parts: Parts) -> None:
    address = send(keeper, ("fwd.eml", MAILS["forwarded_as_attachment.eml"]())).location
    assert "See the letter of the agency." in keeper.get(address).text
    with parts.database.reading() as session:
        inner = session.scalars(select(RequestMail).where(RequestMail.part == 1)).one()
    page = keeper.get(f"{ADDRESS}/{inner.id}").text
    assert "No responsive records were found." in page
    assert '<option value="no_records" selected>' in page


def test_one_that_is_no_event_is_set_aside_and_back(keeper: Visitor) -> None:
    address = send(keeper, ("a.eml", mail())).location
    keeper.post(address, data={"what": "aside"})
    assert "set aside" in keeper.get(ADDRESS).text
    keeper.post(address, data={"what": "back"})
    assert "to be read" in keeper.get(ADDRESS).text


def test_what_was_typed_stays_when_the_form_is_wrong(keeper: Visitor) -> None:
    address = send(keeper, ("a.eml", mail())).location
    said = form_of(keeper.get(address).text) | {"happened_on": "2009-01-01", "says": "They <wrote>."}
    answer = keeper.post(address, data=said)
    assert answer.status_code == 400
    assert "They &lt;wrote&gt;." in answer.text
    assert 'value="2009-01-01"' in answer.text
    assert 'id="problem"' in answer.text


@pytest.mark.parametrize("name", HOSTILE_MAILS)
def test_a_hostile_mail_is_shown_or_refused_in_a_sentence(keeper: Visitor, name: str) -> None:
    answer = send(keeper, (name, HOSTILE_MAILS[name]()))
    assert answer.status_code in (303, 400)
    page = keeper.get(answer.location).text if answer.status_code == 303 else answer.text
    assert "<script>alert" not in page
    assert "tracker.example" not in page
    assert "Traceback" not in page
    if answer.status_code == 400:
        assert "not taken" in page


def test_each_of_several_files_has_its_own_answer(keeper: Visitor) -> None:
    answer = send(keeper, ("good.eml", mail()), ("bad.eml", b"nothing"), ("empty.eml", b" "))
    assert answer.status_code == 400
    assert answer.text.count("not taken") == 2
    assert "kept; read it" in answer.text


def test_a_form_without_a_file_says_so(keeper: Visitor) -> None:
    answer = keeper.post(ADDRESS, data={})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_members_and_readers_send_nothing(keeper: Visitor, visit: Visit, parts: Parts) -> None:
    assert send(visit(Role.MEMBER), ("a.eml", mail())).status_code == 403
    assert send(visit(None), ("a.eml", mail())).status_code == 401
    with parts.database.reading() as session:
        assert session.scalars(select(RequestMail)).all() == []


def test_a_mail_of_another_request_is_not_here(keeper: Visitor, parts: Parts) -> None:
    with parts.database.transaction() as session:
        make_request(session, title="Another")
    address = send(keeper, ("a.eml", mail())).location
    other = address.replace("opt-out-records", "another")
    assert keeper.get(other).status_code == 404
    assert keeper.get(f"{other}.eml").status_code == 404


def test_a_volunteers_mails_count_for_their_quota(keeper: Visitor, parts: Parts) -> None:
    assert keeper.account is not None
    viewer = Viewer(Role.VOLUNTEER, keeper.account.id, keeper.account.email)
    with parts.database.transaction() as session:
        session.get_one(Account, keeper.account.id).quota_bytes = len(mail())
    assert send(keeper, ("a.eml", mail())).status_code == 303
    assert parts.upload_desk.allowance(viewer).left_bytes == 0
    assert "more than you may in 30 days" in send(keeper, ("b.eml", mail("More."))).text
