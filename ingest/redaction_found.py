"""What an agency withheld on a page: boxes, codes in place of words, pages withheld in full."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.page import Box


class RedactionLook(StrEnum):
    """What withheld words look like on the page."""

    BLACK = "black"
    GREY = "grey"
    FRAMED = "framed"  # white, with a thin frame
    WHITE = "white"  # white without a frame: words painted over, a code beside or in the gap
    CODE = "code"  # no box at all: the code stands where the words stood
    STRUCK = "struck"  # words struck through
    ANNOTATION = "annotation"  # a /Redact annotation that was never applied
    WHOLE_PAGE = "whole_page"  # a slip sheet: the page was withheld in full or referred elsewhere


class FoundBy(StrEnum):
    """How a redaction was found."""

    SHAPES = "shapes"  # what is painted on a born-digital page, in the order of painting
    PICTURE = "picture"  # the picture of a scan
    TEXT = "text"  # the words of the page: a code alone in a cell, a slip sheet
    ANNOTATION = "annotation"
    EDITOR = "editor"  # a person marked it


class PageDisposition(StrEnum):
    """What became of a page in this release."""

    RELEASED = "released"  # nothing on it was withheld
    IN_PART = "in_part"
    WITHHELD = "withheld"  # in full
    REFERRED = "referred"  # sent to another agency for its decision


@dataclass(frozen=True, slots=True)
class FoundRedaction:
    """One place where words were withheld.

    ``codes`` are the exemptions claimed for it in the one spelling (``b7e``, ``k2``, ``1.4d``), in the order
    in which they stand; ``code_text`` is what was read (``(b)(6), (b)(7)(C)``). ``confidence`` is 0..1.
    ``statute`` is the one that is named with (b)(3): ``8 U.S.C. 1202(f)``.
    """

    box: Box
    look: RedactionLook
    found_by: FoundBy
    codes: tuple[str, ...] = ()
    code_text: str = ""
    confidence: float = 1.0
    statute: str = ""


@dataclass(frozen=True, slots=True)
class FoundBox:
    """A box that may hide words, before anybody has looked for its code.

    ``needs_code``: it looks like many things (a frame, a grey bar), so it counts only with a code in or
    beside it, or when words of the page stop at its edges.
    """

    box: Box
    look: RedactionLook
    found_by: FoundBy
    confidence: float = 1.0
    needs_code: bool = False


@dataclass(frozen=True, slots=True)
class LabelWord:
    """A word that may be (part of) a label: of the page's own words, or read out of a box by OCR.

    ``start`` is its place in the page's text; -1 for a word that is not part of it.
    """

    text: str
    box: Box
    start: int = -1
    is_ocr: bool = False
