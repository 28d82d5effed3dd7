"""Codes that stand where words stood, with no box around them: in the cells of a table, after 'To:'."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.exemption_codes import CodeUse, TextCode, find_codes, read_codes
from ingest.gap_codes import codes_in_gaps
from ingest.label_runs import CodeRun, find_code_runs
from ingest.page import Box, Word
from ingest.redaction_found import FoundBy, FoundRedaction, LabelWord, RedactionLook
from ingest.shapes import covered_share

_CELL_GAP = 0.45  # of a word's height: words of one label stand closer
_CELL_GAP_OCR = 1.1  # the same by the boxes of OCR, which are as high as the ink
_IN_BOX = 0.3
_BESIDE_PT = 12.0
_NEAR_LINES = 1.5
_MANY_MENTIONS = 3  # a page that explains exemptions
_MAX_CODE_TEXT = 200
_BRIDGE = re.compile(r"[ ,;/]{0,3}(?:[({\[][\w>}\])(]{0,8}[)}\]][ ,;/]{0,3}){0,3}")
_SURE, _LIKELY = 0.95, 0.85
_MAX_MARKS = 1_000
_STAMP_LINE = re.compile(
    r"\breleased? in (?:part|full)\b|\bdenied in full\b"
    r"|\breason:|\bdeclassif|\bclassified by\b|\bderived from\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s(?:and|or)\s")
_SPOKEN_AFTER = re.compile(
    r"""['"\u2019\u201d]?\s+(?:is|are|was|were|has\sbeen|have\sbeen|may\sbe|must\sbe)\s+(?:not\s)?"""
    r"(?:claimed|cited|asserted|invoked|applied|enough|available|appropriate|proper)\b",
    re.IGNORECASE,
)
_RELEASED_IN_PART = re.compile(r"\breleased? in part\b", re.IGNORECASE)
_WRITTEN_OUT = re.compile(r"\(\s?[bdjk]\s?\)|\d\.\d\s?\(")
_MANY_MARKS, _TIMES_MENTIONS = 3, 2
_OWN_LINE = 0.7  # of a line's letters


def find_code_marks(
    text: str, words: Sequence[Word], taken: Sequence[FoundRedaction], *, is_ocr: bool
) -> tuple[FoundRedaction, ...]:
    """The codes that stand in place of words, one for each cell or gap.

    ``words`` are those of ``text``, in order. Codes that are the label of a box in ``taken``, that are named
    by a stamp about the whole document, or that a letter explains are left out.
    """
    placed = [word for word in words if word.boxes and not _is_in_box(word.boxes[0], taken)]
    starts = [word.start for word in placed]
    spans = find_codes(text, is_ocr=is_ocr)
    if is_ocr:
        spans = _bridged(text, spans)
    explains = sum(span.use == CodeUse.MENTION for span in spans) >= _MANY_MENTIONS
    found = [
        mark
        for span in spans
        if span.use == CodeUse.MARK and not _is_of_stamp(text, span) and not _is_spoken_of(text, span)
        if not explains or _is_own_line(text, span)
        for mark in _marks_of(text, span, placed, starts, is_ocr=is_ocr)
    ]
    runs = _further_runs(text, placed, spans, found, is_ocr=is_ocr)
    found += (_of_run(run) for run in runs)
    return tuple(mark for mark in found if not _is_taken(mark, placed, taken))[:_MAX_MARKS]


def _bridged(text: str, spans: Sequence[TextCode]) -> tuple[TextCode, ...]:
    """The spans, those in one that only parts of codes stand between: OCR reads (6)(7)(C) for (b)(7)(C)."""
    joined: list[TextCode] = []
    for span in spans:
        last = joined[-1] if joined else None
        are_marks = last is not None and last.use == span.use == CodeUse.MARK
        if last is not None and are_marks and _BRIDGE.fullmatch(text, last.end, span.start):
            joined[-1] = replace(last, end=span.end, codes=(*last.codes, *span.codes))
        else:
            joined.append(span)
    return tuple(joined)


def _is_in_box(box: Box, taken: Sequence[FoundRedaction]) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return any(
        found.box.x0 <= x <= found.box.x1 and found.box.top <= y <= found.box.bottom for found in taken
    )


def _marks_of(
    text: str, span: TextCode, words: Sequence[Word], starts: Sequence[int], *, is_ocr: bool
) -> Iterator[FoundRedaction]:
    first = max(bisect.bisect_right(starts, span.start) - 1, 0)
    last = bisect.bisect_left(starts, span.end)
    inside = [word for word in words[first:last] if word.end > span.start]
    for cell in _cells(inside, _CELL_GAP_OCR if is_ocr else _CELL_GAP):
        start, end = max(cell[0].start, span.start), min(cell[-1].end, span.end)
        read = read_codes(text[start:end], is_ocr=is_ocr)
        codes = tuple(dict.fromkeys(code for part in read for code in part.codes))
        if codes:
            sure = _SURE * min(part.confidence for part in read)
            written = text[start:end].strip(" ,;")[:_MAX_CODE_TEXT]
            box = _bounds([_part_of(word, span) for word in cell])
            yield FoundRedaction(box, RedactionLook.CODE, FoundBy.TEXT, codes, written, round(sure, 3))


def _cells(words: Sequence[Word], widest: float) -> list[list[Word]]:
    """The words of one label after the other: a gap wider than ``widest`` (of a word's height) or a new line
    begins another, unless a comma says that the label goes on below."""
    cells: list[list[Word]] = []
    for word in words:
        if cells and _is_same_cell(cells[-1], word, widest):
            cells[-1].append(word)
        else:
            cells.append([word])
    return cells


def _is_same_cell(cell: Sequence[Word], word: Word, widest: float) -> bool:
    before, after = cell[-1].boxes[0], word.boxes[0]
    height = max(before.bottom - before.top, after.bottom - after.top)
    if abs((before.top + before.bottom) - (after.top + after.bottom)) < height:
        return -height < after.x0 - before.x1 < widest * height
    is_below = (
        0 < after.top - before.top < 2 * height and after.x0 < before.x1 and after.x0 < cell[0].boxes[0].x1
    )
    return is_below and cell[-1].text.endswith((",", ";", "/", "&"))


def _part_of(word: Word, span: TextCode) -> Box:
    """Of a word's box the part where the code stands: words may be set close."""
    box, length = word.boxes[0], max(word.end - word.start, 1)
    start, end = max(span.start - word.start, 0), min(span.end, word.end) - word.start
    step = (box.x1 - box.x0) / length
    return Box(round(box.x0 + start * step, 2), box.top, round(box.x0 + end * step, 2), box.bottom)


def _further_runs(
    text: str,
    words: Sequence[Word],
    spans: Sequence[TextCode],
    known: Sequence[FoundRedaction],
    *,
    is_ocr: bool,
) -> list[CodeRun]:
    """Codes that the text alone does not tell from others, but their place does: bare ones in the margin of a
    page that was released in part, those in cells of their own on a page of many such, and on scans those in
    gaps of printed lines."""
    is_stamped = _RELEASED_IN_PART.search(text) is not None
    doubtful = [span for span in spans if span.use != CodeUse.MARK]
    is_sheet = bool(doubtful) and len(known) >= max(_MANY_MARKS, _TIMES_MENTIONS * len(doubtful))
    if not is_stamped and not is_sheet and not is_ocr:
        return []
    labels = [LabelWord(word.text, word.boxes[0], word.start, is_ocr) for word in words]
    runs = [
        run
        for run in (find_code_runs(labels, is_ocr=is_ocr) if is_stamped or is_sheet else ())
        if (is_sheet and _WRITTEN_OUT.match(run.label.text)) or (is_stamped and _is_outermost(run, labels))
    ]
    further = _each_once(runs, codes_in_gaps(labels) if is_ocr else ())
    return [run for run in further if not any(covered_share(run.box, mark.box) > _IN_BOX for mark in known)]


def _each_once(runs: Sequence[CodeRun], others: Sequence[CodeRun]) -> list[CodeRun]:
    fresh = [run for run in others if not any(covered_share(run.box, one.box) > _IN_BOX for one in runs)]
    return [*runs, *fresh]


def _of_run(run: CodeRun) -> FoundRedaction:
    label = run.label
    confidence = round(_LIKELY * label.confidence, 3)
    return FoundRedaction(run.box, RedactionLook.CODE, FoundBy.TEXT, label.codes, label.text, confidence)


def _is_outermost(run: CodeRun, labels: Sequence[LabelWord]) -> bool:
    """Whether no line of the page reaches as far to that side, other codes in the margin left aside."""
    others = [label.box for label in labels if not covered_share(label.box, run.box)]
    near = [box for box in others if abs(box.top - run.box.top) < 200]
    inner = [box for box in near if box.x1 - box.x0 > run.box.x1 - run.box.x0]
    return bool(inner) and (
        all(box.x1 < run.box.x0 for box in inner) or all(box.x0 > run.box.x1 for box in inner)
    )


def _is_taken(mark: FoundRedaction, words: Sequence[Word], taken: Sequence[FoundRedaction]) -> bool:
    """Whether the code is the label of a box: in it, beside it, or in the margin at its height."""
    for other in taken:
        if covered_share(mark.box, other.box) > _IN_BOX:
            return True
        if set(mark.codes) <= set(other.codes) and _is_about(mark.box, other.box, words):
            return True
    return False


def _is_about(code: Box, box: Box, words: Sequence[Word]) -> bool:
    apart = max(code.x0 - box.x1, box.x0 - code.x1)
    height = code.bottom - code.top
    if max(code.top - box.bottom, box.top - code.bottom) > _NEAR_LINES * height:
        return False
    return apart <= _BESIDE_PT or _stands_alone(code, words)


def _stands_alone(code: Box, words: Sequence[Word]) -> bool:
    height = code.bottom - code.top
    wide = Box(
        code.x0 - 0.9 * height, code.top + 0.3 * height, code.x1 + 0.9 * height, code.bottom - 0.3 * height
    )
    return not any(
        covered_share(box, wide) > 0 and covered_share(box, code) < _IN_BOX
        for word in words
        for box in word.boxes
    )


def _is_of_stamp(text: str, span: TextCode) -> bool:
    """Whether the line, or the one above, says that this is about the whole document."""
    start = text.rfind("\n", 0, max(text.rfind("\n", 0, span.start), 0)) + 1
    end = text.find("\n", span.end)
    return _STAMP_LINE.search(text, start, end if end >= 0 else len(text)) is not None


def _is_spoken_of(text: str, span: TextCode) -> bool:
    """Whether a sentence is about the code: '(b)(6) and (b)(7)(C) are claimed'."""
    if _SPOKEN_AFTER.match(text, span.end):
        return True
    return _JOINED.search(text, span.start, span.end) is not None and not _is_own_line(text, span)


def _is_own_line(text: str, span: TextCode) -> bool:
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    line = text[start : end if end >= 0 else len(text)]
    return sum(map(str.isalnum, text[span.start : span.end])) >= _OWN_LINE * sum(map(str.isalnum, line))


def _bounds(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )
