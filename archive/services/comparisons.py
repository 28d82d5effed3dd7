"""Two releases of one record compared: their pages are loaded, put in order of time, and looked at together.

A comparison of two long documents takes a second or two, and a reader turns its pages one by one: the last
few are kept, under everything that they depend on.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.errors import ArchiveError
from archive.models import Document, Page, Redaction
from archive.rules.access import Viewer
from archive.rules.comparison import ComparedPage, ComparedRedaction, Comparison, compare_pages
from archive.rules.redaction_states import EFFECTIVE
from archive.services.documents import get_document
from archive.services.word_boxes import unpack_places
from ingest.page import Box, TextSource
from ingest.redaction_found import PageDisposition, RedactionLook

MOST_PAGES = 1_000  # of either document: about five seconds
_KEPT_COMPARISONS = 16
_WHOLE = (PageDisposition.WITHHELD, PageDisposition.REFERRED)

Key = tuple[object, ...]
_kept: OrderedDict[Key, Comparison] = OrderedDict()
_turn = threading.Lock()  # of what is kept
_work = threading.Lock()  # one comparison at a time: two would only be slower, and take twice the memory


class ComparedWithItself(ArchiveError):
    code = "compared_with_itself"
    sentence = "This is one document twice."
    help = "Compare it with another release of the same record."
    status = 404


class TooLongToCompare(ArchiveError):
    code = "too_long_to_compare"
    sentence = f"A document of more than {MOST_PAGES:,} pages is not compared as a whole."
    help = "Cut the record out of it as a document of its own, then compare that."
    status = 413


@dataclass(frozen=True, slots=True)
class ComparedReleases:
    """Two documents and what became of their words. ``is_known``: when either was released is on record, so
    ``first`` is the earlier one; else it is what was asked for."""

    first: Document
    second: Document
    comparison: Comparison
    is_known: bool


def compare_releases(session: Session, first_id: str, second_id: str, viewer: Viewer) -> ComparedReleases:
    """Compare two documents that ``viewer`` may see.

    Raises as ``get_document`` does for either, ``ComparedWithItself`` and ``TooLongToCompare``.
    """
    asked = get_document(session, first_id, viewer), get_document(session, second_id, viewer)
    first, second, is_known = in_order_of_release(*asked)
    return ComparedReleases(first, second, _kept_comparison(session, first, second), is_known)


def in_order_of_release(one: Document, other: Document) -> tuple[Document, Document, bool]:
    """The earlier release, the later one, and whether that is on record; else as they are given."""
    days = released_on(one), released_on(other)
    if days[0] is None or days[1] is None or days[0] == days[1]:
        return one, other, False
    return (one, other, True) if days[0] < days[1] else (other, one, True)


def released_on(document: Document) -> date | None:
    """The day on which the agency handed it over, as far as it is known."""
    production = document.production
    return document.received_on or (production.received_on if production else None)


def compare_documents(session: Session, first: Document, second: Document) -> Comparison:
    """Compare them as they are read and corrected now.

    Raises ``ComparedWithItself`` and ``TooLongToCompare``.
    """
    if first.id == second.id:
        raise ComparedWithItself
    if max(first.page_count or 0, second.page_count or 0) > MOST_PAGES:
        raise TooLongToCompare
    return compare_pages(_pages(session, first.id), _pages(session, second.id))


def _kept_comparison(session: Session, first: Document, second: Document) -> Comparison:
    key: Key = (str(session.get_bind().engine.url), *_state(session, first), *_state(session, second))
    if (known := _look_up(key)) is not None:
        return known
    with _work:
        if (known := _look_up(key)) is not None:  # somebody else asked for the same
            return known
        comparison = compare_documents(session, first, second)
    with _turn:
        _kept[key] = comparison
        while len(_kept) > _KEPT_COMPARISONS:
            _kept.popitem(last=False)
    return comparison


def _look_up(key: Key) -> Comparison | None:
    with _turn:
        if key in _kept:
            _kept.move_to_end(key)
        return _kept.get(key)


def _state(session: Session, document: Document) -> Key:
    """What changes when the document is read again or a redaction of it is corrected."""
    marks = session.execute(
        select(
            func.count(),
            func.max(Redaction.id),
            func.max(Redaction.decided_at),
            func.count(Redaction.decided_at),
        ).where(Redaction.document_id == document.id)
    ).one()
    return (document.id, document.read_at, document.content_version, *marks)


def _pages(session: Session, document_id: str) -> list[ComparedPage]:
    redactions = _redactions(session, document_id)
    words = _packed_words(session, document_id)
    columns = Page.page_number, Page.text, Page.source, Page.bates, Page.disposition, Page.claimed_codes
    rows = session.execute(select(*columns).where(Page.document_id == document_id).order_by(Page.page_number))
    pages = []
    for number, text, source, bates, disposition, codes in rows:
        marks = redactions.get(number, [])
        if disposition in _WHOLE and not any(mark.is_whole_page for mark in marks):
            marks = [ComparedRedaction(Box(0, 0, 0, 0), tuple(codes), is_whole_page=True)]
        pages.append(
            ComparedPage(
                number,
                text,
                unpack_places(words[number]) if marks and number in words else (),
                tuple(marks),
                is_ocr=source == TextSource.OCR,
                bates=bates or "",
            )
        )
    return pages


def _redactions(session: Session, document_id: str) -> dict[int, list[ComparedRedaction]]:
    found: defaultdict[int, list[ComparedRedaction]] = defaultdict(list)
    rows = session.execute(
        select(Redaction.page_number, Redaction.box, Redaction.codes, Redaction.look)
        .where(Redaction.document_id == document_id, Redaction.state.in_(EFFECTIVE))
        .order_by(Redaction.page_number, Redaction.id)
    )
    for number, box, codes, look in rows:
        is_whole_page = look == RedactionLook.WHOLE_PAGE
        found[number].append(ComparedRedaction(_box(box), tuple(codes), is_whole_page))
    return found


def _packed_words(session: Session, document_id: str) -> dict[int, bytes]:
    """Of the pages on which something is withheld: where words stand matters nowhere else."""
    marked = select(Redaction.page_number).where(Redaction.document_id == document_id)
    rows = session.execute(
        select(Page.page_number, Page.word_boxes).where(
            Page.document_id == document_id, Page.page_number.in_(marked)
        )
    )
    return {row.page_number: row.word_boxes for row in rows}


def _box(edges: Sequence[float]) -> Box:
    x0, top, x1, bottom = edges
    return Box(x0, top, x1, bottom)
