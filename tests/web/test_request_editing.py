"""Entering a request, describing it, its numbers and people, and deleting it, over the web."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from archive.models import FoiaRequest, RequestEvent, RequestPerson, RequestStanding, TrackingNumber
from archive.parts import Parts
from archive.rules.request_states import EventKind, Outcome, RequestRelation, RequestStatus
from archive.rules.statuses import Role
from tests.requests_made import make_request
from tests.visitors import Visitor
from tests.web.conftest import Visit

FILED = {
    "title": "Opt-out records",
    "agency": "Immigration and Customs Enforcement (ICE)",
    "law_id": "",
    "records_sought": "All records on opting out.",
    "sent_on": "2010-02-03",
    "received_on": "2/5/2010",
    "number": "10-2674",
    "answered_on": "August 17, 2010",
    "outcome": "granted_in_part",
}
DESCRIBED = {"title": "Opt-out records", "agency": "ICE", "law_id": "us"}


@pytest.fixture
def volunteer(visit: Visit) -> Visitor:
    return visit(Role.VOLUNTEER)


@pytest.fixture
def slug(parts: Parts) -> str:
    with parts.database.transaction() as session:
        return make_request(session, numbers=("10-2674",)).slug


def test_a_request_filed_elsewhere_is_entered_with_one_form(volunteer: Visitor, parts: Parts) -> None:
    answer = volunteer.post("/requests/new", data=FILED)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/requests/opt-out-records")
    with parts.database.reading() as session:
        row = session.scalars(select(FoiaRequest)).one()
        standing = session.scalars(select(RequestStanding)).one()
        kinds = session.scalars(select(RequestEvent.kind).order_by(RequestEvent.happened_on)).all()
        assert session.scalars(select(TrackingNumber.number)).all() == ["10-2674"]
    assert (row.law_id, row.agency.abbreviation) == ("us", "ICE")
    assert kinds == [EventKind.SENT, EventKind.RECEIVED, EventKind.DETERMINED]
    assert (standing.status, standing.outcome) == (RequestStatus.ANSWERED, Outcome.GRANTED_IN_PART)
    assert "Opt-out records" in volunteer.get("/requests/opt-out-records").text


def test_one_letter_to_two_agencies_is_two_requests_that_belong_together(
    volunteer: Visitor, parts: Parts
) -> None:
    sent = FILED | {"agency": "ICE; Department of Homeland Security (DHS)", "number": ""}
    assert volunteer.post("/requests/new", data=sent).status_code == 303
    with parts.database.reading() as session:
        first, second = session.scalars(select(FoiaRequest).order_by(FoiaRequest.id)).all()
    assert (second.parent_id, second.relation) == (first.id, RequestRelation.SENT_TOGETHER)
    assert {first.slug, second.slug} == {"opt-out-records", "opt-out-records-2"}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"title": ""}, "A request needs a title."),
        ({"agency": ""}, "A request goes to an agency."),
        ({"agency": "Sheriff"}, "A request is made under a law."),
        ({"sent_on": "soon"}, "“soon” is not a date."),
        ({"sent_on": "2027-01-01"}, "This day is still to come."),
        ({"sent_on": ""}, "The day on which it was sent is missing."),
        ({"received_on": "2010-02-01"}, "cannot be before"),
        ({"answered_on": "2010-02-01"}, "cannot be before"),
        ({"outcome": ""}, "An answer has a day and an outcome."),
        ({"outcome": "remanded"}, "cannot have this outcome."),
        ({"agency": "ICE; DHS"}, "Each agency gives its own number."),
    ],
)
def test_what_is_wrong_is_said_on_the_form_and_what_was_typed_stays(
    volunteer: Visitor, parts: Parts, changed: dict[str, str], sentence: str
) -> None:
    answer = volunteer.post("/requests/new", data=FILED | changed)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert "All records on opting out." in answer.text
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(FoiaRequest)) == 0


def test_the_law_is_told_from_the_agencys_name_and_from_earlier_requests(
    volunteer: Visitor, parts: Parts
) -> None:
    def guessed(agency: str) -> object:
        answer = volunteer.get("/requests/new/law", query_string={"agency": agency})
        return (answer.json or {})["law_id"]

    assert guessed("ICE") == "us"
    assert guessed("Sheriff") == ""
    assert guessed("") == ""
    with parts.database.transaction() as session:
        make_request(session, agency="Sheriff", law_id="us-ca")
    assert guessed("sheriff") == "us-ca"


def test_the_form_begins_with_what_a_link_says(volunteer: Visitor) -> None:
    page = volunteer.get("/requests/new?title=Agreements&agency=Sheriff&law_id=us-ca").text
    assert 'value="Agreements"' in page
    assert '<option value="us-ca" selected>' in page


@pytest.mark.parametrize("role", [None, Role.MEMBER])
def test_who_does_not_keep_requests_gets_no_form(visit: Visit, slug: str, role: Role | None) -> None:
    visitor = visit(role)
    expected = 401 if role is None else 403
    seen = 303 if role is None else 403  # readers are led to where they sign in, whatever is there
    for path in ("/requests/new", "/requests/new/law", f"/requests/{slug}/edit", "/requests/absent/edit"):
        assert visitor.get(path).status_code == seen
    for path in ("edit", "numbers", "numbers/1", "people", "people/1", "events", "events/1"):
        assert visitor.post(f"/requests/{slug}/{path}", data=DESCRIBED).status_code == expected


def test_a_request_is_described(volunteer: Visitor, slug: str, parts: Parts) -> None:
    sent = DESCRIBED | {"title": "Opting out", "fee_category": "news_media", "place": "Arlington County, VA"}
    answer = volunteer.post(f"/requests/{slug}/edit", data=sent)
    assert answer.headers["Location"] == "/requests/opting-out"
    page = volunteer.get("/requests/opting-out/edit").text
    assert 'value="Arlington County, VA"' in page
    assert '<option value="news_media" selected>' in page
    wrong = volunteer.post("/requests/opting-out/edit", data=sent | {"title": " "})
    assert wrong.status_code == 400
    assert "A request needs a title." in wrong.text


def test_what_everybody_sees_is_told_to_be_for_editors(volunteer: Visitor, parts: Parts) -> None:
    with parts.database.transaction() as session:
        slug = make_request(session, title=DESCRIBED["title"], is_public=True).slug
    answer = volunteer.post(f"/requests/{slug}/edit", data=DESCRIBED | {"records_sought": "All."})
    assert answer.status_code == 409
    assert "only an editor changes it" in answer.text


def test_numbers_are_a_tree(volunteer: Visitor, slug: str, parts: Parts) -> None:
    here = f"/requests/{slug}/numbers"
    split = {"number": "10-2674A", "kind": "request", "from_id": "1", "relation": "split"}
    assert volunteer.post(here, data=split).headers["Location"] == f"/requests/{slug}/edit#numbers"
    circle = {"number": "10-2674", "kind": "request", "from_id": "2", "relation": "split"}
    assert "That number came from this one." in volunteer.post(f"{here}/1", data=circle).text
    page = volunteer.get(f"/requests/{slug}/edit").text
    assert "split from 10-2674" in page
    again = volunteer.post(here, data={"number": "10-2674a", "kind": "request"})
    assert "This number is noted already." in again.text
    court = {"number": "10-cv-3488", "kind": "docket", "court": "S.D.N.Y.", "given_on": "2010-04-27"}
    assert volunteer.post(here, data=court).status_code == 303
    assert "Only a docket number is of a court." in volunteer.post(here, data=court | {"kind": "appeal"}).text
    volunteer.post(f"{here}/1", data={"what": "remove"})
    with parts.database.reading() as session:
        rows = session.scalars(select(TrackingNumber).order_by(TrackingNumber.id)).all()
        assert [(row.number, row.from_id, row.relation) for row in rows] == [
            ("10-2674A", None, None),
            ("10-cv-3488", None, None),
        ]


def test_people_are_noted_and_taken_out(volunteer: Visitor, slug: str, parts: Parts) -> None:
    here = f"/requests/{slug}/people"
    who = {"name": "Catrina Pavlik-Keenan", "role": "officer", "email": "foia@example.gov", "phone": "1"}
    assert volunteer.post(here, data=who).status_code == 303
    assert "foia@example.gov" in volunteer.get(f"/requests/{slug}/edit").text
    assert "This is not a mail address." in volunteer.post(f"{here}/1", data=who | {"email": "x"}).text
    assert "is missing" in volunteer.post(here, data=who | {"role": ""}).text
    assert volunteer.post(f"{here}/1", data=who | {"organisation": "ICE"}).status_code == 303
    assert volunteer.post(f"{here}/2", data=who).status_code == 404
    volunteer.post(f"{here}/1", data={"what": "remove"})
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(RequestPerson)) == 0


def test_parts_of_another_request_are_not_there(volunteer: Visitor, slug: str, parts: Parts) -> None:
    with parts.database.transaction() as session:
        other = make_request(session, title="Other").slug
    number = {"number": "x", "kind": "request"}
    assert volunteer.post(f"/requests/{other}/numbers/1", data=number).status_code == 404
    assert volunteer.get(f"/requests/{other}/events/1").status_code == 404


def test_editors_delete_and_volunteers_do_not(visit: Visit, volunteer: Visitor, slug: str) -> None:
    assert volunteer.post(f"/requests/{slug}/delete").status_code == 403
    editor = visit(Role.EDITOR)
    assert "1 event, 1 number" in editor.get(f"/requests/{slug}/delete").text
    assert editor.post(f"/requests/{slug}/delete").headers["Location"] == "/requests"
    assert editor.get(f"/requests/{slug}").status_code == 404
