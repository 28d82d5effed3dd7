"""What can go wrong with public-records requests."""

from __future__ import annotations

from archive.errors import ArchiveError


class RequestNotFound(ArchiveError):
    """Absent, and not for this visitor: both answer alike."""

    code = "request_not_found"
    sentence = "There is no public-records request at this address."
    help = "Look through all requests, or check the address."
    status = 404


class RequestPartNotFound(ArchiveError):
    """An event, a number, a person or a letter of a request."""

    code = "request_part_not_found"
    sentence = "This is not in the request any more."
    help = "Open the request again."
    status = 404


class BadRequestForm(ArchiveError):
    """``field`` is the field of the form that is wrong."""

    code = "bad_request_form"
    sentence = "Something in this form is missing or cannot be."
    help = "Correct it and send it again."
    status = 400

    def __init__(self, sentence: str | None = None, *, field: str = "", help: str | None = None) -> None:
        super().__init__(sentence, help=help)
        self.field = field


class RequestNotReady(ArchiveError):
    """It cannot be made public as it is."""

    code = "request_not_ready"
    sentence = "A request that was not sent cannot be made public."
    help = "Write down on which day it was sent first."
    status = 409


class LawNotFound(ArchiveError):
    code = "law_not_found"
    sentence = "There is no public-records law with this name here."
    help = "Choose one from the list of laws."
    status = 404
