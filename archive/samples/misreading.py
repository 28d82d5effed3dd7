"""What an office copier's OCR of 2011 made of a page: letters, hardly words."""

from __future__ import annotations

import random
from collections.abc import Sequence

from archive.samples.lines import Text
from archive.samples.scanning import TextLayer, TextLine
from archive.samples.typesetting import SetPage

_MISTAKEN = {
    "a": ";i", "b": "h", "c": "e", "d": "cl", "e": "c", "g": "q", "h": "b", "i": "j", "l": "1",
    "m": "rn", "n": "ri", "o": "0", "r": "i", "s": "5", "t": "f", "u": "ii", "v": "\\'", "w": "vv",
    "A": "/\\", "B": "13", "D": "I)", "E": "F", "I": "l", "O": "()", "S": "$", "1": "l", "2": "Z", "0": "O",
}  # fmt: skip
_OFTEN = 0.45


def misread_layer(pages: Sequence[SetPage], *, seed: int) -> TextLayer:
    """The lines of ``pages``, misread and hidden, each where it stands on the paper."""
    chance = random.Random(seed)  # noqa: S311 - made-up mistakes, not a secret
    layers = [
        [_misread_line(mark, chance) for mark in page.marks if isinstance(mark, Text)] for page in pages
    ]
    return lambda page_number: layers[page_number - 1]


def _misread_line(line: Text, chance: random.Random) -> TextLine:
    return TextLine(line.x, line.y, line.size, misread(line.text, chance), hidden=True)


def misread(text: str, chance: random.Random) -> str:
    """``text`` with nearly half of the letters that are easily mistaken put wrong."""
    return "".join(
        _MISTAKEN[letter] if letter in _MISTAKEN and chance.random() < _OFTEN else letter for letter in text
    )
