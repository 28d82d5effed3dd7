"""What a comparison of two releases is made of, and what it says: plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ingest.page import Box, Word


class RunKind(StrEnum):
    """What became of words between the first release and the second."""

    RELEASED = "released"  # the second shows them where the first withholds words
    WITHHELD = "withheld"  # the first shows them where the second withholds words
    CHANGED = "changed"  # they differ, and nothing was withheld there


class WordPlace(NamedTuple):
    """Where a word stands: in the text of its page and, in points, on the paper.

    A tuple, since there are hundreds of thousands of them in a comparison.
    """

    start: int
    end: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class ComparedRedaction:
    """A place where words were withheld, with the exemptions claimed for it in the one spelling."""

    box: Box
    codes: tuple[str, ...] = ()
    is_whole_page: bool = False


@dataclass(frozen=True, slots=True)
class ComparedPage:
    """A page of a release. ``words`` may be left out where nothing is withheld; ``bates`` is its stamp."""

    page_number: int
    text: str
    words: tuple[WordPlace, ...] = ()
    redactions: tuple[ComparedRedaction, ...] = ()
    is_ocr: bool = False
    bates: str = ""


@dataclass(frozen=True, slots=True)
class HiddenPlace:
    """A redaction and where it stands among the words: its label is ``text[start:end]`` of the page, which is
    empty when it has none. No ``box``: a code that stands in place of words."""

    page_number: int
    start: int
    end: int
    codes: tuple[str, ...]
    box: Box | None = None
    is_whole_page: bool = False


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """Words of a page: ``words`` is ``text[start:end]`` of it on one line."""

    page_number: int
    start: int
    end: int
    words: str

    @property
    def word_count(self) -> int:
        """How many words these are; signs alone are none."""
        return sum(any(map(str.isalnum, word)) for word in self.words.split())


@dataclass(frozen=True, slots=True)
class Run:
    """Words that differ. ``first`` and ``second`` are where each release shows them; ``hidden`` where the
    other one withholds them, with the ``codes`` claimed there."""

    kind: RunKind
    first: ShownPlace | None = None
    second: ShownPlace | None = None
    hidden: tuple[HiddenPlace, ...] = ()
    codes: tuple[str, ...] = ()

    @property
    def shown(self) -> ShownPlace:
        """Where the words can be read; of words that changed, in the second release if they are there."""
        place = self.second or self.first
        assert place is not None, "a run has words on one side at least"
        return place

    @property
    def hidden_page(self) -> int | None:
        """The page of the other release on which the words are withheld."""
        return self.hidden[0].page_number if self.hidden else None

    def is_on(self, first_page: int | None, second_page: int | None) -> bool:
        """Whether it is seen when these two pages are shown."""
        if self.kind == RunKind.WITHHELD:
            return self.first is not None and self.first.page_number == first_page
        if self.second is not None:
            return self.second.page_number == second_page
        return self.first is not None and self.first.page_number == first_page


@dataclass(frozen=True, slots=True)
class CodeChange:
    """Withheld in both releases, on other grounds."""

    first: tuple[HiddenPlace, ...]
    second: tuple[HiddenPlace, ...]
    first_codes: tuple[str, ...]
    second_codes: tuple[str, ...]

    def is_on(self, first_page: int | None, second_page: int | None) -> bool:
        """Whether it is seen when these two pages are shown."""
        return any(place.page_number == first_page for place in self.first) or any(
            place.page_number == second_page for place in self.second
        )


@dataclass(frozen=True, slots=True)
class PagePair:
    """Pages that say the same, side by side; None where the other release has no such page. The counts are
    of words."""

    first: int | None
    second: int | None
    released: int = 0
    withheld: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two releases of one record. ``same_count`` counts words and signs that both show; ``first_hidden`` and
    ``second_hidden`` are all places where words are withheld."""

    runs: tuple[Run, ...]
    code_changes: tuple[CodeChange, ...]
    pairs: tuple[PagePair, ...]
    same_count: int
    first_hidden: tuple[HiddenPlace, ...]
    second_hidden: tuple[HiddenPlace, ...]

    @property
    def released(self) -> tuple[Run, ...]:
        """The words that were released later."""
        return tuple(run for run in self.runs if run.kind == RunKind.RELEASED)

    def count(self, kind: RunKind) -> int:
        """How many words are of this kind; of words that changed, those of the longer side."""
        return sum(count_words(run) for run in self.runs if run.kind == kind)

    def codes(self, kind: RunKind) -> tuple[str, ...]:
        """The exemptions claimed for the words of this kind, sorted."""
        return tuple(sorted({code for run in self.runs if run.kind == kind for code in run.codes}))


def count_words(run: Run) -> int:
    """How many words a run has; of words that changed, on the longer side."""
    return max(place.word_count for place in (run.first, run.second) if place is not None)


def places_of(words: Iterable[Word]) -> tuple[WordPlace, ...]:
    """Where these words stand, each by its first box."""
    firsts = ((word, word.boxes[0]) for word in words if word.boxes)
    return tuple(WordPlace(word.start, word.end, box.x0, box.top, box.x1, box.bottom) for word, box in firsts)


def codes_of(places: Iterable[HiddenPlace]) -> tuple[str, ...]:
    """All codes of these places, each once, in their order."""
    return tuple(dict.fromkeys(code for place in places for code in place.codes))
