"""What the check of a draft says of a quotation, and how it differs from its source."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from archive.rules.quote_folding import fold_strictly


class Verdict(StrEnum):
    """The first two stand; the others want a person's eye."""

    STANDS = "stands"
    HOLDS = "holds"  # a link without a quotation: what it leads to is there and proven
    NEAR = "near"  # read by OCR, which differs in some letters
    OUTSIDE = "outside"  # on the cited page, but not the words that are cited
    ELSEWHERE = "elsewhere"
    DIFFERS = "differs"
    UNPROVEN = "unproven"  # the citation itself does not hold
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"
    OTHER_SITE = "other_site"  # the words may well stand, but the link does not lead here
    NOT_LINKED = "not_linked"


VERDICT_NAMES: dict[Verdict, str] = {
    Verdict.STANDS: "Stands as written",
    Verdict.HOLDS: "Leads to its page",
    Verdict.NEAR: "Near: read by OCR",
    Verdict.OUTSIDE: "On the page, not in the citation",
    Verdict.ELSEWHERE: "On another page",
    Verdict.DIFFERS: "Differs",
    Verdict.UNPROVEN: "The citation does not hold",
    Verdict.WITHDRAWN: "Withdrawn",
    Verdict.UNKNOWN: "No such address",
    Verdict.OTHER_SITE: "Linked to another site",
    Verdict.NOT_LINKED: "Not linked",
}
GOOD = frozenset({Verdict.STANDS, Verdict.HOLDS})


@dataclass(frozen=True, slots=True)
class Change:
    """Words in both texts, in the draft alone ('added') or in the source alone ('missing')."""

    kind: str  # 'same', 'added', 'missing'
    words: str


def changes_between(quote: str, source: str) -> tuple[Change, ...]:
    """How the draft's quotation differs from the words of its source, word by word."""
    ours, theirs = quote.split(), source.split()
    changes = _changes(ours, theirs, _keys(ours), _keys(theirs))
    if all(change.kind == "same" for change in changes):  # then it is a comma or a capital
        changes = _changes(ours, theirs, ours, theirs)
    return tuple(changes)


def _changes(
    ours: Sequence[str], theirs: Sequence[str], our_keys: Sequence[str], their_keys: Sequence[str]
) -> list[Change]:
    matcher = difflib.SequenceMatcher(None, their_keys, our_keys, autojunk=False)
    changes: list[Change] = []
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            changes.append(Change("same", " ".join(ours[start:end])))
            continue
        if first < last:
            changes.append(Change("missing", " ".join(theirs[first:last])))
        if start < end:
            changes.append(Change("added", " ".join(ours[start:end])))
    return _without_ends(changes)


def _without_ends(changes: list[Change]) -> list[Change]:
    """What stands in the source before and after the quotation is no difference."""
    while changes and changes[0].kind == "missing" and [change.kind for change in changes[1:2]] != ["added"]:
        changes = changes[1:]
    while changes and changes[-1].kind == "missing":
        changes = changes[:-1]
    return changes


def _keys(words: Sequence[str]) -> list[str]:
    return [fold_strictly(word).lower().strip(".,;:!?\"'()[]") or word for word in words]
