"""Lines that were stamped on a page after it was made: court headers, Bates numbers, release marks.

A scanned page with a stamp has a text layer, and none of it is the page's own text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_EDGE_LINES = 8  # stamps stand at the edges; the State Department's are six lines at either end
_REPEATED_SHARE = 0.6
_MAX_STAMP_CHARACTERS = 200

# What a stamp looks like when there is only one page to judge by; matched on lines in small letters.
_KNOWN_STAMPS = re.compile(
    "|".join(
        (
            r"case:? \d+:\d\d-[a-z]{2}-\d+.*",  # ECF, district courts: Case 1:19-cv-07058 Document 52 ...
            r"case:? \d\d-\d+, document \d+.*",  # ECF, courts of appeals
            r"usca.* case .*",
            r"page ?\d+ ?of ?\d+|\d+ of \d+|- ?\d+ ?-|page \d+|\d{1,4}",
            r"(unclassified|confidential|secret|top secret)(//.*)?",
            r"released? in (part|full)( b\d.*)?|(part|full)( b\d.*)?|denied in full|release in",
            r"(approved|authorized) for release.*",
            r"released under the .*",
            r"docusign envelope id:.*",
            r"case no\. f-\d+-\d+|doc no\. c\d+|date: \d\d/\d\d/\d{4}|u\.s\. department of state",
            r"nw \d+ docid:\d+ page \d+",
            r"[a-z][a-z0-9 ()._-]{0,40}?[-_. ]?\d{5,}",  # Bates: a prefix and a padded number
            r"\d{4}-[a-z]{2,6}-\d{4,6} ?[-.]? ?\d{4,}",  # ICE's Bates: 2019-ICLI-00003 -022454
        )
    )
)


def fold_line(line: str) -> str:
    """``line`` as it is compared from page to page: small letters, single spaces, numbers as '#'."""
    return re.sub(r"\d+", "#", " ".join(line.split()).lower())


def repeated_lines(page_texts: Sequence[str]) -> frozenset[str]:
    """The folded lines that stand at the edge of most pages.

    Numbers are folded, so that 'Page 3 of 15' and running numbers count as one line. With fewer than
    three pages repetition proves nothing, and only what ``is_known_stamp`` knows is taken for a stamp.
    """
    texts = [text for text in page_texts if text.strip()]
    if len(texts) < 3:
        return frozenset()
    seen = Counter(line for text in texts for line in set(_edge_lines(text)))
    return frozenset(line for line, count in seen.items() if count >= len(texts) * _REPEATED_SHARE)


def is_known_stamp(line: str) -> bool:
    """Whether a line looks like a stamp on whatever page it stands."""
    plain = " ".join(line.split()).lower()
    return len(plain) <= _MAX_STAMP_CHARACTERS and _KNOWN_STAMPS.fullmatch(plain) is not None


def without_stamps(text: str, repeated: frozenset[str]) -> str:
    """``text`` without its repeated lines and known stamps."""
    return "\n".join(
        line for line in text.splitlines() if fold_line(line) not in repeated and not is_known_stamp(line)
    )


def _edge_lines(text: str) -> list[str]:
    lines = [folded for line in text.splitlines() if (folded := fold_line(line))]
    return lines if len(lines) <= 2 * _EDGE_LINES else lines[:_EDGE_LINES] + lines[-_EDGE_LINES:]
