"""Numbers, days and Bates numbers as they are typed after a field, and ranges of them.

``2010..2011``, ``2010..``, ``..2011``, ``>2010``, ``<=2010``. Days are written year first
(``2010-05-17``, ``2010-05``, ``2010``); other ways of writing them are not guessed at.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from archive.rules.bates import split_bates
from archive.rules.query import BatesRange
from archive.search.query_repair import Mistake

MAX_BATES_NUMBER = 10**18 - 1
ANY_PREFIX = "*"

_RANGE = re.compile(r"(?P<low>.*?)\s*(?:\.{2,}|…)\s*(?P<high>.*)", re.DOTALL)
_COMPARED = re.compile(r"(?P<sign>[<>]=?|=)\s*(?P<end>.*)", re.DOTALL)
_DAY = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{1,2}))?(?:-(?P<day>[0-9]{1,2}))?")
_AMERICAN_DAY = re.compile(r"(?P<month>[0-9]{1,2})[/.-](?P<day>[0-9]{1,2})[/.-](?P<year>[0-9]{4})")
_NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,2}|[0-9]{1,9}")
_EPOCH = date(1970, 1, 1).toordinal()
DATE_HELP = (
    "Write a year, a month or a day, such as 2010, 2010-05 or 2010-05-17, or a range: 2010-05..2010-11."
)
_BATES_HELP = "Write one number, such as ICE-000120, or a range: ICE-000120..ICE-000190."


class Ends(NamedTuple):
    """The two ends of a range as they are written; empty is open. ``beyond``: the end itself is outside."""

    low: str
    high: str
    beyond: bool = False


def ends_of(value: str) -> Ends:
    """What stands before and after the ``..``, or after ``>`` or ``<``; one value alone is both ends."""
    value = value.strip()
    if spread := _RANGE.fullmatch(value):
        return Ends(spread["low"], spread["high"])
    if compared := _COMPARED.fullmatch(value):
        sign, end = compared["sign"], compared["end"].strip()
        beyond = sign in ("<", ">")
        low, high = ("" if sign.startswith("<") else end), ("" if sign.startswith(">") else end)
        return Ends(low, high, beyond)
    return Ends(value, value)


def days_between(value: str) -> tuple[int | None, int | None]:
    """First and last day of a range, as days since 1970-01-01. Raises ``Mistake``."""
    return _between(value, _first_and_last_day, DATE_HELP)


def numbers_between(value: str) -> tuple[int | None, int | None]:
    """Lowest and highest number of a range; percent signs are allowed. Raises ``Mistake``."""
    how = "Write a number, such as 20, >60 or <=5, or a range: 20..40."

    def read(end: str) -> tuple[int, int]:
        written = end.rstrip("% ")
        if not _NUMBER.fullmatch(written):
            raise Mistake(f"“{end}” is not a whole number.", how)
        number = int(written.replace(",", ""))
        return number, number

    return _between(value, read, how)


def _between(value: str, read: Callable[[str], tuple[int, int]], help: str) -> tuple[int | None, int | None]:
    low, high, beyond = ends_of(value)
    if not low and not high:
        raise Mistake("The range has no end.", help)
    lowest, highest = _read_end(value, low, read), _read_end(value, high, read)
    first = lowest and lowest[1] + 1 if beyond else lowest and lowest[0]
    last = highest and highest[0] - 1 if beyond else highest and highest[1]
    if first is not None and last is not None and first > last:
        raise Mistake("The range ends before it begins.", help, instead=f"{high}..{low}")
    return first, last


def _read_end(value: str, end: str, read: Callable[[str], tuple[int, int]]) -> tuple[int, int] | None:
    if not end:
        return None
    try:
        return read(end)
    except Mistake as mistake:
        start = value.find(end)
        raise mistake.within(value, start, start + len(end)) from None


def _first_and_last_day(written: str) -> tuple[int, int]:
    """Of a year, a month or a day."""
    found = _DAY.fullmatch(written)
    try:
        if found is None:
            raise ValueError(written)
        year, month, day = int(found["year"]), found["month"], found["day"]
        first = date(year, int(month or 1), int(day or 1))
        last = first if day else _last_day(year, int(month or 12))
    except ValueError:
        raise Mistake(
            f"“{written}” is no date that is understood.", DATE_HELP, instead=_likely_day(written)
        ) from None
    return first.toordinal() - _EPOCH, last.toordinal() - _EPOCH


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _likely_day(written: str) -> str | None:
    """What may have been meant: American order, slashes, or a month without such a day. Only offered,
    never searched for unasked."""
    if american := _AMERICAN_DAY.fullmatch(written):
        return f"{american['year']}-{int(american['month']):02}-{int(american['day']):02}"
    dashed = re.sub(r"[/.]", "-", written)
    if dashed != written and _DAY.fullmatch(dashed):
        return dashed
    return written.rpartition("-")[0] or None if _DAY.fullmatch(written) else None


def bates_between(value: str) -> BatesRange:
    """``ICE-000120``, ``ICE-000120..ICE-000190``, ``ICE-000120..190``, ``ICE-*``. Raises ``Mistake``."""
    if value.endswith("*"):
        return _whole_series(value.rstrip("*"))
    low, high, beyond = ends_of(value)
    if not low and not high:
        raise Mistake("There is no Bates number.", _BATES_HELP)
    prefix, first = _bates_number(low or high)
    last_prefix, last = _bates_number(_completed(low, high, first)) if high else (prefix, MAX_BATES_NUMBER)
    if last_prefix not in (prefix, ANY_PREFIX):
        raise Mistake(
            "The two ends belong to different series of Bates numbers.", _BATES_HELP, instead=f"{low}..{last}"
        )
    first, last = _within_ends(Ends(low, high, beyond), first, last)
    if first > last:
        raise Mistake("The range ends before it begins.", _BATES_HELP, instead=_swapped(low, high))
    return BatesRange(prefix, first, last)


def _within_ends(ends: Ends, first: int, last: int) -> tuple[int, int]:
    if not ends.low:
        return 0, last - ends.beyond
    return first + (ends.beyond and not ends.high), last


def _whole_series(written: str) -> BatesRange:
    if written[-1:].isdigit():
        raise Mistake(
            "A * stands for a whole number here, not for some of its digits.",
            _BATES_HELP,
            at=len(written),
            instead=re.sub(r"[0-9]+$", "", written) + "*",
        )
    return BatesRange(_bates_number(written + "0")[0], 0, MAX_BATES_NUMBER)


def _bates_number(written: str) -> tuple[str, int]:
    found = split_bates(written)
    if found is None or not found[0].isascii():
        raise Mistake(f"“{written}” has no number at its end.", _BATES_HELP)
    return found[0] or ANY_PREFIX, found[1]


def _completed(low: str, high: str, first: int) -> str:
    """``ICE-001120..190`` leaves out what both numbers begin with."""
    digits = re.search(r"[0-9]+$", low)
    if digits and high.isdigit() and len(high) < len(digits[0]) and int(high) < first:
        return digits[0][: -len(high)] + high
    return high


def _swapped(low: str, high: str) -> str:
    """The same range the other way round; the prefix stays in front."""
    digits = re.search(r"[0-9]+$", low)
    if digits and high.isdigit():
        return f"{low[: digits.start()]}{high}..{digits[0]}"
    return f"{high}..{low}"
