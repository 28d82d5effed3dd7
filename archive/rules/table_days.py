"""Days as people and spreadsheets write them, as far as there is no doubt which one is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = re.compile(
    r"[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[AP]\.?M\.?)?\s*(?:Z|[A-Z]{3,4}|[+-]\d{2}:?\d{2})?$",
    re.I,
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2}|\d{4})")
_MONTH_FIRST = re.compile(r"(?:[A-Za-z]+day,?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_DAY_FIRST = re.compile(
    r"(?:[A-Za-z]+day,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})"
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")


class DayOrder(StrEnum):
    """How 3/4/2010 is meant."""

    UNKNOWN = "unknown"
    MONTH_FIRST = "month_first"
    DAY_FIRST = "day_first"


class NotADay(ValueError):
    """Its text says in a sentence what is wrong."""


def order_in(texts: Iterable[str]) -> DayOrder:
    """How a whole table writes its days, by those that can be meant in one way only.

    UNKNOWN when no day tells it, or when some tell otherwise than others.
    """
    found = set()
    for text in texts:
        if numbers := _NUMBERS.fullmatch(_without_time(text)):
            first, second = int(numbers[1]), int(numbers[2])
            if first > 12 >= second:
                found.add(DayOrder.DAY_FIRST)
            elif second > 12 >= first:
                found.add(DayOrder.MONTH_FIRST)
    return found.pop() if len(found) == 1 else DayOrder.UNKNOWN


def read_day(text: str, order: DayOrder = DayOrder.UNKNOWN) -> date:
    """The day that is written: 2010-08-17, 17 August 2010, Aug. 17, 2010, and 8/17/2010 when ``order`` tells.

    Raises ``NotADay``.
    """
    said = _without_time(text)
    if found := _ISO.fullmatch(said):
        return _day(int(found[1]), int(found[2]), int(found[3]), text)
    if found := _MONTH_FIRST.fullmatch(said):
        return _day(int(found[3]), _month(found[1], text), int(found[2]), text)
    if found := _DAY_FIRST.fullmatch(said):
        return _day(int(found[3]), _month(found[2], text), int(found[1]), text)
    if found := _NUMBERS.fullmatch(said):
        return _of_numbers(found, order, text)
    if _SERIAL.fullmatch(said):
        raise NotADay(f"{text!r} is a spreadsheet's own number for a day: format the column as dates first.")
    raise NotADay(f"{text[:40]!r} is no date: write it as 2010-08-17.")


def _of_numbers(found: re.Match[str], order: DayOrder, text: str) -> date:
    if len(found[3]) == 2:
        raise NotADay(f"{text!r} does not say the century: write it as 2010-08-17.")
    first, second = int(found[1]), int(found[2])
    if first == second:
        order = DayOrder.MONTH_FIRST
    elif max(first, second) > 12:
        order = DayOrder.DAY_FIRST if first > 12 else DayOrder.MONTH_FIRST
    if order is DayOrder.UNKNOWN:
        raise NotADay(f"{text!r} can be two days: say how this table writes dates, or write 2010-08-17.")
    month, day = (first, second) if order is DayOrder.MONTH_FIRST else (second, first)
    return _day(int(found[3]), month, day, text)


def _without_time(text: str) -> str:
    return _TIME.sub("", text.strip()).strip()


def _month(name: str, text: str) -> int:
    short = name[:3].casefold()
    if short not in _MONTHS:
        raise NotADay(f"{text[:40]!r} names no month: write it as 2010-08-17.")
    return _MONTHS.index(short) + 1


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise NotADay(f"There is no day {text[:40]!r}.") from None
    if not 1966 <= year <= 2200:  # the Freedom of Information Act is of 1966
        raise NotADay(f"{text[:40]!r} cannot be the day of a request.")
    return found
