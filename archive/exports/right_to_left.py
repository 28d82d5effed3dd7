"""Arabic and Hebrew for libraries that draw letters one by one from left to right.

A short line is put in the order in which it is seen, and Arabic letters get the shapes in which they join.
Less than the Unicode bidirectional algorithm (UAX 9): enough for a title, not for a page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_NUMBERS = frozenset({"EN", "AN", "ES", "ET", "CS"})
_MIRRORED = dict(zip("()[]{}<>«»‹›", ")(][}{><»«›‹", strict=True))
_ISOLATED, _FINAL, _INITIAL, _MEDIAL = "isolated", "final", "initial", "medial"
_PRESENTATION = (range(0xFB50, 0xFBB2), range(0xFBD3, 0xFBEA), range(0xFBFC, 0xFC00), range(0xFE80, 0xFEFD))


def as_displayed(text: str, *, in_english: bool = False) -> str:
    """``text`` from left to right as it is seen; unchanged where nothing is written from the right.

    ``in_english``: it is part of an English sentence, whatever letter comes first.
    """
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    if not _RIGHT_TO_LEFT.intersection(kinds):
        return text
    first = next((kind for kind in kinds if kind == "L" or kind in _RIGHT_TO_LEFT), "L")
    base_is_right = first in _RIGHT_TO_LEFT and not in_english
    parts = []
    for from_right, group in groupby(
        zip(text, _sides(kinds, base_is_right=base_is_right), strict=True), key=lambda p: p[1]
    ):
        part = "".join(letter for letter, _ in group)
        parts.append(_reversed(part) if from_right else part)
    return "".join(reversed(parts) if base_is_right else parts)


def _sides(kinds: list[str], *, base_is_right: bool) -> list[bool]:
    """For each letter whether it is written from the right: what has no side goes with its neighbours when
    they agree, else with the line."""
    strong = [True if k in _RIGHT_TO_LEFT else False if k == "L" else None for k in kinds]
    sides: list[bool] = []
    for place, side in enumerate(strong):
        if side is None:
            before = next((s for s in reversed(strong[:place]) if s is not None), base_is_right)
            after = next((s for s in strong[place + 1 :] if s is not None), base_is_right)
            side = before if before == after else base_is_right
        sides.append(side)
    return sides


def _reversed(text: str) -> str:
    """Numbers keep their order; brackets turn round; marks stay behind the letter that bears them."""
    pieces: list[str] = []
    for is_number, group in groupby(
        _clusters(_joined(text)), key=lambda c: unicodedata.bidirectional(c[0]) in _NUMBERS
    ):
        clusters = list(group)
        pieces += [_MIRRORED.get(c, c) for c in clusters] if not is_number else ["".join(clusters)]
    return "".join(reversed(pieces))


def _clusters(text: str) -> Iterator[str]:
    cluster = ""
    for letter in text:
        if cluster and not unicodedata.combining(letter):
            yield cluster
            cluster = ""
        cluster += letter
    if cluster:
        yield cluster


def _joined(text: str) -> str:
    """Arabic letters in the shapes that they have beside their neighbours."""
    shapes = _shapes()
    made = []
    for place, letter in enumerate(text):
        own = shapes.get(letter, {})
        before, after = _neighbour(text, place, -1), _neighbour(text, place, 1)
        joins_before = _FINAL in own and _INITIAL in shapes.get(before, {})
        joins_after = _INITIAL in own and _FINAL in shapes.get(after, {})
        shape = {
            (True, True): _MEDIAL,
            (True, False): _FINAL,
            (False, True): _INITIAL,
            (False, False): _ISOLATED,
        }[joins_before, joins_after]
        made.append(own.get(shape, letter))
    return "".join(made)


def _neighbour(text: str, place: int, step: int) -> str:
    """The next letter that is no mark; empty at the end."""
    place += step
    while 0 <= place < len(text) and unicodedata.combining(text[place]):
        place += step
    return text[place] if 0 <= place < len(text) else ""


@cache
def _shapes() -> dict[str, dict[str, str]]:
    """Each letter's shapes, as Unicode's own table of presentation forms has them."""
    shapes: dict[str, dict[str, str]] = {}
    for block in _PRESENTATION:
        for code in block:
            kind, _, letters = unicodedata.decomposition(chr(code)).partition("> ")
            if kind[1:] in (_ISOLATED, _FINAL, _INITIAL, _MEDIAL) and " " not in letters:
                shapes.setdefault(chr(int(letters, 16)), {})[kind[1:]] = chr(code)
    return shapes
