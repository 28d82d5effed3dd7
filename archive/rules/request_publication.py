"""Making requests public: why something that looks private may be shown, and who changes what is shown."""

from __future__ import annotations

from enum import StrEnum

from archive.errors import ArchiveError


class WhyShown(StrEnum):
    """Why what looks private is shown all the same: an editor's word, kept in the audit log."""

    OFFICIAL = "official"
    NOT_PRIVATE = "not_private"
    AGREED = "agreed"


WHY_SHOWN_WORDS: dict[WhyShown, str] = {
    WhyShown.OFFICIAL: "it is of an office, or of an official at work",
    WhyShown.NOT_PRIVATE: "it is not what it looks like: a file number, a made-up example",
    WhyShown.AGREED: "whoever it is about agreed to have it shown",
}


class PublicAlready(ArchiveError):
    """Everybody sees this part of a request, and the visitor does not decide what everybody sees."""

    code = "request_public_already"
    sentence = "Everybody sees this, so only an editor changes it."
    help = "Tell an editor what is wrong with it. You may add to the request meanwhile."
    status = 409


class RequestHasProductions(ArchiveError):
    code = "request_has_productions"
    sentence = "This request has productions, so it cannot be deleted."
    help = "Take the productions out of it first, or close it instead."
    status = 409


class ChangedMeanwhile(ArchiveError):
    code = "request_changed_meanwhile"
    sentence = "Somebody changed this request while you looked at it, so nothing was shown."
    help = "Look at what it says now, and decide again."
    status = 409
