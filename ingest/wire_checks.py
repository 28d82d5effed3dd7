"""Checks on what a child sent. Each gives the value back, or refuses with ``BadLine``."""

from __future__ import annotations

import re
from typing import Any, NoReturn

_MAX_PAGE_SIDE_PT = 1e7
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class BadLine(Exception):
    """A child sent something that no honest child sends."""


def refuse() -> NoReturn:
    """Raises ``BadLine``."""
    raise BadLine


def check_size(data: Any) -> tuple[float, float]:
    """A page's (width, height) in points."""
    width, height = (float(side) for side in data)
    if not (0.0 < width <= _MAX_PAGE_SIDE_PT and 0.0 < height <= _MAX_PAGE_SIDE_PT):
        refuse()
    return width, height


def check_fraction(value: Any) -> float:
    """A number from 0 to 1."""
    if type(value) not in (int, float) or not 0.0 <= value <= 1.0:
        refuse()
    return float(value)


def check_whole(value: Any, least: int, most: int) -> int:
    """A whole number from ``least`` to ``most``."""
    if type(value) is not int or not least <= value <= most:  # a bool is an int, but not a whole number
        refuse()
    return value


def check_whole_numbers(values: Any, most_items: int, least: int, most: int) -> list[int]:
    """A list of at most ``most_items`` whole numbers from ``least`` to ``most``."""
    if type(values) is not list or len(values) > most_items:
        refuse()
    if values and (set(map(type, values)) != {int} or min(values) < least or max(values) > most):
        refuse()
    return values


def check_items(values: Any, most_items: int) -> list[Any]:
    """A list of at most ``most_items``."""
    if type(values) is not list or len(values) > most_items:
        refuse()
    return values


def check_text(value: Any, most_characters: int) -> str:
    """A text of at most ``most_characters``, without control characters and lone surrogates."""
    if type(value) is not str or len(value) > most_characters:
        refuse()
    if not (value.isascii() and value.isprintable()) and _NOT_TEXT.search(value):
        refuse()
    return value
