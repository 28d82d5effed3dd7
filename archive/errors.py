"""What can go wrong above ``ingest``: each error says what happened and what to do.

``status`` is the HTTP status it is answered with, ``exit_code`` the command line's. A test fails when
a class here has no sentence.
"""

from __future__ import annotations


class ArchiveError(Exception):
    """Base of all errors a person may meet. ``sentence`` is shown to them, ``help`` says what to do."""

    code = "archive_error"
    sentence = "Something went wrong."
    help = ""
    status = 500
    exit_code = 1

    def __init__(self, sentence: str | None = None, *, help: str | None = None) -> None:
        super().__init__(sentence or self.sentence)
        if sentence:
            self.sentence = sentence
        if help:
            self.help = help

    def as_json(self) -> dict[str, str | int]:
        """What scripts are answered, on the site and on the command line."""
        return {"code": self.code, "message": self.sentence, "help": self.help}


class BadSetting(ArchiveError):
    code = "bad_setting"
    sentence = "A setting is wrong."
    exit_code = 2


class DocumentNotFound(ArchiveError):
    """Absent and hidden answer alike: a guessed address must not tell which it is."""

    code = "document_not_found"
    sentence = "There is no document at this address."
    help = "Search for its words, or check the address."
    status = 404


class PageNotFound(ArchiveError):
    code = "page_not_found"
    sentence = "This document has no such page."
    help = "Open the document to see its pages."
    status = 404


class PageImageNotFound(ArchiveError):
    code = "page_image_not_found"
    sentence = "There is no image of this page."
    help = "Read its text, or download the file as received."
    status = 404


class ShelfNotFound(ArchiveError):
    """No agency, production or place of that name has anything published. Hidden answers alike."""

    code = "shelf_not_found"
    sentence = "There is nothing at this address."
    help = "Search for what you need, or start at the first page."
    status = 404


class RendererBusy(ArchiveError):
    code = "renderer_busy"
    sentence = "Other pages are being drawn large at this moment."
    help = "Try again in a few seconds; the page at reading size is there meanwhile."
    status = 503


class DatabaseUnavailable(ArchiveError):
    code = "database_unavailable"
    sentence = "The database cannot be reached."
    help = "Try again in a minute. Operators: check READING_ROOM_DATABASE_URL and the disk."
    status = 503


class BlobNotFound(ArchiveError):
    """The store does not have a file that the database names."""

    code = "blob_not_found"
    sentence = "The file is missing from the store."
    help = "Run `reading-room check` to see what is missing, and restore it from a backup."


class BlobDamaged(ArchiveError):
    """What the store gave back is not what was put in."""

    code = "blob_damaged"
    sentence = "The file in the store is damaged."
    help = "Run `reading-room check` to see which files are damaged, and restore them from a backup."


class StorageUnavailable(ArchiveError):
    code = "storage_unavailable"
    sentence = "The file store cannot be reached."
    help = "Check READING_ROOM_STORAGE_URL and that the store is running."
    status = 503


class BadQuery(ArchiveError):
    """A query that cannot be understood. ``position`` is the 0-based character where it goes wrong;
    ``repaired`` a query that can be, one click away."""

    code = "bad_query"
    sentence = "This query cannot be understood."
    help = "See the search help for what can be asked."
    status = 400
    exit_code = 2

    def __init__(
        self,
        sentence: str,
        *,
        help: str | None = None,
        position: int | None = None,
        repaired: str | None = None,
    ) -> None:
        super().__init__(sentence, help=help)
        self.position = position
        self.repaired = repaired

    def as_json(self) -> dict[str, str | int]:
        """Also where it goes wrong, when that is known."""
        known = {"position": self.position, "repaired": self.repaired}
        return ArchiveError.as_json(self) | {
            name: value for name, value in known.items() if value is not None
        }


class BadFilter(BadQuery):
    """A filter value that cannot be understood (a date that is none)."""

    code = "bad_filter"


class IndexUnavailable(ArchiveError):
    code = "index_unavailable"
    sentence = "Search is being rebuilt."
    help = "Try again in a minute, or run `reading-room reindex`."
    status = 503


class IndexDamaged(IndexUnavailable):
    """The index cannot be used any more. It can be built again from the database, and the worker does."""

    code = "index_damaged"
    help = "The worker builds it again within a minute; `reading-room reindex` does it at once."


class MetadataFileWrong(ArchiveError):
    code = "metadata_file_wrong"
    sentence = "The metadata CSV cannot be used."
    status = 400
    exit_code = 2


class NothingToIngest(ArchiveError):
    code = "nothing_to_ingest"
    sentence = "There is no such file or folder."
    exit_code = 2


class JobLost(ArchiveError):
    """The lease ran out while the work went on, and somebody else has the job now."""

    code = "job_lost"
    sentence = "Another worker has taken over this document."


class MailUnavailable(ArchiveError):
    """No letter can be sent now. All of them wait."""

    code = "mail_unavailable"
    sentence = "The mail server does not take letters now."
    help = "Letters are kept and tried again. Operators: check READING_ROOM_MAIL_URL."
    status = 503


class LetterRefused(ArchiveError):
    """The mail server does not take this one letter: ``for_good``, or only for now."""

    code = "letter_refused"
    sentence = "The mail server refused this letter."

    def __init__(
        self, sentence: str | None = None, *, help: str | None = None, for_good: bool = True
    ) -> None:
        super().__init__(sentence, help=help)
        self.for_good = for_good


class MailNotSetUp(ArchiveError):
    code = "mail_not_set_up"
    sentence = "This archive cannot send letters: it does not know its own public address."
    help = "Follow the feed instead. Operators: set READING_ROOM_BASE_URL."
    status = 503


class BadMailAddress(ArchiveError):
    code = "bad_mail_address"
    sentence = "This is not a mail address."
    help = "Write it as name@example.org."
    status = 400
    exit_code = 2


class TooManyLetters(ArchiveError):
    code = "too_many_letters"
    sentence = "Too many people asked for letters in the last hour."
    help = "Try again in an hour, or follow the feed."
    status = 503


class LinkNotValid(ArchiveError):
    """A signed link that is expired, forged, or about something that was deleted: all answer alike."""

    code = "link_not_valid"
    sentence = "This link is not valid any more."
    help = "Ask for letters about the search again."
    status = 404


class SignInNeeded(ArchiveError):
    """Nobody is signed in, and this is not for everybody. Says nothing of what is at the address."""

    code = "sign_in_needed"
    sentence = "This is for people who work here."
    help = "Sign in. If you have no account, ask an editor to invite you."
    status = 401


class NotAllowed(ArchiveError):
    """The account may not do this, whatever is at the address."""

    code = "not_allowed"
    sentence = "Your account may not do this."
    help = "Ask an admin of this archive if you should be able to."
    status = 403


class ForgedForm(ArchiveError):
    code = "forged_form"
    sentence = "This form has no valid token: it is too old, or it was not made by this site for you."
    help = "Open the page again and send it from there."
    status = 403


class DocumentWithdrawn(ArchiveError):
    """Was shown once. The address answers with when and why, and with nothing of what it was."""

    code = "document_withdrawn"
    sentence = "This document was withdrawn."
    status = 410


class OpenFindings(ArchiveError):
    """Something that may be private stands in the way, so nothing is shown. ``findings`` says what and
    where (``alien number, page 2``), and nothing of what it says."""

    code = "open_findings"
    sentence = "Something that may be private has not been decided."
    help = "Decide each finding first."
    status = 409

    def __init__(self, findings: tuple[str, ...] = ()) -> None:
        listed = "; ".join(findings)
        super().__init__(help=f"Decide each finding first: {listed}." if listed else None)
        self.findings = findings
