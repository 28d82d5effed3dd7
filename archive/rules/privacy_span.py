"""One place in a text that may be private, and the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.rules.statuses import FindingKind

# Below this a person is not asked: a screen that cries wolf teaches people to click without looking.
THRESHOLD = 0.5
# No page has so many; of hostile text the rest is reported as a whole, so that nothing passes unseen.
MOST_CANDIDATES = 3_000
SHORT_LINE = 62  # characters: a line of an address or a signature, not of prose


@dataclass(frozen=True, slots=True)
class PrivateSpan:
    """``text[start:end]`` may be private. ``score`` is 0..1; ``reason`` a sentence that says why."""

    kind: FindingKind
    start: int
    end: int
    score: float
    reason: str


class TooMany(Exception):
    """More candidates than are looked at; ``start`` is where the first of the others begins."""

    def __init__(self, start: int) -> None:
        super().__init__()
        self.start = start


class Surroundings:
    """A text and quick looks at what stands near a place in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.low = text.lower()
        if len(self.low) != len(text):  # a few letters grow when made small
            self.low = text

    def has(self, *words: str) -> bool:
        """Whether one of these words, in small letters, stands anywhere. Far quicker than a pattern."""
        return any(word in self.low for word in words)

    def before(self, start: int, length: int) -> str:
        """What stands before, in small letters, line ends as spaces."""
        return self.low[max(0, start - length) : start].replace("\n", " ")

    def after(self, end: int, length: int) -> str:
        """What stands after, in small letters, line ends as spaces."""
        return self.low[end : end + length].replace("\n", " ")

    def around(self, start: int, end: int, length: int) -> str:
        """Both, with the words themselves left out."""
        return f"{self.before(start, length)} | {self.after(end, length)}"

    def line_before(self, start: int, length: int) -> str:
        """What stands before on the same line, in small letters."""
        near = self.low[max(0, start - length) : start]
        return near[near.rfind("\n") + 1 :]

    def paragraph_around(self, start: int, end: int, length: int) -> str:
        """As ``around``, but no farther than the empty lines before and after."""
        before = self.low[max(0, start - length) : start]
        after = self.low[end : end + length]
        cut = after.find("\n\n")
        before, after = before[before.rfind("\n\n") + 1 :], after if cut < 0 else after[:cut]
        return f"{before} | {after}".replace("\n", " ")

    def block_around(self, start: int, end: int) -> str:
        """The lines that belong together as in a letterhead: short ones, with empty lines between them, as
        OCR puts them. The line itself and its neighbours belong to it whatever their length."""
        before = self.low[max(0, start - 220) : start].split("\n")[::-1]
        after = self.low[end : end + 120].split("\n")
        return f"{' '.join(_short_lines(before)[::-1])} | {' '.join(_short_lines(after))}"


def _short_lines(lines: list[str]) -> list[str]:
    kept = lines[:1]
    for number, line in enumerate(lines[1:]):
        is_prose = len(line) > SHORT_LINE or (line.count(" ") >= 6 and line.rstrip()[-1:] in ".;:,")
        if is_prose and number > 0:
            break
        kept.append(line)
    return kept


def candidates(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The places where the pattern stands. Raises ``TooMany``."""
    for number, match in enumerate(pattern.finditer(text)):
        if number >= MOST_CANDIDATES:
            raise TooMany(match.start())
        yield match
