"""Words typed as they are printed are found on pages that OCR has misread here and there, and it is said."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sqlalchemy import select

from archive.models import Document, Page
from archive.parts import Parts
from archive.rules.access import READER
from archive.rules.citation_errors import QuoteNotFound
from archive.services.citations import check_citation, find_passages, keep_record
from archive.services.word_boxes import pack_words, unpack_words
from ingest.page import Word
from tests.factories import NOON, make_document

QUOTES = 400
LEAST_FOUND = 0.95
LETTERS_A_SLIP = 20
# What OCR makes of letters: the pairs that misread most on the scans of the corpus.
MISREAD = {
    "c": "e", "e": "c", "m": "rn", "h": "b", "l": "1", "i": "l", "o": "0", "a": "o", "n": "u", "u": "n",
    "s": "5", "t": "f", "d": "cl", "w": "vv", "g": "q", "r": "t", "f": "t", "b": "h", "y": "v", "p": "n",
}  # fmt: skip
WORDS = Path(__file__).parents[2] / "archive" / "samples" / "texts"


def printed_pages() -> list[str]:
    """Pages of running text: the samples', so that what is printed is known letter by letter."""
    texts = [path.read_text() for path in sorted(WORDS.glob("*.txt"))]
    words = " ".join(texts).replace("[[", " ").replace("]]", " ").replace("**", "").split()
    plain = [word for word in words if word.isascii() and "|" not in word and "//" not in word]
    return [" ".join(plain[start : start + 300]) for start in range(0, 12_000, 300)]


def misread(text: str, chance: random.Random) -> str:
    """Up to one slip in twenty letters, scattered."""
    letters = list(text)
    places = [place for place, letter in enumerate(letters) if letter.lower() in MISREAD]
    for place in chance.sample(places, chance.randint(1, max(1, len(places) // LETTERS_A_SLIP))):
        letters[place] = MISREAD[letters[place].lower()]
    return "".join(letters)


@pytest.fixture
def scans(parts: Parts) -> list[tuple[str, str]]:
    """Pages read by OCR with slips: the document's id and what is printed."""
    chance = random.Random(20)
    made = []
    with parts.database.transaction() as session:
        for number, printed in enumerate(printed_pages()):
            document = make_document(
                session, parts.storage, title=f"Scan {number}", pages=(printed,), source="ocr", quality=0.8
            )
            page = session.get_one(Page, (document.id, 1))
            words = unpack_words(page.word_boxes, page.text)
            page.text, page.word_boxes = read_badly(words, chance)
            made.append((document.id, printed))
    return made


def read_badly(words: tuple[Word, ...], chance: random.Random) -> tuple[str, bytes]:
    text, read = "", []
    said = misread(" ".join(word.text for word in words), chance).split()
    for word, seen in zip(words, said, strict=True):
        text += " " if text else ""
        read.append(Word(seen, len(text), len(text) + len(seen), word.boxes))
        text += seen
    return text, pack_words(read)


def test_quotes_typed_as_printed_are_found_where_they_stand(
    parts: Parts, scans: list[tuple[str, str]]
) -> None:
    chance = random.Random(21)
    found = in_place = 0
    with parts.database.transaction() as session:
        for _ in range(QUOTES):
            document_id, printed = chance.choice(scans)
            words = printed.split()
            length = chance.randint(4, 40)
            start = chance.randrange(len(words) - length)
            quote = " ".join(words[start : start + length])
            try:
                passages = find_passages(session, document_id, 1, quote, viewer=READER, at=NOON)
            except QuoteNotFound:
                continue
            found += 1
            page = session.get_one(Page, (document_id, 1))
            read = page.text.split()[start : start + length]
            in_place += any(passage.record.words.split() == read for passage in passages)
            document = session.get_one(Document, document_id)
            citation = keep_record(session, document, page, passages[0].record, created_by_id=None)
            assert check_citation(session, citation, READER).is_ocr, "it is said that the text is OCR"
        assert session.scalar(select(Page.source).limit(1)) == "ocr"
    assert found >= LEAST_FOUND * QUOTES, f"{found} of {QUOTES} found"
    assert in_place >= 0.85 * QUOTES, f"{in_place} of {QUOTES} found from the first word to the last"
