"""The index follows the database."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from datetime import date

import pytest
from sqlalchemy import select, update

from archive.models import Document, Page
from archive.parts import Parts
from archive.ports import IndexedDocument, SearchEngine
from archive.rules.statuses import ReadingStatus, Visibility
from archive.search import whoosh_engine
from archive.search.query import parse_query
from archive.services.indexing import (
    bring_index_up_to_date,
    compare_index,
    indexed_document,
    iter_stale_documents,
    rebuild_index,
)
from tests.factories import make_document


def add(parts: Parts, title: str, *pages: str | None, visibility: Visibility = Visibility.PUBLISHED) -> str:
    """Record a document; its id."""
    with parts.database.transaction() as session:
        made = make_document(session, parts.storage, title=title, pages=pages, visibility=visibility)
        return made.id


def change(parts: Parts, document_id: str, **values: object) -> None:
    """Change a document's row as a service would: with a new version."""
    with parts.database.transaction() as session:
        row = update(Document).where(Document.id == document_id)
        session.execute(row.values(content_version=Document.content_version + 1, **values))


def indexed(parts: Parts, *, public: bool = True) -> dict[str, tuple[int, int]]:
    """What the index has: version and pages by document."""
    return {key: (version, pages) for key, version, pages in parts.engine.iter_page_counts(public=public)}


def differences(parts: Parts) -> list[tuple[str, str]]:
    """What ``check`` would say."""
    with parts.database.reading() as session:
        return [(one.code, one.document_id) for one in compare_index(session, parts.engine)]


def stale(parts: Parts) -> list[str]:
    """Documents that wait."""
    with parts.database.reading() as session:
        return [document.id for document in iter_stale_documents(session)]


def test_each_document_goes_into_its_index(parts: Parts) -> None:
    public = add(parts, "a", "one", "two")
    hidden = add(parts, "b", "three", visibility=Visibility.UNPUBLISHED)
    assert sorted(stale(parts)) == sorted([public, hidden])
    assert bring_index_up_to_date(parts.database, parts.engine) == 2
    assert indexed(parts) == {public: (1, 2)}
    assert indexed(parts, public=False) == {hidden: (1, 1)}
    assert stale(parts) == []
    assert differences(parts) == []
    assert bring_index_up_to_date(parts.database, parts.engine) == 0


def test_pages_that_failed_are_left_out_and_empty_ones_are_in(parts: Parts) -> None:
    document_id = add(parts, "a", "one", None, "")
    bring_index_up_to_date(parts.database, parts.engine)
    assert indexed(parts) == {document_id: (1, 2)}
    assert differences(parts) == []


def test_publishing_moves_and_withdrawing_removes(parts: Parts) -> None:
    document_id = add(parts, "a", "word", visibility=Visibility.UNPUBLISHED)
    bring_index_up_to_date(parts.database, parts.engine)
    change(parts, document_id, visibility=Visibility.PUBLISHED)
    assert differences(parts) == [("wrong_index", document_id)]
    bring_index_up_to_date(parts.database, parts.engine)
    assert (indexed(parts), indexed(parts, public=False)) == ({document_id: (2, 1)}, {})
    change(parts, document_id, visibility=Visibility.WITHDRAWN)
    assert differences(parts) == [("extra", document_id)]
    bring_index_up_to_date(parts.database, parts.engine)
    assert (indexed(parts), indexed(parts, public=False)) == ({}, {})
    assert (stale(parts), differences(parts)) == ([], [])


def test_a_document_that_is_being_read_waits(parts: Parts) -> None:
    document_id = add(parts, "a", "word")
    change(parts, document_id, reading_status=ReadingStatus.READING)
    assert stale(parts) == []
    change(parts, document_id, reading_status=ReadingStatus.FAILED)
    bring_index_up_to_date(parts.database, parts.engine)
    assert stale(parts) == []


def test_small_batches_index_everything(parts: Parts) -> None:
    ids = [add(parts, f"d{number}", "word", "word") for number in range(5)]
    assert bring_index_up_to_date(parts.database, parts.engine, pages_per_batch=3) == 5
    assert set(indexed(parts)) == set(ids)


class Interfering:
    """An engine during whose writes another process changes the document."""

    def __init__(self, parts: Parts, document_id: str, *, noted: int | None) -> None:
        self.parts, self.document_id, self.noted = parts, document_id, noted

    def __getattr__(self, name: str) -> object:
        return getattr(self.parts.engine, name)

    def replace_documents(self, documents: list[IndexedDocument], *, public: bool) -> None:
        self.parts.engine.replace_documents(documents, public=public)
        if self.document_id:
            change(self.parts, self.document_id, title="changed")
            if self.noted is not None:
                with self.parts.database.transaction() as session:
                    row = update(Document).where(Document.id == self.document_id)
                    session.execute(row.values(indexed_version=self.noted))
            self.document_id = ""


@pytest.mark.parametrize("noted", [None, 2])
def test_a_change_during_indexing_is_indexed_too(parts: Parts, noted: int | None) -> None:
    """Also when another process has noted its own write meanwhile: nobody knows which came last."""
    document_id = add(parts, "a", "word")
    engine: SearchEngine = Interfering(parts, document_id, noted=noted)  # type: ignore[assignment]  # by __getattr__
    assert bring_index_up_to_date(parts.database, engine) == 2
    assert indexed(parts) == {document_id: (2, 1)}
    assert stale(parts) == []


def test_a_lost_index_is_filled_again(parts: Parts) -> None:
    document_id = add(parts, "a", "word")
    bring_index_up_to_date(parts.database, parts.engine)
    shutil.rmtree(parts.settings.home / "index")
    bring_index_up_to_date(parts.database, parts.engine)
    assert indexed(parts) == {document_id: (1, 1)}


@pytest.mark.parametrize("pattern", ["*.trm", "*.toc"])
def test_a_damaged_index_is_built_again_without_a_person(parts: Parts, pattern: str) -> None:
    document_id = add(parts, "a", "word")
    bring_index_up_to_date(parts.database, parts.engine)
    for file in (parts.settings.home / "index").glob(f"build-*/public/{pattern}"):
        file.write_bytes(b"damaged" * 3)
    parts.engine.close()
    change(parts, document_id)
    assert bring_index_up_to_date(parts.database, parts.engine) == 1
    assert indexed(parts) == {document_id: (2, 1)}
    assert differences(parts) == []


def test_an_index_of_another_version_is_built_again_without_a_person(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    document_id = add(parts, "a", "word")
    bring_index_up_to_date(parts.database, parts.engine)
    monkeypatch.setattr(whoosh_engine, "FORMAT", whoosh_engine.FORMAT + 1)
    bring_index_up_to_date(parts.database, parts.engine)
    assert indexed(parts) == {document_id: (1, 1)}


def test_a_rebuild_makes_the_index_from_the_database(parts: Parts) -> None:
    public = add(parts, "a", "one", "two")
    hidden = add(parts, "b", "three", visibility=Visibility.UNPUBLISHED)
    add(parts, "c", "four", visibility=Visibility.WITHDRAWN)
    parts.engine.replace_documents([IndexedDocument("stray", 1, "", "")], public=True)
    assert rebuild_index(parts.database, parts.engine) == 3
    assert indexed(parts) == {public: (1, 2)}
    assert indexed(parts, public=False) == {hidden: (1, 1)}
    assert (stale(parts), differences(parts)) == ([], [])


class ChangedDuringRebuild:
    """An engine during whose rebuild another process changes a page and indexes the change."""

    def __init__(self, parts: Parts, document_id: str) -> None:
        self.parts, self.document_id = parts, document_id

    def __getattr__(self, name: str) -> object:
        return getattr(self.parts.engine, name)

    def rebuild(self, documents: Iterable[tuple[IndexedDocument, bool]]) -> int:
        return self.parts.engine.rebuild(self._interrupted(documents))

    def _interrupted(
        self, documents: Iterable[tuple[IndexedDocument, bool]]
    ) -> Iterator[tuple[IndexedDocument, bool]]:
        yield from documents
        with self.parts.database.transaction() as session:
            session.scalars(select(Page)).one().text = "after"
        change(self.parts, self.document_id)
        bring_index_up_to_date(self.parts.database, self.parts.engine)


def test_what_changes_during_a_rebuild_is_indexed_after_it(parts: Parts) -> None:
    """The change goes into the old index and is noted in the row; the new index must get it all the same."""
    document_id = add(parts, "a", "before")
    engine: SearchEngine = ChangedDuringRebuild(parts, document_id)  # type: ignore[assignment]  # by __getattr__
    rebuild_index(parts.database, engine)
    assert parts.engine.search(parse_query("after"), limit=1).total_pages == 1
    assert (stale(parts), differences(parts)) == ([], [])


def test_check_names_what_is_missing_or_old(parts: Parts) -> None:
    old, missing, short = (add(parts, title, "word", "word") for title in "abc")
    bring_index_up_to_date(parts.database, parts.engine)
    parts.engine.remove_documents([missing])
    change(parts, old, title="new title")
    with parts.database.transaction() as session:
        session.delete(session.get_one(Page, (short, 2)))
    expected = [("missing", missing), ("other_page_count", short), ("other_version", old)]
    assert sorted(differences(parts)) == sorted(expected)


def test_the_entry_says_everything_search_knows(parts: Parts) -> None:
    with parts.database.transaction() as session:
        document = make_document(
            session,
            parts.storage,
            title="Title",
            pages=["word"],
            agency="Immigration and Customs Enforcement (ICE)",
            place="Arlington County, VA",
            production="first",
            dated_on=date(2010, 8, 17),
            sender="Morton",
            bates="ICE-",
        )
        entry = indexed_document(session, document)
    assert (entry.agency, entry.place, entry.production, entry.sender) == (
        "ice",
        "arlington-county-va",
        "first",
        "Morton",
    )
    assert entry.agency_names == ("Immigration and Customs Enforcement", "ICE")
    assert entry.place_name == "Arlington County VA"
    assert [(page.page_number, page.label, page.text) for page in entry.pages] == [(1, "ICE-000001", "word")]
