"""Which program reads scans on this machine, for the admin pages: asked once."""

from __future__ import annotations

from functools import cache

from ingest.errors import IngestError
from ingest.ocr import open_engine


@cache
def ocr_engine() -> str:
    """``tesseract 5.3.4``; empty when there is none."""
    try:
        engine = open_engine()
    except IngestError:
        return ""
    return f"{engine.name} {engine.version}"
