"""Slip sheets: what an agency puts in the place of pages that it keeps back or sends on.

They say so, and little else. A letter that tells what was withheld says much, and is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.exemption_codes import find_codes, read_codes
from ingest.redaction_found import PageDisposition
from ingest.stamps import is_known_stamp

_MOST_CHARACTERS = 600
_MOST_ON_A_SHEET = 3_000  # the FBI's sheet lists all exemptions, ticked or not
_MAX_WORDS = 300

_SHEET = re.compile(
    r"\bdeleted page information sheet\b|\bdeleted page sheet\b|\bpage withdrawal sheet\b", re.I
)
_WITHHELD = re.compile(
    r"\b(?:pages?|documents?|records?)\b.{0,60}\b(?:withheld|denied|deleted)\b"
    r"|\bwithheld[ -]in[ -](?:full|its entirety|their entirety)\b"
    r"|\b(?:denied|exempt) in (?:full|its entirety|their entirety)\b"
    r"|\bwithheld (?:pursuant to|under|in accordance with)\b"
    r"|\b(?:pages?|documents?|records?)\b.{0,40}\bexempt from (?:release|disclosure)\b",
    re.IGNORECASE | re.DOTALL,
)
_REFERRED = re.compile(
    r"\breferred to\b.{0,120}|\breferral (?:to|of)\b.{0,120}|\b(?:sent|forwarded) to\b.{0,80}\bfor (?:review|"
    r"direct response|(?:a )?(?:release )?determination|consultation|processing)\b",
    re.IGNORECASE | re.DOTALL,
)
_PAGES = re.compile(r"\b(?:pages?|documents?|records?|material|information)\b", re.IGNORECASE)
# who writes so writes a letter or tells a story
_LETTER = re.compile(
    r"\bdear (?:mr|ms|mrs|dr|sir|madam|requester|counsel)\b|\bsincerely\b|\byou may appeal\b|\bwe (?:have )?"
    r"(?:searched|determined|located|reviewed)\b|\b(?:from|sent|to|subject):\s*\S",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"[a-z]{2}[.!?]\s")
_MOST_SENTENCES = 4


@dataclass(frozen=True, slots=True)
class SlipPage:
    """What a slip sheet says: ``WITHHELD`` or ``REFERRED``, the exemptions claimed, its own words."""

    disposition: PageDisposition
    codes: tuple[str, ...]
    words: str


def slip_page(text: str) -> SlipPage | None:
    """The slip sheet that a page's text is; None when it is any other page. Cautious: in doubt it is none."""
    said = "\n".join(line for line in text.splitlines() if not is_known_stamp(line) or _WITHHELD.search(line))
    if not 0 < len(said) <= _MOST_ON_A_SHEET:
        return None
    disposition = _disposition(said)
    return SlipPage(disposition, _codes(said), _words(said)) if disposition else None


def _disposition(said: str) -> PageDisposition | None:
    if _SHEET.search(said):
        return PageDisposition.WITHHELD
    if (
        len(said) > _MOST_CHARACTERS
        or _LETTER.search(said)
        or len(_SENTENCES.findall(said)) > _MOST_SENTENCES
    ):
        return None
    if _WITHHELD.search(said):
        return PageDisposition.WITHHELD
    if _REFERRED.search(said) and _PAGES.search(said):
        return PageDisposition.REFERRED
    return None


def _codes(said: str) -> tuple[str, ...]:
    """The exemptions named: in a sentence, alone on a line, or in a list ('Page 12 ~ b6; b7C')."""
    named = [code for found in find_codes(said) for code in found.codes]
    for part in re.split(r"[\n~]", said):
        spans = read_codes(part)
        read = "".join(part[span.start : span.end] for span in spans)
        if sum(map(str.isalnum, read)) == sum(map(str.isalnum, part)):
            named += (code for span in spans for code in span.codes)
    return tuple(dict.fromkeys(named))


def _words(said: str) -> str:
    return " ".join(said.split())[:_MAX_WORDS]
