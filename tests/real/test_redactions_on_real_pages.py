"""What was withheld on real pages is found there, and nothing on pages that withhold nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Document, Page, Redaction
from archive.parts import Parts
from ingest.page import Box
from ingest.redaction_found import FoundRedaction
from tests.real.redaction_labels import UNLABELLED, read_labels
from tests.redaction_scores import score_pages

pytestmark = pytest.mark.real

GROUPS = ("ice_i-213", "state_hrc", "aclu-v-ice_joint-appendix")
Found = dict[tuple[str, int], list[FoundRedaction]]


@pytest.fixture(scope="module")
def found(opened: Parts) -> Found:
    """What is found on every page of the archive, by file name and page number."""
    with opened.database.transaction() as session:
        pages = _pages(session)
        rows = session.execute(select(Document, Redaction).join(Redaction).order_by(Redaction.id))
        for document, row in rows:
            mark = FoundRedaction(Box(*row.box), row.look, row.found_by, tuple(row.codes), row.code_text)
            pages[document.source_file, row.page_number].append(mark)
    return pages


@pytest.mark.parametrize("group", GROUPS)
def test_redactions_seen_by_eye_are_found_with_their_codes(group: str, found: Found) -> None:
    scores = score_pages(
        (marks, found[name, number])
        for name, pages in read_labels().items()
        if name.startswith(group)
        for number, marks in pages.items()
    )
    assert scores.all.true > 30
    assert scores.all.recall >= 0.9, scores.table()
    assert scores.all.precision >= 0.9, scores.table()
    assert scores.all.code_right >= 0.85, scores.table()


def test_on_pages_that_withhold_nothing_at_most_two_are_found_in_three_hundred(found: Found) -> None:
    labels = read_labels()
    none_there = {
        (name, number): marks
        for (name, number), marks in found.items()
        if not labels.get(name, {}).get(number) and number not in UNLABELLED.get(name, ())
    }
    assert len(none_there) > 270
    false = {page: [(mark.look, mark.box) for mark in marks] for page, marks in none_there.items() if marks}
    assert sum(map(len, false.values())) <= 2, false


def test_every_page_of_the_withheld_files_is_labelled() -> None:
    pages = {name: sorted(numbers) for name, numbers in read_labels().items()}
    assert pages["ice_i-213_redacted_2019-ICLI-00003.pdf"] == [1, 2, 3]
    assert pages["state_hrc_C05739661.pdf"] == pages["state_hrc_C05739663.pdf"] == list(range(1, 14))
    assert sum(len(marks) for numbers in read_labels().values() for marks in numbers.values()) == 845


def _pages(session: Session) -> Found:
    rows = session.execute(select(Document, Page).join(Page, Page.document_id == Document.id))
    return {(document.source_file, page.page_number): [] for document, page in rows}
