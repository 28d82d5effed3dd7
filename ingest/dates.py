"""Dates as typed, stamped and misread on American government papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_CENTURY_TURN = 50  # '49' is 2049, '50' is 1950: nobody writes two digits for later

_ENGLISH_MONTHS = "january february march april may june july august september october november december"
_SPANISH_MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
_MONTHS = {
    name: number
    for names in (_ENGLISH_MONTHS, _SPANISH_MONTHS)
    for number, full in enumerate(names.split(), 1)
    for name in (full, full[:3], full[:4])
}
_MONTHS["setiembre"] = 9

_DAY = r"(?P<day>[0-3IlO|]? ?[0-9IlO|])"  # stamps read as "0 2"
_YEAR = r"(?P<year>[12Il|][09O][0-9IlO|]{2})"
_MONTH = r"(?P<month>[A-Za-z0][A-Za-z01]{2,9})\.?"
_PATTERNS = tuple(
    re.compile(rf"(?<![\w/-]){pattern}(?![\w/-])")
    for pattern in (
        rf"{_MONTH} ?{_DAY}(?i:st|nd|rd|th)?[,.]? ?{_YEAR}",  # October I, 2010
        rf"{_DAY}(?i:st|nd|rd|th)?(?: day of| de)?[ -]{_MONTH}[,-]?(?: de)? ?{_YEAR}",  # 2 June 2010
        rf"(?P<month>[01Il]?[0-9IlO])[/.-]{_DAY}[/.-]{_YEAR}",  # 06/02/2010
        r"(?P<month>[01]?\d)/(?P<day>[0-3]?\d)/(?P<year>\d\d)",  # 6/2/10
        r"(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)",  # 2010-06-02
    )
)
_MISREAD = str.maketrans({"I": "1", "l": "1", "|": "1", "O": "0"})


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date and where it stands in the text it was found in."""

    value: date
    start: int
    end: int


def iter_dates(text: str) -> Iterator[FoundDate]:
    """The dates in ``text`` from left to right. Impossible ones (31 June, the year 2907) are left out."""
    found = [
        FoundDate(value, match.start(), match.end())
        for pattern in _PATTERNS
        for match in pattern.finditer(text)
        if (value := _date(match)) is not None
    ]
    end = 0
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        if item.start >= end:
            end = item.end
            yield item


def find_date(text: str) -> FoundDate | None:
    """The first date in ``text``."""
    return next(iter_dates(text), None)


def _date(match: re.Match[str]) -> date | None:
    month = _month(match["month"])
    if month is None:
        return None
    year = int(match["year"].translate(_MISREAD))
    if year < 100:
        year += 2000 if year < _CENTURY_TURN else 1900
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, int(match["day"].replace(" ", "").translate(_MISREAD)))
    except ValueError:
        return None


def _month(text: str) -> int | None:
    if text[-1].isdigit() or text[0] in "Il|" or len(text) <= 2:
        number = text.translate(_MISREAD)
        if number.isdigit():
            return int(number)
    # what OCR makes of a month's name: 0ctober, Novernber, Ju1y
    plain = text.lower().replace("0", "o").replace("1", "l")
    return _MONTHS.get(plain) or _MONTHS.get(plain.replace("rn", "m"))
