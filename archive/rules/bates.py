"""Bates numbers: the stamps that number the pages of a production.

No list of agencies' formats would be complete, so the prefix is learnt from the document itself: it is
whatever stands before a number that rises by one from page to page.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_TOP_LINES, _BOTTOM_LINES = 6, 6  # a letterhead or a release stamp may be read before it, a footer after it
_NEEDED_STEPS = 0.6
_MIN_DIGITS_ALONE = 5
_MAX_TOKEN_CHARACTERS = 60
_MAX_PREFIX_WORDS = 4

# 'ICE-000123': what stands before the last run of digits, and that run.
_TOKEN = re.compile(r"(?P<before>[\w().,/#&:-]*?)(?P<number>\d{1,10})[.)\]|]?")
_PREFIX_WORD = re.compile(r"[A-Z0-9(][A-Z0-9.&()/-]{0,24}")
_NOT_BATES = re.compile(
    # page numbers, court headers, document numbers, printer's marks, what is no stamp at all
    r"(?i:\b(?:page|pg|p|of|no|nos|case|doc|docid|document|docket|ecf|usca|filed|date|form|rev|exhibit|tab|"
    r"section|sec|chapter|part|vol|item|figure|table|appendix|fax|tel|box|suite|room|frm|jkt|fmt|sfmt|po|"
    r"sep|rin|cfr|usc|fr|stat|ext|id)\b\W*$)"
)
_TRACKING_NUMBER = re.compile(r"(?:19|20)\d\d-[A-Z]{4}-$")  # ICE's request numbers: 2025-ICLI-00019


# 'STATE-5CB': one digit among capitals, which OCR takes for the letter that looks like it.
_MISREAD_LETTER = re.compile(r"(?<=[A-Z]-)[5081](?=[A-Z]{2,}$)|(?<=[A-Z])[5081](?=[A-Z])")
_LETTERS = str.maketrans("5081", "SOBI")
_MOST_DIGITS = 18
_WRITTEN = re.compile(rf"(?P<before>.*?)(?P<number>\d{{1,{_MOST_DIGITS}}})\D{{0,2}}", re.DOTALL)


def split_bates(written: str) -> tuple[str, int] | None:
    """A Bates number as prefix and number: ``ICE FOIA 10-2674.0001234`` is ``("ICEFOIA102674", 1234)``.

    The prefix is folded to capitals and digits, so that spaces, hyphens and stops make no difference.
    None when there is no number.
    """
    parts = split_stamp(written)
    return (_folded(parts[0]), int(parts[1])) if parts else None


def split_stamp(written: str) -> tuple[str, str] | None:
    """What stands before the last number, and its digits, both as they are written; None without a number."""
    written = written.strip()
    before = written.rstrip("0123456789")
    if 0 < len(written) - len(before) <= _MOST_DIGITS:  # nearly all; a report splits a hundred thousand
        return before, written[len(before) :]
    match = _WRITTEN.fullmatch(written)
    return (match["before"], match["number"]) if match else None


@lru_cache(maxsize=1024)
def _folded(prefix: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", prefix.upper())


@dataclass(frozen=True, slots=True)
class _Stamp:
    page_number: int
    prefix: str
    digits: str

    @property
    def key(self) -> str:
        """The prefix as far as OCR can be trusted: without punctuation, look-alikes as one."""
        plain = re.sub(r"[^A-Za-z0-9]", "", self.prefix).upper()
        return plain.translate(_LETTERS)


def read_bates_numbers(pages: Sequence[tuple[int, str]]) -> dict[int, str]:
    """The Bates stamp of each page that has one; ``pages`` are page numbers with their texts.

    Looked for in the first and last six lines. A series counts when the number rises with the
    page on 60 % of the pages that carry it. Numbers out of order are misreadings and left out. A stamp
    on one page alone counts only when it cannot be anything else.
    """
    series: defaultdict[str, list[_Stamp]] = defaultdict(list)
    for page_number, text in sorted(pages):
        seen: set[str] = set()
        for stamp in _iter_stamps(page_number, text):
            if stamp.key not in seen:
                seen.add(stamp.key)
                series[stamp.key].append(stamp)
    stamps: dict[int, str] = {}
    for group in sorted(filter(_is_series, series.values()), key=_weight, reverse=True):
        prefix = _with_its_letters(Counter(stamp.prefix for stamp in group).most_common(1)[0][0])
        rising = _rising(group)
        for stamp in rising:
            stamps.setdefault(stamp.page_number, prefix + stamp.digits)
        for page_number, text in pages:
            expected = prefix + _expected_digits(rising, page_number)
            if page_number not in stamps and f"\n{expected}\n" in f"\n{text}\n":
                stamps[page_number] = expected
    return dict(sorted(stamps.items()))


def _with_its_letters(prefix: str) -> str:
    """The prefix with the letters that OCR took for digits throughout the document."""
    return _MISREAD_LETTER.sub(lambda digit: digit[0].translate(_LETTERS), prefix)


def _expected_digits(series: Sequence[_Stamp], page_number: int) -> str:
    """The number a page must carry if it belongs to the series: then it may stand anywhere on the page.

    A first page may draw its letterhead after the stamp, so that the stamp is read in the middle.
    """
    after = bisect_left(series, page_number, key=lambda stamp: stamp.page_number)
    near = series[min(after, len(series) - 1)]
    return f"{int(near.digits) + page_number - near.page_number:0{len(near.digits)}d}"


def _weight(group: Sequence[_Stamp]) -> tuple[int, int]:
    return len(group), max(len(stamp.digits) for stamp in group)


def _is_series(group: Sequence[_Stamp]) -> bool:
    if len(group) == 1:
        return _is_unmistakable(group[0])
    steps = [
        int(after.digits) - int(before.digits) == after.page_number - before.page_number
        for before, after in pairwise(group)
    ]
    return sum(steps) >= _NEEDED_STEPS * len(steps)


def _is_unmistakable(stamp: _Stamp) -> bool:
    """Letters, then a number padded with zeros; not a State document number (C05739661) or a ZIP code."""
    letters = sum(character.isalpha() for character in stamp.prefix)
    digits = len(stamp.digits)
    if letters < 2 or digits < _MIN_DIGITS_ALONE or not stamp.digits.startswith("0"):
        return False
    return digits > _MIN_DIGITS_ALONE or not stamp.prefix.endswith(" ")


def _rising(group: Sequence[_Stamp]) -> list[_Stamp]:
    """The longest rising run of numbers, in page order."""
    tails: list[int] = []
    lengths: list[int] = []
    for stamp in group:
        place = bisect_left(tails, int(stamp.digits))
        tails[place : place + 1] = [int(stamp.digits)]
        lengths.append(place + 1)
    wanted, kept = len(tails), []
    below: int | None = None
    for stamp, length in zip(reversed(group), reversed(lengths), strict=True):
        if length == wanted and (below is None or int(stamp.digits) < below):
            kept.append(stamp)
            below, wanted = int(stamp.digits), wanted - 1
    return kept[::-1]


def _iter_stamps(page_number: int, text: str) -> Iterator[_Stamp]:
    for line in _edge_lines(text):
        words = line.split()
        for index, word in enumerate(words):
            match = _TOKEN.fullmatch(word) if len(word) <= _MAX_TOKEN_CHARACTERS else None
            if match is None:
                continue
            prefix = _prefix(words[max(0, index - _MAX_PREFIX_WORDS) : index], match["before"])
            if _is_prefix(prefix):
                yield _Stamp(page_number, prefix, match["number"])


def _prefix(words_before: Sequence[str], start: str) -> str:
    """``start`` with the words before it that belong to the stamp.

    A stamp begins with a letter: 'ICE' belongs to '2010FOIA2674.000045', 'FBI' to '(18-cv-1766)-1234'.
    Nothing before 'SC-ICE-00001' does.
    """
    prefix = start
    for word in reversed(words_before):
        if prefix[:1].isalpha() and not prefix.startswith("FOIA"):
            break
        if not _PREFIX_WORD.fullmatch(word):
            break
        prefix = f"{word} {prefix}"
    return prefix


def _is_prefix(prefix: str) -> bool:
    letters = [character for character in prefix.replace("cv", "") if character.isalpha()]
    if not letters or any(letter.islower() for letter in letters):
        return False
    return not (_NOT_BATES.search(prefix.strip()) or _TRACKING_NUMBER.search(prefix))


def _edge_lines(text: str) -> Iterable[str]:
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) <= _TOP_LINES + _BOTTOM_LINES:
        return lines
    return lines[:_TOP_LINES] + lines[-_BOTTOM_LINES:]
