"""Finds what may be private in the text of a page.

Each kind has its module. Nothing here decides: a person does, for each finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from archive.rules.privacy_accounts import find_bank_accounts, find_passports
from archive.rules.privacy_contacts import find_email_addresses, find_phone_numbers, find_street_addresses
from archive.rules.privacy_numbers import find_alien_numbers, find_social_security_numbers
from archive.rules.privacy_people import find_dates_of_birth, find_minors
from archive.rules.privacy_span import THRESHOLD, PrivateSpan, Surroundings, TooMany
from archive.rules.statuses import FindingKind

__all__ = ["THRESHOLD", "PrivateSpan", "find_private"]

_Finder = Callable[[Surroundings], Iterator[PrivateSpan]]
_FINDERS: dict[FindingKind, _Finder] = {  # where two find the same digits, the first here keeps them
    FindingKind.ALIEN_NUMBER: find_alien_numbers,
    FindingKind.SOCIAL_SECURITY_NUMBER: find_social_security_numbers,
    FindingKind.PASSPORT: find_passports,
    FindingKind.BANK_ACCOUNT: find_bank_accounts,
    FindingKind.EMAIL_ADDRESS: find_email_addresses,
    FindingKind.PHONE_NUMBER: find_phone_numbers,
    FindingKind.DATE_OF_BIRTH: find_dates_of_birth,
    FindingKind.STREET_ADDRESS: find_street_addresses,
    FindingKind.MINOR: find_minors,
}
_RANK = {kind: rank for rank, kind in enumerate(_FINDERS)}
MOST_CHARACTERS = 200_000  # the fullest page met so far, a table of ten thousand words, has 57,000
TOO_LONG = "This page is far longer than a page can be: look at all that follows, it was not looked through."
TOO_MANY = "There are more such places than are looked at one by one: look at all that follows."


def find_private(text: str) -> Sequence[PrivateSpan]:
    """The places that a person must look at, in the order of the text; none overlaps another.

    Of a text that is far too long for a page, the rest is one place to be looked at.
    What scores under ``THRESHOLD`` is left out. The time grows with the length of the text, whatever it is.
    """
    if not text.strip():
        return ()
    near = Surroundings(text[:MOST_CHARACTERS])
    spans = [span for kind, finder in _FINDERS.items() for span in _found(near, kind, finder)]
    if len(text) > MOST_CHARACTERS:
        rest = (MOST_CHARACTERS, len(text), THRESHOLD, TOO_LONG)
        spans.append(PrivateSpan(FindingKind.ALIEN_NUMBER, *rest))
    return _without_overlaps(spans)


def _found(near: Surroundings, kind: FindingKind, finder: _Finder) -> Iterator[PrivateSpan]:
    try:
        yield from (span for span in finder(near) if span.score >= THRESHOLD)
    except TooMany as rest:
        yield PrivateSpan(kind, rest.start, len(near.text), THRESHOLD, TOO_MANY)


def _without_overlaps(spans: list[PrivateSpan]) -> tuple[PrivateSpan, ...]:
    """Of places that overlap, the likeliest; of equals the longer, then the kind that matters more."""
    best = sorted(spans, key=lambda span: (-span.score, span.start - span.end, _RANK[span.kind]))
    taken = bytearray(max((span.end for span in spans), default=0))
    kept = []
    for span in best:
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            kept.append(span)
    return tuple(sorted(kept, key=lambda span: span.start))
