"""What happened to a request, written down, corrected and taken out over the web."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from archive.models import RequestEvent, RequestFile, RequestStanding
from archive.parts import Parts
from archive.rules.request_states import EventKind, RequestStatus
from archive.rules.statuses import Role, Visibility
from tests.factories import NOON
from tests.requests_made import make_request
from tests.visitors import Visitor
from tests.web.conftest import MakeDocument, Visit


@pytest.fixture
def volunteer(visit: Visit) -> Visitor:
    return visit(Role.VOLUNTEER)


@pytest.fixture
def here(parts: Parts) -> str:
    with parts.database.transaction() as session:
        return f"/requests/{make_request(session).slug}/events"


def events(parts: Parts) -> list[RequestEvent]:
    with parts.database.reading() as session:
        wanted = select(RequestEvent).order_by(RequestEvent.happened_on, RequestEvent.position)
        return list(session.scalars(wanted))


def status(parts: Parts) -> RequestStatus:
    with parts.database.reading() as session:
        return session.scalars(select(RequestStanding.status)).one()


def test_events_are_sorted_in_whatever_order_they_are_written_down(
    volunteer: Visitor, here: str, parts: Parts
) -> None:
    answered = {"kind": "determined", "happened_on": "8/17/2010", "outcome": "denied", "says": "All of it."}
    answer = volunteer.post(here, data=answered)
    assert (answer.status_code, answer.headers["Location"][-8:]) == (303, "#event-2")
    assert status(parts) is RequestStatus.ANSWERED
    for kind in ("acknowledged", "received"):
        assert volunteer.post(here, data={"kind": kind, "happened_on": "2010-02-09"}).status_code == 303
    kinds = [event.kind.value for event in events(parts)]
    assert kinds == ["sent", "received", "acknowledged", "determined"]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"kind": "", "happened_on": "2010-03-01"}, "What happened is missing."),
        ({"kind": "acknowledged", "happened_on": ""}, "The day on which it happened is missing."),
        ({"kind": "acknowledged", "happened_on": "2026-11-03"}, "This day is still to come."),
        ({"kind": "acknowledged", "happened_on": "0010-03-01"}, "This day is too long ago."),
        ({"kind": "determined", "happened_on": "2010-02-02", "outcome": "denied"}, "cannot be before"),
        ({"kind": "determined", "happened_on": "2010-03-01"}, "What was decided is missing."),
        (
            {"kind": "determined", "happened_on": "2010-03-01", "outcome": "remanded"},
            "cannot have this outcome",
        ),
        ({"kind": "acknowledged", "happened_on": "2010-03-01", "outcome": "denied"}, "has no outcome"),
        ({"kind": "acknowledged", "happened_on": "2010-03-01", "days": "10"}, "has no number of days"),
        ({"kind": "extended", "happened_on": "2010-03-01", "until_on": "2010-02-28"}, "is before the day"),
        ({"kind": "extended", "happened_on": "2010-03-01", "days": "0"}, "This number of days cannot be."),
        ({"kind": "estimated", "happened_on": "2010-03-01"}, "The day that the agency named is missing."),
        ({"kind": "noted", "happened_on": "2010-03-01", "documents": "memo.pdf"}, "is not the address"),
        (
            {"kind": "produced", "happened_on": "2010-03-01", "production": "77"},
            "There is no such production.",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    volunteer: Visitor, here: str, parts: Parts, sent: dict[str, str], sentence: str
) -> None:
    answer = volunteer.post(here, data=sent | {"note": "Kept as typed."})
    assert answer.status_code == 400
    assert sentence in answer.text
    assert "Kept as typed." in answer.text
    assert len(events(parts)) == 1


def test_the_day_it_was_sent_cannot_be_moved_after_its_answer(
    volunteer: Visitor, here: str, parts: Parts
) -> None:
    volunteer.post(here, data={"kind": "acknowledged", "happened_on": "2010-02-09"})
    answer = volunteer.post(f"{here}/1", data={"kind": "sent", "happened_on": "2010-02-10"})
    assert "was before this day (9 February 2010)" in answer.text
    assert volunteer.post(f"{here}/1", data={"kind": "sent", "happened_on": "2010-02-01"}).status_code == 303
    assert events(parts)[0].happened_on == date(2010, 2, 1)


def test_an_appeal_is_not_decided_before_it_was_made(volunteer: Visitor, here: str) -> None:
    volunteer.post(here, data={"kind": "appealed", "happened_on": "2010-05-01"})
    decided = {"kind": "appeal_decided", "happened_on": "2010-04-30", "outcome": "remanded"}
    assert "cannot be before" in volunteer.post(here, data=decided).text
    assert volunteer.post(here, data=decided | {"happened_on": "2010-06-01"}).status_code == 303


def test_an_event_is_corrected_and_taken_out(volunteer: Visitor, here: str, parts: Parts) -> None:
    fees = {"kind": "fees_asked", "happened_on": "2010-02-20", "amount": "$1,250.50", "note": "Too much."}
    volunteer.post(here, data=fees)
    page = volunteer.get(f"{here}/2").text
    assert 'value="1250.50"' in page
    assert "Too much." in page
    assert status(parts) is RequestStatus.CLARIFYING
    answer = volunteer.post(f"{here}/2", data={"what": "remove"})
    assert answer.headers["Location"] == here.removesuffix("/events")
    assert status(parts) is RequestStatus.SENT


def test_the_form_begins_with_what_a_link_says(volunteer: Visitor, here: str) -> None:
    assert '<option value="determined" selected>' in volunteer.get(f"{here}?kind=determined").text


def test_documents_come_to_an_event_and_go(
    volunteer: Visitor, here: str, parts: Parts, add: MakeDocument
) -> None:
    first, second = (add(title=title, agency="ICE", pages=(title,)).id for title in ("Letter", "Memo"))
    assert "Memo" in volunteer.get(here).text
    sent = {
        "kind": "acknowledged",
        "happened_on": "2010-02-09",
        "documents": f"https://archive.example/documents/{first}/pages/1",
        "document": second,
    }
    volunteer.post(here, data=sent)
    with parts.database.reading() as session:
        wanted = select(RequestFile.document_id).order_by(RequestFile.position)
        assert session.scalars(wanted).all() == [first, second]
    assert f"off:{first}" in volunteer.get(f"{here}/2").text
    volunteer.post(f"{here}/2", data={"what": f"off:{first}"})
    volunteer.post(f"{here}/2", data=sent | {"documents": "", "document": second})
    with parts.database.reading() as session:
        assert session.scalars(select(RequestFile.document_id)).all() == [second]


def test_a_document_that_one_may_not_see_is_not_attached_and_not_told_of(
    volunteer: Visitor, here: str, parts: Parts, add: MakeDocument
) -> None:
    hidden = add(title="Hidden", agency="ICE", visibility=Visibility.SEALED)
    assert "Hidden" not in volunteer.get(here).text
    said = []
    for document_id in (hidden.id, "a" * 12):
        sent = {"kind": "noted", "happened_on": "2010-02-09", "documents": document_id}
        answer = volunteer.post(here, data=sent)
        assert answer.status_code == 400
        said.append(answer.text.count("There is no document at this address."))
    assert said[0] == said[1] > 0
    assert len(events(parts)) == 1


def test_a_volunteer_does_not_change_what_everybody_sees(
    visit: Visit, volunteer: Visitor, parts: Parts
) -> None:
    with parts.database.transaction() as session:
        slug = make_request(session, is_public=True).slug
    here, sent = f"/requests/{slug}/events", {"kind": "sent", "happened_on": "2010-02-04"}
    assert "only an editor changes it" in volunteer.post(f"{here}/1", data=sent).text
    assert volunteer.post(f"{here}/1", data={"what": "remove"}).status_code == 409
    unchanged = {"kind": "sent", "happened_on": "2010-02-03", "note": "For members."}
    assert volunteer.post(f"{here}/1", data=unchanged).status_code == 303
    editor = visit(Role.EDITOR)
    assert editor.post(f"{here}/1", data=sent).status_code == 303
    assert "says when it was sent" in editor.post(f"{here}/1", data={"what": "remove"}).text
    private = sent | {"says": "Call John Example at home: (408) 555-0134."}
    assert "phone number" in editor.post(f"{here}/1", data=private).text
    assert editor.post(f"{here}/1", data=private | {"why_shown": "official"}).status_code == 303


def test_a_new_event_of_a_public_request_is_for_members(
    visit: Visit, volunteer: Visitor, parts: Parts
) -> None:
    with parts.database.transaction() as session:
        slug = make_request(session, is_public=True).slug
    volunteer.post(
        f"/requests/{slug}/events",
        data={"kind": "noted", "happened_on": "2010-02-09", "says": "Unseen words"},
    )
    assert "Unseen words" in volunteer.get(f"/requests/{slug}").text
    assert "Unseen words" not in visit(None).get(f"/requests/{slug}").text


def test_every_kind_of_event_can_be_written_down(volunteer: Visitor, here: str, parts: Parts) -> None:
    page = volunteer.get(here).text
    for kind in EventKind:
        assert f'<option value="{kind}">' in page
        sent = {"kind": kind.value, "happened_on": "2010-03-01"}
        if kind in (EventKind.DETERMINED, EventKind.APPEAL_DECIDED):
            sent["outcome"] = "denied"
        if kind is EventKind.ESTIMATED:
            sent["until_on"] = "2010-04-01"
        assert volunteer.post(here, data=sent).status_code == 303, kind
    assert len(events(parts)) == len(EventKind) + 1
    assert all(event.recorded_at == NOON for event in events(parts))
