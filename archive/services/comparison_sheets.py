"""What is seen of a comparison at a time: two pages side by side, their words and pictures marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from archive.models import Document, Page
from archive.rules.comparison import CodeChange, HiddenPlace, PagePair, Run, RunKind
from archive.services.comparisons import ComparedReleases
from archive.services.word_boxes import unpack_words
from ingest.page import Box


class NoteKind(StrEnum):
    """What is said of a stretch of a page."""

    RELEASED = "released"  # words that were released later
    WITHHELD = "withheld"  # words that were withheld later
    CHANGED = "changed"
    HIDDEN = "hidden"  # here the words are withheld that the other release shows
    OTHER_CODES = "other_codes"  # withheld in both, on other grounds
    STILL_HIDDEN = "still_hidden"


@dataclass(frozen=True, slots=True)
class PageNote:
    """Something said of ``text[start:end]`` of a page, which may be empty.

    ``number`` is its place in the list of differences, 0 for what is in no list; ``boxes`` where it is in the
    picture.
    """

    start: int
    end: int
    kind: NoteKind
    number: int
    codes: tuple[str, ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class ComparedSide:
    """A page of one release with its notes, in the order of the text. No ``page`` where the release has
    none."""

    document: Document
    page: Page | None
    notes: tuple[PageNote, ...]


@dataclass(frozen=True, slots=True)
class ComparisonSheet:
    """Two pages side by side. ``differences`` are numbered from 1 as the notes are."""

    pair: PagePair
    first: ComparedSide
    second: ComparedSide
    runs: tuple[Run, ...]
    code_changes: tuple[CodeChange, ...]


def comparison_sheet(session: Session, releases: ComparedReleases, pair: PagePair) -> ComparisonSheet:
    """The pages of this pair, with all that is said of them."""
    comparison = releases.comparison
    runs = tuple(run for run in comparison.runs if run.is_on(pair.first, pair.second))
    changes = tuple(change for change in comparison.code_changes if change.is_on(pair.first, pair.second))
    first, second = _notes(runs, changes, is_first=True), _notes(runs, changes, is_first=False)
    return ComparisonSheet(
        pair,
        _side(session, releases.first, pair.first, first, comparison.first_hidden),
        _side(session, releases.second, pair.second, second, comparison.second_hidden),
        runs,
        changes,
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """A note before its page is known: words, or places where words are withheld."""

    kind: NoteKind
    number: int
    codes: tuple[str, ...]
    page_number: int
    span: tuple[int, int]
    boxes: tuple[Box, ...] = ()
    hidden: tuple[HiddenPlace, ...] = ()


_SHOWN_KINDS = {
    RunKind.RELEASED: NoteKind.RELEASED,
    RunKind.WITHHELD: NoteKind.WITHHELD,
    RunKind.CHANGED: NoteKind.CHANGED,
}


def _notes(runs: Sequence[Run], changes: Sequence[CodeChange], *, is_first: bool) -> list[_Said]:
    said: list[_Said] = []
    hides = RunKind.RELEASED if is_first else RunKind.WITHHELD
    for number, run in enumerate(runs, 1):
        place = run.first if is_first else run.second
        if place is not None:
            span = place.start, place.end
            said.append(_Said(_SHOWN_KINDS[run.kind], number, run.codes, place.page_number, span))
        elif run.kind == hides:
            said += _hidden(NoteKind.HIDDEN, number, run.hidden)
    for number, change in enumerate(changes, len(runs) + 1):
        said += _hidden(NoteKind.OTHER_CODES, number, change.first if is_first else change.second)
    return said


def _hidden(kind: NoteKind, number: int, places: Iterable[HiddenPlace]) -> Iterator[_Said]:
    """One note a page: the lines of one passage are withheld as one."""
    by_page: dict[int, list[HiddenPlace]] = {}
    for place in places:
        by_page.setdefault(place.page_number, []).append(place)
    for page_number, found in by_page.items():
        yield _Said(
            kind,
            number,
            tuple(dict.fromkeys(code for place in found for code in place.codes)),
            page_number,
            (min(place.start for place in found), max(place.end for place in found)),
            tuple(place.box for place in found if place.box is not None and not place.is_whole_page),
            tuple(found),
        )


def _side(
    session: Session,
    document: Document,
    page_number: int | None,
    said: Sequence[_Said],
    hidden: Sequence[HiddenPlace],
) -> ComparedSide:
    page = None if page_number is None else session.get(Page, (document.id, page_number))
    if page is None:
        return ComparedSide(document, None, ())
    here = [one for one in said if one.page_number == page_number]
    known = {place for one in here for place in one.hidden}
    still = [place for place in hidden if place.page_number == page_number and place not in known]
    here += (one for place in still for one in _hidden(NoteKind.STILL_HIDDEN, 0, [place]))
    words = unpack_words(page.word_boxes, page.text)
    notes = []
    for one in sorted(here, key=lambda one: (one.span, one.number)):
        start, end = one.span
        boxes = one.boxes or _lines_of(
            [box for word in words if word.start < end and word.end > start for box in word.boxes]
        )
        notes.append(PageNote(start, end, one.kind, one.number, one.codes, boxes))
    return ComparedSide(document, page, tuple(notes))


def _lines_of(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """Boxes of words that follow one another in a line as one box."""
    lines: list[Box] = []
    for box in boxes:
        last = lines[-1] if lines else None
        middle = (box.top + box.bottom) / 2
        if last is not None and last.top < middle < last.bottom and box.x0 >= last.x1 - 1:
            top, bottom = min(last.top, box.top), max(last.bottom, box.bottom)
            lines[-1] = Box(last.x0, top, max(last.x1, box.x1), bottom)
        else:
            lines.append(box)
    return tuple(lines)
