"""When a reader must be told that a page's words may be wrong."""

from __future__ import annotations

from ingest.page import TextSource

# The mean confidence of a page's words. docs/why/ocr.md: 32 of 35 real scans lie above 0.72, and a memo
# at 100 dpi with 37 % of its characters wrong says 0.73.
LOW_QUALITY = 0.75


def is_doubtful(source: str, quality: float) -> bool:
    """Whether the text came from OCR that was not sure of it. ``quality`` is 0..1."""
    return source == TextSource.OCR and quality < LOW_QUALITY
