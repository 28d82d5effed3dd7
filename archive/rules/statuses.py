"""The states things can be in, in the field's words."""

from __future__ import annotations

from enum import StrEnum


class ReadingStatus(StrEnum):
    """How far a document has been read."""

    RECEIVED = "received"
    READING = "reading"
    READ = "read"
    PARTIAL = "partial"  # some pages failed; the others are there
    FAILED = "failed"


class Visibility(StrEnum):
    """Who may see a document."""

    UNPUBLISHED = "unpublished"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class PageStatus(StrEnum):
    READ = "read"
    FAILED = "failed"


class DocumentKind(StrEnum):
    """What a record is."""

    MEMO = "memo"
    LETTER = "letter"
    EMAIL = "email"
    RESOLUTION = "resolution"
    SIGN_ON_LETTER = "sign_on_letter"
    REQUEST_LETTER = "request_letter"
    RESPONSE_LETTER = "response_letter"
    FORM = "form"
    REPORT = "report"
    LOG = "log"
    TRANSCRIPT = "transcript"
    AGREEMENT = "agreement"
    COURT_PAPER = "court_paper"
    OTHER = "other"


KIND_WORDS: dict[DocumentKind, str] = {
    DocumentKind.MEMO: "memo",
    DocumentKind.LETTER: "letter",
    DocumentKind.EMAIL: "e-mail",
    DocumentKind.RESOLUTION: "resolution",
    DocumentKind.SIGN_ON_LETTER: "sign-on letter",
    DocumentKind.REQUEST_LETTER: "request letter",
    DocumentKind.RESPONSE_LETTER: "response letter",
    DocumentKind.FORM: "form",
    DocumentKind.REPORT: "report",
    DocumentKind.LOG: "log",
    DocumentKind.TRANSCRIPT: "transcript",
    DocumentKind.AGREEMENT: "agreement",
    DocumentKind.COURT_PAPER: "court paper",
    DocumentKind.OTHER: "other",
}


class Role(StrEnum):
    """What an account may do. A reader needs no account."""

    MEMBER = "member"
    VOLUNTEER = "volunteer"
    EDITOR = "editor"
    ADMIN = "admin"


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class JobKind(StrEnum):
    READ_DOCUMENT = "read_document"


class HowOften(StrEnum):
    """How often somebody wants to be told of new matches."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


class LetterKind(StrEnum):
    """What a letter is about."""

    CONFIRM = "confirm"
    NEWS = "news"
