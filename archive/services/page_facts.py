"""What search knows of a page beside its words, from what was read of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from archive.models import Page
from archive.ports import IndexedPage
from archive.search.analysis import exemption_codes
from ingest.languages import COMMON_WORDS, ENGLISH, SPANISH, common_share, latin_words
from ingest.page import MarkKind

PAGE_COLUMNS = (
    Page.page_number,
    Page.text,
    Page.bates,
    Page.printed_label,
    Page.quality,
    Page.source,
    Page.marks,
    Page.width_pt,
    Page.height_pt,
)
_COVERING = {MarkKind.BOX_OVER_TEXT, MarkKind.DARK_BOX, MarkKind.REDACT_ANNOTATION}
_CELLS = 200  # the page is measured on a grid of so many cells each way
_ISO_639_1 = {ENGLISH: "en", SPANISH: "es"}
_RUNNING_TEXT_SHARE = 0.15  # of common words; lists and forms have fewer
_MIN_WORDS = 8


def indexed_page(document_id: str, row: Any) -> IndexedPage:
    """One row of ``PAGE_COLUMNS`` as search takes it."""
    return IndexedPage(
        document_id=document_id,
        page_number=row.page_number,
        text=row.text,
        label=row.bates or row.printed_label or str(row.page_number),
        quality=row.quality,
        source=row.source,
        bates=row.bates or "",
        codes=exemption_codes(row.text),
        redacted_percent=redacted_percent(row.marks, row.width_pt, row.height_pt),
        language=language_of(row.text),
    )


def redacted_percent(marks: Sequence[dict[str, Any]], width_pt: float, height_pt: float) -> int:
    """How much of the page is covered by boxes, 0 to 100; overlapping boxes count once."""
    covered = np.zeros((_CELLS, _CELLS), np.bool_)
    for mark in marks:
        if mark["kind"] in _COVERING:
            x0, top, x1, bottom = mark["box"]
            across = slice(_cell(x0, width_pt), _cell(x1, width_pt))
            covered[_cell(top, height_pt) : _cell(bottom, height_pt), across] = True
    return round(float(covered.mean()) * 100)


def language_of(text: str) -> str:
    """ISO 639-1 of the language of running text; empty when there is too little to tell."""
    words = latin_words(text)
    shares = {language: common_share(words, language) for language in COMMON_WORDS}
    likely = max(shares, key=shares.__getitem__)
    known = len(words) >= _MIN_WORDS and shares[likely] >= _RUNNING_TEXT_SHARE
    return _ISO_639_1[likely] if known else ""


def _cell(at: float, extent: float) -> int:
    return round(min(max(at / extent, 0.0), 1.0) * _CELLS) if extent > 0 else 0
