"""Looks through one page: its text, what hides beneath or beside it, and a text layer that differs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from rapidfuzz import fuzz, process

from archive.models import Page
from archive.rules.privacy import PrivateSpan, find_private
from archive.rules.privacy_words import FINDING_WORDS
from archive.rules.statuses import FindingKind
from archive.services.screening_notes import MOST_BOXES, Edges, Note, boxes_by_line, plain, shortened
from archive.services.word_boxes import unpack_words
from ingest.page import Word

ONE_BY_ONE = 20  # more hidden places of a kind on a page are decided together
_KINDS_OF_MARKS = {
    "box_over_text": FindingKind.UNDER_A_BOX,
    "dark_box": FindingKind.UNDER_A_BOX,
    "redact_annotation": FindingKind.UNAPPLIED_REDACTION,
    "off_page_text": FindingKind.OFF_PAGE_TEXT,
    "invisible_text": FindingKind.INVISIBLE_TEXT,
}
_REASONS = {
    FindingKind.UNDER_A_BOX: "These words are covered, and can still be read in the file.",
    FindingKind.UNAPPLIED_REDACTION: "These words were marked to be redacted, and are still in the file.",
    FindingKind.OFF_PAGE_TEXT: "These words stand outside of what is shown of the page, and are in the file.",
    FindingKind.INVISIBLE_TEXT: "These words cannot be seen on the page, and are in the file.",
}
_DECIDED_TOGETHER = (FindingKind.OFF_PAGE_TEXT, FindingKind.INVISIBLE_TEXT)
LIKE_WORDS = 75  # of 100: the same word, read badly
LIKE_NUMBERS = 80
WORDS_IN_A_ROW = 8  # that are nowhere on the page: not noise of OCR, but another text
MOST_HIDDEN_WORDS = 2_000
_SOUND_WORD = re.compile(r"[(\"'\u201c]?(?:[A-Z]?[a-z]+|[A-Z]+)(?:['\u2019]s)?[.,;:!?)\"'\u201d]{0,2}")
_VOWEL = re.compile(r"[aeiouyAEIOUY]")
# What the Government Publishing Office sets beneath its pages for the press, in white.
_PRINTERS_LINE = re.compile(
    r"VerDate [A-Z][a-z]{2}<\d+>\d{4} |\w{2,12} on DSK\w+ with |E[A-Z]\d\d[A-Z]{2}\d\d\.\d+</GPH>"
)


def screen_page(page: Page) -> Iterator[Note]:
    """What may be private on this page. No database is asked."""
    spans = find_private(page.text)
    if spans:
        words = unpack_words(page.word_boxes, page.text)
        for span in spans:
            boxes = boxes_of(span, words)
            text = shortened(page.text[span.start : span.end])
            yield Note(span.kind, page.page_number, text, span.score, span.reason, boxes)
    yield from _hidden_places(page)
    yield from _hidden_layer(page)


def boxes_of(span: PrivateSpan, words: tuple[Word, ...]) -> tuple[Edges, ...]:
    """Where a span stands: one box a line."""
    edges = [
        (box.x0, box.top, box.x1, box.bottom)
        for word in words
        if word.start < span.end and word.end > span.start
        for box in word.boxes
    ]
    return boxes_by_line(edges)


def _hidden_places(page: Page) -> Iterator[Note]:
    """Words that a mark hides, or that stand where nobody sees them."""
    by_kind: dict[FindingKind, list[dict[str, Any]]] = defaultdict(list)
    for mark in page.marks:
        kind = _KINDS_OF_MARKS.get(str(mark.get("kind", "")))
        text = str(mark.get("text", ""))
        if kind is not None and plain(text) and not _PRINTERS_LINE.match(text):
            by_kind[kind].append(mark)
    for kind, marks in by_kind.items():
        together = kind in _DECIDED_TOGETHER or len(marks) > ONE_BY_ONE
        for group in [marks] if together else [[mark] for mark in marks]:
            text = shortened(" / ".join(str(mark["text"]) for mark in group))
            boxes = tuple(_edges(mark["box"]) for mark in group[:MOST_BOXES])
            yield Note(kind, page.page_number, text, _score_hidden(text), _REASONS[kind], boxes)


def _score_hidden(text: str) -> float:
    """Hidden words are nearly always meant to be hidden; a number among them settles it."""
    return 0.97 if find_private(text) else 0.85


def _hidden_layer(page: Page) -> Iterator[Note]:
    """A text layer that was not trusted, and holds what is not on the page as it was read."""
    if not plain(page.hidden_text):
        return
    shown = plain(page.text)
    for span in find_private(page.hidden_text):
        words = page.hidden_text[span.start : span.end]
        if not _is_shown(plain(words), shown):
            what = FINDING_WORDS[span.kind]
            reason = f"The file's text layer holds what looks like this: {what}. The page as read does not."
            yield Note(FindingKind.HIDDEN_LAYER, page.page_number, shortened(words), span.score, reason)
    for words in _rows_not_shown(page):
        reason = "The text layer of the file holds these words, and the page as read does not."
        yield Note(FindingKind.HIDDEN_LAYER, page.page_number, shortened(words), 0.6, reason)


def _is_shown(words: str, shown: str) -> bool:
    return words in shown or fuzz.partial_ratio(words, shown) >= LIKE_NUMBERS


def _rows_not_shown(page: Page) -> Iterator[str]:
    """Sound words in a row of which none is on the page, not even badly read."""
    on_page = {plain(word) for word in page.text.split()}
    hidden = page.hidden_text.split()[:MOST_HIDDEN_WORDS]
    known: dict[str, bool] = {}
    row: list[str] = []
    for word in [*hidden, ""]:
        key = plain(word)
        if word and len(key) < 3:
            row += [word] if row else []
            continue
        if key and key not in known:
            known[key] = _is_new(word, key, on_page)
        if key and known[key]:
            row.append(word)
            continue
        if sum(len(plain(kept)) >= 3 for kept in row) >= WORDS_IN_A_ROW:
            yield " ".join(row)
        row = []


def _is_new(word: str, key: str, on_page: set[str]) -> bool:
    """Whether it is a word, and one that the page does not have. Noise is no word."""
    is_word = len(word) <= 24 and _SOUND_WORD.fullmatch(word) and _VOWEL.search(word)
    if not is_word or key in on_page:
        return False
    return process.extractOne(key, on_page, scorer=fuzz.ratio, score_cutoff=LIKE_WORDS) is None


def _edges(box: list[float]) -> Edges:
    x0, top, x1, bottom = (float(edge) for edge in box)
    return x0, top, x1, bottom
