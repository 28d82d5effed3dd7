"""What was withheld, beside the page and on it; editors correct it there."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from archive.models import Document, Page, Redaction
from archive.parts import Parts
from archive.rules.redaction_states import RedactionState
from archive.rules.statuses import Role
from archive.services.redactions import sum_up_again
from ingest.redaction_found import FoundBy, RedactionLook
from tests.visitors import Visitor

Visit = Callable[[Role | None], Visitor]
Add = Callable[..., Document]


@pytest.fixture
def document(add: Add, parts: Parts) -> Document:
    made = add(title="Withheld memo", pages=("The office was told.", "Nothing here."))
    with parts.database.transaction() as session:
        for top, codes in ((100.0, ["b6", "b7c"]), (300.0, ["b5"])):
            session.add(
                Redaction(
                    document_id=made.id,
                    page_number=1,
                    box=[72.0, top, 300.0, top + 20],
                    look=RedactionLook.BLACK,
                    found_by=FoundBy.SHAPES,
                    codes=codes,
                    found_codes=codes,
                    state=RedactionState.FOUND,
                )
            )
        session.flush()
        sum_up_again(session, session.get_one(Page, (made.id, 1)))
    return made


def ids(parts: Parts, document: Document) -> list[int]:
    with parts.database.reading() as session:
        rows = session.query(Redaction).filter(Redaction.document_id == document.id).order_by(Redaction.id)
        return [row.id for row in rows]


def test_readers_see_what_was_withheld_and_on_what_ground(visit: Visit, document: Document) -> None:
    page = visit(None).get(f"/documents/{document.id}/pages/1").text
    assert "Released in part." in page
    assert "(b)(6) personal privacy; (b)(7)(C) personal privacy in law enforcement records" in page
    assert "(b)(5)" in page
    assert re.search(r'<rect x="72.0" y="100.0" width="228.0" height="20.0"/>', page)
    assert "Withheld on this page" not in visit(None).get(f"/documents/{document.id}/pages/2").text
    for form in ("No redaction", "Mark what was not found"):
        assert form not in page


def test_an_editor_corrects_a_mark_in_two_clicks(visit: Visit, document: Document, parts: Parts) -> None:
    editor, address = visit(Role.EDITOR), f"/documents/{document.id}/pages/1"
    first, second = ids(parts, document)
    assert "Mark what was not found" in editor.get(address).text
    answer = editor.post(f"/redactions/{first}", data={"what": "reject", "codes": "(b)(6), (b)(7)(C)"})
    assert (answer.status_code, answer.location) == (303, f"{address}?marks=open#withheld")
    assert "personal privacy" not in visit(None).get(address).text
    assert "1 mark that is no redaction" in editor.get(address).text
    assert editor.post(f"/redactions/{second}", data={"what": "codes", "codes": "B7(E)"}).status_code == 303
    page = visit(None).get(address).text
    assert "(b)(7)(E)" in page
    assert "corrected by an editor" in page
    assert editor.post(f"/redactions/{first}", data={"what": "undo"}).status_code == 303
    assert "(b)(6) personal privacy" in visit(None).get(address).text
    assert editor.post(f"/redactions/{second}", data={"what": "confirm"}).status_code == 303


def test_an_editor_marks_what_was_not_found(visit: Visit, document: Document, parts: Parts) -> None:
    editor, address = visit(Role.EDITOR), f"/documents/{document.id}/pages/2"
    data = {"x0": "72", "top": "80", "x1": "200", "bottom": "95", "codes": "(b)(3)"}
    assert editor.post(f"{address}/redactions", data=data).status_code == 303
    assert "withheld by another statute" in visit(None).get(address).text
    for wrong in ({**data, "x0": "wide"}, {**data, "codes": "because"}, {**data, "x1": "72"}):
        answer = editor.post(f"{address}/redactions", data=wrong)
        assert answer.status_code == 400


def test_only_editors_correct(visit: Visit, document: Document, parts: Parts) -> None:
    first = ids(parts, document)[0]
    for role, status in ((None, 401), (Role.MEMBER, 403), (Role.VOLUNTEER, 403)):
        assert visit(role).post(f"/redactions/{first}", data={"what": "reject"}).status_code == status
        answer = visit(role).post(f"/documents/{document.id}/pages/1/redactions", data={})
        assert answer.status_code == status
    assert visit(Role.EDITOR).post("/redactions/999999", data={"what": "reject"}).status_code == 404
    assert visit(Role.EDITOR).post(f"/redactions/{first}", data={"what": "sing"}).status_code == 404


def test_a_page_with_hundreds_of_marks_stays_small(visit: Visit, add: Add, parts: Parts) -> None:
    made = add(title="A table of codes", pages=("x",))
    with parts.database.transaction() as session:
        session.add_all(
            Redaction(
                document_id=made.id,
                page_number=1,
                box=[72.0 + number, 72.0, 100.0 + number, 80.0],
                look=RedactionLook.CODE,
                found_by=FoundBy.TEXT,
                codes=["b6"],
                found_codes=["b6"],
                state=RedactionState.FOUND,
            )
            for number in range(320)
        )
    answer = visit(None).get(f"/documents/{made.id}/pages/1")
    assert "320 places" in answer.text
    assert "The first 60 of 320" in answer.text
    assert len(answer.data) < 80_000
