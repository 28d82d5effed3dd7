"""What search knows of a page beside its words, from what was read of it."""

from __future__ import annotations

from typing import Any

from archive.models import Page
from archive.ports import IndexedPage
from ingest.languages import COMMON_WORDS, ENGLISH, SPANISH, common_share, latin_words
from ingest.redaction_found import PageDisposition

PAGE_COLUMNS = (
    Page.page_number,
    Page.text,
    Page.bates,
    Page.printed_label,
    Page.quality,
    Page.source,
    Page.claimed_codes,
    Page.withheld_share,
    Page.disposition,
)
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
        codes=tuple(row.claimed_codes),
        redacted_percent=_percent_withheld(row.withheld_share, row.disposition),
        language=language_of(row.text),
    )


def language_of(text: str) -> str:
    """ISO 639-1 of the language of running text; empty when there is too little to tell."""
    words = latin_words(text)
    shares = {language: common_share(words, language) for language in COMMON_WORDS}
    likely = max(shares, key=shares.__getitem__)
    known = len(words) >= _MIN_WORDS and shares[likely] >= _RUNNING_TEXT_SHARE
    return _ISO_639_1[likely] if known else ""


def _percent_withheld(share: float, disposition: PageDisposition) -> int:
    """In whole percent: 0 only for a page released in full, 100 only for one withheld or referred."""
    match disposition:
        case PageDisposition.RELEASED:
            return 0
        case PageDisposition.IN_PART:
            return min(max(round(share * 100), 1), 99)
        case PageDisposition.WITHHELD | PageDisposition.REFERRED:
            return 100
