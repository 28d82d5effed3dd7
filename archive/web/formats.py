"""Values as people read them: dates written out, thousands separated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from archive.rules.languages import language_name
from archive.rules.redaction_words import (
    DISPOSITION_WORDS,
    FOUND_BY_WORDS,
    LOOK_WORDS,
    STATE_OF_REDACTION_WORDS,
    codes_in_words,
    printed_codes,
)
from archive.rules.statuses import KIND_WORDS, DocumentKind

_UNITS = ("KB", "MB", "GB")
READER_WORDS = {
    "pdfium": "taken from the PDF by pdfium",
    "pdfplumber": "taken from the PDF by pdfplumber",
    "tesseract": "read from the picture by Tesseract OCR",
    "none": "without words",
}


def format_date(day: date) -> str:
    """``17 August 2010``."""
    return f"{day.day} {day:%B %Y}"


def format_time(moment: datetime) -> str:
    """``17 August 2010, 14:05 UTC``."""
    utc = moment.astimezone(UTC)
    return f"{format_date(utc.date())}, {utc:%H:%M} UTC"


def format_number(number: int) -> str:
    """``12,345``."""
    return f"{number:,}"


def format_count(number: int, one: str, many: str = "") -> str:
    """``1 page``, ``12,345 pages``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def format_bytes(byte_count: int) -> str:
    """``612 bytes``, ``1.4 MB``: powers of 1,000, as disks are sold."""
    if byte_count < 1000:
        return format_count(byte_count, "byte")
    size, units = byte_count / 1000, list(_UNITS)
    while size >= 999.5 and len(units) > 1:
        size, _ = size / 1000, units.pop(0)
    return f"{size:.1f} {units[0]}" if size < 9.95 else f"{size:,.0f} {units[0]}"


def format_ranges(numbers: Sequence[int]) -> str:
    """``3, 5-9, 12`` with en dashes, from sorted numbers."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("–".join(f"{end:,}" for end in run) for run in runs)


def format_kind(kind: DocumentKind | str | None) -> str:
    """The kind in words; nothing when it is not known."""
    return KIND_WORDS[DocumentKind(kind)] if kind else ""


def format_reader(reader: str) -> str:
    """How a page's words were come by."""
    return READER_WORDS.get(reader, reader)


def format_sentence(text: str) -> str:
    """``text`` with a capital first letter; the rest as it is, unlike Jinja's ``capitalize``."""
    return text[:1].upper() + text[1:]


def format_percent(share: float) -> str:
    """A share of 0..1 as people say it: '12 %'; what is there but tiny is 'under 1 %'."""
    return "under 1 %" if 0 < share < 0.01 else f"{round(share * 100)} %"


FILTERS = {
    "date": format_date,
    "time": format_time,
    "number": format_number,
    "count": format_count,
    "bytes": format_bytes,
    "ranges": format_ranges,
    "kind": format_kind,
    "reader": format_reader,
    "sentence": format_sentence,
    "language": language_name,
    "percent": format_percent,
    "printed_codes": printed_codes,
    "codes_in_words": codes_in_words,
    "redaction_look": LOOK_WORDS.__getitem__,
    "found_by": FOUND_BY_WORDS.__getitem__,
    "redaction_state": STATE_OF_REDACTION_WORDS.__getitem__,
    "disposition": DISPOSITION_WORDS.__getitem__,
}
