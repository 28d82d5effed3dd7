"""What of a page a query marks: in its text, and on the paper."""

from __future__ import annotations

from archive.models import Page
from archive.rules.query import Query
from archive.search.hits import Span, find_spans
from archive.services.word_boxes import unpack_words
from ingest.page import Box


def page_spans(query: Query, text: str) -> tuple[Span, ...]:
    """The parts of a page's text that match, in text order; they may overlap."""
    return find_spans(query.tree, text)


def page_marks(query: Query, page: Page) -> tuple[Box, ...]:
    """The boxes to mark on the page's image, in points; words of one match on one line are one box."""
    spans = page_spans(query, page.text)
    if not spans:
        return ()
    words = sorted(unpack_words(page.word_boxes, page.text), key=lambda word: word.start)
    marks: dict[Box, None] = {}
    first = 0
    for span in spans:
        while first < len(words) and words[first].end <= span.start:
            first += 1
        boxes: list[Box] = []
        for word in words[first:]:
            if word.start >= span.end:
                break
            boxes += word.boxes
        marks |= dict.fromkeys(_joined(boxes))
    return tuple(marks)


def _joined(boxes: list[Box]) -> list[Box]:
    """Neighbours on one line as one box, so that a phrase is marked through its spaces."""
    joined: list[Box] = []
    for box in boxes:
        last = joined[-1] if joined else None
        if last is not None and _side_by_side(last, box):
            joined[-1] = Box(last.x0, min(last.top, box.top), box.x1, max(last.bottom, box.bottom))
        else:
            joined.append(box)
    return joined


def _side_by_side(left: Box, right: Box) -> bool:
    height = min(left.bottom - left.top, right.bottom - right.top)
    overlap = min(left.bottom, right.bottom) - max(left.top, right.top)
    gap = right.x0 - left.x1
    return overlap > height / 2 and -height <= gap <= 2 * height and right.x1 >= left.x1
