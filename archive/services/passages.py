"""Finds the passage that somebody cites: on its page, over a page break, or on other pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import takewhile

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from archive.models import Document, Page
from archive.rules.access import Viewer
from archive.rules.citation_check import boxes_of
from archive.rules.citation_errors import QuoteNotFound, QuoteTooLong
from archive.rules.citation_record import CitationRecord, CitedPart, text_sha256_of
from archive.rules.quote_breaks import MOST_PAGES, find_over_break
from archive.rules.quote_context import context_of, likeness
from archive.rules.quote_dashes import begins_as
from archive.rules.quote_folding import squeeze
from archive.rules.quote_wording import is_as_typed
from archive.rules.quote_words import grown
from archive.rules.quotes import MOST_QUOTE_CHARACTERS, PageText, find_exactly, find_quote
from archive.rules.statuses import PageStatus
from archive.services.documents import get_page
from archive.services.word_boxes import unpack_words
from ingest.page import TextSource, Word

SHOWN_CONTEXT_CHARACTERS = 80
MOST_PLACES = 100  # of the same words on a page that are offered to choose from
PAGES_AROUND = 200  # before and after the page that was named: looked at for words that are not on it
_MOST_OTHER_PAGES = 5
_AROUND_NEAREST = 16  # characters: where a word was changed, the likeliest place is a little off
_NEAR_ENOUGH = 60.0  # of 100


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """One place where the words stand. ``slips``: letters that OCR read otherwise than they were typed.
    ``record.typed`` is empty when the page says what was typed, word for word."""

    record: CitationRecord
    slips: int
    context_before: str
    context_after: str


def find_passages(
    session: Session,
    document_id: str,
    page_number: int,
    quote: str,
    *,
    prefix: str = "",
    viewer: Viewer,
    at: datetime,
) -> tuple[FoundPassage, ...]:
    """Every place where ``quote`` begins on this page; when ``prefix``, the words before it, is known, those
    that it stands before: one, unless the page repeats itself. An empty quote is the page as a whole.

    Raises what ``get_page`` raises, ``QuoteTooLong``, ``QuoteNotFound``.
    """
    if len(quote) > MOST_QUOTE_CHARACTERS:
        raise QuoteTooLong
    document, page = get_page(session, document_id, page_number, viewer)
    if not quote.strip():
        return (_whole_page(document, page, at),)
    opened = _OpenPage(page)
    matches = find_quote(opened.text, quote, slips=page.source == TextSource.OCR, grow=True)
    if not matches or not begins_as(page.text[matches[0].start :], quote):
        try:
            return (_over_a_break(session, document, opened, quote, at),)
        except QuoteNotFound:
            if not matches:
                raise
    if prefix.strip():
        alike = [likeness(page.text[: match.start], prefix) for match in matches]
        matches = tuple(match for match, count in zip(matches, alike, strict=True) if count == max(alike))
    return tuple(
        _passage(document, [(opened, *place) for place in match.ranges], quote, at, match.slips)
        for match in matches[:MOST_PLACES]
    )


class _OpenPage:
    """A page whose words are unpacked and folded once, when they are needed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.text = PageText(page.text)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return unpack_words(self.page.word_boxes, self.page.text)

    def part(self, start: int, end: int) -> CitedPart:
        """The words from ``start`` to ``end`` as a part of a citation."""
        exact = squeeze(self.page.text[start:end])
        prefix, suffix = context_of(self.page.text, (start, end), find_exactly(self.text, exact))
        boxes = boxes_of(self.words, start, end)
        return CitedPart(self.page.page_number, self.page.label, exact, prefix, suffix, start, end, boxes)


_Place = tuple[_OpenPage, int, int]


def _whole_page(document: Document, page: Page, at: datetime) -> FoundPassage:
    part = CitedPart(page.page_number, page.label, "", "", "", 0, 0)
    return FoundPassage(_record(document, [page], (part,), at), 0, "", "")


def _over_a_break(
    session: Session, document: Document, opened: _OpenPage, quote: str, at: datetime
) -> FoundPassage:
    """Raises ``QuoteNotFound``."""
    pages = [opened, *map(_OpenPage, _following(session, opened.page))]
    is_ocr = any(one.page.source == TextSource.OCR for one in pages)
    for count in range(2, len(pages) + 1):
        if match := find_over_break([one.page.text for one in pages[:count]], quote, slips=is_ocr):
            places = [(pages[index], start, end) for index, start, end in match.ranges]
            return _passage(document, places, quote, at, match.slips)
    raise QuoteNotFound(
        on_pages=_pages_that_say(session, document, opened.page, quote),
        nearest=_nearest(opened.page.text, quote),
    )


def _following(session: Session, page: Page) -> list[Page]:
    """The next pages, up to the first that could not be read."""
    pages = session.scalars(
        select(Page)
        .where(Page.document_id == page.document_id, Page.status == PageStatus.READ)
        .where(Page.page_number.between(page.page_number + 1, page.page_number + MOST_PAGES - 1))
        .order_by(Page.page_number)
    )
    numbered = enumerate(pages, page.page_number + 1)
    return [one for _, one in takewhile(lambda pair: pair[0] == pair[1].page_number, numbered)]


def _passage(
    document: Document, places: Sequence[_Place], quote: str, at: datetime, slips: int
) -> FoundPassage:
    parts = tuple(opened.part(start, end) for opened, start, end in places)
    pages = list(dict.fromkeys(opened.page for opened, _, _ in places))
    first, last = pages[0].text, pages[-1].text
    return FoundPassage(
        _record(document, pages, parts, at, typed=_typed(parts, quote)),
        slips,
        squeeze(first[max(0, parts[0].start - SHOWN_CONTEXT_CHARACTERS) : parts[0].start]),
        squeeze(last[parts[-1].end : parts[-1].end + SHOWN_CONTEXT_CHARACTERS]),
    )


def _typed(parts: Sequence[CitedPart], quote: str) -> str:
    """What somebody wrote, when that is not what the page has."""
    return "" if is_as_typed([part.exact for part in parts], quote) else squeeze(quote)


def _record(
    document: Document,
    pages: Sequence[Page],
    parts: tuple[CitedPart, ...],
    at: datetime,
    *,
    typed: str = "",
) -> CitationRecord:
    from_ocr = any(page.source == TextSource.OCR for page in pages)
    return CitationRecord(
        sha256=document.sha256,
        parts=parts,
        source=TextSource.OCR if from_ocr else pages[0].source,
        reader=pages[0].reader,
        reader_version=pages[0].reader_version,
        text_sha256=text_sha256_of([page.text for page in pages]),
        cited_at=at,
        typed=typed,
    )


def _pages_that_say(session: Session, document: Document, page: Page, quote: str) -> list[int]:
    """Other pages of the document where the words stand, the nearest first."""
    others = session.scalars(
        select(Page)
        .where(Page.document_id == document.id, Page.status == PageStatus.READ)
        .where(Page.page_number.between(page.page_number - PAGES_AROUND, page.page_number + PAGES_AROUND))
        .where(Page.page_number != page.page_number)
        .options(load_only(Page.page_number, Page.text))
    )
    found = [
        other.page_number
        for other in others
        if _may_say(other.text, quote) and find_quote(PageText(other.text), quote)
    ]
    return sorted(found, key=lambda number: abs(number - page.page_number))[:_MOST_OTHER_PAGES]


def _may_say(text: str, quote: str) -> bool:
    """Whether the longest run of letters of the quotation is there: most pages need not be looked at."""
    longest = max(re.findall(r"[^\W_]+", quote.lower()), key=len, default="")
    return longest in text.lower()


def _nearest(text: str, quote: str) -> str:
    """What on this page comes closest to the words; empty when nothing does."""
    if not text:
        return ""
    best = fuzz.partial_ratio_alignment(quote.lower(), text.lower(), score_cutoff=_NEAR_ENOUGH)
    if best is None:
        return ""
    first, last = max(0, best.dest_start - _AROUND_NEAREST), best.dest_end + _AROUND_NEAREST
    start, end = grown(text, min(first, len(text)), min(last, len(text)))
    return squeeze(text[start:end])
