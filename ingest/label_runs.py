"""Words that stand together on one line and are codes, read as one label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from ingest.exemption_codes import read_codes
from ingest.page import Box
from ingest.redaction_found import LabelWord

_RUN_GAP = 0.9  # of a word's height: wider gaps part a margin from the text, or two cells
_MAX_RUN = 60  # characters
_WHOLE = 0.7  # of a run's letters: OCR reads the end of a code twice
_SAME_LINE = 0.5
_TWO_LINES = 1.6  # of a word's usual height
# parts of codes as readers part them: '(b)', '(7)(C),', 'B5'; what is beneath a box looks otherwise
_FRAGMENT = re.compile(r"[\(\)\[\]{}bBdDjJkKxX\dA-H.,;:/&§|-]+|AWP|ACP|DPP|AC|WP|DP|U\.?S\.?C\.?|and")
# above or before the codes of a stamp that is about the whole document, or of a classification
_STAMP = re.compile(r"releas|denied|part|full|reason|classif|declass|exempt|withheld", re.IGNORECASE)
_CLASSIFIED = re.compile(r"reason|classif|released? in|denied in", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Label:
    """Codes as they stand somewhere. ``other_letters`` are those that are part of no code."""

    codes: tuple[str, ...] = ()
    text: str = ""
    confidence: float = 0.0
    other_letters: int = 0


@dataclass(frozen=True, slots=True)
class CodeRun:
    """A label that stands alone."""

    box: Box
    label: Label


def parted_words(words: Sequence[LabelWord]) -> list[LabelWord]:
    """The words, those in two that readers ran together over a line's end: ``(7)(b)`` of two labels."""
    heights = [word.box.bottom - word.box.top for word in words]
    tall = _TWO_LINES * median(heights) if heights else 0.0
    parted: list[LabelWord] = []
    for word, height in zip(words, heights, strict=True):
        at = word.text.find(")(") + 1
        parted += _halves(word, at) if height > tall and at else (word,)
    return parted


def _halves(word: LabelWord, at: int) -> tuple[LabelWord, LabelWord]:
    box = word.box
    middle, across = (box.top + box.bottom) / 2, box.x0 + (box.x1 - box.x0) * at / len(word.text)
    start = word.start + at if word.start >= 0 else -1
    return (
        replace(word, text=word.text[:at], box=Box(box.x0, box.top, across, middle)),
        replace(word, text=word.text[at:], box=Box(across, middle, box.x1, box.bottom), start=start),
    )


def read_label(words: Sequence[LabelWord], *, is_ocr: bool) -> Label:
    """The codes in ``words``. Words beneath a box may stand among them; those of the page's own text and
    those read out of a picture are told apart, and the better of the two is believed."""
    own = [word for word in words if word.start >= 0]
    seen = [word for word in words if word.start < 0]
    whole = _read(own, is_ocr=is_ocr or any(word.is_ocr for word in own))
    parts = _read([word for word in own if _FRAGMENT.fullmatch(word.text)], is_ocr=is_ocr)
    other = sum(map(str.isalnum, "".join(word.text for word in own))) - sum(map(str.isalnum, parts.text))
    tries = (
        whole,
        replace(parts, other_letters=other),
        _read(seen, is_ocr=any(word.is_ocr for word in seen)),
    )
    best = max(tries, key=lambda label: (len(label.codes), label.confidence, -label.other_letters))
    return best if best.codes else whole


def _read(words: Sequence[LabelWord], *, is_ocr: bool) -> Label:
    text = " ".join(word.text for line in lines_of(words) for word in line)
    spans = read_codes(text, is_ocr=is_ocr)
    letters = sum(map(str.isalnum, text))
    if not spans:
        return Label(other_letters=letters)
    written = sum(map(str.isalnum, "".join(text[span.start : span.end] for span in spans)))
    codes = tuple(dict.fromkeys(code for span in spans for code in span.codes))
    read = text[spans[0].start : spans[-1].end]
    return Label(codes, read, min(span.confidence for span in spans), letters - written)


def lines_of(words: Iterable[LabelWord]) -> list[list[LabelWord]]:
    """The words line by line, each from left to right."""
    lines: list[list[LabelWord]] = []
    for word in sorted(words, key=lambda item: item.box.top + item.box.bottom):
        if lines and _is_on_line(word.box, lines[-1][0].box):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda item: item.box.x0) for line in lines]


def _is_on_line(box: Box, first: Box) -> bool:
    middle = (box.top + box.bottom) / 2 - (first.top + first.bottom) / 2
    return abs(middle) < _SAME_LINE * min(box.bottom - box.top, first.bottom - first.top)


def find_code_runs(labels: Sequence[LabelWord], *, is_ocr: bool) -> tuple[CodeRun, ...]:
    """The runs of words that are codes and nothing else, and no part of a stamp."""
    found: list[CodeRun] = []
    above: list[tuple[Box, str]] = []  # the runs of the lines before
    for line in lines_of(labels):
        runs = [(bounds_of_words(run), run) for run in _runs(line)]
        for box, run in runs:
            label = _whole_code(run, is_ocr=is_ocr)
            if label is not None and not _is_stamped(box, above) and not _is_classified(line, box):
                found.append(CodeRun(box, label))
        above = [(box, " ".join(word.text for word in run)) for box, run in runs] + above[:12]
    return tuple(found)


def _runs(line: Sequence[LabelWord]) -> Iterator[list[LabelWord]]:
    run: list[LabelWord] = []
    for word in line:
        if run and word.box.x0 - run[-1].box.x1 > _RUN_GAP * (word.box.bottom - word.box.top):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _whole_code(run: Sequence[LabelWord], *, is_ocr: bool) -> Label | None:
    text = " ".join(word.text for word in run)
    if len(text) > _MAX_RUN or not any(map(str.isalnum, text)):
        return None
    label = _read(run, is_ocr=is_ocr)
    letters = sum(map(str.isalnum, text))
    return label if label.codes and letters - label.other_letters >= _WHOLE * letters else None


def _is_stamped(box: Box, above: Sequence[tuple[Box, str]]) -> bool:
    """Whether the line just above says that this is about the whole document: RELEASE IN PART."""
    height = box.bottom - box.top
    return any(
        -0.5 * height < box.top - other.bottom < height
        and min(box.x1, other.x1) > max(box.x0, other.x0)
        and _STAMP.search(text)
        for other, text in above
    )


def _is_classified(line: Sequence[LabelWord], box: Box) -> bool:
    """Whether the line itself says so before the codes: Reason: 1.4(D)."""
    before = " ".join(word.text for word in line if word.box.x1 <= box.x0 + 1)
    return _CLASSIFIED.search(before) is not None


def bounds_of_words(words: Sequence[LabelWord]) -> Box:
    """The box around ``words``, at least one."""
    boxes = [word.box for word in words]
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )
