"""The page on which an editor chooses what everybody sees of a request."""

from __future__ import annotations

import pytest

from archive.parts import Parts
from archive.rules.request_states import EventKind, PersonRole
from archive.rules.statuses import Role
from archive.services.foia_requests import get_request
from archive.services.request_people import PersonForm, add_person
from tests.factories import NOON
from tests.requests_made import EDITOR, SENT_ON, make_request
from tests.visitors import Visitor
from tests.web.conftest import Visit

PHONE = "Call John Example at home: (408) 555-0134."
SHOW = {"what": "publish", "event": ["2"]}


@pytest.fixture
def editor(visit: Visit) -> Visitor:
    return visit(Role.EDITOR)


@pytest.fixture
def here(parts: Parts) -> str:
    happened = [
        (EventKind.ACKNOWLEDGED, SENT_ON, {"says": "Thank you for it.", "note": "Secret note"}),
        (EventKind.NOTED, SENT_ON, {"says": PHONE}),
    ]
    with parts.database.transaction() as session:
        slug = make_request(session, events=happened, numbers=("10-2674",)).slug
        row = get_request(session, slug, EDITOR)
        somebody = PersonForm("Jane Doe", PersonRole.OFFICER, email="jane@agency.example", phone="5550134")
        add_person(session, row, somebody, viewer=EDITOR, at=NOON)
    return f"/requests/{slug}"


def test_nothing_but_that_it_was_sent_is_chosen_at_first(editor: Visitor, here: str) -> None:
    page = editor.get(f"{here}/publish").text
    assert page.count(" checked") == 1
    assert "1 event of 3, 0 numbers, 0 names." in page
    suggested = editor.get(f"{here}/publish?choose=clock").text
    assert "2 events of 3, 1 number, 0 names." in suggested


def test_one_looks_before_everybody_does(editor: Visitor, visit: Visit, here: str) -> None:
    looked = editor.post(f"{here}/publish", data={"what": "look", "event": ["2"], "number": ["1"]})
    assert looked.status_code == 200
    assert "2 events of 3, 1 number, 0 names." in looked.text
    assert visit(None).get(here).status_code == 404


def test_readers_get_what_was_chosen_and_nothing_else(editor: Visitor, visit: Visit, here: str) -> None:
    assert editor.post(f"{here}/publish", data=SHOW | {"person": ["1"]}).headers["Location"] == here
    page = visit(None).get(here).text
    assert "Thank you for it." in page
    assert "Jane Doe" in page
    for hidden in ("Secret note", "10-2674", "jane@agency.example", "5550134", "555-0134"):
        assert hidden not in page
    editor.post(f"{here}/publish", data={"what": "publish", "number": ["1"]})
    page = visit(None).get(here).text
    assert "10-2674" in page
    for hidden in ("Thank you for it.", "Jane Doe"):
        assert hidden not in page
    editor.post(f"{here}/publish", data={"what": "back"})
    assert visit(None).get(here).status_code == 404


def test_what_looks_private_is_named_and_shown_only_with_a_reason(
    editor: Visitor, visit: Visit, here: str
) -> None:
    private = {"what": "publish", "event": ["3"]}
    refused = editor.post(f"{here}/publish", data=private)
    assert refused.status_code == 409
    assert "phone number in what is said of 3 February 2010" in refused.text
    assert visit(None).get(here).status_code == 404
    assert editor.post(f"{here}/publish", data=private | {"why_shown": "nonsense"}).status_code == 400
    assert editor.post(f"{here}/publish", data=private | {"why_shown": "agreed"}).status_code == 303
    assert "555-0134" in visit(None).get(here).text


def test_a_draft_says_what_is_missing(editor: Visitor, parts: Parts) -> None:
    with parts.database.transaction() as session:
        slug = make_request(session, sent_on=None).slug
    assert "was not sent cannot be made public" in editor.get(f"/requests/{slug}/publish").text
    assert editor.post(f"/requests/{slug}/publish", data={"what": "publish"}).status_code == 409


@pytest.mark.parametrize(("role", "status"), [(None, 401), (Role.MEMBER, 403), (Role.VOLUNTEER, 403)])
def test_others_do_not_choose(visit: Visit, here: str, role: Role | None, status: int) -> None:
    visitor = visit(role)
    for what in ("look", "publish", "back"):
        assert visitor.post(f"{here}/publish", data={"what": what}).status_code == status
        assert visitor.post("/requests/absent/publish", data={"what": what}).status_code == status


def test_nonsense_that_was_ticked_is_nothing(editor: Visitor, visit: Visit, here: str) -> None:
    nonsense = {"what": "publish", "event": ["x", "-1", "9" * 30, "77"], "number": ["²"]}
    assert editor.post(f"{here}/publish", data=nonsense).status_code == 303
    assert "Thank you for it." not in visit(None).get(here).text


def test_what_changed_while_one_looked_is_not_shown_unseen(editor: Visitor, visit: Visit, here: str) -> None:
    answer = editor.post(f"{here}/publish", data=SHOW | {"based_on": "2026-11-01T12:00:00+00:00"})
    assert answer.status_code == 409
    assert "Somebody changed this request while you looked at it" in answer.text
    assert visit(None).get(here).status_code == 404
    seen = {"based_on": NOON.isoformat()}
    assert f'value="{seen["based_on"]}"' in answer.text
    assert editor.post(f"{here}/publish", data=SHOW | seen).status_code == 303
