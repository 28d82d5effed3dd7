"""The values a reading is made of. Plain data: no library object crosses this line.

Boxes are in PDF points with the origin at the top left of the page *as displayed*, that is after
/Rotate and CropBox. Page numbers are 1-based everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from ingest.file_facts import FileFacts

if TYPE_CHECKING:
    from ingest.redaction_found import FoundRedaction


class TextSource(StrEnum):
    """Where a page's text comes from."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"
    NONE = "none"  # a blank page, or a picture without words


class Reader(StrEnum):
    """Which reader took the words."""

    PDFIUM = "pdfium"
    PDFPLUMBER = "pdfplumber"
    TESSERACT = "tesseract"
    NONE = "none"


class MarkKind(StrEnum):
    """What a mark on a page is, before anyone has said why it is there."""

    BOX_OVER_TEXT = "box_over_text"  # an opaque box or image painted after the words beneath it
    DARK_BOX = "dark_box"
    REDACT_ANNOTATION = "redact_annotation"  # /Redact never applied: the words are still there
    OFF_PAGE_TEXT = "off_page_text"  # words outside the CropBox: not seen, but in the file
    INVISIBLE_TEXT = "invisible_text"  # in the paper's colour, without ink, tiny, clipped or switched off


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points: ``x0 <= x1``, ``top <= bottom``."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Word:
    """One word: ``page.text[start:end] == text``.

    A word that was hyphenated at a line end is one word with two boxes, in reading order.
    """

    text: str
    start: int
    end: int
    boxes: tuple[Box, ...]
    confidence: float | None = None  # 0..1 from OCR; None for a text layer


@dataclass(frozen=True, slots=True)
class Mark:
    """Something drawn over, or hidden on, the page. ``text`` is what can still be read beneath."""

    kind: MarkKind
    box: Box
    text: str = ""


@dataclass(frozen=True, slots=True)
class PageImage:
    """One rendering of the page, WebP."""

    width_px: int
    height_px: int
    webp: bytes


class ProposedFieldName(StrEnum):
    """What can be proposed from the first page of a memo, letter or e-mail."""

    TITLE = "title"
    DATE = "dated_on"  # ISO 8601 date
    FROM = "sender"
    TO = "recipient"
    SUBJECT = "subject"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class ProposedField:
    """A value read from the page, to be confirmed by a person. ``box`` is where it stands."""

    name: ProposedFieldName
    value: str
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class PageReading:
    """One page as read.

    ``text`` has one line a printed line and an empty line between paragraphs; words hyphenated at a
    line end are joined. ``quality`` is 0..1: how far the text can be trusted (1.0 for a sound text
    layer; for OCR the length-weighted mean word confidence). ``trust_reason`` is a short code that
    says why this source was chosen (see ``ingest.trust``).
    """

    page_number: int
    width_pt: float
    height_pt: float
    text: str
    words: tuple[Word, ...]
    source: TextSource
    reader: Reader
    quality: float
    trust_reason: str = ""
    printed_label: str = ""  # the PDF's own page label ("iv", "A-3"), empty when it has none
    marks: tuple[Mark, ...] = ()
    redactions: tuple[FoundRedaction, ...] = ()
    hidden_text: str = ""  # a text layer that was there but not trusted: kept, never shown as the page
    proposals: tuple[ProposedField, ...] = ()  # first page only
    image: PageImage | None = None  # 1,000 px wide
    large_image: PageImage | None = None  # 1,700 px wide
    thumbnail: PageImage | None = None  # 240 px wide


@dataclass(frozen=True, slots=True)
class PageFailure:
    """A page that could not be read: ``code`` is an ``IngestError`` code, ``sentence`` is for people."""

    page_number: int
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FileOpened:
    """The file opened. ``metadata`` is the PDF's own (Title, Author, Producer...), untrusted."""

    page_count: int
    metadata: dict[str, str] = field(default_factory=dict)
    facts: FileFacts = field(default_factory=FileFacts)
