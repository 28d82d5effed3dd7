"""A release as one flow of words, in which each place where something is withheld stands as one sign."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz.fuzz import ratio

from archive.rules.comparison_places import Span, place_redactions
from archive.rules.comparison_values import ComparedPage, HiddenPlace, codes_of
from ingest.stamps import fold_line, is_known_stamp, repeated_lines

WITHHELD = "\u25a0"  # no word is folded to it
_PIECE = re.compile(r"\w+|[^\w\s]")
_ALIKE = str.maketrans(
    "\u2018\u2019\u201a\u201c\u201d\u201e\u2010\u2011\u2012\u2013\u2014\u25a0", "'''\"\"\"-----\u25aa"
)
_BATES_READ = 80  # per cent: a stamp that OCR read nearly right


@dataclass(slots=True)
class Flow:
    """Words and signs in reading order: ``keys`` are compared, ``spans`` say where each stands in the text of
    its page.

    ``page_starts`` are the tokens with which the pages of ``source`` begin. ``after_gap``: what stood between
    this token and the one before was left out. ``hidden``: the places that a withheld token stands for.
    """

    source: Sequence[ComparedPage]
    keys: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    page_starts: list[int] = field(default_factory=list)
    after_gap: set[int] = field(default_factory=set)
    hidden: dict[int, list[HiddenPlace]] = field(default_factory=dict)

    def add_hidden(self, place: HiddenPlace) -> None:
        """One more place where words are withheld: the boxes of one passage, a line each, are one token."""
        before = self.hidden.get(len(self.keys) - 1)
        if before is not None:
            codes = codes_of(before)
            if not codes or not place.codes or set(codes) == set(place.codes):
                before.append(place)
                self.keys[-1] = _withheld_key(before)
                return
        self.hidden[len(self.keys)] = [place]
        self.keys.append(_withheld_key([place]))
        self.spans.append((place.start, place.end))

    def page(self, index: int) -> ComparedPage:
        """The page on which this token stands."""
        return self.source[bisect_right(self.page_starts, index) - 1]

    def page_end(self, index: int) -> int:
        """The token after the last one of the page on which this one stands."""
        number = bisect_right(self.page_starts, index)
        return self.page_starts[number] if number < len(self.page_starts) else len(self.keys)

    def hidden_between(self, start: int, end: int) -> list[int]:
        """The withheld tokens in this range."""
        tokens = list(self.hidden)  # they were added in order
        return tokens[bisect_left(tokens, start) : bisect_left(tokens, end)]

    def places(self) -> tuple[HiddenPlace, ...]:
        """All places where words are withheld, in order."""
        return tuple(place for places in self.hidden.values() for place in places)


def read_flow(pages: Sequence[ComparedPage]) -> Flow:
    """The words of these pages without what was stamped on them and without the labels of redactions."""
    flow = Flow(pages)
    repeated = repeated_lines([page.text for page in pages])
    for page in pages:
        flow.page_starts.append(len(flow.keys))
        whole = [redaction for redaction in page.redactions if redaction.is_whole_page]
        if whole:
            codes = tuple(dict.fromkeys(code for redaction in whole for code in redaction.codes))
            number, end = page.page_number, len(page.text)
            flow.add_hidden(HiddenPlace(number, 0, end, codes, whole[0].box, is_whole_page=True))
        else:
            _read_page(flow, page, _stamps(page, repeated))
    return flow


def _read_page(flow: Flow, page: ComparedPage, stamps: list[Span]) -> None:
    """The text from one thing that is no word to the next: stamp, label, redaction."""
    placed = place_redactions(page, stamps)
    events: list[tuple[int, int, HiddenPlace | None]] = [(*stamp, None) for stamp in stamps]
    events += [(*label, None) for one in placed for label in one.labels]
    events += [(one.place.start, one.place.start, one.place) for one in placed]
    folded = _fold_text(page.text)
    at, was_cut = 0, False
    for start, end, place in [*sorted(events, key=lambda event: event[:2]), (len(folded), -1, None)]:
        if start > at:
            was_cut = _add_words(flow, folded, at, start, was_cut=was_cut)
        if place is not None:
            flow.add_hidden(place)
        was_cut |= end > start
        at = max(at, start, end)


def _add_words(flow: Flow, folded: str, start: int, end: int, *, was_cut: bool) -> bool:
    """Whether what was left out before is still to be noted: there was no word."""
    found = list(_PIECE.finditer(folded, start, end))
    if not found:
        return was_cut
    if was_cut:
        flow.after_gap.add(len(flow.keys))
    flow.keys += [piece[0] if piece[0].isascii() else _fold_piece(piece[0]) for piece in found]
    flow.spans += [piece.span() for piece in found]
    return False


def _stamps(page: ComparedPage, repeated: frozenset[str]) -> list[Span]:
    """Where that stands which was stamped on the page: whole lines, and its Bates number in a line."""
    spans, start = [], 0
    for line in page.text.split("\n"):
        if line.strip() and (
            fold_line(line) in repeated or is_known_stamp(line) or _is_bates(line, page.bates)
        ):
            spans.append((start, start + len(line)))
        elif page.bates and (place := line.find(page.bates)) >= 0:
            spans.append((start + place, start + place + len(page.bates)))
        start += len(line) + 1
    return spans


def _is_bates(line: str, bates: str) -> bool:
    return bool(bates) and len(line) < 2 * len(bates) and ratio(line.strip(), bates) >= _BATES_READ


def _withheld_key(places: Sequence[HiddenPlace]) -> str:
    return WITHHELD + " ".join(sorted(codes_of(places)))


def _fold_text(text: str) -> str:
    """Small letters and one shape of each sign; every character stays in its place."""
    if text.isascii():
        return text.lower()
    plain = text.translate(_ALIKE)
    small = plain.lower()
    return small if len(small) == len(plain) else plain


def _fold_piece(piece: str) -> str:
    return unicodedata.normalize("NFKC", piece).casefold()
