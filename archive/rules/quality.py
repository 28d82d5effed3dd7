"""When a reader must be told that a page's words may be wrong."""

from __future__ import annotations

from ingest.page import TextSource

# Measured on scanned memos: below this about one word in twenty is wrong, which is enough to miss a
# hit and too much to quote without looking at the image.
LOW_QUALITY = 0.75


def is_doubtful(source: str, quality: float) -> bool:
    """Whether the text came from OCR that was not sure of it. ``quality`` is 0..1."""
    return source == TextSource.OCR and quality < LOW_QUALITY
