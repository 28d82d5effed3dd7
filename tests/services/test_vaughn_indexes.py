"""Indexes of withheld records: what is known of each record, who sees them, and what stays hidden."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

from archive.errors import ShelfNotFound
from archive.models import Document, Page, RecordMatch, VaughnIndex
from archive.parts import Parts
from archive.rules.access import Viewer
from archive.rules.redaction_states import MatchKind, MatchState
from archive.rules.redaction_words import codes_in_words
from archive.rules.statuses import DocumentKind, Visibility
from archive.rules.vaughn_columns import NOT_SHOWN, VAUGHN_COLUMNS
from archive.rules.vaughn_errors import (
    NotPages,
    VaughnEntryNotFound,
    VaughnIndexFull,
    VaughnIndexNotFound,
    VaughnIndexNotYours,
)
from archive.rules.vaughn_targets import Target
from archive.services import vaughn_entries
from archive.services.vaughn_entries import add_pages, add_production, move_entry, remove_entry, write_entry
from archive.services.vaughn_indexes import add_index, delete_index, get_index, list_indexes
from archive.services.vaughn_rows import VaughnRow, index_rows
from ingest.redaction_found import PageDisposition
from tests.factories import NOON, make_document


@pytest.fixture
def session(parts: Parts, people: dict[str, Viewer]) -> Iterator[Session]:
    """One transaction for all, begun when everybody has an account."""
    with parts.database.transaction() as opened:
        yield opened


@pytest.fixture
def index(session: Session, keeper: Viewer) -> VaughnIndex:
    return add_index(session, "ICE FOIA 10-2674", viewer=keeper, at=NOON)


@pytest.fixture
def memo(session: Session, parts: Parts) -> Document:
    document = make_document(
        session,
        parts.storage,
        title="Is participation mandatory?",
        pages=("one", "two", "three", "four"),
        kind=DocumentKind.MEMO,
        dated_on=date(2010, 6, 2),
        production="First release",
        bates="ICE-",
        sender="R. Brandvold",
        recipient="P. Venn",
    )
    for number, codes, share in ((2, ["b5", "b6"], 0.5), (3, ["b5"], 0.2)):
        page = session.get_one(Page, (document.id, number))
        page.claimed_codes, page.withheld_share, page.disposition = codes, share, PageDisposition.IN_PART
    last = session.get_one(Page, (document.id, 4))
    last.claimed_codes, last.disposition = ["b7e"], PageDisposition.WITHHELD
    return document


def rows_of(session: Session, index: VaughnIndex, viewer: Viewer) -> list[VaughnRow]:
    return list(index_rows(session, index, viewer))


def test_a_row_says_what_is_known_of_the_pages(
    session: Session, index: VaughnIndex, memo: Document, keeper: Viewer
) -> None:
    targets = [Target(memo.id), Target(memo.id, 2, 3), Target(memo.id, 1, 1)]
    add_pages(session, index.id, targets, viewer=keeper, at=NOON)
    whole, some, one = rows_of(session, index, keeper)
    assert whole.cells() == (
        "1",
        "ICE-000001 to ICE-000004",
        "2 June 2010",
        "R. Brandvold",
        "P. Venn",
        "Memo: Is participation mandatory?",
        "4",
        codes_in_words(["b5", "b6", "b7e"]),
        "42%; 1 of 4 pages in full",
        "",
        "",
    )
    assert (some.cell("bates"), some.cell("pages")) == ("ICE-000002 to ICE-000003", "2 (pages 2 to 3 of 4)")
    assert "(b)(7)(E)" not in some.cell("exemptions")
    assert some.cell("share") == "35%"
    assert (one.cell("bates"), one.cell("pages")) == ("ICE-000001", "1 (page 1 of 4)")
    assert one.cell("share") == "nothing found withheld"


def test_what_a_person_wrote_stands_in_place_of_what_is_known_until_it_is_emptied(
    session: Session, index: VaughnIndex, memo: Document, keeper: Viewer
) -> None:
    (entry,) = add_pages(session, index.id, [Target(memo.id)], viewer=keeper, at=NOON)
    said = {"sender": " Counsel ", "record": "", "id": "1", "zq": "zq"}
    write_entry(session, index.id, entry.id, said, " Ask again. ", viewer=keeper, at=NOON)
    (row,) = rows_of(session, index, keeper)
    assert (row.cell("sender"), row.known["sender"], row.note) == ("Counsel", "R. Brandvold", "Ask again.")
    assert entry.said == {"sender": "Counsel"}
    write_entry(session, index.id, entry.id, {}, "", viewer=keeper, at=NOON)
    assert rows_of(session, index, keeper)[0].cell("sender") == "R. Brandvold"


def test_a_production_goes_in_by_bates_number_then_by_date_and_once(
    session: Session, parts: Parts, index: VaughnIndex, memo: Document, keeper: Viewer
) -> None:
    for title, bates, day in (("Letter", "", 5), ("Note", "", 4), ("E-mail", "AAA-", 9)):
        make_document(
            session,
            parts.storage,
            title=title,
            bates=bates,
            production="First release",
            dated_on=date(2010, 1, day),
        )
    make_document(
        session, parts.storage, title="Zqheld", production="First release", visibility=Visibility.HELD
    )
    for _ in range(2):
        add_production(session, index.id, "first-release", viewer=keeper, at=NOON)
    titles = [row.document.title for row in rows_of(session, index, keeper) if row.document]
    assert titles == ["E-mail", memo.title, "Note", "Letter"]


def test_what_may_not_be_seen_cannot_be_added_and_is_not_told_from_what_is_not_there(
    session: Session, parts: Parts, index: VaughnIndex, keeper: Viewer
) -> None:
    held = make_document(
        session, parts.storage, title="Zqheld", production="Secret", visibility=Visibility.HELD
    )
    sentences = []
    for document_id in (held.id, "2b3c4d5e6f7g"):
        with pytest.raises(NotPages) as problem:
            add_pages(session, index.id, [Target(document_id)], viewer=keeper, at=NOON)
        sentences.append(problem.value.sentence.replace(document_id, "ID"))
    assert len(set(sentences)) == 1
    for slug in ("secret", "no-such"):
        with pytest.raises(ShelfNotFound):
            add_production(session, index.id, slug, viewer=keeper, at=NOON)


@pytest.mark.parametrize("span", [(0, 1), (3, 9), (5, 5)])
def test_pages_that_a_document_does_not_have_are_refused(
    session: Session, index: VaughnIndex, memo: Document, keeper: Viewer, span: tuple[int, int]
) -> None:
    with pytest.raises(NotPages, match="has no such pages: it has 4"):
        add_pages(session, index.id, [Target(memo.id, *span)], viewer=keeper, at=NOON)


def test_a_record_that_is_hidden_later_leaves_a_row_that_says_so_and_nothing_else(
    session: Session, index: VaughnIndex, memo: Document, keeper: Viewer, people: dict[str, Viewer]
) -> None:
    (entry,) = add_pages(session, index.id, [Target(memo.id)], viewer=keeper, at=NOON)
    write_entry(session, index.id, entry.id, {"sender": "Zqsaid"}, "Zqnote", viewer=keeper, at=NOON)
    memo.visibility = Visibility.SEALED
    session.flush()
    (row,) = rows_of(session, index, keeper)
    assert row.cells() == ("1", NOT_SHOWN, *[""] * (len(VAUGHN_COLUMNS)))
    assert (row.note, row.known, row.said) == ("", {}, {})
    assert rows_of(session, index, people["editor"])[0].cell("sender") == "Zqsaid"


def test_other_releases_are_named_when_an_editor_said_so_and_the_viewer_may_see_them(
    session: Session,
    parts: Parts,
    index: VaughnIndex,
    memo: Document,
    keeper: Viewer,
    people: dict[str, Viewer],
) -> None:
    add_pages(session, index.id, [Target(memo.id)], viewer=keeper, at=NOON)
    states = (
        ("Accepted", MatchState.ACCEPTED, Visibility.PUBLISHED),
        ("Proposed", MatchState.PROPOSED, Visibility.PUBLISHED),
        ("Hidden", MatchState.ACCEPTED, Visibility.HELD),
    )
    for title, state, visibility in states:
        other = make_document(
            session, parts.storage, title=title, visibility=visibility, production=f"{title} release"
        )
        first, second = sorted((memo.id, other.id))
        session.add(
            RecordMatch(
                first_id=first,
                second_id=second,
                kind=MatchKind.OTHER_RELEASE,
                score=0.9,
                state=state,
                found_at=NOON,
            )
        )
    session.flush()
    assert rows_of(session, index, keeper)[0].cell("elsewhere") == "Accepted (Accepted release)"
    editors = {one.title for one in rows_of(session, index, people["editor"])[0].others}
    assert editors == {"Accepted", "Hidden"}


def test_an_index_is_its_keepers_and_editors_see_it(
    session: Session, index: VaughnIndex, memo: Document, keeper: Viewer, people: dict[str, Viewer]
) -> None:
    (entry,) = add_pages(session, index.id, [Target(memo.id)], viewer=keeper, at=NOON)
    listed = {name: list_indexes(session, who).total for name, who in people.items()}
    assert listed == {"keeper": 1, "other": 0, "editor": 1}
    with pytest.raises(VaughnIndexNotFound):
        get_index(session, index.id, people["other"])
    for name, error in (("other", VaughnIndexNotFound), ("editor", VaughnIndexNotYours)):
        with pytest.raises(error):
            remove_entry(session, index.id, entry.id, viewer=people[name], at=NOON)
        with pytest.raises(error):
            delete_index(session, index.id, viewer=people[name], at=NOON)
    mine = add_index(session, "Of another", viewer=people["other"], at=NOON)
    with pytest.raises(VaughnEntryNotFound):  # the row of somebody else, under one's own index
        write_entry(session, mine.id, entry.id, {"sender": "x"}, "", viewer=people["other"], at=NOON)


def test_rows_are_moved_and_taken_out(
    session: Session, index: VaughnIndex, memo: Document, keeper: Viewer
) -> None:
    targets = [Target(memo.id, page, page) for page in (1, 2, 3)]
    first, second, third = add_pages(session, index.id, targets, viewer=keeper, at=NOON)
    move_entry(session, index.id, third.id, -1, viewer=keeper, at=NOON)
    move_entry(session, index.id, first.id, -1, viewer=keeper, at=NOON)
    assert [row.entry.first_page for row in rows_of(session, index, keeper)] == [1, 3, 2]
    remove_entry(session, index.id, first.id, viewer=keeper, at=NOON)
    assert [(row.number, row.entry.position) for row in rows_of(session, index, keeper)] == [(1, 1), (2, 2)]
    delete_index(session, index.id, viewer=keeper, at=NOON)
    assert list_indexes(session, keeper).total == 0
    assert second.document_id == memo.id


def test_an_index_has_only_so_many_rows(
    session: Session,
    index: VaughnIndex,
    memo: Document,
    keeper: Viewer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vaughn_entries, "MOST_ENTRIES", 2)
    targets = [Target(memo.id, page, page) for page in (1, 2, 3)]
    with pytest.raises(VaughnIndexFull):
        add_pages(session, index.id, targets, viewer=keeper, at=NOON)
