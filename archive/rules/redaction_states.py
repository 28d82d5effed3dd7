"""What people have said about redactions, and about records that may be the same."""

from __future__ import annotations

from enum import StrEnum


class RedactionState(StrEnum):
    """What a person said about a redaction that was found."""

    FOUND = "found"  # nobody has looked
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"  # it is one, with other codes or in another place
    ADDED = "added"  # a person marked what was not found
    REJECTED = "rejected"  # it is none: kept, so that it is not found again


EFFECTIVE = tuple(state for state in RedactionState if state != RedactionState.REJECTED)


class MatchKind(StrEnum):
    """How two documents belong together."""

    OTHER_RELEASE = "other_release"  # the same record, released with other words withheld
    SAME_TEXT = "same_text"  # the same words: a second copy


class MatchState(StrEnum):
    """What an editor said about two documents that may be the same record."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
