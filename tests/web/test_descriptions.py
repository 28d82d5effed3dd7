"""The pages where documents are described, as a browser without JavaScript uses them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from archive.models import Document, DocumentCopy
from archive.parts import Parts
from archive.rules.description_fields import DescriptionField
from archive.rules.statuses import CopyKind, Role, Visibility
from archive.services.field_values import base_of, values_of
from tests.describing import make_undescribed
from tests.visitors import Visitor

Visit = Callable[[Role | None], Visitor]


@pytest.fixture
def volunteer(visit: Visit) -> Visitor:
    return visit(Role.VOLUNTEER)


@pytest.fixture
def editor(visit: Visit) -> Visitor:
    return visit(Role.EDITOR)


def make(parts: Parts, owner: Visitor | None = None, **fields: Any) -> Document:
    account = owner.account if owner else None
    with parts.database.transaction() as session:
        return make_undescribed(
            session, parts.storage, uploaded_by_id=account.id if account else None, **fields
        )


def now(parts: Parts, document: Document) -> Document:
    with parts.database.reading() as session:
        return session.get_one(Document, document.id)


def form_of(document: Document, **changed: str) -> dict[str, str]:
    values = {field.value: value for field, value in values_of(document).items()}
    return values | {"based_on": base_of(document)} | changed


def row_of(document: Document, **changed: str) -> dict[str, str]:
    values = values_of(document) | {DescriptionField(name): value for name, value in changed.items()}
    cells = {f"{field}.{document.id}": value for field, value in values.items()}
    return cells | {"row": document.id, f"based_on.{document.id}": base_of(document)}


def test_the_desk_lists_what_is_mine_and_claims_more(parts: Parts, volunteer: Visitor) -> None:
    make(parts, volunteer, title="Mine")
    make(parts, title="Anybody's", pages=("other",))
    page = volunteer.get("/describe").text
    assert "Mine" in page
    assert "Anybody" not in page
    answer = volunteer.post("/describe/claims", data={"action": "claim"})
    assert (answer.status_code, answer.location) == (303, "/describe?done=claimed")
    page = volunteer.get("/describe").text
    assert "Anybody" in page
    assert "0 of 2 described" in page


def test_the_form_shows_what_was_read_with_numbered_boxes(parts: Parts, volunteer: Visitor) -> None:
    page = volunteer.get(f"/describe/{make(parts, volunteer).id}").text
    assert 'value="The Director"' in page
    assert len(re.findall(r"data-place-of=", page)) == 3
    assert "Confirm all 3" in page


def test_a_volunteer_describes_and_goes_on_to_the_next(parts: Parts, volunteer: Visitor) -> None:
    first, second = make(parts, volunteer), make(parts, volunteer, title="Next", pages=("next",))
    data = form_of(first, sender="The Deputy", place="Arlington County", state="VA", action="done")
    answer = volunteer.post(f"/describe/{first.id}", data=data)
    assert (answer.status_code, answer.location) == (303, f"/describe/{second.id}?done=described")
    with parts.database.reading() as session:
        document = session.get_one(Document, first.id)
        assert document.sender == "The Deputy"
        assert document.place is not None
        assert (document.place.name, document.place.state) == ("Arlington County", "VA")
        assert document.described_by_id == (volunteer.account and volunteer.account.id)


def test_one_field_is_confirmed_and_the_next_is_reached(parts: Parts, volunteer: Visitor) -> None:
    memo = make(parts, volunteer)
    answer = volunteer.post(f"/describe/{memo.id}", data=form_of(memo, confirm="sender"))
    assert answer.location == f"/describe/{memo.id}?done=confirmed&at=recipient"
    assert "Confirm all 2" in volunteer.get(answer.location).text


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(parts: Parts, volunteer: Visitor) -> None:
    memo = make(parts, volunteer)
    answer = volunteer.post(f"/describe/{memo.id}", data=form_of(memo, dated_on="soon", sender="Typed"))
    assert answer.status_code == 400
    assert "is not a date" in answer.text
    assert 'value="Typed"' in answer.text
    assert now(parts, memo).sender == "The Director"


def test_vote_and_language_are_set_and_stand_on_the_document(parts: Parts, editor: Visitor) -> None:
    document = make(parts)
    said = {"title": "Resolución 12", "vote": "5-0 <b>", "language": "Spanish", "action": "save"}
    assert editor.post(f"/describe/{document.id}", data=form_of(document, **said)).status_code == 303
    assert (now(parts, document).vote, now(parts, document).language) == ("5-0 <b>", "es")
    page = editor.get(f"/documents/{document.id}").text
    assert '<dt>Vote</dt><dd dir="auto">5-0 &lt;b&gt;</dd>' in page
    assert "<dt>Language</dt><dd>Spanish</dd>" in page
    assert '<h1 dir="auto" lang="es">Resolución 12</h1>' in page


def test_a_stale_form_overwrites_nothing(parts: Parts, volunteer: Visitor, editor: Visitor) -> None:
    memo = make(parts, volunteer)
    opened = form_of(memo, sender="Mine")
    editor.post(f"/describe/{memo.id}", data=form_of(memo, sender="Theirs"))
    answer = volunteer.post(f"/describe/{memo.id}", data=opened)
    assert answer.status_code == 409
    assert "Now it says: Theirs" in answer.text
    assert now(parts, memo).sender == "Theirs"


def test_changes_are_undone_from_the_page(parts: Parts, volunteer: Visitor) -> None:
    memo = make(parts, volunteer)
    volunteer.post(f"/describe/{memo.id}", data=form_of(memo, sender="New"))
    found = re.search(r"/describe/changes/[0-9a-f]{32}/undo", volunteer.get("/describe").text)
    assert found
    answer = volunteer.post(found[0])
    assert answer.location == "/describe?undone=1"
    assert "1 field set back" in volunteer.get(answer.location).text
    assert now(parts, memo).sender == "The Director"


def test_a_second_person_agrees(parts: Parts, volunteer: Visitor, editor: Visitor) -> None:
    memo = make(parts, volunteer)
    volunteer.post(f"/describe/{memo.id}", data=form_of(memo, action="done"))
    based_on = {"based_on": base_of(now(parts, memo))}
    assert volunteer.post(f"/describe/{memo.id}/check", data=based_on).status_code == 409
    assert "I agree" in editor.get(f"/describe/{memo.id}").text
    assert editor.post(f"/describe/{memo.id}/check", data=based_on).status_code == 303
    assert now(parts, memo).checked_by_id == (editor.account and editor.account.id)


@pytest.mark.parametrize("path", ["", "/split"])
def test_somebody_elses_document_is_not_there(parts: Parts, volunteer: Visitor, path: str) -> None:
    for visibility, text in ((Visibility.UNPUBLISHED, "a"), (Visibility.PUBLISHED, "b")):
        other = make(parts, visibility=visibility, pages=(text,))
        assert volunteer.get(f"/describe/{other.id}{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "/check", "/give-back", "/split", "/arrange"])
def test_nothing_is_sent_to_somebody_elses_document(parts: Parts, volunteer: Visitor, path: str) -> None:
    other = make(parts)
    answer = volunteer.post(f"/describe/{other.id}{path}", data=form_of(other, sender="Mine", ranges="1"))
    assert answer.status_code == 404
    assert now(parts, other).sender == "The Director"


def test_a_claimed_document_is_described_and_given_back(parts: Parts, volunteer: Visitor) -> None:
    other = make(parts)
    volunteer.post("/describe/claims", data={"action": "claim"})
    assert volunteer.get(f"/describe/{other.id}").status_code == 200
    assert volunteer.post(f"/describe/{other.id}/give-back").status_code == 303
    assert volunteer.get(f"/describe/{other.id}").status_code == 404


def test_the_table_saves_what_was_edited_and_offers_to_undo_it(parts: Parts, editor: Visitor) -> None:
    memo = make(parts)
    answer = editor.post("/describe/table", data=row_of(memo, sender="From the table"))
    assert answer.status_code == 303
    page = editor.get(answer.location).text
    assert "Saved: 1 field in 1 document" in page
    assert "/undo" in page
    assert now(parts, memo).sender == "From the table"


def test_one_value_is_set_in_all_ticked_rows(parts: Parts, editor: Visitor) -> None:
    ticked, other = make(parts), make(parts, pages=("other",))
    data = row_of(ticked) | row_of(other)
    sent = {**data, "row": [ticked.id, other.id], "ticked": [ticked.id]}
    fill = {"action": "fill", "fill_field": "agency", "fill_value": "ICE"}
    assert editor.post("/describe/table", data=sent | fill).status_code == 303
    assert now(parts, ticked).agency_id is not None
    assert now(parts, other).agency_id is None


def test_a_wrong_cell_keeps_everything_from_being_saved_and_says_so(parts: Parts, editor: Visitor) -> None:
    memo = make(parts)
    answer = editor.post("/describe/table", data=row_of(memo, sender="Typed", kind="poem"))
    assert answer.status_code == 409
    assert "There is no kind “poem”" in answer.text
    assert 'value="Typed"' in answer.text
    assert now(parts, memo).sender == "The Director"


def test_the_table_of_a_volunteer_tells_nothing_of_others(parts: Parts, volunteer: Visitor) -> None:
    memo = make(parts, title="zqhiddenzq", agency="zqbureauzq")
    page = volunteer.get("/describe/table").text
    assert not any(secret in page for secret in ("zqhiddenzq", "zqbureauzq"))
    answer = volunteer.post("/describe/table", data=row_of(memo, sender="x") | {f"title.{memo.id}": "x"})
    assert answer.status_code == 409
    assert "not yours" in answer.text


def test_a_file_is_split_into_documents(parts: Parts, volunteer: Visitor) -> None:
    scan = make(parts, volunteer, pages=("Subject: First record", "more", "Second record, letter"))
    page = volunteer.get(f"/describe/{scan.id}/split?ranges=1-2,+3").text
    assert 'value="First record"' in page
    assert "2 documents will be made" in page
    data = {"ranges": "1-2, 3", "title": ["First", "Second"]}
    answer = volunteer.post(f"/describe/{scan.id}/split", data=data)
    assert answer.location == f"/describe/{scan.id}/split?asked=2"
    with parts.database.reading() as session:
        copies = session.query(DocumentCopy).order_by(DocumentCopy.id).all()
    assert [(copy.kind, copy.title, [row["page"] for row in copy.recipe]) for copy in copies] == [
        (CopyKind.PART, "First", [1, 2]),
        (CopyKind.PART, "Second", [3]),
    ]
    assert "being made" in volunteer.get(answer.location).text


@pytest.mark.parametrize(
    ("ranges", "said"),
    [
        ("1-9", "There is no page 9"),
        ("1-2, 2", "Page 2 is in two parts"),
        ("3-1", "runs backwards"),
        ("0", "before page 1"),
        ("all", "not a page"),
    ],
)
def test_pages_that_are_not_there_are_not_split(
    parts: Parts, volunteer: Visitor, ranges: str, said: str
) -> None:
    scan = make(parts, volunteer, pages=("a", "b", "c"))
    for answer in (
        volunteer.get(f"/describe/{scan.id}/split", query_string={"ranges": ranges}),
        volunteer.post(f"/describe/{scan.id}/split", data={"ranges": ranges}),
    ):
        assert answer.status_code == 400
        assert said in answer.text


def test_pages_are_turned_and_reordered_in_a_copy(parts: Parts, volunteer: Visitor) -> None:
    scan = make(parts, volunteer, pages=("a", "b", "c"))
    path = f"/describe/{scan.id}/arrange"
    assert volunteer.post(path, data={}).status_code == 400  # as they are already
    assert volunteer.post(path, data={"turn90": "1", "turn180": "1"}).status_code == 400
    assert volunteer.post(path, data={"order": "3, 1-2", "turn90": "2"}).status_code == 303
    with parts.database.reading() as session:
        [copy] = session.query(DocumentCopy).all()
    assert copy.kind == CopyKind.ARRANGED
    assert [(row["page"], row["turn"]) for row in copy.recipe] == [(3, 0), (1, 0), (2, 90)]


def test_parts_are_listed_at_their_original_and_link_to_it(parts: Parts, volunteer: Visitor) -> None:
    scan = make(parts, volunteer, title="Whole file")
    part = make(parts, volunteer, title="One record", pages=("p",), derived_from_id=scan.id)
    assert "One record" in volunteer.get(f"/describe/{scan.id}").text
    assert "Whole file" in volunteer.get(f"/describe/{part.id}").text
