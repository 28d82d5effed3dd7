"""Citing a passage, and opening a citation again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.errors import DocumentNotFound, DocumentWithdrawn
from archive.models import Citation, Document, Page
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.citation_errors import CitationNotFound, QuoteAmbiguous, QuoteNotFound, QuoteTooLong
from archive.rules.citation_states import CitationState
from archive.rules.statuses import CopyKind, DocumentKind, Role, Visibility
from archive.services.citations import (
    check_citation,
    cite_passage,
    find_passages,
    get_citation,
    record_of,
)
from archive.services.cited_sources import source_of
from archive.services.word_boxes import pack_words, unpack_words
from tests.factories import NOON, lay_out, make_document

FIRST = (
    "The program is voluntary.\nCounties may opt out of it by letter.\nSome counties may not know.\nPage 1"
)
SECOND = (
    "MEMORANDUM\nThey may opt out by letter, too, the counsel\n"
    "said in June. Counties may opt out of it.\nPage 2"
)


@pytest.fixture
def session(parts: Parts) -> Iterator[Session]:
    with parts.database.transaction() as session:
        yield session


@pytest.fixture
def document(session: Session, parts: Parts) -> Document:
    return make_document(
        session,
        parts.storage,
        pages=(FIRST, SECOND),
        kind=DocumentKind.MEMO,
        dated_on=date(2010, 6, 2),
        agency="Immigration and Customs Enforcement (ICE)",
        production="first",
        bates="ICE-",
    )


def cite(session: Session, document: Document, quote: str, page: int = 1, **more: str) -> Citation:
    return cite_passage(session, document.id, page, quote, viewer=READER, at=NOON, **more)


def words_of(session: Session, citation: Citation) -> list[str]:
    """The words whose boxes are marked."""
    record = record_of(citation)
    marked = []
    for part in record.parts:
        page = session.get_one(Page, (citation.document_id, part.page_number))
        for word in unpack_words(page.word_boxes, page.text):
            if set(word.boxes) & set(part.boxes):
                marked.append(word.text)
    return marked


def test_a_citation_has_the_words_their_boxes_and_what_stands_around_them(
    session: Session, document: Document
) -> None:
    citation = cite(session, document, "counties  may opt-out\nof it by letter")
    (part,) = record_of(citation).parts
    assert (part.exact, part.prefix, part.suffix) == (
        "Counties may opt out of it by letter",
        "The program is voluntary.",
        ". Some counties may not know.",
    )
    assert words_of(session, citation) == ["Counties", "may", "opt", "out", "of", "it", "by", "letter."]
    assert citation.facts["agency"] == "Immigration and Customs Enforcement"
    assert citation.facts["bates"] == "ICE-000001"
    assert record_of(citation).id == citation.id


def test_the_same_words_cited_twice_are_one_citation(session: Session, document: Document) -> None:
    first = cite(session, document, "Counties may opt out of it by letter")
    again = cite(session, document, "counties may opt out of it by letter")
    assert first.id == again.id
    assert session.scalar(select(func.count()).select_from(Citation)) == 1


def test_words_that_stand_twice_are_told_apart_by_what_stands_before(
    session: Session, document: Document
) -> None:
    with pytest.raises(QuoteAmbiguous, match="2 times"):
        cite(session, document, "counties may")
    first = cite(session, document, "counties may", prefix="is voluntary. ")
    second = cite(session, document, "counties may", prefix="by letter.\nSome ")
    assert first.id != second.id
    assert words_of(session, second)[0] == "counties"
    found = find_passages(session, document.id, 1, "counties may", viewer=READER, at=NOON)
    assert [passage.context_after[:7] for passage in found] == ["opt out", "not kno"]


def test_a_passage_runs_over_a_page_break_and_its_furniture(session: Session, document: Document) -> None:
    citation = cite(session, document, "Some counties may not know. They may opt out by letter, too")
    record = record_of(citation)
    assert [part.page_number for part in record.parts] == [1, 2]
    assert record.words == "Some counties may not know. They may opt out by letter, too"
    assert "Page" not in words_of(session, citation)
    assert "MEMORANDUM" not in words_of(session, citation)
    assert check_citation(session, citation, READER).state == CitationState.MATCHES


def test_words_elsewhere_are_pointed_to(session: Session, document: Document) -> None:
    with pytest.raises(QuoteNotFound) as refused:
        cite(session, document, "the counsel said in June")
    assert refused.value.on_pages == (2,)
    assert "page 2" in refused.value.help
    with pytest.raises(QuoteNotFound) as refused:
        cite(session, document, "The program is mandatory.")
    assert refused.value.on_pages == ()
    assert refused.value.nearest


def test_a_page_is_cited_as_a_whole(session: Session, document: Document) -> None:
    citation = cite(session, document, "  ")
    assert citation.words == ""
    assert check_citation(session, citation, READER).state == CitationState.MATCHES


def test_too_long_a_quotation_is_refused(session: Session, document: Document) -> None:
    with pytest.raises(QuoteTooLong):
        cite(session, document, "a" * 5_001)


def test_misread_letters_are_found_and_what_was_typed_is_kept(session: Session, parts: Parts) -> None:
    text = "Participatlon in Secure Cornmunities is\nnot rnandatory for the counties"
    scan = make_document(session, parts.storage, title="Scan", pages=(text,), source="ocr", quality=0.7)
    typed = "Participation in Secure Communities is not mandatory"
    citation = cite(session, scan, typed)
    assert citation.typed == typed
    assert citation.words == "Participatlon in Secure Cornmunities is not rnandatory"
    assert check_citation(session, citation, READER).is_ocr
    layer = make_document(session, parts.storage, title="Layer", pages=(text,))
    with pytest.raises(QuoteNotFound):
        cite(session, layer, typed)


def reread(session: Session, document: Document, number: int, text: str, version: str = "2") -> None:
    page = session.get_one(Page, (document.id, number))
    page.text, page.word_boxes, page.reader_version = text, pack_words(lay_out(text)), version
    session.flush()


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (FIRST, CitationState.READ_ANEW),
        (FIRST.replace("Page 1", "Page 1 of 2"), CitationState.READ_ANEW),
        (FIRST.replace("The program", "\n\n\n\nThe program"), CitationState.MOVED),
        (FIRST.replace("opt out", "opt in"), CitationState.DIFFERS),
        ("", CitationState.UNREADABLE),
    ],
)
def test_a_page_that_was_read_anew(
    session: Session, document: Document, text: str, state: CitationState
) -> None:
    citation = cite(session, document, "Counties may opt out of it by letter")
    cited = record_of(citation).parts[0].boxes
    reread(session, document, 1, text)
    checked = check_citation(session, citation, READER)
    assert checked.state == state
    assert checked.is_proven == (state == CitationState.READ_ANEW)
    if state in (CitationState.DIFFERS, CitationState.UNREADABLE):
        assert checked.parts[0].boxes == cited, "the paper has not changed"


def test_words_that_are_on_another_page_now(session: Session, document: Document) -> None:
    citation = cite(session, document, "The program is voluntary")
    reread(session, document, 1, "Nothing")
    reread(session, document, 2, FIRST)
    checked = check_citation(session, citation, READER)
    assert (checked.state, checked.parts[0].page_number) == (CitationState.MOVED, 2)


def test_a_row_that_was_tampered_with_is_found_out(session: Session, document: Document) -> None:
    citation = cite(session, document, "The program is voluntary")
    citation.parts = [{**citation.parts[0], "exact": "Counties may opt out"}]
    session.flush()
    assert check_citation(session, citation, READER).state == CitationState.ALTERED


def test_hidden_documents_have_no_citations(session: Session, document: Document) -> None:
    citation = cite(session, document, "The program is voluntary")
    document.visibility = Visibility.MEMBERS
    session.flush()
    with pytest.raises(CitationNotFound):
        get_citation(session, citation.id, READER)
    assert get_citation(session, citation.id, Viewer(Role.MEMBER, 1)) is citation
    with pytest.raises(DocumentNotFound):
        cite(session, document, "The program is voluntary")
    document.visibility, document.withdrawn_at = Visibility.WITHDRAWN, NOON
    document.published_at, document.withdrawn_reason = NOON, "Asked for by the county."
    session.flush()
    with pytest.raises(DocumentWithdrawn) as refused:
        get_citation(session, citation.id, READER)
    assert "voluntary" not in refused.value.sentence + refused.value.help


def test_a_better_copy_is_named_to_those_who_may_see_it(
    session: Session, parts: Parts, document: Document
) -> None:
    citation = cite(session, document, "The program is voluntary")
    better = make_document(session, parts.storage, title="Better", visibility=Visibility.MEMBERS)
    document.superseded_by_id = better.id
    session.flush()
    assert check_citation(session, citation, READER).state == CitationState.MATCHES
    checked = check_citation(session, citation, Viewer(Role.MEMBER, 1))
    assert checked.state == CitationState.SUPERSEDED
    assert checked.successor is better
    document.superseded_by_id = None
    better.derived_from_id, better.copy_kind = document.id, CopyKind.REDACTED
    better.visibility = Visibility.PUBLISHED
    session.flush()
    assert check_citation(session, citation, READER).successor is better


def test_better_copies_that_name_each_other_come_to_an_end(
    session: Session, parts: Parts, document: Document
) -> None:
    citation = cite(session, document, "The program is voluntary")
    other = make_document(session, parts.storage, title="Other")
    document.superseded_by_id, other.superseded_by_id = other.id, document.id
    session.flush()
    assert check_citation(session, citation, READER).successor is other


def test_the_source_says_how_the_document_is_described_now(session: Session, document: Document) -> None:
    citation = cite(session, document, "Some counties may not know. They may opt out by letter, too")
    document.title, document.agency = "A better title", None
    session.flush()
    source = source_of(
        session,
        citation,
        absolute=lambda path: f"https://archive.example{path}",
        archive_name="The archive",
        accessed_on=date(2026, 11, 2),
    )
    assert (source.title, source.agency) == ("A better title", "Immigration and Customs Enforcement")
    assert (source.bates, source.last_bates, source.last_page_number) == ("ICE-000001", "ICE-000002", 2)
    assert source.address == f"https://archive.example/cite/{citation.id}"
    assert replace(source, words="").kind == DocumentKind.MEMO


def test_a_page_that_could_not_be_read_is_cited_as_a_whole_only(session: Session, parts: Parts) -> None:
    torn = make_document(session, parts.storage, title="Torn", pages=(None, "Counties may."))
    citation = cite(session, torn, "")
    assert check_citation(session, citation, READER).state == CitationState.MATCHES
    with pytest.raises(QuoteNotFound) as refused:
        cite(session, torn, "Counties may")
    assert refused.value.on_pages == (2,)


def test_half_a_word_is_cited_whole_and_what_was_typed_is_told(session: Session, parts: Parts) -> None:
    memo = make_document(session, parts.storage, title="Half", pages=("Non-compliance is the rapist's.",))
    citation = cite(session, memo, "compliance is")
    assert (citation.words, citation.typed) == ("Non-compliance is", "compliance is")
    assert cite(session, memo, "non-compliance is").id == citation.id
