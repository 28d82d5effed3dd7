"""A thousand citations, opened again after all that may happen to an archive in years: each shows the words
that were cited, or says why it does not."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.orm import Session

from archive.errors import DocumentWithdrawn
from archive.jobs.backup_desk import make_backup
from archive.jobs.restore_desk import restore_backup
from archive.models import Citation, Document, Page
from archive.parts import Parts, open_parts
from archive.rules.access import READER, Viewer
from archive.rules.addresses import document_path
from archive.rules.citation_check import covered_share
from archive.rules.citation_record import CitationRecord
from archive.rules.citation_states import CitationState
from archive.rules.statuses import CopyKind, Role, Visibility
from archive.services.catalogue import find_or_add_agency
from archive.services.citations import check_citation, find_passages, get_citation, keep_record, record_of
from archive.services.indexing import bring_index_up_to_date, rebuild_index
from archive.services.publication import publish_document, restore_document, withdraw_document
from archive.services.reading import record_pages
from archive.services.word_boxes import unpack_words
from archive.settings import load_settings
from ingest.page import Box, PageReading, Reader, TextSource, Word
from tests.factories import NOON, make_document

CITATIONS, DOCUMENTS, PAGES = 1_000, 40, 3
LATER = NOON + timedelta(days=400)
EDITOR = Viewer(Role.EDITOR, None, "editor@example.org")
SAID = (
    "the county may not opt out of Secure Communities unless its sheriff asks for it in a letter to ICE "
    "headquarters and the bureau (FBI) agrees that participation was never “mandatory” — co-operation of "
    "state and local police, by 287(g) or otherwise, is voluntary; detainers (Form I-247) are requests."
)
WORDS = SAID.split()
WITHDRAWN = "Asked for by the county."

Expected = Callable[[CitationRecord], CitationState]


@dataclass
class Replay:
    """What was given out, and what must be true of it in the end: None for a tombstone."""

    records: dict[str, CitationRecord]
    documents: list[str]
    expected: dict[str, Expected | None]
    renamed: set[str]


def a_page(chance: random.Random, number: int) -> str:
    lines = [" ".join(chance.choices(WORDS, k=9)) for _ in range(24)]
    return "\n".join([f"Memorandum {number}", *lines, f"Page {number}"])


def cite_some(session: Session, chance: random.Random, document: Document, count: int) -> list[Citation]:
    """Passages of 2 to 40 words, some over a page break, now and then a whole page."""
    made: dict[str, Citation] = {}
    while len(made) < count:
        number = chance.randint(1, PAGES)
        page = session.get_one(Page, (document.id, number))
        tokens = page.text.split()
        start, length = chance.randrange(len(tokens) - 2), chance.randint(2, 40)
        quote = " ".join(tokens[start : start + length])
        if chance.random() < 0.1 and number < PAGES:
            following = session.get_one(Page, (document.id, number + 1)).text.split()
            start = len(tokens) - 5
            quote = " ".join(tokens[start:] + following[: chance.randint(2, 10)])
        if chance.random() < 0.01:
            quote = ""
        prefix = " ".join(tokens[:start])[-60:]
        found = find_passages(session, document.id, number, quote, prefix=prefix, viewer=READER, at=NOON)
        citation = keep_record(session, document, page, found[0].record, created_by_id=None)
        made[citation.id] = citation
    return list(made.values())


def read_anew(session: Session, document: Document, change: Callable[[str, list[Word]], list[Word]]) -> None:
    """As the reading desk writes pages, by a newer reader; ``change`` makes its words of the old ones."""
    readings = []
    for number in range(1, PAGES + 1):
        page = session.get_one(Page, (document.id, number))
        words = change(page.text, list(unpack_words(page.word_boxes, page.text)))
        placed, text = [], ""
        for word in words:
            text += "\n" if text.count(" ") % 7 == 6 else " " if text else ""  # other lines than before
            placed.append(Word(word.text, len(text), len(text) + len(word.text), word.boxes))
            text += word.text
        source = TextSource.OCR if page.source == "ocr" else TextSource.TEXT_LAYER
        readings.append(
            PageReading(
                number, page.width_pt, page.height_pt, text, tuple(placed), source, Reader.PDFIUM, 1.0
            )
        )
    record_pages(session, document.id, readings, at=LATER, reader_version="9")


def same_words(_: str, words: list[Word]) -> list[Word]:
    return words


def more_words(_: str, words: list[Word]) -> list[Word]:
    """The newer reader also sees a stamp at the head and one at the foot."""
    stamp = Word("RECEIVED", 0, 8, words[0].boxes)
    return [stamp, *words, stamp]


def misread_counties(_: str, words: list[Word]) -> list[Word]:
    return [
        Word("cqunty", word.start, word.end, word.boxes) if word.text == "county" else word for word in words
    ]


def elsewhere(_: str, words: list[Word]) -> list[Word]:
    """The newer reader has the words an inch further down."""
    return [replace(word, boxes=tuple(lower(box) for box in word.boxes)) for word in words]


def lower(box: Box) -> Box:
    return replace(box, top=box.top + 75, bottom=box.bottom + 75)


def always(state: CitationState) -> Expected:
    return lambda record: state


def after_misreading(record: CitationRecord) -> CitationState:
    if not record.words:
        return CitationState.READ_ANEW
    return CitationState.DIFFERS if "county" in record.words.split() else CitationState.READ_ANEW


def after_moving(record: CitationRecord) -> CitationState:
    return CitationState.MOVED if record.words else CitationState.READ_ANEW


def supersede(session: Session, parts: Parts, document: Document) -> None:
    better = make_document(session, parts.storage, title=f"{document.title}, a better scan")
    document.superseded_by_id, document.superseded_reason = better.id, "Sharper."


def redact(session: Session, parts: Parts, original: Document) -> None:
    copy = make_document(
        session,
        parts.storage,
        title=f"{original.title}, redacted",
        pages=("A page with less on it",),
        visibility=Visibility.UNPUBLISHED,
    )
    copy.derived_from_id, copy.copy_kind, copy.screened_at = original.id, CopyKind.REDACTED, NOON
    session.flush()
    assert publish_document(session, copy.id, actor="ed", at=LATER)


def withdraw(session: Session, parts: Parts, document: Document) -> None:
    withdraw_document(session, document.id, reason=WITHDRAWN, viewer=EDITOR, at=LATER)


def withdraw_and_restore(session: Session, parts: Parts, document: Document) -> None:
    withdraw(session, parts, document)
    restore_document(session, document.id, viewer=EDITOR, at=LATER)


def rename(session: Session, parts: Parts, document: Document) -> None:
    document.title, document.agency = "Another title", find_or_add_agency(session, "Another bureau")
    document.content_version += 1


def by(change: Callable[[str, list[Word]], list[Word]]) -> Callable[[Session, Parts, Document], None]:
    return lambda session, parts, document: read_anew(session, document, change)


FATES: tuple[tuple[Callable[[Session, Parts, Document], None], Expected | None], ...] = (
    (lambda *_: None, always(CitationState.MATCHES)),
    (rename, always(CitationState.MATCHES)),
    (withdraw_and_restore, always(CitationState.MATCHES)),
    (by(same_words), always(CitationState.READ_ANEW)),
    (by(more_words), always(CitationState.READ_ANEW)),
    (by(misread_counties), after_misreading),
    (by(elsewhere), after_moving),
    (supersede, always(CitationState.SUPERSEDED)),
    (redact, None),
    (withdraw, None),
)


def give_out(parts: Parts) -> Replay:
    chance = random.Random(20101102)
    replay = Replay({}, [], {}, set())
    with parts.database.transaction() as session:
        for number in range(DOCUMENTS):
            document = make_document(
                session,
                parts.storage,
                title=f"Memo {number}",
                pages=[a_page(chance, page) for page in range(1, PAGES + 1)],
                source="ocr" if number % 5 == 0 else "text_layer",
                agency="Immigration and Customs Enforcement",
            )
            document.published_at = document.screened_at = NOON
            replay.documents.append(document.id)
            for citation in cite_some(session, chance, document, CITATIONS // DOCUMENTS):
                replay.records[citation.id] = record_of(citation)
    return replay


def let_years_pass(parts: Parts, replay: Replay) -> None:
    for number, document_id in enumerate(replay.documents):
        happens, expected = FATES[number % len(FATES)]
        with parts.database.transaction() as session:
            happens(session, parts, session.get_one(Document, document_id))
        replay.expected[document_id] = expected
    with parts.database.migrating() as connection:  # as a migration that makes the tables anew
        operations = Operations(MigrationContext.configure(connection))
        for table in ("document", "page", "citation"):
            with operations.batch_alter_table(table, recreate="always"):
                pass
    bring_index_up_to_date(parts.database, parts.engine)
    rebuild_index(parts.database, parts.engine)


def drift(parts: Parts, replay: Replay) -> tuple[Counter[str], list[str]]:
    """How often each state was met, and every citation that is not as it must be."""
    states: Counter[str] = Counter()
    wrong: list[str] = []
    with parts.database.reading() as session:
        for citation_id, record in replay.records.items():
            expected = replay.expected[session.get_one(Citation, citation_id).document_id]
            try:
                citation = get_citation(session, citation_id, READER)
            except DocumentWithdrawn as tombstone:
                states["tombstone"] += 1
                if expected is not None or not (
                    WITHDRAWN in tombstone.help or "/documents/" in tombstone.help
                ):
                    wrong.append(f"{citation_id}: {tombstone.help}")
                continue
            checked = check_citation(session, citation, READER)
            states[checked.state] += 1
            if expected is None or checked.state != expected(record) or checked.record != record:
                wrong.append(f"{citation_id}: {checked.state} {record.words[:60]}")
            wrong += [
                f"{citation_id}: other words are marked"
                for part in checked.parts
                if checked.state != CitationState.MOVED
                and part.cited.boxes
                and covered_share(part.cited.boxes, part.boxes) < 0.95
            ]
    return states, wrong


def test_a_thousand_citations_show_what_was_cited_whatever_happened_meanwhile(
    parts: Parts, tmp_path: Path
) -> None:
    replay = give_out(parts)
    assert len(replay.records) == CITATIONS
    let_years_pass(parts, replay)
    states, wrong = drift(parts, replay)
    assert wrong == []
    file = tmp_path / "archive.tar"
    make_backup(parts.database, parts.storage, parts.settings.home, file, clock=parts.clock)
    restore_backup(file, tmp_path / "new home")
    restored = open_parts(load_settings(tmp_path / "new home", environ={}))  # migrates what is older
    try:
        assert drift(restored, replay) == (states, []), "the same in an archive that was restored"
    finally:
        restored.close()
    assert states["tombstone"] == 2 * CITATIONS // len(FATES)
    assert set(states) == {"matches", "read_anew", "moved", "superseded", "differs", "tombstone"}


def test_a_redacted_copy_is_named_by_the_tombstone_of_its_original(parts: Parts) -> None:
    with parts.database.transaction() as session:
        original = make_document(session, parts.storage, title="With a name", pages=("A name and a number",))
        original.published_at = original.screened_at = NOON
        found = find_passages(session, original.id, 1, "A name", viewer=READER, at=NOON)
        page = session.get_one(Page, (original.id, 1))
        citation = keep_record(session, original, page, found[0].record, created_by_id=None)
        redact(session, parts, original)
        copy_path = document_path(
            next(one.id for one in session.query(Document) if one.derived_from_id == original.id)
        )
        with pytest.raises(DocumentWithdrawn) as tombstone:
            get_citation(session, citation.id, READER)
    assert copy_path in tombstone.value.help
