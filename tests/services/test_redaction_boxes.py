"""Boxes are drawn where something stands, and never beside the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from archive.errors import DocumentNotFound, NotAllowed, PageNotFound
from archive.models import Document, Page
from archive.parts import Parts
from archive.rules.access import Viewer
from archive.rules.review_errors import BadBox, WordsNotOnPage
from archive.rules.statuses import Role
from archive.services.redaction_boxes import cover_words, draw_box, list_boxes, remove_box
from archive.services.word_boxes import pack_words
from ingest.page import Box, Word
from tests.findings import LETTER, make_editor, make_reviewable


@pytest.fixture
def session(parts: Parts) -> Iterator[Session]:
    with parts.database.transaction() as session:
        yield session


@pytest.fixture
def editor(session: Session) -> Viewer:
    return make_editor(session)


@pytest.fixture
def document(session: Session, parts: Parts) -> Document:
    return make_reviewable(session, parts.storage, pages=(LETTER, "Page two.", LETTER))


@pytest.mark.parametrize(
    ("drawn", "kept"),
    [
        ((10, 20, 30, 40), [10, 20, 30, 40]),
        ((30, 40, 10, 20), [10, 20, 30, 40]),
        ((-50, -50, 30, 40), [0, 0, 30, 40]),
        ((600, 780, 9e9, 9e9), [600, 780, 612, 792]),
    ],
)
def test_a_box_is_kept_as_far_as_it_is_on_the_page(
    session: Session,
    document: Document,
    editor: Viewer,
    at: datetime,
    drawn: tuple[float, ...],
    kept: list[float],
) -> None:
    assert draw_box(session, document.id, 1, drawn, reason="other", viewer=editor, at=at).box == kept


@pytest.mark.parametrize(
    "drawn",
    [
        (10, 20, 11, 40),
        (10, 20, 30, 20),
        (700, 20, 800, 40),
        (float("nan"), 20, 30, 40),
        (10, 20, float("inf"), 40),
        (10, 20, 30),
    ],
)
def test_a_box_of_nothing_is_refused(
    session: Session, document: Document, editor: Viewer, at: datetime, drawn: tuple[float, ...]
) -> None:
    with pytest.raises(BadBox):
        draw_box(session, document.id, 1, drawn, reason="other", viewer=editor, at=at)


def test_a_box_stands_on_a_page_of_a_document(
    session: Session, document: Document, editor: Viewer, at: datetime
) -> None:
    box = (10, 20, 30, 40)
    with pytest.raises(PageNotFound):
        draw_box(session, document.id, 9, box, reason="other", viewer=editor, at=at)
    with pytest.raises(DocumentNotFound):
        draw_box(session, "a" * 12, 1, box, reason="other", viewer=editor, at=at)
    with pytest.raises(NotAllowed):
        draw_box(session, document.id, 1, box, reason="other", viewer=Viewer(Role.MEMBER, 1, "m"), at=at)


@pytest.mark.parametrize(
    ("words", "page", "boxes"),
    [
        ("A 123-456-789", None, 4),
        ("a  123-456-789", 1, 2),
        ("123-45-6789", None, 2),
        ("closed", 3, 1),  # a full stop follows it on the page
        ("county.\nSocial", 1, 2),  # over the end of a line: a box on each
    ],
)
def test_words_are_covered_wherever_they_stand(
    session: Session,
    document: Document,
    editor: Viewer,
    at: datetime,
    words: str,
    page: int | None,
    boxes: int,
) -> None:
    for _ in range(2):  # twice is once
        found = cover_words(session, document.id, page, words, reason="", viewer=editor, at=at)
        assert found == boxes
        assert len(list_boxes(session, document.id)) == boxes


def test_a_box_covers_the_words_whole(
    session: Session, document: Document, editor: Viewer, at: datetime
) -> None:
    cover_words(session, document.id, 1, "sent to the county", reason="", viewer=editor, at=at)
    (row,) = list_boxes(session, document.id)
    x0, top, x1, bottom = row.box
    assert row.reason == "personal privacy"
    assert top < 72 + 16 < bottom  # the second line
    assert 150 < x0 < x1 < 340


def test_a_hyphenated_word_is_covered_on_both_lines(
    session: Session, document: Document, editor: Viewer, at: datetime
) -> None:
    page = session.get_one(Page, (document.id, 2))
    page.text = "fingerprints"
    page.word_boxes = pack_words(
        [Word("fingerprints", 0, 12, (Box(500, 72, 540, 84), Box(72, 88, 120, 100)))]
    )
    assert cover_words(session, document.id, 2, "Fingerprints", reason="", viewer=editor, at=at) == 2


@pytest.mark.parametrize("words", ["", " . ", "never said", "A 123-456"])
def test_words_that_do_not_stand_there_are_an_error(
    session: Session, document: Document, editor: Viewer, at: datetime, words: str
) -> None:
    with pytest.raises(WordsNotOnPage):
        cover_words(session, document.id, None, words, reason="", viewer=editor, at=at)


def test_a_box_is_removed_only_from_its_own_document(
    session: Session, parts: Parts, document: Document, editor: Viewer, at: datetime
) -> None:
    box = draw_box(session, document.id, 1, (10, 20, 30, 40), reason="x", viewer=editor, at=at)
    other = make_reviewable(session, parts.storage, title="Other")
    assert not remove_box(session, other.id, box.id, viewer=editor, at=at)
    assert remove_box(session, document.id, box.id, viewer=editor, at=at)
    assert not remove_box(session, document.id, box.id, viewer=editor, at=at)
