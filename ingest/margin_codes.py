"""Codes out in the margin, and the boxes whose height they stand at.

The State Department's way: ``B5`` at the right edge of the line, several codes one below the other when
they are all claimed for what is withheld there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.label_runs import CodeRun
from ingest.page import Box
from ingest.redaction_found import FoundBox, FoundBy, LabelWord, RedactionLook

_MARGIN = 0.16  # of the page's width, on either side
_BLOCK_GAP = 0.8  # of a code's height
_ALIGNED_PT = 2.5
_ONE_LINE = 2.0  # of a code's height: a box of one line
WITH_MARGIN = frozenset({RedactionLook.FRAMED, RedactionLook.WHITE})
_MOST_FRAMES = 30  # more are the cells of a form
_STRIP_MORE_PT, _STRIP_GAP_PT, _STRIP_MIN_PT = 30.0, 3.0, 14.0


@dataclass(frozen=True, slots=True)
class MarginBlock:
    """Codes one below the other, claimed together."""

    top: float
    bottom: float
    runs: tuple[CodeRun, ...]

    @property
    def line_height(self) -> float:
        """Of its lowest line, in points."""
        return min(run.box.bottom - run.box.top for run in self.runs)


def margin_strips(boxes: Sequence[FoundBox], width_pt: float, height_pt: float) -> tuple[FoundBox, ...]:
    """Where codes may stand beside frames on the picture of a page: OCR of a whole page loses short words far
    out. To be read like the insides of boxes; they are no boxes themselves."""
    frames = [item.box for item in boxes if item.needs_code and item.look in WITH_MARGIN]
    if not 0 < len(frames) <= _MOST_FRAMES:
        return ()
    top = max(0.0, min(box.top for box in frames) - _STRIP_MORE_PT)
    bottom = min(height_pt, max(box.bottom for box in frames) + _STRIP_MORE_PT)
    sides = (
        (0.0, min(box.x0 for box in frames) - _STRIP_GAP_PT),
        (max(box.x1 for box in frames) + _STRIP_GAP_PT, width_pt),
    )
    return tuple(
        FoundBox(Box(x0, top, x1, bottom), RedactionLook.WHITE, FoundBy.PICTURE, 0.0, needs_code=True)
        for x0, x1 in sides
        if _STRIP_MIN_PT <= x1 - x0 <= _MARGIN * width_pt
    )


def margin_blocks(
    runs: Sequence[CodeRun], words: Sequence[LabelWord], boxes: Sequence[Box], width_pt: float
) -> tuple[MarginBlock, ...]:
    """The blocks of either margin. Codes that stand each at the height of its own box are blocks of one."""
    blocks: list[MarginBlock] = []
    for is_right in (False, True):
        side = [run for run in runs if _is_in_margin(run.box, words, boxes, width_pt, is_right=is_right)]
        for block in _stacked(side):
            if all(_has_own_box(run.box, boxes) for run in block):
                blocks += (MarginBlock(run.box.top, run.box.bottom, (run,)) for run in block)
            else:
                blocks.append(MarginBlock(block[0].box.top, block[-1].box.bottom, tuple(block)))
    return tuple(blocks)


def _is_in_margin(
    run: Box, words: Sequence[LabelWord], boxes: Sequence[Box], width_pt: float, *, is_right: bool
) -> bool:
    """Whether all else on the line, and every box at that height, is further in."""
    middle = (run.x0 + run.x1) / 2
    if is_right:
        is_out = middle > (1 - _MARGIN) * width_pt or all(box.x1 <= run.x0 + 1 for box in boxes)
    else:
        is_out = middle < _MARGIN * width_pt or all(box.x0 >= run.x1 - 1 for box in boxes)
    beside = [word.box for word in words if _meets(word.box, run)] + [
        box for box in boxes if _meets(box, run)
    ]
    if is_right:
        return is_out and all(other.x0 < run.x0 + 1 for other in beside)
    return is_out and all(other.x1 > run.x1 - 1 for other in beside)


def _meets(box: Box, run: Box) -> bool:
    """Whether a box shares the run's line, and is not a part of it."""
    if box.x0 >= run.x0 - 1 and box.x1 <= run.x1 + 1:
        return False
    return min(box.bottom, run.bottom) - max(box.top, run.top) > 0.4 * (run.bottom - run.top)


def _stacked(runs: Sequence[CodeRun]) -> list[list[CodeRun]]:
    blocks: list[list[CodeRun]] = []
    for run in sorted(runs, key=lambda item: item.box.top):
        height = run.box.bottom - run.box.top
        if blocks and run.box.top - blocks[-1][-1].box.bottom < _BLOCK_GAP * height:
            blocks[-1].append(run)
        else:
            blocks.append([run])
    return blocks


def _has_own_box(run: Box, boxes: Sequence[Box]) -> bool:
    middle, height = (run.top + run.bottom) / 2, run.bottom - run.top
    return any(
        abs((box.top + box.bottom) / 2 - middle) < _ALIGNED_PT and box.bottom - box.top < _ONE_LINE * height
        for box in boxes
    )
