"""What can go wrong with a collection of passages."""

from __future__ import annotations

from collections.abc import Sequence

from archive.errors import ArchiveError


class CollectionNotFound(ArchiveError):
    """Absent, and not for this visitor: both answer alike."""

    code = "collection_not_found"
    sentence = "There is no collection at this address."
    help = "Look through all collections, or check the address."
    status = 404


class CollectionNotYours(ArchiveError):
    """The visitor may see the collection and may not do this with it."""

    code = "collection_not_yours"
    sentence = "Somebody else keeps this collection."
    help = "Ask whoever keeps it to share it, or begin one of your own."
    status = 403


class PassageNotInCollection(ArchiveError):
    code = "passage_not_in_collection"
    sentence = "This passage is not in the collection any more."
    help = "Open the collection again."
    status = 404


class BadCollection(ArchiveError):
    """A title that is missing, or something that is too long."""

    code = "bad_collection"
    sentence = "A collection needs a title."
    help = "Write what the passages in it have in common."
    status = 400


class NotACitation(ArchiveError):
    code = "not_a_citation"
    sentence = "This is not the address of a citation here."
    help = "Open the citation and copy its address: it has /cite/ and 16 letters and digits."
    status = 400


class CollectionFull(ArchiveError):
    code = "collection_full"
    sentence = "This collection has as many passages as one may have."
    help = "Begin another one."
    status = 409


class LikelyPrivate(ArchiveError):
    """What people wrote in a collection has something in it that may be private. ``findings`` says what and
    where."""

    code = "likely_private"
    sentence = "What is written here may be private, so it is not shown to everybody."
    help = "Change it, or ask an editor to look at it."
    status = 409

    def __init__(self, findings: Sequence[str] = ()) -> None:
        super().__init__()
        self.findings = tuple(findings)
