"""The Bates numbers of many documents as ranges: what follows on what, what is missing, what is there twice.

The prefix is folded (``split_bates``), so that 'ICE-000120' and 'ICE 000120' belong to one series.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter

from archive.rules.bates import split_bates, split_stamp


@dataclass(frozen=True, slots=True)
class StampedPage:
    """A page with the number that it bears. ``is_read``: false for one that its neighbours imply alone."""

    document_id: str
    page_number: int
    bates: str
    is_read: bool = True


@dataclass(frozen=True, slots=True)
class Stretch:
    """Numbers ``first``..``last`` on consecutive pages of one document, from ``first_page`` on."""

    document_id: str
    first_page: int
    first: int
    last: int

    @property
    def last_page(self) -> int:
        """The page that bears ``last``."""
        return self.first_page + self.last - self.first


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Consecutive numbers that are all there, with the documents that bear them, in their order."""

    first: int
    last: int
    stretches: tuple[Stretch, ...]

    @property
    def count(self) -> int:
        """How many numbers."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers ``first``..``last`` that no page bears, between two that pages bear."""

    first: int
    last: int

    @property
    def count(self) -> int:
        """How many numbers."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Overlap:
    """Numbers ``first``..``last`` that each of ``stretches`` bears."""

    first: int
    last: int
    stretches: tuple[Stretch, ...]

    @property
    def count(self) -> int:
        """How many numbers."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class BatesSeries:
    """All numbers with one prefix. ``written`` is the prefix as most pages have it, ``width`` the digits that
    most numbers have; ``out_of_width`` are pages whose number has another number of digits without need."""

    prefix: str
    written: str
    width: int
    ranges: tuple[NumberRange, ...]
    gaps: tuple[Gap, ...]
    overlaps: tuple[Overlap, ...]
    out_of_width: tuple[StampedPage, ...]
    pages: int

    @property
    def first(self) -> int:
        """The lowest number."""
        return self.ranges[0].first

    @property
    def last(self) -> int:
        """The highest number."""
        return self.ranges[-1].last

    def format(self, number: int) -> str:
        """A number as this series writes it."""
        return f"{self.written}{number:0{self.width}d}"


@dataclass(frozen=True, slots=True)
class _Numbered:
    page: StampedPage
    number: int
    written: str
    digits: str


def bates_ranges(pages: Iterable[StampedPage]) -> tuple[BatesSeries, ...]:
    """The series of these pages, the longest first. Pages whose stamp has no number are left out."""
    by_prefix: defaultdict[str, list[_Numbered]] = defaultdict(list)
    for page in pages:
        split, parts = split_bates(page.bates), split_stamp(page.bates)
        if split and parts:
            by_prefix[split[0]].append(_Numbered(page, split[1], *parts))
    found = [_series(prefix, numbered) for prefix, numbered in by_prefix.items()]
    return tuple(sorted(found, key=lambda series: (-series.pages, series.prefix)))


def implied_pages(stamped: Sequence[tuple[int, str]], document_id: str) -> Iterator[StampedPage]:
    """The stamped pages of one document, and those between two stamped ones whose number is certain.

    ``stamped`` are the numbers of the stamped pages, rising, with their stamps. A page without a legible
    stamp has the number in between when the two around it lie as far apart as their pages do.
    """
    for (page, bates), (next_page, next_bates) in pairwise(stamped):
        yield StampedPage(document_id, page, bates)
        if next_page == page + 1:
            continue
        before, after = split_bates(bates), split_bates(next_bates)
        if before and after and (before[0], after[1] - before[1]) == (after[0], next_page - page):
            for step in range(1, next_page - page):
                yield StampedPage(document_id, page + step, _stepped(bates, step), is_read=False)
    for page, bates in stamped[-1:]:
        yield StampedPage(document_id, page, bates)


def without_numbers(gap: Gap, elsewhere: Sequence[int]) -> tuple[Gap, ...]:
    """What is left of a gap when these numbers (sorted) are found elsewhere."""
    inside = elsewhere[bisect_left(elsewhere, gap.first) : bisect_left(elsewhere, gap.last + 1)]
    ends = [gap.first - 1, *inside, gap.last + 1]
    return tuple(Gap(low + 1, high - 1) for low, high in pairwise(ends) if high - low > 1)


def _stepped(bates: str, step: int) -> str:
    parts = split_stamp(bates)
    assert parts is not None, "it was split before"
    before, digits = parts
    return f"{before}{int(digits) + step:0{len(digits)}d}"


def _series(prefix: str, numbered: list[_Numbered]) -> BatesSeries:
    width = Counter(len(one.digits) for one in numbered).most_common(1)[0][0]
    ranges = _ranges(_stretches(numbered))
    gaps = tuple(Gap(low.last + 1, high.first - 1) for low, high in pairwise(ranges))
    return BatesSeries(
        prefix=prefix,
        written=Counter(one.written for one in numbered).most_common(1)[0][0],
        width=width if any(one.digits.startswith("0") for one in numbered) else 1,
        ranges=ranges,
        gaps=gaps,
        overlaps=_overlaps(numbered),
        out_of_width=_out_of_width(numbered, width),
        pages=len(numbered),
    )


def _stretches(numbered: Iterable[_Numbered]) -> list[Stretch]:
    """Runs of pages of one document whose numbers rise with them, by number."""
    ordered = sorted(numbered, key=lambda one: (one.page.document_id, one.page.page_number))
    found: list[Stretch] = []
    for one in ordered:
        document_id, page, number = one.page.document_id, one.page.page_number, one.number
        last = found[-1] if found else None
        if last and (last.document_id, last.last + 1, last.last_page + 1) == (document_id, number, page):
            found[-1] = Stretch(document_id, last.first_page, last.first, number)
        else:
            found.append(Stretch(document_id, page, number, number))
    return sorted(found, key=lambda stretch: (stretch.first, stretch.last, stretch.document_id))


def _ranges(stretches: Iterable[Stretch]) -> tuple[NumberRange, ...]:
    found: list[tuple[int, int, list[Stretch]]] = []
    for stretch in stretches:
        if found and stretch.first <= found[-1][1] + 1:
            first, last, members = found[-1]
            found[-1] = (first, max(last, stretch.last), [*members, stretch])
        else:
            found.append((stretch.first, stretch.last, [stretch]))
    return tuple(NumberRange(first, last, tuple(members)) for first, last, members in found)


def _overlaps(numbered: Iterable[_Numbered]) -> tuple[Overlap, ...]:
    """Numbers that several pages bear; consecutive ones together while the same documents bear them."""
    bearers: defaultdict[int, list[_Numbered]] = defaultdict(list)
    for one in numbered:
        bearers[one.number].append(one)
    twice = [
        (number, sorted((one.page.document_id, one.page.page_number - number) for one in ones))
        for number, ones in sorted(bearers.items())
        if len(ones) > 1
    ]
    found = []
    # Consecutive numbers on consecutive pages: number minus place, and page minus number, stay the same.
    for _, group in groupby(enumerate(twice), key=lambda place: (place[1][0] - place[0], place[1][1])):
        run = [item for _, item in group]
        first, last, offsets = run[0][0], run[-1][0], run[0][1]
        stretches = [Stretch(document_id, first + offset, first, last) for document_id, offset in offsets]
        found.append(Overlap(first, last, tuple(stretches)))
    return tuple(found)


def _out_of_width(numbered: Sequence[_Numbered], width: int) -> tuple[StampedPage, ...]:
    """In a series padded with zeros: numbers that are shorter, or longer although they would fit."""
    if not any(one.digits.startswith("0") for one in numbered):
        return ()
    odd = [
        one
        for one in numbered
        if len(one.digits) < width or (len(one.digits) > width and one.digits.startswith("0"))
    ]
    return tuple(one.page for one in sorted(odd, key=attrgetter("number")))
