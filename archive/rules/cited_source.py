"""What a citation style may need to know of a cited page: plain values, for one moment and one address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from archive.rules.statuses import DocumentKind


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A document, the page and the words in it that are cited, and where they can be seen.

    Empty texts and None mean: not known. Texts are as people wrote them or as the page has them: every
    style escapes them for its own format. ``address`` is the citation's own (or the page's, when nothing
    was cited for good yet); all addresses are absolute.
    """

    document_id: str
    sha256: str
    title: str
    page_number: int
    address: str
    document_address: str
    file_address: str
    archive_name: str
    accessed_on: date
    kind: DocumentKind | None = None
    dated_on: date | None = None
    sender: str = ""  # several are parted by semicolons: the signatories of a letter
    recipient: str = ""
    subject: str = ""
    agency: str = ""
    agency_short: str = ""
    place: str = ""
    production: str = ""
    tracking_number: str = ""  # of the request that freed it
    vote: str = ""  # of a resolution: '5-0'
    language: str = ""  # BCP 47: 'es'; empty for English
    last_page_number: int | None = None  # where the words end, on another page
    bates: str = ""  # of the page
    last_bates: str = ""
    printed_label: str = ""  # the page's own number, where it differs from its place in the file
    page_count: int | None = None
    words: str = ""
    source_file: str = ""
    is_ocr: bool = False  # the words were read from a picture
    is_withheld: bool = False  # the page was withheld in full: a slip sheet stands for it
    superseded_by: str = ""  # the address of a better copy
    citation_id: str = ""
