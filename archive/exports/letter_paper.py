"""A letter as it goes onto paper: the same parts for Word and for PDF."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from archive.exports.cite_words import one_line
from archive.rules.letter_dates import letter_date

_ITEM = re.compile(r"(?P<mark>-|\u2022|\d{1,3}[.)])\s+(?P<text>.*)")
_FROM_RIGHT = frozenset({"R", "AL"})


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """Plain texts alone. ``letterhead`` is who writes, empty when not known; ``addressee`` and ``signature``
    are lines, ``text`` is paragraphs with an empty line between two."""

    letterhead: str
    dated_on: date
    addressee: str
    subject: str
    text: str
    signature: str
    made_at: datetime

    @property
    def day(self) -> str:
        """``August 17, 2010``."""
        return letter_date(self.dated_on)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or an item of a list with its ``mark`` ('1.', '-')."""

    text: str
    mark: str = ""
    ends_paragraph: bool = True


def blocks_of(text: str) -> Iterator[Block]:
    """The paragraphs of a letter, line by line: a line of its own stays one."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines = [said for line in paragraph.split("\n") if (said := one_line(line))]
        for number, line in enumerate(lines, 1):
            item = _ITEM.fullmatch(line)
            mark, said = (item["mark"], item["text"]) if item else ("", line)
            yield Block(said, mark, number == len(lines))


def lines_of(text: str) -> list[str]:
    """Each line on its own, empty ones kept inside, without what no file takes."""
    return [one_line(line) for line in text.strip().split("\n")]


def is_closing(line: str) -> bool:
    """'Sincerely,': room for a hand to sign follows."""
    return line.endswith(",")


def begins_from_right(text: str) -> bool:
    """Whether the first letter that has a side is written from right to left."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind in _FROM_RIGHT for kind in kinds if kind == "L" or kind in _FROM_RIGHT), False)


def has_right_to_left(text: str) -> bool:
    """Whether anything in it is written from right to left."""
    return any(unicodedata.bidirectional(letter) in _FROM_RIGHT for letter in text)


def sides_of(text: str) -> Iterator[tuple[str, bool]]:
    """Runs of one direction; the spaces and signs within a run from the right belong to it."""
    pattern = re.compile(
        "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]"
        "(?:[^A-Za-z0-9\u00c0-\u024f]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff])*"
    )
    at = 0
    for found in pattern.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], False
        yield found[0], True
        at = found.end()
    if at < len(text):
        yield text[at:], False


def plain_letter(paper: LetterPaper) -> str:
    """The letter for an e-mail: no line is broken but where it was."""
    parts = (
        paper.letterhead,
        paper.day,
        paper.addressee,
        f"Re: {one_line(paper.subject)}",
        paper.text,
        paper.signature,
    )
    return "\n\n".join(said for part in parts if (said := "\n".join(lines_of(part)))) + "\n"
