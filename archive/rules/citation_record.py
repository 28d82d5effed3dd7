"""A citation as plain values: what can be checked with only the file in hand.

The number of a citation follows from what it says (``citation_id_of``): the same words cited twice are one
citation, and one that was changed is found out.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from ingest.page import Box

CITATION_ID_LENGTH = 16
CONTEXT_CHARACTERS = 32  # of prefix and of suffix
_CITATION_ID = re.compile(r"[a-z2-7]{16}")
_FORMAT = "reading-room-citation-1"


@dataclass(frozen=True, slots=True)
class CitedPart:
    """The cited words on one page. ``exact`` is the page's own text there, on one line; empty: the page as
    a whole is cited. ``start`` and ``end`` are places in the page's text as it was read then (characters),
    ``boxes`` where the words stand on the page as displayed, in points, one a word or piece of a word."""

    page_number: int
    label: str
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class CitationRecord:
    """What is proved: these words on these pages of the file with this SHA-256.

    ``parts`` are in reading order; several when the words run over a page break or leave words out.
    ``typed`` is what a person wrote, where the page's own words (OCR) differ. ``text_sha256`` names the
    reading: SHA-256 of the texts of the cited pages, joined by form feeds, in UTF-8.
    """

    sha256: str
    parts: tuple[CitedPart, ...]
    source: str  # ingest.page.TextSource
    reader: str  # ingest.page.Reader
    reader_version: str
    text_sha256: str
    cited_at: datetime
    typed: str = ""

    @property
    def id(self) -> str:
        """The number that follows from what the citation says."""
        return citation_id_of(self.sha256, self.parts)

    @property
    def words(self) -> str:
        """The cited words on one line, with an ellipsis where the quotation leaves words of a page out; empty
        when a page as a whole is cited."""
        said = self.parts[0].exact
        for before, part in pairwise(self.parts):
            said += (" \u2026 " if before.page_number == part.page_number else " ") + part.exact
        return said.strip()

    @property
    def page_number(self) -> int:
        """The page where the words begin."""
        return self.parts[0].page_number

    @property
    def last_page_number(self) -> int:
        """The page where they end."""
        return self.parts[-1].page_number


def citation_id_of(sha256: str, parts: Sequence[CitedPart]) -> str:
    """The first 16 characters of the lower-case base32 of the SHA-256 of: the name of this format, the
    file's SHA-256, and for each part its page number, words, prefix and suffix, each on a line of its own
    (none of them holds a line break), in UTF-8."""
    lines = [_FORMAT, sha256]
    for part in parts:
        lines += (str(part.page_number), part.exact, part.prefix, part.suffix)
    digest = hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:CITATION_ID_LENGTH]


def text_sha256_of(texts: Sequence[str]) -> str:
    """The name of a reading: see ``CitationRecord``."""
    return hashlib.sha256("\f".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


def is_citation_id(text: str) -> bool:
    """Whether ``text`` has the shape of a citation's number."""
    return _CITATION_ID.fullmatch(text) is not None
