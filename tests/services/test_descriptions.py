"""Describing one document: confirmed, corrected, checked by a second person."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.errors import DocumentNotFound
from archive.models import AuditEntry, Document, FieldChange, FieldProposal, Finding
from archive.parts import Parts
from archive.rules.access import Viewer
from archive.rules.description_fields import DescriptionField
from archive.rules.statuses import DocumentKind, Role, Visibility
from archive.services.description_access import NotToBeChanged
from archive.services.description_lists import known_names
from archive.services.descriptions import (
    ChangedMeanwhile,
    FieldsNotKept,
    NotToBeChecked,
    check_description,
    get_description,
    save_description,
)
from archive.services.field_values import base_of, values_of
from tests.describing import actions_of, make_undescribed, person
from tests.factories import NOON


@pytest.fixture
def volunteer(parts: Parts) -> Viewer:
    return person(parts.database, Role.VOLUNTEER)


@pytest.fixture
def editor(parts: Parts) -> Viewer:
    return person(parts.database, Role.EDITOR)


@pytest.fixture
def session(parts: Parts, volunteer: Viewer, editor: Viewer) -> Iterator[Session]:
    with parts.database.transaction() as session:
        yield session


@pytest.fixture
def memo(session: Session, parts: Parts, volunteer: Viewer) -> Document:
    return make_undescribed(session, parts.storage, uploaded_by_id=volunteer.account_id, bates="ICE 10-2674.")


def proposal_of(session: Session, document: Document, field: str) -> FieldProposal:
    wanted = select(FieldProposal).where(
        FieldProposal.document_id == document.id, FieldProposal.field == field
    )
    return session.scalars(wanted).one()


def save(session: Session, document: Document, viewer: Viewer, values: dict[str, str], **more: object) -> str:
    more.setdefault("based_on", base_of(document))
    return save_description(session, document.id, values, viewer=viewer, at=NOON, **more)  # type: ignore[arg-type]  # handed on


def test_the_form_is_filled_with_what_was_read_and_where(
    session: Session, memo: Document, volunteer: Viewer
) -> None:
    sheet = get_description(session, memo.id, viewer=volunteer)
    sender = next(line for line in sheet.lines if line.field == DescriptionField.SENDER)
    assert (sender.value, sender.is_open, sender.proposed) == ("The Director", True, "The Director")
    assert sender.proposal is not None
    assert sender.proposal.as_box() is not None
    assert sheet.open_lines == 3
    assert sheet.bates == (("ICE 10-2674.000001", 1), ("ICE 10-2674.000002", 2))
    assert [page.page_number for page in sheet.pages] == [1]


def test_one_field_is_confirmed_and_the_others_stay_open(
    session: Session, memo: Document, volunteer: Viewer
) -> None:
    version = memo.content_version
    assert save(session, memo, volunteer, {}, confirmed=("sender",)) == ""
    assert proposal_of(session, memo, "sender").confirmed_by_id == volunteer.account_id
    assert proposal_of(session, memo, "subject").confirmed_at is None
    assert memo.content_version == version + 1
    assert actions_of(session, memo.id) == ["fields_confirmed"]


def test_a_correction_is_kept_with_what_was_there_before(
    session: Session, memo: Document, volunteer: Viewer
) -> None:
    version = memo.content_version
    name = save(session, memo, volunteer, {"sender": "The Deputy Director", "subject": "Opting out"})
    change = session.scalars(select(FieldChange)).one()
    assert (change.change_set, change.field, change.old_value, change.new_value) == (
        name,
        "sender",
        "The Director",
        "The Deputy Director",
    )
    assert memo.sender == "The Deputy Director"
    assert memo.content_version == version + 1
    assert proposal_of(session, memo, "sender").confirmed_at == NOON
    assert proposal_of(session, memo, "subject").confirmed_at is None


def test_the_audit_log_names_fields_and_tells_nothing_of_what_they_say(
    session: Session, memo: Document, volunteer: Viewer
) -> None:
    save(session, memo, volunteer, {"sender": "zqsecretzq", "title": "zqtitlezq"}, is_done=True)
    entries = session.scalars(select(AuditEntry)).all()
    assert [entry.action for entry in entries] == ["fields_changed", "document_described"]
    assert entries[0].details["fields"] == ["title", "sender"]
    assert "zq" not in str([entry.details for entry in entries])


def test_every_field_is_set_and_read_back_as_it_was_written(
    session: Session, memo: Document, editor: Viewer
) -> None:
    values = {
        "title": "Is participation mandatory?",
        "kind": "memo",
        "dated_on": "2010-08-17",
        "sender": "A",
        "recipient": "B",
        "subject": "C",
        "agency": "Immigration and Customs Enforcement (ICE)",
        "place": "Arlington County, VA",
        "production": "Third interim release",
        "received_on": "2011-02-16",
        "vote": "5-0",
        "language": "es",
    }
    save(session, memo, editor, values)
    assert {str(field): value for field, value in values_of(memo).items()} == values
    assert memo.kind == DocumentKind.MEMO
    assert memo.production is not None
    assert memo.production.slug == "third-interim-release"
    save(session, memo, editor, {name: "" for name in values if name != "title"})
    assert set(values_of(memo).values()) == {"", "Is participation mandatory?"}
    assert memo.agency_id is None


def test_nothing_is_saved_when_one_field_cannot_be_kept(
    session: Session, memo: Document, volunteer: Viewer
) -> None:
    with pytest.raises(FieldsNotKept) as refused:
        save(session, memo, volunteer, {"sender": "New", "dated_on": "17 Aug", "title": ""})
    assert set(refused.value.problems) == {DescriptionField.DATED_ON, DescriptionField.TITLE}
    assert memo.sender == "The Director"


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    session: Session, memo: Document, volunteer: Viewer, editor: Viewer
) -> None:
    opened = base_of(memo)
    save(session, memo, editor, {"subject": "Opting in"})
    with pytest.raises(ChangedMeanwhile):
        save(session, memo, volunteer, {"subject": "Out"}, based_on=opened)
    assert memo.subject == "Opting in"


def test_done_says_who_described_it_and_confirms_all(
    session: Session, memo: Document, volunteer: Viewer
) -> None:
    save(session, memo, volunteer, {}, is_done=True)
    assert (memo.described_by_id, memo.described_at) == (volunteer.account_id, NOON)
    assert get_description(session, memo.id, viewer=volunteer).open_lines == 0


def test_a_second_person_agrees_and_never_the_first(
    session: Session, memo: Document, volunteer: Viewer, editor: Viewer
) -> None:
    with pytest.raises(NotToBeChecked):  # it is not described yet
        check_description(session, memo.id, based_on=base_of(memo), viewer=editor, at=NOON)
    save(session, memo, volunteer, {}, is_done=True)
    with pytest.raises(NotToBeChecked):
        check_description(session, memo.id, based_on=base_of(memo), viewer=volunteer, at=NOON)
    with pytest.raises(ChangedMeanwhile):
        check_description(session, memo.id, based_on="what I saw before", viewer=editor, at=NOON)
    check_description(session, memo.id, based_on=base_of(memo), viewer=editor, at=NOON)
    assert (memo.checked_by_id, memo.checked_at) == (editor.account_id, NOON)


def test_a_change_after_the_second_look_asks_for_another(
    session: Session, memo: Document, volunteer: Viewer, editor: Viewer
) -> None:
    save(session, memo, volunteer, {}, is_done=True)
    check_description(session, memo.id, based_on=base_of(memo), viewer=editor, at=NOON)
    save(session, memo, editor, {"sender": "Somebody"})
    assert memo.checked_by_id is None


def test_only_own_and_claimed_documents_are_described_by_volunteers(
    session: Session, memo: Document, parts: Parts, editor: Viewer
) -> None:
    other = Viewer(Role.VOLUNTEER, editor.account_id, "other@example.org")
    with pytest.raises(DocumentNotFound):
        save(session, memo, other, {"sender": "New"})
    with pytest.raises(DocumentNotFound):
        get_description(session, memo.id, viewer=other)
    memo.claimed_by_id, memo.claimed_at = other.account_id, NOON
    session.flush()
    save(session, memo, other, {"sender": "New"})
    assert memo.sender == "New"


def test_what_an_editor_decided_about_is_changed_by_editors_only(
    session: Session, memo: Document, volunteer: Viewer, editor: Viewer
) -> None:
    memo.visibility = Visibility.PUBLISHED
    session.flush()
    assert not get_description(session, memo.id, viewer=volunteer).may_change
    with pytest.raises(NotToBeChanged):
        save(session, memo, volunteer, {"sender": "New"})
    save(session, memo, editor, {"sender": "New"})
    assert memo.sender == "New"


def test_what_is_private_in_a_field_is_found_when_it_is_written(
    session: Session, memo: Document, volunteer: Viewer
) -> None:
    save(session, memo, volunteer, {"title": "Letter about A 123-456-789"})
    assert [finding.text for finding in session.scalars(select(Finding))] != []


def test_names_that_only_hidden_documents_have_are_not_offered(
    session: Session, memo: Document, parts: Parts, volunteer: Viewer, editor: Viewer
) -> None:
    make_undescribed(session, parts.storage, title="Other", pages=("x",), agency="Secret Bureau", read={})
    assert known_names(session, volunteer)[DescriptionField.AGENCY] == ()
    assert known_names(session, editor)[DescriptionField.AGENCY] == ("Secret Bureau",)
