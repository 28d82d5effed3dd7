"""A second look at a scan on which codes were surely read: at boxes whose labels came out garbled.

A page has its codes in one manner. Where two or more were read, another box with something like a code in it
has one, too, and a black box with a short label that cannot be read is no heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.exemption_codes import read_codes
from ingest.garbled_codes import mend_code
from ingest.label_runs import lines_of
from ingest.page import Box
from ingest.redaction_found import FoundBox, FoundBy, FoundRedaction, LabelWord, RedactionLook
from ingest.shapes import covered_share

FEWEST_SURE = 2
_MENDED, _UNREAD = 0.4, 0.4  # confidence
_SHORT_LABEL = 10  # letters and digits
_HIGHEST_PT, _WIDEST_PT, _LONGER = 17.0, 250.0, 1.6
_LINE_PT = 6.0
_CLOSE = 0.9  # of a word's height
_TAKEN = 0.5
_LEAST_GARBLE = 4  # characters
_MARGIN = 0.16  # of the page's width
_PART_LENGTH = 3  # of ``b7c``
_FRAME_PT = 1.5  # above and below its words
_STROKES = re.compile(r"[|\[\]{}_!l]{1,3}")


@dataclass(frozen=True, slots=True)
class BoxLabels:
    """A box with the readings of what stands in it, the best first."""

    box: FoundBox
    readings: tuple[Sequence[LabelWord], ...]


def mend_margins(labels: Sequence[LabelWord], width_pt: float) -> list[LabelWord]:
    """``labels``, those in the margins as the codes that they were before OCR garbled them: ``87(C)``. Only
    when two or more codes were surely read in the margins."""
    in_margin = [_is_in_margin(label.box, width_pt) for label in labels]
    sure = [
        label for label, beside in zip(labels, in_margin, strict=True) if beside and read_codes(label.text)
    ]
    if len(sure) < FEWEST_SURE:
        return list(labels)
    return [
        replace(label, text=text) if beside and (text := _mended_text(label.text)) else label
        for label, beside in zip(labels, in_margin, strict=True)
    ]


def _is_in_margin(box: Box, width_pt: float) -> bool:
    return box.x1 < _MARGIN * width_pt or box.x0 > (1 - _MARGIN) * width_pt


def _mended_text(text: str) -> str:
    """Codes with commas between them as they are printed in margins; empty when one of them is none."""
    parts = [part for part in re.split(r"[,/;]", text) if part.strip()]
    codes = [mend_code(part) if part[:1] in "B86E" else "" for part in parts]
    if not codes or not all(codes):
        return ""
    return ", ".join(_printed(code) for code in codes) + ("," if text.rstrip().endswith(",") else "")


def _printed(code: str) -> str:
    if len(code) > _PART_LENGTH:
        return f"{code[:2].upper()} {code[2:].upper()}"
    return code[:2].upper() + (f"({code[2].upper()})" if len(code) == _PART_LENGTH else "")


def mend_boxes(
    found: Sequence[FoundRedaction], boxes: Sequence[BoxLabels], *, sure: int
) -> tuple[FoundRedaction, ...]:
    """``found``, and of ``boxes`` those that have no code among them, with what their labels were.

    ``sure`` is how many codes were read on the page beyond doubt; with fewer than two nothing is added.
    """
    if sure < FEWEST_SURE:
        return tuple(found)
    labelled = {one.box for one in found if one.codes}
    mended = [fresh for one in boxes if one.box.box not in labelled and (fresh := _mended(one))]
    places = {one.box for one in mended}
    kept = (one for one in found if one.box not in places)
    return (*kept, *mended)


def _mended(labels: BoxLabels) -> FoundRedaction | None:
    box = labels.box
    texts = [" ".join(word.text for word in words) for words in labels.readings if words]
    words = [word.text for each in labels.readings for word in each]
    for text in (*texts, *words):
        if code := mend_code(text):
            return FoundRedaction(box.box, box.look, box.found_by, (code,), text[:300], _MENDED)
    letters = [sum(map(str.isalnum, text)) for text in texts]
    if letters and 0 < max(letters) <= _SHORT_LABEL and _is_a_line_of_black(box):
        return FoundRedaction(box.box, box.look, box.found_by, (), "", _UNREAD)
    return None


def _is_a_line_of_black(box: FoundBox) -> bool:
    """Whether it is as high as a line and longer than high: no seal, no heading over the whole page."""
    width, height = box.box.x1 - box.box.x0, box.box.bottom - box.box.top
    is_line = height <= _HIGHEST_PT and _LONGER * height < width <= _WIDEST_PT
    return box.look == RedactionLook.BLACK and is_line


def mend_code_marks(
    words: Sequence[LabelWord],
    found: Sequence[FoundRedaction],
    marks: Sequence[FoundRedaction],
    *,
    width_pt: float,
) -> tuple[FoundRedaction, ...]:
    """``marks``, codes without a box, and beside them those that OCR garbled in the page's ``words``.

    Those that stand close together are one; where OCR read the frame around one as strokes, it is as large as
    the frame. ``found`` are the boxes, whose words are left alone, and so are the margins beside them: codes
    there are labels of boxes.
    """
    sure = [one for one in (*found, *marks) if one.codes and one.confidence > _MENDED]
    taken = [one.box for one in (*found, *marks)]
    every = list(marks)
    for line in lines_of(words):
        for word in line if len(sure) >= FEWEST_SURE else ():
            is_label = bool(found) and _is_in_margin(word.box, width_pt)
            is_free = not is_label and not any(covered_share(word.box, box) > _TAKEN for box in taken)
            code = mend_code(word.text) if is_free and word.text[:1] in "([{" else ""
            if code and len(word.text) >= _LEAST_GARBLE:
                text = word.text.strip(" ,;")
                every.append(
                    FoundRedaction(word.box, RedactionLook.CODE, FoundBy.TEXT, (code,), text, _MENDED)
                )
    return tuple(_framed(one, words) for one in _joined(every))


def _joined(marks: Sequence[FoundRedaction]) -> list[FoundRedaction]:
    """Codes of one line with hardly a space between them are one label."""
    joined: list[FoundRedaction] = []
    for one in sorted(marks, key=lambda each: (round(each.box.top / _LINE_PT), each.box.x0)):
        last = joined[-1] if joined else None
        if last is not None and _is_close(last.box, one.box):
            joined[-1] = replace(
                last,
                box=_around(last.box, one.box),
                codes=tuple(dict.fromkeys((*last.codes, *one.codes))),
                code_text=f"{last.code_text}, {one.code_text}"[:300],
                confidence=min(last.confidence, one.confidence),
            )
        else:
            joined.append(one)
    return joined


def _is_close(box: Box, after: Box) -> bool:
    height = max(box.bottom - box.top, after.bottom - after.top)
    same_line = abs(box.top + box.bottom - after.top - after.bottom) < height
    return same_line and -height < after.x0 - box.x1 < _CLOSE * height


def _framed(mark: FoundRedaction, words: Sequence[LabelWord]) -> FoundRedaction:
    box, height = mark.box, mark.box.bottom - mark.box.top
    beside = [
        word.box
        for word in words
        if _STROKES.fullmatch(word.text)
        and min(box.bottom, word.box.bottom) - max(box.top, word.box.top) > height / 3
    ]
    left = [one for one in beside if one.x1 <= box.x0 + 2]
    right = [one for one in beside if one.x0 >= box.x1 - 2]
    if not left or not right:
        return mark
    first, last = max(one.x0 for one in left), min(one.x1 for one in right)
    between = [
        word
        for word in words
        if first < word.box.x0 < last and abs(word.box.top + word.box.bottom - box.top - box.bottom) < height
    ]
    if any(not _STROKES.fullmatch(word.text) and not _is_in(word.box, box) for word in between):
        return mark  # words of the line stand between the strokes: they are no frame of this code
    return replace(mark, box=Box(first, box.top - _FRAME_PT, last, box.bottom + _FRAME_PT))


def _is_in(box: Box, outer: Box) -> bool:
    return covered_share(box, outer) > _TAKEN


def _around(box: Box, other: Box) -> Box:
    return Box(
        min(box.x0, other.x0),
        min(box.top, other.top),
        max(box.x1, other.x1),
        max(box.bottom, other.bottom),
    )
