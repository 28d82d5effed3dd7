"""Finds the passage that somebody cites: on its page, over a page break, or on other pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from archive.models import Document, Page
from archive.rules.access import Viewer
from archive.rules.citation_check import boxes_of
from archive.rules.citation_errors import QuoteNotFound, QuoteTooLong
from archive.rules.citation_record import CONTEXT_CHARACTERS, CitationRecord, CitedPart, text_sha256_of
from archive.rules.quote_breaks import MOST_PAGES, find_over_break
from archive.rules.quote_folding import fold_with_places, same_words, squeeze
from archive.rules.quotes import MOST_QUOTE_CHARACTERS, QuoteMatch, find_quote, page_text
from archive.rules.statuses import PageStatus
from archive.services.documents import get_page
from archive.services.word_boxes import unpack_words
from ingest.page import TextSource

SHOWN_CONTEXT_CHARACTERS = 80
_MOST_PAGES_LOOKED_AT = 400  # for words that are not on the page that was named
_MOST_OTHER_PAGES = 5
_NEAR_ENOUGH = 60.0  # of 100


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """One place where the words stand. ``slips``: letters that OCR read otherwise than they were typed."""

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
    """Every place where ``quote`` begins on this page, the likeliest first when ``prefix`` (the words before
    it) is known. An empty quote is the page as a whole.

    Raises what ``get_page`` raises, ``QuoteTooLong``, ``QuoteNotFound``.
    """
    if len(quote) > MOST_QUOTE_CHARACTERS:
        raise QuoteTooLong
    document, page = get_page(session, document_id, page_number, viewer)
    if not quote.strip():
        return (_whole_page(document, page, at),)
    is_ocr = page.source == TextSource.OCR
    matches = find_quote(page_text(page.text), quote, slips=is_ocr) if page.text else ()
    if not matches:
        return (_over_a_break(session, document, page, quote, at),)
    if prefix.strip():
        matches = tuple(sorted(matches, key=lambda match: -_likeness(page.text[: match.start], prefix)))
    return tuple(_on_one_page(document, page, match, quote, at) for match in matches)


def _whole_page(document: Document, page: Page, at: datetime) -> FoundPassage:
    part = CitedPart(page.page_number, page.label, "", "", "", 0, 0)
    return FoundPassage(_record(document, [page], (part,), at), 0, "", "")


def _on_one_page(document: Document, page: Page, match: QuoteMatch, quote: str, at: datetime) -> FoundPassage:
    parts = tuple(_part(page, start, end) for start, end in match.ranges)
    return _passage(document, [page], parts, quote, at, match.slips)


def _over_a_break(session: Session, document: Document, page: Page, quote: str, at: datetime) -> FoundPassage:
    """Raises ``QuoteNotFound``."""
    following = session.scalars(
        select(Page)
        .where(Page.document_id == document.id, Page.status == PageStatus.READ)
        .where(Page.page_number.between(page.page_number + 1, page.page_number + MOST_PAGES - 1))
        .order_by(Page.page_number)
    ).all()
    pages = [page, *following]
    is_ocr = any(one.source == TextSource.OCR for one in pages)
    for count in range(2, len(pages) + 1):
        ranges = find_over_break([one.text for one in pages[:count]], quote, slips=is_ocr)
        if ranges:
            parts = tuple(_part(pages[index], start, end) for index, start, end in ranges)
            return _passage(document, pages[:count], parts, quote, at, 0)
    raise QuoteNotFound(
        on_pages=_pages_that_say(session, document, page, quote), nearest=_nearest(page.text, quote)
    )


def _passage(
    document: Document,
    pages: Sequence[Page],
    parts: tuple[CitedPart, ...],
    quote: str,
    at: datetime,
    slips: int,
) -> FoundPassage:
    record = _record(document, pages, parts, at, typed="" if _is_as_typed(parts, quote) else squeeze(quote))
    first, last = pages[0].text, pages[-1].text
    return FoundPassage(
        record,
        slips,
        squeeze(first[max(0, parts[0].start - SHOWN_CONTEXT_CHARACTERS) : parts[0].start]),
        squeeze(last[parts[-1].end : parts[-1].end + SHOWN_CONTEXT_CHARACTERS]),
    )


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


def _part(page: Page, start: int, end: int) -> CitedPart:
    text = page.text
    return CitedPart(
        page_number=page.page_number,
        label=page.label,
        exact=squeeze(text[start:end]),
        prefix=_last_words(text[:start]),
        suffix=_first_words(text[end:]),
        start=start,
        end=end,
        boxes=boxes_of(unpack_words(page.word_boxes, text), start, end),
    )


def _last_words(text: str) -> str:
    """The end of a text, on one line, cut where a word begins."""
    said = squeeze(text[-4 * CONTEXT_CHARACTERS :])
    if len(said) <= CONTEXT_CHARACTERS:
        return said
    tail = said[-CONTEXT_CHARACTERS:]
    return tail if said[-CONTEXT_CHARACTERS - 1] == " " else tail.partition(" ")[2]


def _first_words(text: str) -> str:
    """The beginning of a text, on one line, cut where a word ends."""
    said = squeeze(text[: 4 * CONTEXT_CHARACTERS])
    if len(said) <= CONTEXT_CHARACTERS:
        return said
    head = said[:CONTEXT_CHARACTERS]
    return head if said[CONTEXT_CHARACTERS] == " " else head.rpartition(" ")[0]


def _is_as_typed(parts: Sequence[CitedPart], quote: str) -> bool:
    """Whether the page says what was typed: marks around it and at its end do not count, nor do capitals."""
    said = " ".join(part.exact for part in parts).lower()
    bare = quote.strip(" \t\r\n\"'\u2018\u2019\u201c\u201d.,;:!?").lower()
    return len(parts) > 1 or same_words(said, quote.lower()) or same_words(said.strip("\"'.,;:!?"), bare)


def _likeness(before: str, prefix: str) -> int:
    """How many of the last characters agree."""
    said = fold_with_places(before[-4 * len(prefix) - 40 :]).lower().text
    wanted = fold_with_places(prefix).lower().text
    count = 0
    for one, other in zip(reversed(said), reversed(wanted), strict=False):
        if one != other:
            break
        count += 1
    return count


def _pages_that_say(session: Session, document: Document, page: Page, quote: str) -> list[int]:
    """Other pages of the document where the words stand, the nearest first."""
    others = session.scalars(
        select(Page)
        .where(Page.document_id == document.id, Page.status == PageStatus.READ)
        .where(
            Page.page_number.between(
                page.page_number - _MOST_PAGES_LOOKED_AT // 2, page.page_number + _MOST_PAGES_LOOKED_AT // 2
            )
        )
        .where(Page.page_number != page.page_number)
        .options(load_only(Page.page_number, Page.text))
    )
    found = [other.page_number for other in others if other.text and find_quote(page_text(other.text), quote)]
    return sorted(found, key=lambda number: abs(number - page.page_number))[:_MOST_OTHER_PAGES]


def _nearest(text: str, quote: str) -> str:
    """What on this page comes closest to the words; empty when nothing does."""
    if not text:
        return ""
    best = fuzz.partial_ratio_alignment(quote.lower(), text.lower(), score_cutoff=_NEAR_ENOUGH)
    return "" if best is None else squeeze(text[best.dest_start : best.dest_end])
