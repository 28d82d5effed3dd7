"""Slip sheets: what an agency puts into a production in the place of a page that it keeps back."""

from __future__ import annotations

import re

_WITHHELD = re.compile(
    r"\b(?:pages?|documents?|records?)\b.{0,60}\bwithheld\b"
    r"|\bwithheld in (?:full|its entirety|their entirety)\b"
    r"|\bwithheld pursuant to\b",
    re.IGNORECASE | re.DOTALL,
)
_MOST_CHARACTERS = 600  # a slip sheet says little; a letter that explains exemptions says much


def is_slip_sheet(text: str) -> bool:
    """Whether a page stands for one that was withheld in full: it says so, and little else. Cautious: a page
    that is in doubt is cited as any other."""
    return len(text) <= _MOST_CHARACTERS and _WITHHELD.search(text) is not None
