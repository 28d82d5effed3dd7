"""What the screening notes of one place, before it is a finding."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.rules.statuses import FindingKind

MOST_CHARACTERS = 2_000  # of the words that are kept with a finding
MOST_BOXES = 300
_NO_LETTER = re.compile(r"[\W_]+")
Edges = tuple[float, float, float, float]  # x0, top, x1, bottom in points as displayed


@dataclass(frozen=True, slots=True)
class Note:
    """One place that may be private. ``place`` is a page number, or what of the file it is ('title')."""

    kind: FindingKind
    place: int | str
    text: str
    score: float
    reason: str
    boxes: tuple[Edges, ...] = ()

    @property
    def page_number(self) -> int | None:
        """None when it is of the file as a whole."""
        return self.place if isinstance(self.place, int) else None


def with_fingerprints(notes: Iterable[Note]) -> list[tuple[str, Note]]:
    """Each note with the same fingerprint whenever the same is found in the same place again.

    It is made of kind, place, the words without spaces and signs, and which of equal ones it is.
    """
    seen: Counter[tuple[str, int | str, str]] = Counter()
    named = []
    for note in notes:
        key = (note.kind.value, note.place, plain(note.text))
        seen[key] += 1
        content = json.dumps([*key, seen[key]], ensure_ascii=False).encode()
        named.append((hashlib.sha256(content).hexdigest(), note))
    return named


def plain(text: str) -> str:
    """Letters and digits only, small: what stays the same however a number is spaced."""
    return _NO_LETTER.sub("", text).casefold()


def shortened(text: str) -> str:
    """As much of the words as is kept."""
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…"


def boxes_by_line(boxes: Sequence[Edges]) -> tuple[Edges, ...]:
    """Boxes in reading order, those that stand beside each other on a line made one."""
    lines: list[Edges] = []
    for box in boxes:
        if lines and _is_beside(lines[-1], box):
            last = lines[-1]
            lines[-1] = (
                min(last[0], box[0]),
                min(last[1], box[1]),
                max(last[2], box[2]),
                max(last[3], box[3]),
            )
        else:
            lines.append(box)
    return tuple(lines[:MOST_BOXES])


def _is_beside(one: Edges, other: Edges) -> bool:
    """On the same line: they share more than half of the lower one's height, and no column lies between."""
    shared = min(one[3], other[3]) - max(one[1], other[1])
    height = min(one[3] - one[1], other[3] - other[1])
    gap = max(other[0] - one[2], one[0] - other[2])
    return shared > height / 2 and gap < 4 * max(height, 1.0)
