"""Passages of real pages as somebody selects them, and the same with a word changed, dropped or moved."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Document, Page
from archive.rules.citation_record import CitationRecord, CitedPart
from archive.services.word_boxes import unpack_words
from ingest.page import Box, Word

LEAST_WORDS, MOST_WORDS = 1, 60
OVER_A_BREAK = 0.12  # share of the passages


@dataclass(frozen=True, slots=True)
class RealPage:
    """A page with its words."""

    document: Document
    page_number: int
    words: tuple[Word, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive words, from one page or over a break. ``boxes`` are theirs, page by page."""

    document: Document
    page_number: int
    quote: str
    prefix: str
    boxes: dict[int, tuple[Box, ...]]


def real_pages(session: Session) -> list[RealPage]:
    rows = session.execute(
        select(Document, Page)
        .join(Page, Page.document_id == Document.id)
        .order_by(Document.id, Page.page_number)
    )
    found = [
        RealPage(document, page.page_number, unpack_words(page.word_boxes, page.text), page.source)
        for document, page in rows
    ]
    return [page for page in found if any(has_letters(word) for word in page.words)]


def has_letters(word: Word) -> bool:
    return any(map(str.isalnum, word.text))


def passages(pages: Sequence[RealPage], chance: random.Random, count: int) -> Iterator[Passage]:
    """Seeded: the same ones each time. A passage of a lone mark is nothing that anybody cites."""
    following = {(page.document.id, page.page_number): page for page in pages}
    made = 0
    while made < count:
        page = chance.choice(pages)
        after = following.get((page.document.id, page.page_number + 1))
        over_break = after is not None and chance.random() < OVER_A_BREAK
        passage = _over_break(page, after, chance) if over_break and after else _on_page(page, chance)
        if passage is not None:
            made += 1
            yield passage


def _on_page(page: RealPage, chance: random.Random) -> Passage | None:
    length = min(chance.randint(LEAST_WORDS, MOST_WORDS), len(page.words))
    start = chance.randint(0, len(page.words) - length)
    chosen = page.words[start : start + length]
    if not any(map(has_letters, chosen)):
        return None
    boxes = {page.page_number: tuple(box for word in chosen for box in word.boxes)}
    before = " ".join(word.text for word in page.words[max(0, start - 40) : start])
    return Passage(page.document, page.page_number, _selected(chosen), before, boxes)


def _over_break(page: RealPage, after: RealPage, chance: random.Random) -> Passage | None:
    ends, begins = chance.randint(4, 30), chance.randint(4, 30)
    last, first = page.words[-ends:], after.words[:begins]
    if not (any(map(has_letters, last)) and any(map(has_letters, first))):
        return None
    boxes = {
        page.page_number: tuple(box for word in last for box in word.boxes),
        after.page_number: tuple(box for word in first for box in word.boxes),
    }
    before = " ".join(word.text for word in page.words[:-ends][-40:])
    return Passage(page.document, page.page_number, _selected([*last, *first]), before, boxes)


def _selected(words: Sequence[Word]) -> str:
    """As a browser hands it over."""
    return " ".join(word.text for word in words)


def altered(record: CitationRecord, chance: random.Random, pool: Sequence[str]) -> CitationRecord:
    """The citation with one word changed, dropped or moved; its boxes stay."""
    places = [index for index, part in enumerate(record.parts) if part.exact]
    index = chance.choice(places)
    part = record.parts[index]
    words = part.exact.split()
    solid = [at for at, word in enumerate(words) if sum(map(str.isalnum, word)) > 1] or [0]
    at = chance.choice(solid)
    ways = ["changed"] if len(words) < 4 else ["changed", "dropped", "moved"]
    match chance.choice(ways):
        case "changed":
            words[at] = chance.choice([word for word in pool if _differs(word, words[at])])
        case "dropped":
            del words[at]
        case "moved":
            word = words.pop(at)
            elsewhere = [
                place
                for place in range(len(words) + 1)
                if place != at and _differs(" ".join([*words[:place], word, *words[place:]]), part.exact)
            ]
            words.insert(chance.choice(elsewhere), word)
    changed = replace(part, exact=" ".join(words))
    return replace(record, parts=_with(record.parts, index, changed))


def _with(parts: tuple[CitedPart, ...], index: int, part: CitedPart) -> tuple[CitedPart, ...]:
    return (*parts[:index], part, *parts[index + 1 :])


def _differs(one: str, other: str) -> bool:
    """Other letters in another order: what is spelled alike is no other word."""
    return letters(one) != letters(other) and bool(letters(one))


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()
