"""Finding the same record again while an archive grows: time a page, memory, what is found and what is not.

Every tenth document is another release of the one before it: a third of its passages withheld under a code,
and one word in a hundred misread.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
from sqlalchemy import func, select

from archive.database import Database, open_database
from archive.models import Document, Page, RecordMatch, SketchHash
from archive.ports import IndexedDocument
from archive.rules.statuses import PageStatus, ReadingStatus, Visibility
from archive.services.same_records import look_for_same_records
from tests.bench.pages import generate_documents
from tests.bench.timing import watched_memory

RELEASED_AGAIN = 10
_PASSAGE_WORDS = 8
_AT = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


@dataclass(slots=True)
class Grown:
    """What it took to look at all documents."""

    pages: int = 0
    wall_seconds: float = 0.0
    cpu_seconds: float = 0.0


def measure_sketches(pages: int, folder: Path) -> None:
    """Print the figures for an archive that grows to ``pages`` pages."""
    database = open_database(f"sqlite:///{folder / 'sketches.sqlite3'}")
    pairs: set[tuple[str, ...]] = set()
    lengths: dict[str, int] = {}
    for document_id, texts, original in _documents(pages):
        _add(database, document_id, texts)
        lengths[document_id] = len(texts)
        if original:
            pairs.add(tuple(sorted((original, document_id))))
    grown, before = Grown(), psutil.Process().memory_info().rss
    with watched_memory() as peak:
        for document_id, length in lengths.items():
            _look(database, document_id, length, grown)
    _print(database, grown, pairs, (peak.tree_bytes - before) / 1e6)
    database.close()


def _documents(pages: int) -> Iterator[tuple[str, list[str], str]]:
    """Id, texts, and of which document it is another release."""
    last: IndexedDocument | None = None
    for number, document in enumerate(generate_documents(pages)):
        texts = [page.text for page in document.pages]
        is_again = number % RELEASED_AGAIN == RELEASED_AGAIN - 1
        if is_again and last is not None:
            chance = random.Random(number)
            texts = [_released_again(page.text, chance) for page in last.pages]
        yield document.document_id, texts, last.document_id if is_again and last else ""
        last = document


def _released_again(text: str, chance: random.Random) -> str:
    words = text.split()
    kept: list[str] = []
    for start in range(0, len(words), _PASSAGE_WORDS):
        passage = words[start : start + _PASSAGE_WORDS]
        misread = [word.replace("e", "c", 1) if chance.random() < 0.01 else word for word in passage]
        kept += ["(b)(5)"] if chance.random() < 0.35 else misread
    return "\n".join(" ".join(kept[start : start + 12]) for start in range(0, len(kept), 12))


def _add(database: Database, document_id: str, texts: list[str]) -> None:
    with database.transaction() as session:
        document = Document(
            id=document_id,
            sha256=document_id * 5,
            byte_count=1,
            source_file="generated.pdf",
            title="Generated",
            page_count=len(texts),
            reading_status=ReadingStatus.READ,
            visibility=Visibility.PUBLISHED,
            received_at=_AT,
        )
        session.add(document)
        session.flush()
        session.add_all(
            Page(document_id=document_id, page_number=number, status=PageStatus.READ, text=text, read_at=_AT)
            for number, text in enumerate(texts, 1)
        )


def _look(database: Database, document_id: str, pages: int, grown: Grown) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    look_for_same_records(database, document_id, at=_AT)
    grown.wall_seconds += time.perf_counter() - wall
    grown.cpu_seconds += time.process_time() - cpu
    grown.pages += pages


def _print(database: Database, grown: Grown, pairs: set[tuple[str, ...]], memory_mb: float) -> None:
    with database.reading() as session:
        rows = session.execute(select(RecordMatch.first_id, RecordMatch.second_id)).all()
        hashes = session.scalar(select(func.count()).select_from(SketchHash)) or 0
    found = {tuple(row) for row in rows}
    size_mb = Path(database.url.database or "").stat().st_size / 1e6
    wall_ms, cpu_ms = (1000 * seconds / grown.pages for seconds in (grown.wall_seconds, grown.cpu_seconds))
    print(
        f"  {grown.pages:,} pages: {wall_ms:.2f} ms a page by the clock, {cpu_ms:.2f} ms of a core (bar: 2)"
    )
    print(f"  memory grows by {memory_mb:.0f} MB at most; {hashes:,} hashes, database {size_mb:.0f} MB")
    print(f"  other releases found: {len(found & pairs)} of {len(pairs)}; wrong ones: {len(found - pairs)}")
