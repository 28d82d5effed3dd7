"""What was withheld is kept when a page is read; what a person said about it outlives another reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.errors import DocumentNotFound, NotAllowed
from archive.models import AuditEntry, Document, DocumentCopy, Page, Redaction
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.audit_words import AUDIT_WORDS
from archive.rules.redaction_errors import RedactionNotFound, UnknownCodes
from archive.rules.redaction_states import RedactionState
from archive.rules.review_errors import BadBox
from archive.rules.statuses import CopyKind, CopyState, Role, Visibility
from archive.services.page_facts import PAGE_COLUMNS, indexed_page
from archive.services.reading import record_pages
from archive.services.redaction_corrections import (
    add_redaction,
    confirm_redaction,
    correct_codes,
    reject_redaction,
    undo_decision,
)
from archive.services.redactions import list_redactions
from ingest.copying import CoverBox, PageRecipe, pages_to_rows
from ingest.page import Box, PageReading, Reader, TextSource, Word
from ingest.redaction_found import FoundBy, FoundRedaction, PageDisposition, RedactionLook
from tests.factories import HEIGHT_PT, NOON, WIDTH_PT, lay_out, make_document
from tests.visitors import make_account

TEXT = "The office was told by\nand answered on the same day."
BOX = Box(210.0, 70.0, 320.0, 84.0)
FOUND = FoundRedaction(BOX, RedactionLook.BLACK, FoundBy.SHAPES, ("b6",), "(b)(6)", 0.9)
ELSEWHERE = replace(FOUND, box=Box(72.0, 300.0, 400.0, 330.0), codes=("b5",), code_text="(b)(5)")


@pytest.fixture
def editor(parts: Parts) -> Viewer:
    account = make_account(parts.database, Role.EDITOR)
    return Viewer(Role.EDITOR, account.id, account.email)


@pytest.fixture
def session(parts: Parts, editor: Viewer) -> Iterator[Session]:
    with parts.database.transaction() as opened:
        yield opened


@pytest.fixture
def document(session: Session, editor: Viewer, parts: Parts) -> Document:
    made = make_document(session, parts.storage, pages=(TEXT,))
    read(session, made, FOUND, ELSEWHERE)
    return made


def read(session: Session, document: Document, *redactions: FoundRedaction, text: str = TEXT) -> None:
    words: tuple[Word, ...] = tuple(lay_out(text))
    reading = PageReading(
        page_number=1,
        width_pt=WIDTH_PT,
        height_pt=HEIGHT_PT,
        text=text,
        words=words,
        source=TextSource.TEXT_LAYER,
        reader=Reader.PDFIUM,
        quality=1.0,
        redactions=redactions,
    )
    record_pages(session, document.id, [reading], at=NOON, reader_version="3")


def page_of(session: Session, document: Document) -> Page:
    session.flush()
    page = session.get_one(Page, (document.id, 1))
    session.refresh(page)
    return page


def rows_of(session: Session, document: Document) -> list[Redaction]:
    return list(list_redactions(session, document.id, 1, with_rejected=True))


def test_a_page_that_was_read_has_its_redactions_and_is_summed_up(
    session: Session, document: Document
) -> None:
    first, second = rows_of(session, document)
    assert (first.box, first.codes, first.found_codes, first.state) == (
        [210.0, 70.0, 320.0, 84.0],
        ["b6"],
        ["b6"],
        RedactionState.FOUND,
    )
    assert first.page_share == pytest.approx(110 * 14 / (WIDTH_PT * HEIGHT_PT), rel=0.02)
    assert 0 < first.line_share < second.line_share < 1
    page = page_of(session, document)
    assert page.claimed_codes == ["b5", "b6"]
    assert page.disposition == PageDisposition.IN_PART
    assert page.withheld_share > page.covered_share > 0


def test_search_learns_of_what_is_claimed_and_not_of_what_is_only_spoken_of(
    session: Session, document: Document
) -> None:
    read(session, document, FOUND, text="We withheld names under Exemption (b)(7)(E) of the Act.")
    session.flush()
    row = session.execute(select(*PAGE_COLUMNS).where(Page.document_id == document.id)).one()
    facts = indexed_page(document.id, row)
    assert facts.codes == ("b6",)
    assert facts.redacted_percent == round(page_of(session, document).withheld_share * 100)


def test_reading_again_makes_anew_what_nobody_has_decided_about(session: Session, document: Document) -> None:
    read(session, document, ELSEWHERE)
    (row,) = rows_of(session, document)
    assert row.codes == ["b5"]
    assert page_of(session, document).claimed_codes == ["b5"]
    read(session, document)
    assert page_of(session, document).disposition == PageDisposition.RELEASED


def test_what_a_person_said_outlives_another_reading(
    session: Session, document: Document, editor: Viewer
) -> None:
    first, second = rows_of(session, document)
    reject_redaction(session, first.id, viewer=editor, at=NOON)
    correct_codes(session, second.id, "(b)(5), (b)(6)", viewer=editor, at=NOON)
    moved = replace(FOUND, box=Box(211.5, 69.0, 322.0, 85.0))
    read(session, document, moved, replace(ELSEWHERE, codes=("b3",)))
    assert [(row.state, row.codes) for row in rows_of(session, document)] == [
        (RedactionState.REJECTED, ["b6"]),
        (RedactionState.CORRECTED, ["b5", "b6"]),
    ]
    page = page_of(session, document)
    assert page.claimed_codes == ["b5", "b6"]


def test_a_rejected_mark_counts_for_nothing_until_that_is_undone(
    session: Session, document: Document, editor: Viewer
) -> None:
    before = page_of(session, document).withheld_share
    first, second = rows_of(session, document)
    for row in (first, second):
        reject_redaction(session, row.id, viewer=editor, at=NOON)
    page = page_of(session, document)
    assert (page.withheld_share, page.covered_share, page.claimed_codes) == (0, 0, [])
    assert page.disposition == PageDisposition.RELEASED
    for row in (first, second):
        undo_decision(session, row.id, viewer=editor, at=NOON)
        assert (row.state, row.decided_by_id, row.decided_at) == (RedactionState.FOUND, None, None)
    assert page_of(session, document).withheld_share == pytest.approx(before, abs=0.001)


def test_a_confirmed_mark_says_who_and_when_and_search_hears_of_each_change(
    session: Session, document: Document, editor: Viewer
) -> None:
    version = document.content_version
    row = confirm_redaction(session, rows_of(session, document)[0].id, viewer=editor, at=NOON)
    assert (row.state, row.decided_by_id, row.decided_at) == (
        RedactionState.CONFIRMED,
        editor.account_id,
        NOON,
    )
    assert document.content_version == version + 1
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "redaction_confirmed")).one()
    assert entry.details["page"] == 1
    assert entry.action in AUDIT_WORDS


def test_codes_typed_as_they_were_read_are_a_confirmation(
    session: Session, document: Document, editor: Viewer
) -> None:
    row = rows_of(session, document)[0]
    assert correct_codes(session, row.id, "b6", viewer=editor, at=NOON).state == RedactionState.CONFIRMED
    assert correct_codes(session, row.id, "b7C", viewer=editor, at=NOON).state == RedactionState.CORRECTED
    assert correct_codes(session, row.id, " ", viewer=editor, at=NOON).codes == []
    assert undo_decision(session, row.id, viewer=editor, at=NOON).codes == ["b6"]


def test_a_person_marks_what_was_not_found_and_takes_it_away_again(
    session: Session, document: Document, editor: Viewer
) -> None:
    made = add_redaction(session, document.id, 1, (72, 500, 30, 520), "(b)(7)(E)", viewer=editor, at=NOON)
    assert (made.box, made.codes, made.found_codes) == ([30, 500, 72, 520], ["b7e"], None)
    assert "b7e" in page_of(session, document).claimed_codes
    read(session, document)
    assert [row.id for row in rows_of(session, document)] == [made.id]
    reject_redaction(session, made.id, viewer=editor, at=NOON)
    assert rows_of(session, document) == []
    assert page_of(session, document).claimed_codes == []


def test_the_statute_behind_exemption_3_is_kept(session: Session, document: Document, editor: Viewer) -> None:
    read(session, document, replace(FOUND, codes=("b3",), statute="8 U.S.C. 1202(f)"))
    (row,) = rows_of(session, document)
    assert row.statute == "8 U.S.C. 1202(f)"
    correct_codes(session, row.id, "(b)(3): 50 USC 3024(i)(1)", viewer=editor, at=NOON)
    assert (row.codes, row.statute) == (["b3"], "50 U.S.C. 3024(i)(1)")


def test_what_is_no_exemption_and_what_is_no_box_is_refused(
    session: Session, document: Document, editor: Viewer
) -> None:
    row = rows_of(session, document)[0]
    with pytest.raises(UnknownCodes):
        correct_codes(session, row.id, "because", viewer=editor, at=NOON)
    with pytest.raises(BadBox):
        add_redaction(session, document.id, 1, (5, 5, 5, 5), "", viewer=editor, at=NOON)
    with pytest.raises(RedactionNotFound):
        confirm_redaction(session, 999_999, viewer=editor, at=NOON)


@pytest.mark.parametrize("viewer", [READER, Viewer(Role.MEMBER, 1, "m"), Viewer(Role.VOLUNTEER, 1, "v")])
def test_only_editors_decide(session: Session, document: Document, viewer: Viewer) -> None:
    row = rows_of(session, document)[0]
    for decide in (confirm_redaction, reject_redaction, undo_decision):
        with pytest.raises(NotAllowed):
            decide(session, row.id, viewer=viewer, at=NOON)
    with pytest.raises(NotAllowed):
        add_redaction(session, document.id, 1, (1, 1, 50, 50), "", viewer=viewer, at=NOON)


def test_a_document_that_is_not_there_has_nothing_to_mark(session: Session, editor: Viewer) -> None:
    with pytest.raises(DocumentNotFound):
        add_redaction(session, "c" * 12, 1, (1, 1, 50, 50), "", viewer=editor, at=NOON)


def test_boxes_that_this_archive_drew_on_a_copy_are_no_agencys(
    session: Session, document: Document, editor: Viewer, parts: Parts
) -> None:
    copy = make_document(session, parts.storage, title="The redacted copy", pages=(TEXT,))
    recipe = [PageRecipe(1, boxes=(CoverBox(ELSEWHERE.box, "private details"),))]
    arranged = make_document(session, parts.storage, title="The same, arranged", pages=(TEXT,))
    for original, made, kind, pages in (
        (document, copy, CopyKind.REDACTED, recipe),
        (copy, arranged, CopyKind.ARRANGED, [PageRecipe(1)]),
    ):
        session.add(
            DocumentCopy(
                document_id=original.id,
                copy_id=made.id,
                kind=kind,
                state=CopyState.MADE,
                recipe=pages_to_rows(pages),
                asked_by_id=editor.account_id,
                asked_at=NOON,
            )
        )
    for made in (copy, arranged):
        read(session, made, FOUND, ELSEWHERE)
        assert [row.codes for row in rows_of(session, made)] == [["b6"]]


@pytest.mark.parametrize(
    ("disposition", "share", "percent"),
    [("released", 0.0, 0), ("in_part", 0.001, 1), ("in_part", 0.999, 99), ("withheld", 1.0, 100)],
)
def test_search_tells_a_page_released_in_part_from_the_others(
    session: Session, document: Document, disposition: str, share: float, percent: int
) -> None:
    page = page_of(session, document)
    page.disposition, page.withheld_share = PageDisposition(disposition), share
    session.flush()
    row = session.execute(select(*PAGE_COLUMNS).where(Page.document_id == document.id)).one()
    assert indexed_page(document.id, row).redacted_percent == percent


def test_hidden_documents_are_summed_up_as_well(session: Session, document: Document) -> None:
    document.visibility = Visibility.UNPUBLISHED
    assert page_of(session, document).claimed_codes == ["b5", "b6"]
