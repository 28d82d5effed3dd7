"""Many citations at once: the same answers as one by one, in a few queries."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from archive.models import Citation, Document, Page
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.citation_states import CitationState
from archive.rules.statuses import CopyKind, Role, Visibility
from archive.services.citation_lists import ListedCitations, list_citations
from archive.services.citations import check_citation, cite_passage
from archive.services.cited_sources import source_of
from archive.services.word_boxes import pack_words
from tests.factories import NOON, lay_out, make_document

TEXT = "The program is voluntary.\nCounties may opt out of it by letter.\nPage 1"
MANY = 100
MOST_QUERIES = 8  # however many citations
MOST_SECONDS = 3.0  # ten times what it takes here, for slow machines


@pytest.fixture
def session(parts: Parts) -> Iterator[Session]:
    with parts.database.transaction() as session:
        yield session


def look_up(session: Session, ids: list[str], viewer: Viewer = READER) -> ListedCitations:
    return list_citations(
        session,
        ids,
        viewer,
        absolute="https://a.example".__add__,
        archive_name="Room",
        accessed_on=NOON.date(),
    )


def add(session: Session, parts: Parts, title: str, *pages: str, quote: str = "") -> Citation:
    document = make_document(session, parts.storage, title=title, pages=pages or (TEXT,), bates="ICE-")
    quote = quote or "Counties may opt out"
    return cite_passage(session, document.id, 1, quote, viewer=READER, at=NOON)


def reread(session: Session, citation: Citation, number: int, text: str) -> None:
    page = session.get_one(Page, (citation.document_id, number))
    page.text, page.word_boxes, page.reader_version = text, pack_words(lay_out(text)), "2"
    session.flush()


def in_all_states(session: Session, parts: Parts) -> dict[CitationState, Citation]:
    made: dict[CitationState, Citation] = {
        state: add(session, parts, f"Memo {state}", TEXT, "Nothing")
        for state in CitationState
        if state not in (CitationState.WITHDRAWN, CitationState.OTHER_FILE)
    }
    reread(session, made[CitationState.READ_ANEW], 1, TEXT)
    reread(session, made[CitationState.DIFFERS], 1, TEXT.replace("opt out", "opt in"))
    reread(session, made[CitationState.UNREADABLE], 1, "")
    reread(session, made[CitationState.MOVED], 1, "Nothing")
    reread(session, made[CitationState.MOVED], 2, TEXT)
    altered = made[CitationState.ALTERED]
    altered.parts = [{**altered.parts[0], "exact": "may opt out of it"}]
    better = make_document(session, parts.storage, title="Better", pages=(TEXT,))
    made[CitationState.SUPERSEDED].document.superseded_by_id = better.id
    session.flush()
    return made


def test_each_state_is_what_opening_the_citation_says(session: Session, parts: Parts) -> None:
    made = in_all_states(session, parts)
    listed = look_up(session, [citation.id for citation in made.values()])
    said = {one.citation.id: one.state for one in listed.shown}
    for state, citation in made.items():
        assert check_citation(session, citation, READER).state == said[citation.id] == state


def test_each_source_is_what_the_citation_itself_has(session: Session, parts: Parts) -> None:
    made = in_all_states(session, parts)
    for one in look_up(session, [citation.id for citation in made.values()]).shown:
        alone = source_of(
            session,
            one.citation,
            absolute="https://a.example".__add__,
            archive_name="Room",
            accessed_on=NOON.date(),
        )
        assert one.source == alone
        assert one.label == "ICE-000001"


def test_a_redacted_copy_stands_for_its_original_when_it_can_be_seen(session: Session, parts: Parts) -> None:
    citation = add(session, parts, "Original")
    copy = make_document(session, parts.storage, title="Copy", pages=(TEXT,), visibility=Visibility.HELD)
    copy.derived_from_id, copy.copy_kind = citation.document_id, CopyKind.REDACTED
    session.flush()
    assert look_up(session, [citation.id]).shown[0].state == CitationState.MATCHES
    editor = Viewer(Role.EDITOR, None, "editor@example.org")
    assert look_up(session, [citation.id], editor).shown[0].state == CitationState.SUPERSEDED


def test_what_is_not_shown_is_counted_by_what_a_visitor_may_know(session: Session, parts: Parts) -> None:
    citations = [add(session, parts, f"Memo {number}") for number in range(4)]
    states = (Visibility.PUBLISHED, Visibility.WITHDRAWN, Visibility.SEALED, Visibility.WITHDRAWN)
    for citation, visibility in zip(citations, states, strict=True):
        citation.document.visibility = visibility
    citations[1].document.published_at = citations[1].document.withdrawn_at = NOON
    session.flush()  # the last one was never shown, so its tombstone is no one's to know
    listed = look_up(session, [*(one.id for one in citations), "a" * 16, "nonsense", citations[0].id])
    assert (len(listed.shown), listed.withdrawn, listed.absent) == (1, 1, 4)
    assert look_up(session, []).not_shown == 0


def test_a_hundred_are_looked_up_in_a_few_queries(session: Session, parts: Parts) -> None:
    ids = []
    page = "First words\n" + "Counties may opt out of it by letter. " * 8  # drawn once for all
    for number in range(MANY):
        document = make_document(session, parts.storage, title=f"Memo {number}", pages=(page,))
        ids.append(cite_passage(session, document.id, 1, "First words", viewer=READER, at=NOON).id)
    session.flush()
    session.expunge_all()
    asked: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *given: asked.append(given[2]))
    begun = time.perf_counter()
    listed = look_up(session, ids)
    took = time.perf_counter() - begun
    assert [one.citation.id for one in listed.shown] == ids
    assert {one.state for one in listed.shown} == {CitationState.MATCHES}
    assert len(asked) <= MOST_QUERIES, asked
    assert took < MOST_SECONDS
    assert session.get_one(Document, listed.shown[0].citation.document_id).title == "Memo 0"
