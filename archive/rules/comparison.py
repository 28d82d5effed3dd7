"""What two releases of one record reveal: the words that one withholds and the other shows.

Each release is read as one flow of words, in which a redaction is a sign that stands where its words stood.
So it does not matter where pages and lines break: words that are in one flow, in a place where the other has
that sign, were withheld there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from archive.rules.comparison_blocks import Range, are_alike, between, misread_pairs, same_blocks
from archive.rules.comparison_flow import Flow, read_flow
from archive.rules.comparison_pages import pair_pages
from archive.rules.comparison_values import (
    CodeChange,
    ComparedPage,
    ComparedRedaction,
    Comparison,
    HiddenPlace,
    PagePair,
    Run,
    RunKind,
    ShownPlace,
    codes_of,
)

__all__ = [
    "CodeChange",
    "ComparedPage",
    "ComparedRedaction",
    "Comparison",
    "HiddenPlace",
    "PagePair",
    "Run",
    "RunKind",
    "ShownPlace",
    "compare_pages",
]

_SIGN_AREA = 60.0  # square points that a letter of 11 point type takes, with its share of spaces and leading
_LEAST_FILLED = 0.5  # of the space that words need: a smaller box did not hide them
_LEAST_OCR_LETTERS = 3  # fewer are specks on the paper
_LABEL_LETTERS = 5  # as many as what OCR makes of a code has
_MUCH_LARGER = 4.0  # a box is than these letters: they are what OCR made of its code
_CLOSING = ".,;:!?)]}'\" \n"


def compare_pages(first: Sequence[ComparedPage], second: Sequence[ComparedPage]) -> Comparison:
    """Compare two releases of one record, the one that was made first before the other."""
    return _Comparing(read_flow(first), read_flow(second)).compare()


@dataclass(slots=True)
class _Comparing:
    first: Flow
    second: Flow
    runs: list[Run] = field(default_factory=list)
    changes: list[CodeChange] = field(default_factory=list)
    shared: Counter[tuple[int, int]] = field(default_factory=Counter)
    same: set[tuple[int, int]] = field(default_factory=set)  # withheld tokens that are the same place
    same_count: int = 0

    def compare(self) -> Comparison:
        blocks = same_blocks(self.first.keys, self.second.keys)
        for block in blocks:
            self.count_block(*block)
        for gap in between(blocks, len(self.first.keys), len(self.second.keys)):
            for part in self.without_misread(gap):
                self.resolve(part)
        return Comparison(
            runs=tuple(self.runs),
            code_changes=tuple(self.changes),
            pairs=pair_pages(_sizes(self.first), _sizes(self.second), self.shared, self.runs),
            same_count=self.same_count,
            first_hidden=self.first.places(),
            second_hidden=self.second.places(),
        )

    def count_block(self, one: int, other: int, length: int) -> None:
        """So many tokens from these on are the same."""
        hidden = self.first.hidden_between(one, one + length)
        self.same |= {(index, other + index - one) for index in hidden}
        self.same_count += length - len(hidden)
        while length > 0:
            step = min(length, self.first.page_end(one) - one, self.second.page_end(other) - other)
            pages = self.first.page(one).page_number, self.second.page(other).page_number
            self.shared[pages] += step
            one, other, length = one + step, other + step, length - step

    def without_misread(self, gap: Range) -> Iterator[Range]:
        """What is left of a gap when words that OCR read otherwise are taken for the same."""
        i1, i2, j1, j2 = gap
        at, other = i1, j1
        if i1 < i2 and j1 < j2 and (self.first.page(i1).is_ocr or self.second.page(j1).is_ocr):
            for one, two in misread_pairs(self.first.keys[i1:i2], self.second.keys[j1:j2]):
                self.count_block(i1 + one, j1 + two, 1)
                if at < i1 + one or other < j1 + two:
                    yield at, i1 + one, other, j1 + two
                at, other = i1 + one + 1, j1 + two + 1
        if at < i2 or other < j2:
            yield at, i2, other, j2

    def resolve(self, gap: Range) -> None:
        """Say of each word in a gap what became of it."""
        i1, i2, j1, j2 = gap
        hidden_one, hidden_two = _marks(self.first, i1, i2), _marks(self.second, j1, j2)
        words_one, words_two = _word_tokens(self.first, i1, i2), _word_tokens(self.second, j1, j2)
        self.note_codes(hidden_one, hidden_two)
        if hidden_one or hidden_two:
            words_one = [] if self.is_label(self.first, words_one, hidden_two) else words_one
            words_two = [] if self.is_label(self.second, words_two, hidden_one) else words_two
        elif self.is_noise(words_one, words_two):
            return
        released = self.hiding(hidden_one, hidden_two, words_two, gap, is_first=True) if words_two else ()
        withheld = self.hiding(hidden_two, hidden_one, words_one, gap, is_first=False) if words_one else ()
        for place in _shown(self.second, words_two) if released else ():
            pages = released[0].page_number, place.page_number
            self.shared[pages] += place.word_count
            self.runs.append(Run(RunKind.RELEASED, None, place, tuple(released), codes_of(released)))
        for place in _shown(self.first, words_one) if withheld else ():
            self.shared[place.page_number, withheld[0].page_number] += place.word_count
            self.runs.append(Run(RunKind.WITHHELD, place, None, tuple(withheld), codes_of(withheld)))
        self.note_changed([] if withheld else words_one, [] if released else words_two)

    def hiding(
        self,
        marks: list[HiddenPlace],
        other_marks: list[HiddenPlace],
        words: list[int],
        gap: Range,
        *,
        is_first: bool,
    ) -> Sequence[HiddenPlace]:
        """The redactions of one release under which the other's ``words`` stood; empty when there are none.

        Where both withhold something beside these words, the box of the one must have room for them.
        """
        shows = self.second if is_first else self.first
        letters = sum(shows.spans[index][1] - shows.spans[index][0] + 0.5 for index in words)
        if marks and not other_marks:
            return marks
        if marks:
            return marks if _has_room(marks, other_marks, letters) else ()
        i1, i2, j1, j2 = gap
        for pair in ((i1 - 1, j1 - 1), (i2, j2)):
            if pair in self.same:
                one, two = self.first.hidden[pair[0]], self.second.hidden[pair[1]]
                own, others = (one, two) if is_first else (two, one)
                if _has_room(own, others, letters):
                    return own
        return ()

    def is_noise(self, words_one: list[int], words_two: list[int]) -> bool:
        """Whether OCR tore words apart, ran them together or read specks of dust."""
        flows = ((self.first, words_one), (self.second, words_two))
        if not any(flow.page(index).is_ocr for flow, words in flows for index in words[:1]):
            return False
        keys = [[flow.keys[index] for index in words] for flow, words in flows]
        letters = [sum(len(key) for key in side if key.isalnum()) for side in keys]
        return max(letters) < _LEAST_OCR_LETTERS or (all(keys) and are_alike(*keys))

    def is_label(self, flow: Flow, words: list[int], others: list[HiddenPlace]) -> bool:
        """Whether these words beside a redaction are only a code that OCR misread. ``others`` are redactions
        of the other release: what is much smaller than their boxes was not under them."""
        letters = sum(len(flow.keys[index]) for index in words if flow.keys[index].isalnum())
        if not words or letters > _LABEL_LETTERS or not flow.page(words[0]).is_ocr:
            return False
        return not others or _area(others) > _MUCH_LARGER * letters * _SIGN_AREA

    def note_codes(self, one: list[HiddenPlace], two: list[HiddenPlace]) -> None:
        """Withheld in both: on the same grounds?"""
        codes, others = codes_of(one), codes_of(two)
        if codes and others and set(codes) != set(others):
            self.changes.append(CodeChange(tuple(one), tuple(two), codes, others))
        if one and two:
            self.shared[one[0].page_number, two[0].page_number] += 1

    def note_changed(self, words_one: list[int], words_two: list[int]) -> None:
        """Words that differ although nothing was withheld there."""
        ones, twos = _shown(self.first, words_one), _shown(self.second, words_two)
        if len(ones) == 1 and len(twos) == 1:
            self.runs.append(Run(RunKind.CHANGED, ones[0], twos[0]))
            return
        self.runs += [Run(RunKind.CHANGED, place) for place in ones]
        self.runs += [Run(RunKind.CHANGED, None, place) for place in twos]


def _marks(flow: Flow, start: int, end: int) -> list[HiddenPlace]:
    return [place for index in flow.hidden_between(start, end) for place in flow.hidden[index]]


def _word_tokens(flow: Flow, start: int, end: int) -> list[int]:
    """The tokens that are no redactions; none when they are signs alone."""
    tokens = [index for index in range(start, end) if index not in flow.hidden]
    return tokens if any(flow.keys[index][0].isalnum() for index in tokens) else []


def _has_room(own: Sequence[HiddenPlace], others: Sequence[HiddenPlace], letters: float) -> bool:
    """Whether these boxes are so much larger than the other release's that the words had room in them."""
    if any(place.is_whole_page for place in own):
        return not any(place.is_whole_page for place in others)
    return _area(own) - _area(others) >= _LEAST_FILLED * letters * _SIGN_AREA


def _area(places: Sequence[HiddenPlace]) -> float:
    boxes = [place.box for place in places if place.box is not None]
    return sum((box.x1 - box.x0) * (box.bottom - box.top) for box in boxes)


def _shown(flow: Flow, tokens: Sequence[int]) -> list[ShownPlace]:
    """Where these tokens are read: one place a stretch of text that nothing interrupts."""
    stretches: list[list[int]] = []
    for index in tokens:
        last = stretches[-1][-1] if stretches else None
        if last == index - 1 and index not in flow.after_gap and index not in flow.page_starts:
            stretches[-1].append(index)
        else:
            stretches.append([index])
    places = (_shown_place(flow, stretch) for stretch in stretches)
    return [place for place in places if place.word_count]


def _shown_place(flow: Flow, stretch: Sequence[int]) -> ShownPlace:
    page = flow.page(stretch[0])
    start, end = flow.spans[stretch[0]][0], flow.spans[stretch[-1]][1]
    whole = page.text[start:end]
    start += len(whole) - len(whole.lstrip(_CLOSING))
    return ShownPlace(page.page_number, start, end, " ".join(page.text[start:end].split()))


def _sizes(flow: Flow) -> dict[int, int]:
    """How many tokens each page has, pages without any included."""
    ends = [*flow.page_starts, len(flow.keys)][1:]
    return {
        page.page_number: end - start
        for page, start, end in zip(flow.source, flow.page_starts, ends, strict=True)
    }
