"""Who wrote a letter and to whom: the address above the greeting, the name below the closing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.dates import find_date
from ingest.head_lines import HeadLine
from ingest.kinds import find_greeting
from ingest.page import ProposedField, ProposedFieldName

_CLOSING = re.compile(
    r"(?:very\s+truly\s+yours|sincerely(?:\s+yours)?|respectfully(?:\s+(?:submitted|yours))?|"
    r"(?:with\s+)?(?:best|kind|warm)\s+regards|yours\s+(?:truly|sincerely)|atentamente)[,.;]?",
    re.IGNORECASE,
)
# 'via e-mail', 'CERTIFIED MAIL', 'RE:' may stand between the date and the address
_NOT_A_NAME = re.compile(
    r"(?:via|by|sent\s+by|certified|re|subject|dear|in\s+reply|our\s+file|attn|ref)\b.*|.*(?:@|www\.|\d{3}).*",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Z][\w’'.,-]*(?:\s+(?:[A-Z][\w’'.,-]*|of|de|la|the|and|&)){1,7}")


def iter_letter_names(lines: Sequence[HeadLine]) -> Iterator[ProposedField]:
    """The first line of the address block as recipient, the typed name below the closing as sender."""
    if recipient := _addressee(lines):
        yield ProposedField(ProposedFieldName.TO, recipient.text.rstrip(" ,"), recipient.box)
    if sender := _signer(lines):
        yield ProposedField(ProposedFieldName.FROM, sender.text.rstrip(" ,"), sender.box)


def _addressee(lines: Sequence[HeadLine]) -> HeadLine | None:
    """The first name between the date and the greeting."""
    greeting = find_greeting(lines)
    if greeting is None:
        return None
    above = lines[: lines.index(greeting)]
    dated = [index for index, line in enumerate(above) if len(line.words) <= 7 and find_date(line.text)]
    if not dated:
        return None
    block = above[dated[0] + 1 :]
    return next((line for line in block if _is_name(line)), None)


def _signer(lines: Sequence[HeadLine]) -> HeadLine | None:
    closing = next((i for i, line in enumerate(lines) if _CLOSING.fullmatch(line.text)), None)
    if closing is None:
        return None
    return next((line for line in lines[closing + 1 : closing + 5] if _is_name(line)), None)


def _is_name(line: HeadLine) -> bool:
    sure = all(word.confidence is None or word.confidence > 0.5 for word in line.words)
    return sure and not _NOT_A_NAME.fullmatch(line.text) and _NAME.fullmatch(line.text) is not None
