"""Many documents at once: all that was edited is saved, or nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.models import Document, FieldChange
from archive.parts import Parts
from archive.rules.access import Viewer
from archive.rules.description_fields import DescriptionField
from archive.rules.statuses import Role, Visibility
from archive.services.description_table import SentRow, TableFilter, get_table, save_table
from archive.services.descriptions import save_description
from archive.services.field_changes import undo_changes
from archive.services.field_values import base_of, values_of
from tests.describing import make_undescribed, person
from tests.factories import NOON

ALL = TableFilter()


@pytest.fixture
def editor(parts: Parts) -> Viewer:
    return person(parts.database, Role.EDITOR)


@pytest.fixture
def volunteer(parts: Parts) -> Viewer:
    return person(parts.database, Role.VOLUNTEER)


@pytest.fixture
def session(parts: Parts, volunteer: Viewer, editor: Viewer) -> Iterator[Session]:
    with parts.database.transaction() as session:
        yield session


@pytest.fixture
def papers(session: Session, parts: Parts, volunteer: Viewer) -> list[Document]:
    return [
        make_undescribed(
            session,
            parts.storage,
            title=f"Paper {n}",
            pages=(f"Page {n}",),
            read={},
            agency="ICE" if n else "USCIS",
            uploaded_by_id=volunteer.account_id if n else None,
        )
        for n in range(3)
    ]


def sent(document: Document, **changed: str) -> SentRow:
    values = values_of(document) | {DescriptionField(name): value for name, value in changed.items()}
    return SentRow(document.id, base_of(document), values)


def test_editors_have_all_rows_and_volunteers_their_own(
    session: Session, papers: list[Document], editor: Viewer, volunteer: Viewer
) -> None:
    assert get_table(session, ALL, viewer=editor).rows.total == 3
    table = get_table(session, ALL, viewer=volunteer)
    assert {row.title for row in table.rows.items} == {"Paper 1", "Paper 2"}
    assert [slug for slug, _ in table.agencies] == ["ice"]


def test_the_table_is_narrowed(session: Session, papers: list[Document], editor: Viewer) -> None:
    papers[1].described_at = NOON
    session.flush()
    assert get_table(session, TableFilter(agency="ice"), viewer=editor).rows.total == 2
    assert get_table(session, TableFilter(undescribed=True), viewer=editor).rows.total == 2
    assert get_table(session, TableFilter(batch="b" * 32), viewer=editor).rows.total == 0
    assert get_table(session, TableFilter(production="third"), viewer=editor).rows.total == 0


def test_all_that_was_edited_is_saved_in_one_change_set_and_undone_together(
    session: Session, papers: list[Document], editor: Viewer
) -> None:
    rows = [sent(papers[0], sender="A"), sent(papers[1], sender="B", kind="memo"), sent(papers[2])]
    saved = save_table(session, rows, viewer=editor, at=NOON)
    assert (saved.documents, saved.refused) == (2, {})
    assert [paper.sender for paper in papers] == ["A", "B", None]
    assert undo_changes(session, saved.change_set, viewer=editor, at=NOON).fields == 3
    assert [paper.sender for paper in papers] == [None, None, None]


def test_nothing_is_saved_when_one_row_is_wrong_and_the_cell_says_why(
    session: Session, papers: list[Document], editor: Viewer
) -> None:
    rows = [sent(papers[0], sender="A"), sent(papers[1], dated_on="soon")]
    saved = save_table(session, rows, viewer=editor, at=NOON)
    assert list(saved.refused) == [papers[1].id]
    assert "is not a date" in saved.refused[papers[1].id].problems[DescriptionField.DATED_ON]
    assert session.scalar(select(func.count()).select_from(FieldChange)) == 0


def test_a_row_that_somebody_else_changed_is_shown_and_not_overwritten(
    session: Session, papers: list[Document], editor: Viewer, volunteer: Viewer
) -> None:
    row = sent(papers[1], sender="Mine")
    base = base_of(papers[1])
    save_description(session, papers[1].id, {"sender": "Theirs"}, based_on=base, viewer=volunteer, at=NOON)
    refused = save_table(session, [row], viewer=editor, at=NOON).refused[papers[1].id]
    assert refused.now == {DescriptionField.SENDER: "Theirs"}
    assert papers[1].sender == "Theirs"
    again = replace(row, based_on=refused.based_on)  # sent again, knowing what stands there
    assert save_table(session, [again], viewer=editor, at=NOON).documents == 1
    assert papers[1].sender == "Mine"


def test_a_row_that_was_not_edited_never_stands_in_the_way(
    session: Session, papers: list[Document], editor: Viewer, volunteer: Viewer
) -> None:
    untouched, edited = sent(papers[1]), sent(papers[2], sender="Mine")
    save_description(
        session, papers[1].id, {"sender": "Theirs"}, based_on=base_of(papers[1]), viewer=volunteer, at=NOON
    )
    assert save_table(session, [untouched, edited], viewer=editor, at=NOON).documents == 1
    assert papers[1].sender == "Theirs"


def test_a_volunteer_saves_no_row_of_somebody_else(
    session: Session, papers: list[Document], volunteer: Viewer
) -> None:
    rows = [sent(papers[0], sender="Mine"), sent(papers[1], sender="Mine")]
    saved = save_table(session, rows, viewer=volunteer, at=NOON)
    assert saved.refused[papers[0].id].is_gone
    assert saved.refused[papers[0].id].title == papers[0].id  # nothing of it is told
    assert [paper.sender for paper in papers] == [None, None, None]


def test_published_documents_are_no_rows_of_a_volunteer(
    session: Session, papers: list[Document], volunteer: Viewer
) -> None:
    papers[1].visibility = Visibility.PUBLISHED
    session.flush()
    assert get_table(session, ALL, viewer=volunteer).rows.total == 1


def test_three_hundred_rows_are_saved_within_two_seconds(
    session: Session, parts: Parts, editor: Viewer
) -> None:
    papers = [
        make_undescribed(session, parts.storage, title=f"Sheet {n}", pages=(f"Sheet {n}",), read={})
        for n in range(300)
    ]
    rows = [sent(paper, sender=f"Sender {n}", agency="ICE", kind="memo") for n, paper in enumerate(papers)]
    begun = time.process_time()
    saved = save_table(session, rows, viewer=editor, at=NOON)
    taken = time.process_time() - begun
    assert saved.documents == 300
    assert taken < 2, f"{taken:.2f} s"
    begun = time.process_time()
    assert undo_changes(session, saved.change_set, viewer=editor, at=NOON).fields == 900
    print(f"save 300: {taken:.2f} s, undo: {time.process_time() - begun:.2f} s")
