"""How far a file is that somebody sent, in the words that they are told."""

from __future__ import annotations

from enum import StrEnum


class UploadState(StrEnum):
    """Where a file stands, for whoever brought it."""

    SENDING = "sending"
    RECEIVED = "received"
    READING = "reading"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    NEEDS_YOU = "needs_you"
    ALREADY_HERE = "already_here"


MOVING = frozenset({UploadState.SENDING, UploadState.RECEIVED, UploadState.READING, UploadState.IN_REVIEW})
EXPIRED_CODE = "upload_expired"
EXPIRED = "This file was not sent to its end within 7 days, so what had arrived was deleted."
EXPIRED_HELP = "Choose it again."
