"""Words and boxes on the wire: the bulk of every line, and the hot path on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ingest.limits import Limits
from ingest.page import Box, Word
from ingest.wire_checks import check_whole, check_whole_numbers, refuse

_HUNDREDTHS = 100  # boxes cross as whole hundredths of a point: short, exact and quick to check
_MAX_EDGE = 1_000_000 * _HUNDREDTHS


def words_to_json(words: Sequence[Word]) -> dict[str, Any]:
    """The words as columns, not rows: those can be checked in bulk."""
    return {
        "start": [word.start for word in words],
        "end": [word.end for word in words],
        "boxes": [edge for word in words for box in word.boxes for edge in box_to_json(box)],
        "joined": {str(number): len(word.boxes) for number, word in enumerate(words) if len(word.boxes) != 1},
        "confidence": (
            [-1 if word.confidence is None else round(word.confidence * 1000) for word in words]
            if any(word.confidence is not None for word in words)
            else []
        ),
    }


def box_to_json(box: Box) -> list[int]:
    """The four edges in hundredths of a point."""
    return [
        round(box.x0 * _HUNDREDTHS),
        round(box.top * _HUNDREDTHS),
        round(box.x1 * _HUNDREDTHS),
        round(box.bottom * _HUNDREDTHS),
    ]


def parse_words(data: Any, text: str, longest_side: float, limits: Limits) -> tuple[Word, ...]:
    """The words of ``text``, in its order and without overlaps. Raises ``BadLine``."""
    starts = check_whole_numbers(data["start"], limits.max_words_per_page, 0, len(text))
    ends = check_whole_numbers(data["end"], len(starts), 1, len(text))
    # four edges a box, and seldom more than one box a word
    edges = check_whole_numbers(data["boxes"], 16 * len(starts), 0, round(longest_side * _HUNDREDTHS) + 1)
    confidences = check_whole_numbers(data["confidence"], len(starts), -1, 1000) or [-1] * len(starts)
    counts = _box_counts(data["joined"], len(starts))
    if not len(starts) == len(ends) == len(confidences) or sum(counts) * 4 != len(edges):
        refuse()
    if any(start >= end for start, end in zip(starts, ends, strict=True)):
        refuse()
    if any(end > start for end, start in zip(ends, starts[1:], strict=False)):
        refuse()
    boxes = iter(_boxes(edges))
    return tuple(
        Word(
            text[start:end],
            start,
            end,
            tuple([next(boxes) for _ in range(count)]),
            None if confidence < 0 else confidence / 1000,
        )
        for start, end, count, confidence in zip(starts, ends, counts, confidences, strict=True)
    )


def _boxes(edges: Sequence[int]) -> list[Box]:
    points = [edge / _HUNDREDTHS for edge in edges]
    boxes = [Box(*four) for four in zip(points[0::4], points[1::4], points[2::4], points[3::4], strict=True)]
    if any(box.x0 > box.x1 or box.top > box.bottom for box in boxes):
        refuse()
    return boxes


def _box_counts(joined: Any, words: int) -> list[int]:
    if not isinstance(joined, dict):
        refuse()
    counts = [1] * words
    for number, count in joined.items():
        counts[check_whole(int(number), 0, words - 1)] = check_whole(count, 1, 100)
    return counts


def parse_box(edges: Any) -> Box:
    """One box, anywhere: off-page words have theirs beside the page. Raises ``BadLine``."""
    (box,) = _boxes(check_whole_numbers(edges, 4, -_MAX_EDGE, _MAX_EDGE))
    return box
