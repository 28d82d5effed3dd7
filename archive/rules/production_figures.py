"""What a cover letter says of a production against what arrived: each difference as a sentence.

The letter is a statement of the agency; what arrived is counted from the pages. Neither is corrected by the
other: where they differ, the sentence says by how much, and what may lie behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class SaidFigures:
    """Pages as the cover letter counts them; None: it does not say. See ``models.Production``."""

    pages: int | None = None
    in_full: int | None = None
    in_part: int | None = None
    withheld: int | None = None
    referred: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the letter counts nothing, as far as is known here."""
        return all(getattr(self, field.name) is None for field in fields(self))

    @property
    def released(self) -> int | None:
        """Pages released in full or in part. Letters that do not tell these two apart still say it: it is
        what remains of all pages without those withheld and referred."""
        if self.in_full is not None and self.in_part is not None:
            return self.in_full + self.in_part
        if self.pages is None or self.withheld is None:
            return None
        left = self.pages - self.withheld - (self.referred or 0)
        return left if left >= 0 else None


@dataclass(frozen=True, slots=True)
class ArrivedFigures:
    """What is here of a production, in pages, without its cover letter. ``withheld`` and ``referred`` are
    slip sheets and pages without a word; ``unread`` pages could not be read. ``missing`` are Bates numbers of
    the production, or of the range that the letter names, that no page bears."""

    in_full: int = 0
    in_part: int = 0
    withheld: int = 0
    referred: int = 0
    unread: int = 0
    missing: int = 0

    @property
    def pages(self) -> int:
        """All pages that are here."""
        return self.in_full + self.in_part + self.withheld + self.referred + self.unread


class Compared(StrEnum):
    """What is compared."""

    PAGES = "pages"
    RELEASED = "released"
    IN_FULL = "in_full"
    IN_PART = "in_part"
    WITHHELD = "withheld"
    REFERRED = "referred"


COMPARED_WORDS: dict[Compared, str] = {
    Compared.PAGES: "in all",
    Compared.RELEASED: "released in full or in part",
    Compared.IN_FULL: "released in full",
    Compared.IN_PART: "released in part",
    Compared.WITHHELD: "withheld in full",
    Compared.REFERRED: "referred to another agency",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure of the letter against what arrived. ``said`` None: the letter does not count it. ``left`` is
    what the letter says less what accounts for it: above 0 something is not accounted for, below 0 more is
    here than the letter says."""

    what: Compared
    said: int | None
    here: int
    left: int
    sentence: str

    @property
    def is_even(self) -> bool:
        """Whether letter and pages agree, or the letter says nothing."""
        return self.said is None or self.left == 0


def compare_figures(said: SaidFigures, here: ArrivedFigures) -> tuple[Comparison, ...]:
    """All figures that can be compared, and those that are here alone."""
    return tuple(_comparisons(said, here))


def _comparisons(said: SaidFigures, here: ArrivedFigures) -> Iterator[Comparison]:
    yield _all_pages(said, here)
    if said.released is not None and (said.in_full is None or said.in_part is None):
        yield _plain(Compared.RELEASED, said.released, here.in_full + here.in_part, here.unread)
    yield _plain(Compared.IN_FULL, said.in_full, here.in_full, here.unread)
    yield _plain(Compared.IN_PART, said.in_part, here.in_part, here.unread)
    yield _withheld(said, here)
    if said.referred is not None or here.referred:
        yield _referred(said, here)


def _all_pages(said: SaidFigures, here: ArrivedFigures) -> Comparison:
    """Pages kept back leave slip sheets, or nothing but missing numbers: both account for pages."""
    if said.pages is None:
        return Comparison(Compared.PAGES, None, here.pages, 0, f"{_are_here(here.pages)}.")
    left = said.pages - here.pages
    kept_back = (said.withheld or 0) + (said.referred or 0)
    unseen = min(max(left, 0), max(0, kept_back - here.withheld - here.referred))
    sentence = f"The letter counts {_pages(said.pages)}; {_are_here(here.pages)}{_outcome(left)}"
    if unseen:
        kept = "withheld in full or referred" if said.referred else "withheld in full"
        sentence += f" Of {_pages(kept_back)} {kept} by the letter, {unseen:,} left no slip sheet."
        left -= unseen
    return Comparison(Compared.PAGES, said.pages, here.pages, left, sentence)


def _plain(what: Compared, said: int | None, here: int, unread: int) -> Comparison:
    words = COMPARED_WORDS[what]
    if said is None:
        return Comparison(what, None, here, 0, f"{_are_here(here, words)}; the letter does not count them.")
    left = said - here
    sentence = f"The letter says {_pages(said)} {words}; {_are_here(here)}{_outcome(left)}"
    if left > 0 and unread:
        sentence += f" {_pages(unread).capitalize()} could not be read and may be among them."
    return Comparison(what, said, here, left, sentence)


def _withheld(said: SaidFigures, here: ArrivedFigures) -> Comparison:
    """A slip sheet or a missing number stands for a page withheld in full."""
    traces = _joined(
        [_counted(here.withheld, "slip sheet")] if here.withheld or not here.missing else [],
        [_counted(here.missing, "missing number")] if here.missing else [],
    )
    stands = "is" if here.withheld + here.missing == 1 else "are"
    if said.withheld is None:
        sentence = f"{traces.capitalize()} {stands} here; the letter does not count pages withheld in full."
        return Comparison(Compared.WITHHELD, None, here.withheld, 0, sentence)
    left = said.withheld - here.withheld - here.missing
    sentence = f"The letter says {_pages(said.withheld)} withheld in full; {traces} {stands} here"
    sentence += _outcome(left, fewer="unaccounted for")
    return Comparison(Compared.WITHHELD, said.withheld, here.withheld, left, sentence)


def _referred(said: SaidFigures, here: ArrivedFigures) -> Comparison:
    words, slips = COMPARED_WORDS[Compared.REFERRED], _counted(here.referred, "slip sheet")
    stands = "is" if here.referred == 1 else "are"
    if said.referred is None:
        sentence = f"{slips.capitalize()} for pages {words} {stands} here; the letter does not count them."
        return Comparison(Compared.REFERRED, None, here.referred, 0, sentence)
    left = said.referred - here.referred
    sentence = f"The letter says {_pages(said.referred)} {words}; {slips} for them {stands} here"
    sentence += _outcome(left, fewer="still to come from there, or without a slip sheet")
    return Comparison(Compared.REFERRED, said.referred, here.referred, left, sentence)


def contradictions(said: SaidFigures, numbers: int | None = None) -> tuple[str, ...]:
    """Where the letter's own figures do not add up. ``numbers``: how many Bates numbers it names."""
    found = []
    parts = (said.in_full, said.in_part, said.withheld, said.referred)
    total = sum(part or 0 for part in parts)
    if said.pages is not None and None not in parts[:3] and total != said.pages:
        found.append(f"The letter counts {_pages(said.pages)}, but its parts add up to {total:,}.")
    elif said.pages is not None and total > said.pages:
        found.append(f"The letter counts {_pages(said.pages)}, but its parts alone are {total:,}.")
    if numbers is not None and said.pages is not None and numbers != said.pages:
        found.append(_numbers_and_pages(numbers, said.pages))
    return tuple(found)


def _numbers_and_pages(numbers: int, pages: int) -> str:
    """What must be so when a range has more numbers than pages were counted, or fewer."""
    told = f"The letter names {_counted(numbers, 'Bates number')} for {_pages(pages)}: at least "
    if numbers > pages:
        left = numbers - pages
        return f"{told}{_counted(left, 'number')} {'is' if left == 1 else 'are'} on no page that it counts."
    left = pages - numbers
    shared = "shares its number with another, or bears none" if left == 1 else "share a number, or bear none"
    return f"{told}{_pages(left)} {shared}."


def _outcome(left: int, fewer: str = "not here") -> str:
    if left == 0:
        return ": they agree."
    return f": {left:,} {fewer}." if left > 0 else f": {-left:,} more than the letter says."


def _are_here(count: int, words: str = "") -> str:
    return f"{_pages(count)} {words} {'is' if count == 1 else 'are'} here".replace("  ", " ")


def _pages(count: int) -> str:
    return _counted(count, "page")


def _counted(count: int, what: str) -> str:
    number = f"{count:,}" if count else "no"
    return f"{number} {what}" if count == 1 else f"{number} {what}s"


def _joined(*parts: list[str]) -> str:
    return " and ".join(word for part in parts for word in part)
