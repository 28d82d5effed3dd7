"""Slip sheets: what an agency puts into a production in the place of a page that it keeps back."""

from __future__ import annotations

from ingest.redaction_found import PageDisposition
from ingest.slip_pages import slip_page


def is_slip_sheet(text: str) -> bool:
    """Whether a page stands for one that was withheld in full: it says so, and little else. Cautious: a page
    that is in doubt is cited as any other."""
    slip = slip_page(text)
    return slip is not None and slip.disposition == PageDisposition.WITHHELD
