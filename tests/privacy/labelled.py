"""The labelled set: private details and look-alikes between the lines of memos, and what is found of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from archive.rules.privacy import find_private
from archive.rules.statuses import FindingKind
from tests.privacy.look_alikes import look_alikes
from tests.privacy.positives import Line, positives

BEFORE = (
    "The county asked in writing whether it may leave the program.\n",
    "1. The State Identification Bureau sends the prints on.\n\n",
    "We write about your letter of last month.\n",
    "",
)
AFTER = (
    "\nThe answer is to be given by the end of the week.",
    "\n\n2. The jurisdiction is told of the date in advance.",
    " See the memorandum of agreement.",
    "",
)


@dataclass(slots=True)
class Figures:
    """What was found of what there was, by kind."""

    there: Counter[FindingKind] = field(default_factory=Counter)
    found: Counter[FindingKind] = field(default_factory=Counter)
    wrong: Counter[FindingKind] = field(default_factory=Counter)
    missed_lines: list[Line] = field(default_factory=list)
    wrong_lines: list[tuple[str, FindingKind, str]] = field(default_factory=list)
    wrong_texts: list[str] = field(default_factory=list)  # as OCR read them
    missed_pages: list[tuple[tuple[str, ...], str]] = field(default_factory=list)

    def recall(self, kind: FindingKind) -> float:
        """Of what there was, the part that was found."""
        return self.found[kind] / self.there[kind]

    def precision(self, kind: FindingKind | None = None) -> float:
        """Of what was found, the part that was there; of all kinds together when none is named."""
        found = self.found.total() if kind is None else self.found[kind]
        wrong = self.wrong.total() if kind is None else self.wrong[kind]
        return found / (found + wrong) if found + wrong else 1.0


def labelled_lines(seed: int) -> list[Line]:
    """At least 400 private details of all kinds and 400 look-alikes, each between the lines of a memo."""
    draw = Random(seed)
    lines = positives(draw) + look_alikes(draw)
    draw.shuffle(lines)
    return [_in_a_memo(draw, line) for line in lines]


def measure(lines: Sequence[Line]) -> Figures:
    """Look through each line as through a page of its own."""
    figures = Figures()
    for line in lines:
        count(figures, line, [(span.kind, span.start, span.end) for span in find_private(line.text)])
    return figures


def count(figures: Figures, line: Line, spans: Sequence[tuple[FindingKind, int, int]]) -> None:
    """Add what was found in one line."""
    hit = False
    for kind, start, end in spans:
        if kind == line.kind and start < line.end and end > line.start:
            hit = True
        else:
            figures.wrong[kind] += 1
            figures.wrong_lines.append((line.text, kind, line.text[start:end]))
    if line.kind is not None:
        figures.there[line.kind] += 1
        figures.found[line.kind] += hit
        if not hit:
            figures.missed_lines.append(line)


def _in_a_memo(draw: Random, line: Line) -> Line:
    before, after = draw.choice(BEFORE), draw.choice(AFTER)
    shift = len(before)
    return Line(before + line.text + after, line.kind, line.start + shift, line.end + shift, line.form)
