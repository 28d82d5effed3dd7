"""What can be wrong with a file: one class, one code, one sentence that says what to do."""

from __future__ import annotations


class IngestError(Exception):
    """A file or page that could not be read.

    ``code`` is stable and goes into the database and JSON; ``sentence`` is for people and says what
    to do next. Only these two ever leave the sandbox: no library message does.
    """

    code = "unreadable"
    sentence = "This file could not be read. Open it in a PDF viewer, save a new copy and add that."

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(sentence or self.sentence)
        if sentence:
            self.sentence = sentence


class EmptyFile(IngestError):
    code = "empty_file"
    sentence = "This file is empty (0 bytes). Copy it again from where it came from."


class NotAPdf(IngestError):
    code = "not_a_pdf"
    sentence = "This is not a PDF. Convert it to PDF and add that."


class FileTooLarge(IngestError):
    code = "file_too_large"
    sentence = "This file is larger than the archive accepts. Split it and add the parts."


class DamagedPdf(IngestError):
    code = "damaged_pdf"
    sentence = "This PDF is damaged or cut short. Get a new copy, or repair it and add that."


class DamagedPage(IngestError):
    code = "damaged_page"
    sentence = "This page is damaged. Get a new copy of the file and add that."


class EncryptedPdf(IngestError):
    code = "encrypted_pdf"
    sentence = "This PDF needs a password. Save an unlocked copy and add that."


class NoPages(IngestError):
    code = "no_pages"
    sentence = "This PDF has no pages. Get a new copy from where it came from."


class TooManyPages(IngestError):
    code = "too_many_pages"
    sentence = "This PDF has more pages than the archive accepts. Split it and add the parts."


class PageTooSlow(IngestError):
    code = "page_too_slow"
    sentence = "This page took too long to read. It may be damaged: print it to a new PDF and add that."


class PageTooLarge(IngestError):
    code = "page_too_large"
    sentence = "This page needs too much memory to read. Print it to a new PDF and add that."


class ReaderCrashed(IngestError):
    code = "reader_crashed"
    sentence = "This page broke the PDF reader. Print it to a new PDF and add that."


class NoPageRead(IngestError):
    code = "no_page_read"
    sentence = (
        "None of this file's pages could be read. Get a new copy, or print it to a new PDF and add that."
    )


INGEST_ERRORS: dict[str, type[IngestError]] = {
    error.code: error
    for error in (
        IngestError,
        EmptyFile,
        NotAPdf,
        FileTooLarge,
        DamagedPdf,
        DamagedPage,
        EncryptedPdf,
        NoPages,
        TooManyPages,
        PageTooSlow,
        PageTooLarge,
        ReaderCrashed,
        NoPageRead,
    )
}
