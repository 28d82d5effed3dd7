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
    """Who may see a document. ``archive.rules.access.SEES`` says it role by role."""

    UNPUBLISHED = "unpublished"  # nobody has decided yet
    MEMBERS = "members"
    PUBLISHED = "published"
    HELD = "held"  # kept back, to be decided later
    REJECTED = "rejected"  # it does not belong here; kept, and not searched
    SEALED = "sealed"  # an original of which a redacted copy is shown instead
    WITHDRAWN = "withdrawn"  # was shown; a tombstone with the reason stands at its address


class CopyKind(StrEnum):
    """How a document that this archive made comes from the one it was made of."""

    REDACTED = "redacted"  # private details are gone from it
    PART = "part"  # some pages of a file that holds several records
    ARRANGED = "arranged"  # the same pages, turned or in another order


class CopyState(StrEnum):
    """How far a copy is that somebody asked for."""

    ASKED = "asked"
    MADE = "made"
    FAILED = "failed"


class FindingKind(StrEnum):
    """What may be private about a page or a file, before a person has looked."""

    ALIEN_NUMBER = "alien_number"
    SOCIAL_SECURITY_NUMBER = "social_security_number"
    DATE_OF_BIRTH = "date_of_birth"
    PHONE_NUMBER = "phone_number"
    EMAIL_ADDRESS = "email_address"
    STREET_ADDRESS = "street_address"
    MINOR = "minor"  # a child's name
    BANK_ACCOUNT = "bank_account"
    PASSPORT = "passport"
    UNDER_A_BOX = "under_a_box"  # words that can still be read under a black box or a picture
    UNAPPLIED_REDACTION = "unapplied_redaction"  # marked to be redacted, never done
    INVISIBLE_TEXT = "invisible_text"  # white, tiny or not painted
    OFF_PAGE_TEXT = "off_page_text"  # outside of what is shown
    HIDDEN_LAYER = "hidden_layer"  # a text layer that says something else than the picture
    PDF_METADATA = "pdf_metadata"
    PDF_ATTACHMENT = "pdf_attachment"
    PDF_SCRIPT = "pdf_script"


class Decision(StrEnum):
    """What a person says about a finding."""

    NOT_PRIVATE = "not_private"
    REDACT = "redact"
    HOLD = "hold"  # the document is not published while this stands


class NoteKind(StrEnum):
    """What is said between those who work on a document."""

    NOTE = "note"
    QUESTION = "question"  # the document was sent back with it
    ANSWER = "answer"


class LinkKind(StrEnum):
    """What somebody who has the link may do with an account, once."""

    INVITATION = "invitation"
    RESET = "reset"


class UploadOutcome(StrEnum):
    """What became of a file that was sent."""

    NEW = "new"
    ALREADY_HERE = "already_here"
    FAILED = "failed"


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
    REBUILD_INDEX = "rebuild_index"  # of the whole archive: names no document


class HowOften(StrEnum):
    """How often somebody wants to be told of new matches."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


class LetterKind(StrEnum):
    """What a letter is about."""

    CONFIRM = "confirm"
    NEWS = "news"
