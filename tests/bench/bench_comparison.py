"""``python -m tests.bench.bench_comparison``: two releases of 200 pages compared, the whole request.

The pages are made up: 500 words each, six passages withheld in the first release, a third of them still
withheld in the second.
"""

from __future__ import annotations

import random
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from archive.app import create_app
from archive.models import Document, Page, Redaction
from archive.parts import open_parts
from archive.rules.addresses import comparison_path, document_id_of
from archive.rules.statuses import PageStatus, ReadingStatus, Visibility
from archive.services.word_boxes import pack_words
from archive.settings import load_settings
from ingest.page import Box, Word
from ingest.redaction_found import FoundBy, RedactionLook
from tests.bench.timing import machine, seconds_of
from tests.factories import NOON

PAGES, WORDS, PASSAGES, PASSAGE_WORDS = 200, 500, 6, 14
_LETTER_PT, _LINE_PT, _LEFT_PT, _RIGHT_PT = 5.0, 13.0, 72.0, 540.0


@dataclass(slots=True)
class LaidOut:
    """A page as it is set: withheld words leave their room, a box a line."""

    text: str = ""
    words: list[Word] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)


def lay_out(words: list[str], hidden: set[int]) -> LaidOut:
    """Set these words in lines; the ``hidden`` ones are boxes."""
    page, x, top = LaidOut(), _LEFT_PT, 72.0
    for number, word in enumerate(words):
        width = len(word) * _LETTER_PT
        if x + width > _RIGHT_PT:
            x, top, page.text = _LEFT_PT, top + _LINE_PT, f"{page.text.rstrip(' ')}\n"
        box = Box(x, top, x + width, top + 11)
        if number not in hidden:
            start = len(page.text)
            page.words.append(Word(word, start, start + len(word), (box,)))
            page.text += f"{word} "
        elif page.boxes and page.boxes[-1].top == top and number - 1 in hidden:
            page.boxes[-1] = Box(page.boxes[-1].x0, top, box.x1, box.bottom)
        else:
            page.boxes.append(box)
        x = box.x1 + _LETTER_PT
    return page


def add_releases(session: Session) -> tuple[str, str, int]:
    """Two documents; their ids, and how many words the second shows that the first withholds."""
    chance = random.Random(6)
    vocabulary = [*(f"word{number}" for number in range(4_000)), *("the", "of", "and", "to", "in") * 250]
    first, second = _add_document(session, 1), _add_document(session, 2)
    released = 0
    for number in range(1, PAGES + 1):
        words = [chance.choice(vocabulary) for _ in range(WORDS)]
        passages = [range(start * 80, start * 80 + PASSAGE_WORDS) for start in range(PASSAGES)]
        hidden = {word for passage in passages for word in passage}
        still = {word for passage in passages[::3] for word in passage}
        released += len(hidden - still)
        _add_page(session, first.id, number, lay_out(words, hidden))
        _add_page(session, second.id, number, lay_out(words, still))
    return first.id, second.id, released


def _add_document(session: Session, number: int) -> Document:
    sha256 = f"{number:064x}"
    document = Document(
        id=document_id_of(f"{number * 7:x}".ljust(64, "a")),
        sha256=sha256,
        byte_count=1,
        source_file=f"release-{number}.pdf",
        title=f"Release {number}",
        page_count=PAGES,
        reading_status=ReadingStatus.READ,
        visibility=Visibility.PUBLISHED,
        received_at=NOON,
        read_at=NOON,
    )
    session.add(document)
    session.flush()
    return document


def _add_page(session: Session, document_id: str, number: int, page: LaidOut) -> None:
    session.add(
        Page(
            document_id=document_id,
            page_number=number,
            status=PageStatus.READ,
            text=page.text,
            word_boxes=pack_words(page.words),
            source="text_layer",
            read_at=NOON,
        )
    )
    for box in page.boxes:
        session.add(
            Redaction(
                document_id=document_id,
                page_number=number,
                box=[box.x0, box.top, box.x1, box.bottom],
                look=RedactionLook.BLACK,
                found_by=FoundBy.SHAPES,
                codes=["b5"],
            )
        )


def main() -> None:
    """Print the seconds of the first request, of the next page of it, and whether all words were found."""
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        parts = open_parts(load_settings(Path(folder) / "home", environ={}))
        with parts.database.transaction() as session:
            first_id, second_id, released = add_releases(session)
        app: Flask = create_app(parts.settings, parts)
        client = app.test_client()
        client.get("/")  # makes what is made on first use
        said: list[str] = []
        path = comparison_path(first_id, second_id)
        before = time.process_time()
        first = seconds_of(lambda: said.append(client.get(path).text))
        processor = time.process_time() - before
        again = seconds_of(lambda: client.get(f"{path}?page=100"))
        found = f"{released:,} words released later" in said[0]
        print(
            f"{PAGES} pages compared, whole request: {first:.2f} s (at most 3 s),"
            f" of which the processor worked {processor:.2f} s"
        )
        print(f"another page of the same comparison: {again:.3f} s")
        print(f"{released:,} words were released later: {'all' if found else 'NOT all'} found")
        parts.close()


if __name__ == "__main__":
    main()
