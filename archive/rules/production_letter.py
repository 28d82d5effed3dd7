"""What a cover letter says was reviewed, released and withheld, read from its words: proposals, no facts.

Agencies have no common form for it. What is read here is shown with the words it was read from, and a
person says whether it is right. Where a sentence can be read in two ways, nothing is proposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from archive.rules.bates import split_bates


class SaidFigure(StrEnum):
    """What cover letters count, in pages. The values are the names of the fields that keep them."""

    PAGES = "said_pages"  # reviewed for this release
    IN_FULL = "said_in_full"
    IN_PART = "said_in_part"
    WITHHELD = "said_withheld"  # in full
    REFERRED = "said_referred"  # to another agency, for it to answer


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """A number of pages, and the words of the letter that it was read from."""

    pages: int
    words: str


@dataclass(frozen=True, slots=True)
class ReadRange:
    """The Bates numbers that the letter names, as it writes them."""

    first: str
    last: str
    words: str


@dataclass(frozen=True, slots=True)
class ReadDay:
    """The day on which the letter promises the next release."""

    on: date
    words: str


@dataclass(frozen=True, slots=True)
class LetterReading:
    """All that could be read from a letter; ``released`` are pages in full or in part, counted together."""

    figures: dict[SaidFigure, ReadFigure]
    released: ReadFigure | None = None
    bates: ReadRange | None = None
    next_due: ReadDay | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the letter says nothing that could be read."""
        return not (self.figures or self.released or self.bates or self.next_due)


_WORDS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_SMALL = {word: number for number, word in enumerate(_WORDS, 1)}
# Not part of a statute, a date, a case number or a Bates number.
_NUMBER = (
    rf"(?<![\w.,()/$§-])(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d{{1,7}}|{'|'.join(_WORDS)})(?![\w/-]|[.,]\d)"
)
_BETWEEN = r"(?:\s+(?:responsive|additional|full|of|records|total|more|other|remaining|further|these))"
_COUNTED = re.compile(rf"{_NUMBER}{_BETWEEN}{{0,3}}\s+pages?\b", re.IGNORECASE)
# After a first count, 'pages' is left out: '873 pages in full, 210 in part'.
_COUNTED_AGAIN = re.compile(
    rf"{_NUMBER}(?=\s+(?:(?:are|is|were|was|will|be|been|being|have|has)\s+){{0,3}}"
    r"(?:released|withheld|referred|in\s+full|in\s+part|in\s+(?:their|its)\s+entirety|with\s+redactions)\b)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)][.;])\s+(?=[A-Z])")
_EITHER = re.compile(r"\bin (?:full|whole|their entirety) (?:or|and/or) in part\b", re.IGNORECASE)
_REFERRED = re.compile(
    r"\breferr(?:ed|ing|al)\b|(?:\b(?:sent|forwarded|transferred) |^\s*)to\b.{0,120}"
    r"\bfor (?:\w+ ){0,3}(?:response|consultation|review)\b",
    re.IGNORECASE,
)
_IN_FULL = re.compile(
    r"\bin (?:full|whole|(?:their|its) entirety)\b|\bwithout (?:redaction|excision)s?\b|\bentirely\b",
    re.IGNORECASE,
)
_IN_PART = re.compile(
    r"\bin part\b|\bwith (?:redactions|excisions|deletions)\b|\bpartial(?:ly)?\b|\bwith portions\b",
    re.IGNORECASE,
)
_KEPT_BACK = re.compile(r"\b(?:withh\w+|deni\w+)\b", re.IGNORECASE)
_GIVEN = re.compile(r"\b(?:releas\w+|produc\w+|disclos\w+)\b", re.IGNORECASE)
# '…, and we are withholding' before the next count: the verb is that count's.
_NEXT_VERB = re.compile(
    r"(?:,|;|:|\band\b)\s*(?:[a-z]+\s+){0,5}?(?:withhold(?:ing)?|withheld|releas(?:e|ed|ing)|deny(?:ing)?|"
    r"refer(?:red|ring)?|produc(?:e|ed|ing))\s*$",
    re.IGNORECASE,
)
_REVIEWED_BEFORE = re.compile(r"\b(?:reviewed|processed)(?:\s+(?:a total of|all))?\s*$", re.IGNORECASE)
_REVIEWED_AFTER = re.compile(r"^\W*(?:\w+\W+){0,6}?(?:reviewed|processed)\b", re.IGNORECASE)
_OF_THE_BEFORE = re.compile(r"\bof (?:the|these|those)\s*$", re.IGNORECASE)
_THIS_RELEASE = re.compile(
    r"^\W*(?:\w+\W+){0,4}?(?:in|of|for) this (?:\w+ )?(?:release|production)\b", re.IGNORECASE
)
_CONSISTS_BEFORE = re.compile(
    r"\b(?:release|production|enclosures?)\b[^.]{0,60}"
    r"(?:consists? of|contains?|comprises?|total(?:s|ing)|:)\s*$",
    re.IGNORECASE,
)
_BATES = re.compile(
    r"\b(?:numbered|bates(?:[ -](?:stamped|numbered|range|numbers?|nos?\.?))?:?)\s+"
    r"(?P<first>[A-Z][A-Za-z0-9()./_ -]{0,60}?\d{3,18})\s*(?:through|thru|to|–|—)\s*"
    r"(?P<last>(?:[A-Z][\w().-]*\s+){0,3}?[\w()./-]{0,60}\d{3,18})(?![\w-]|\.\d)",
    re.IGNORECASE,
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = rf"(?P<day>(?:{_MONTHS}) \d{{1,2}}, \d{{4}})"
_NEXT = re.compile(
    rf"\bnext (?:\w+ ){{0,2}}(?:release|production|response)\b[^.;]{{0,120}}?"
    rf"\b(?:by|on|before|than)\s+{_DAY}",
    re.IGNORECASE,
)


def read_cover_letter(text: str) -> LetterReading:
    """What the letter says, each figure once, as it is said first. A figure that the letter gives twice and
    differently is left out."""
    plain = " ".join(text.split())
    found: dict[SaidFigure | None, ReadFigure] = {}
    unclear: set[SaidFigure | None] = set()
    for kind, figure in _figures(plain):
        if kind in found and found[kind].pages != figure.pages:
            unclear.add(kind)
        found.setdefault(kind, figure)
    figures = {kind: one for kind, one in found.items() if kind is not None and kind not in unclear}
    released = None if None in unclear else found.get(None)
    return LetterReading(figures, released, _bates(plain), _next_due(plain))


def _figures(text: str) -> Iterator[tuple[SaidFigure | None, ReadFigure]]:
    """Each count of pages with what it counts; None: released, in full or in part."""
    for sentence in _SENTENCE_END.split(text):
        counted = list(_counts(sentence))
        for place, match in enumerate(counted):
            end = counted[place + 1].start() if place + 1 < len(counted) else len(sentence)
            if verb := _NEXT_VERB.search(sentence, match.end(), end):
                end = verb.start()
            before, after = sentence[: match.start()], sentence[match.end() : end]
            known, kind = _kind(before, after)
            if known:
                yield kind, ReadFigure(_value(match["number"]), _shortened(sentence, match.start(), end))


def _counts(sentence: str) -> Iterator[re.Match[str]]:
    first = _COUNTED.search(sentence)
    if first is None:
        return
    found = {match.start("number"): match for match in _COUNTED.finditer(sentence)}
    for match in _COUNTED_AGAIN.finditer(sentence, first.end()):
        found.setdefault(match.start("number"), match)
    yield from (found[place] for place in sorted(found))


def _kind(before: str, after: str) -> tuple[bool, SaidFigure | None]:
    """Whether it is known what a count counts, and what that is."""
    if _REVIEWED_BEFORE.search(before) or _REVIEWED_AFTER.search(after) or _is_whole(before, after):
        return True, SaidFigure.PAGES
    if _EITHER.search(after):
        return not _KEPT_BACK.search(after), None
    if _REFERRED.search(after):
        return True, SaidFigure.REFERRED
    if _IN_PART.search(after):  # withheld in part is released in part
        return True, SaidFigure.IN_PART
    own_verb = _KEPT_BACK.search(after) or _GIVEN.search(after)
    is_kept_back = bool(_KEPT_BACK.search(after)) if own_verb else _was_kept_back(before)
    if _IN_FULL.search(after):
        return True, SaidFigure.WITHHELD if is_kept_back else SaidFigure.IN_FULL
    return bool(own_verb), SaidFigure.WITHHELD if is_kept_back else None


def _is_whole(before: str, after: str) -> bool:
    """'Of the 40 pages in this release', 'this release consists of 40 pages', 'Enclosure: 40 pages'."""
    is_of_the = _OF_THE_BEFORE.search(before) and _THIS_RELEASE.search(after)
    return bool(is_of_the or _CONSISTS_BEFORE.search(before))


def _was_kept_back(before: str) -> bool:
    """Whether the last verb before a count says that pages were kept back."""
    last = max((match.start() for match in _KEPT_BACK.finditer(before)), default=-1)
    return last > max((match.start() for match in _GIVEN.finditer(before)), default=-1)


def _value(written: str) -> int:
    return _SMALL.get(written.lower()) or int(written.replace(",", ""))


def _shortened(sentence: str, start: int, end: int, most: int = 160) -> str:
    words = re.split(r"(?<=\D{12})[,;:] ", sentence[start:end].strip(" ,;:"), maxsplit=1)[0]
    words = re.sub(r"[ ,]+(?:and|that|of which)(?: that)?$", "", words).rstrip(" ,;:.")
    return words if len(words) <= most else f"{words[: most - 2].rsplit(' ', 1)[0]} …"


def _bates(text: str) -> ReadRange | None:
    match = _BATES.search(text)
    if match is None:
        return None
    first, last = split_bates(match["first"]), split_bates(match["last"])
    if first is None or last is None or last[1] < first[1]:
        return None
    return ReadRange(match["first"].strip(), match["last"].strip(), match[0])


def _next_due(text: str) -> ReadDay | None:
    match = _NEXT.search(text)
    if match is None:
        return None
    try:
        day = datetime.strptime(match["day"], "%B %d, %Y").date()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        return None
    return ReadDay(day, match[0])
