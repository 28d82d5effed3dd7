"""Whether a citation holds against the pages of a file as they are read now. Pure: for the site and for
``reading-room verify`` alike.

The file is named by its SHA-256, so what stands on its paper never changes. What may change is the reading: a
better reader finds other words or puts them elsewhere. So the cited boxes stay true, and the words are looked
for again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive.rules.citation_record import CitationRecord, CitedPart, text_sha256_of
from archive.rules.citation_states import PROVEN, CitationState
from archive.rules.quote_folding import fold_strictly, squeeze
from archive.rules.quotes import PageText, find_exactly
from ingest.page import Box, Word

SAME_PLACE = 0.5  # share of the cited area that the words cover now
_WORST = (CitationState.DIFFERS, CitationState.UNREADABLE, CitationState.MOVED, CitationState.READ_ANEW)


@dataclass(frozen=True, slots=True)
class PageNow:
    """A page as it is read now."""

    text: str
    words: tuple[Word, ...]
    source: str
    reader: str
    reader_version: str


@dataclass(frozen=True, slots=True)
class PartNow:
    """A cited part and what is there now. ``boxes`` are what to mark: of the words where they stand now, or
    as cited when they are not found (``is_found`` False). ``page_number`` is another than the cited one when
    the words stand there instead."""

    cited: CitedPart
    page_number: int
    boxes: tuple[Box, ...]
    state: CitationState

    @property
    def is_found(self) -> bool:
        """Whether the words are in the text as it is read now."""
        return self.state not in (CitationState.DIFFERS, CitationState.UNREADABLE)


@dataclass(frozen=True, slots=True)
class RecordCheck:
    """What is true of a citation now."""

    state: CitationState
    parts: tuple[PartNow, ...]

    @property
    def is_proven(self) -> bool:
        """Whether the words stand where the citation says."""
        return self.state in PROVEN


def check_record(
    record: CitationRecord, pages: Mapping[int, PageNow], *, citation_id: str = ""
) -> RecordCheck:
    """Check ``record`` against ``pages``, by page number: those that it names, and others of the file to look
    for its words when they are not there. ``citation_id`` is the number it was given out under."""
    is_same = _is_same_reading(record, pages)
    parts = tuple(_check_part(part, pages, is_same_reading=is_same) for part in record.parts)
    if citation_id and citation_id != record.id:
        return RecordCheck(CitationState.ALTERED, parts)
    states = {part.state for part in parts}
    worst = next((state for state in _WORST if state in states), CitationState.MATCHES)
    if worst == CitationState.MATCHES and not is_same:
        worst = CitationState.READ_ANEW
    return RecordCheck(worst, parts)


def boxes_of(words: Sequence[Word], start: int, end: int) -> tuple[Box, ...]:
    """The boxes of the words that have a character between ``start`` and ``end`` of the page's text."""
    return tuple(box for word in words if word.start < end and word.end > start for box in word.boxes)


def covered_share(cited: Sequence[Box], now: Sequence[Box]) -> float:
    """How much of the area of ``cited`` lies in ``now``, 0..1. One reader's word may be another's two."""
    area = sum(_area(box) for box in cited)
    common = sum(min(_area(box), sum(_common(box, other) for other in now)) for box in cited)
    return common / area if area else 0.0


def _check_part(part: CitedPart, pages: Mapping[int, PageNow], *, is_same_reading: bool) -> PartNow:
    page = pages.get(part.page_number)
    if not part.exact:
        state = CitationState.DIFFERS if page is None else CitationState.MATCHES
        return PartNow(part, part.page_number, part.boxes, state)
    elsewhere: list[tuple[int, tuple[Box, ...]]] = []
    for boxes, is_cited_place in _places(part, page, is_same_reading=is_same_reading):
        if is_cited_place:
            return PartNow(part, part.page_number, boxes, CitationState.MATCHES)
        elsewhere.append((part.page_number, boxes))
    if not elsewhere:
        elsewhere = _on_other_pages(part, pages)
    if elsewhere:
        return PartNow(part, *elsewhere[0], CitationState.MOVED)
    state = CitationState.DIFFERS
    if page is not None and not page.text:
        state = CitationState.UNREADABLE
    return PartNow(part, part.page_number, part.boxes, state)


def _places(
    part: CitedPart, page: PageNow | None, *, is_same_reading: bool = False
) -> list[tuple[tuple[Box, ...], bool]]:
    """Where the words stand on the page, and whether that is where they were cited."""
    if page is None:
        return []
    found = []
    for start, end in find_exactly(PageText(page.text), part.exact):
        boxes = boxes_of(page.words, start, end)
        if is_same_reading and squeeze(page.text[start:end]) != part.exact:
            continue  # alike when folded ('the rapist', 'therapist'), but not what was read
        if is_same_reading:
            is_cited_place = (start, end) == (part.start, part.end) and _are_marked(part, boxes)
        elif part.boxes:
            is_cited_place = _cover_each_other(part.boxes, boxes)
        else:
            is_cited_place = _is_between(part, page.text[:start], page.text[end:])
        found.append((boxes, is_cited_place))
    return found


def _are_marked(part: CitedPart, boxes: Sequence[Box]) -> bool:
    """Whether the citation marks these words. One without boxes marks nothing, which is not wrong; and many
    are checked at once without the boxes of their pages, where the same reading was not written twice."""
    return not part.boxes or not boxes or _cover_each_other(part.boxes, boxes)


def _cover_each_other(cited: Sequence[Box], now: Sequence[Box]) -> bool:
    return min(covered_share(cited, now), covered_share(now, cited)) >= SAME_PLACE


def _is_between(part: CitedPart, before: str, after: str) -> bool:
    """Whether the cited words before and after are there; for pages whose words have no boxes."""
    prefix, suffix = fold_strictly(part.prefix), fold_strictly(part.suffix)
    return fold_strictly(before).endswith(prefix) and fold_strictly(after).startswith(suffix)


def _on_other_pages(part: CitedPart, pages: Mapping[int, PageNow]) -> list[tuple[int, tuple[Box, ...]]]:
    for number in sorted(pages, key=lambda number: abs(number - part.page_number)):
        if number != part.page_number and (places := _places(part, pages[number])):
            return [(number, places[0][0])]
    return []


def _is_same_reading(record: CitationRecord, pages: Mapping[int, PageNow]) -> bool:
    numbers = sorted({part.page_number for part in record.parts})
    texts = [pages[number].text for number in numbers if number in pages]
    first = pages.get(record.page_number)
    return (
        text_sha256_of(texts) == record.text_sha256
        and first is not None
        and first.reader_version == record.reader_version
    )


def _area(box: Box) -> float:
    return max(0.0, box.x1 - box.x0) * max(0.0, box.bottom - box.top)


def _common(one: Box, other: Box) -> float:
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(0.0, width) * max(0.0, height)
