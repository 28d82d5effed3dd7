"""Which hyphens at a line end belong to the word, and which only to the line.

``commu-`` + ``nity`` is one word broken by the typesetter; ``opt-`` + ``out`` and ``I-`` + ``247`` are
written with the hyphen wherever they stand. Whoever searches for ``opt-out`` must find it, so the hyphen
stays where it is likely to be meant.
"""

from __future__ import annotations

import re

_HYPHENS = ("-", "\N{HYPHEN}")

_LAST_LETTERS = re.compile(r"[^\W\d_]+\Z")
_FIRST_LETTERS = re.compile(r"[^\W\d_]+")

# First and last halves of real compounds in administrative English. Only whole halves count: the tail of
# 'depart-' + 'ment' is 'depart', not 'part'.
_COMPOUND_FIRST = frozenset({
    *("anti", "case", "cross", "fact", "full", "half", "high", "law", "long", "low", "non", "opt", "part"),
    *("quasi", "real", "self", "short", "so", "third", "twenty", "thirty", "forty", "fifty", "sixty"),
    *("seventy", "eighty", "ninety", "two", "well", "year"),
})  # fmt: skip
_COMPOUND_LAST = frozenset({
    *("based", "called", "driven", "enforcement", "federal", "level", "making", "month", "out", "private"),
    *("related", "risk", "sharing", "specific", "term", "time", "up", "violent"),
})  # fmt: skip
# 'long-' + 'er', 'law-' + 'yer', 'well-' + 'ness': the first half is a word, the last a mere ending.
_ENDING = re.compile(
    r"(?:able|ance|ant|ed|en|ence|ent|er|ers|est|ful|fully|ial|ian|ible|ies|ily|ing|ings|ion|ish|ism|ist|ity"
    r"|ive|ize|ized|less|ly|ment|ner|ners|ness|or|ous|s|teen|ty|y|yer|yers)\b"
)
# Solid words that look like compounds when broken.
_SOLID = frozenset({
    *("about", "without", "throughout", "sometime", "overtime", "lifetime", "pastime", "meantime"),
    *("daytime", "nighttime", "midterm"),
})  # fmt: skip


def ends_with_hyphen(text: str) -> bool:
    """Whether ``text`` ends with one hyphen after a letter or digit: not a dash, not a bullet."""
    return len(text) > 1 and text.endswith(_HYPHENS) and text[-2].isalnum()


def join_at_line_end(left: str, right: str, *, next_line: bool) -> str | None:
    """The one word that ``left`` (which ends with a hyphen) and ``right`` are, or None when they are two.

    ``next_line``: ``right`` stands just below ``left``. Where capitals or digits meet, two cells of a
    table look the same, so there it is asked for.
    """
    stem = left[:-1]
    tail, head = _letters(_LAST_LETTERS, stem), _letters(_FIRST_LETTERS, right)
    if len(tail) > 1 and tail[1:].islower() and head.islower():
        keep = "-" in stem or _is_compound(tail.lower(), head)
        return f"{stem}-{right}" if keep else stem + right
    if next_line and right[0].isalnum() and (head or not tail.islower()):
        return f"{stem}-{right}"
    return None


def _is_compound(tail: str, head: str) -> bool:
    if tail + head in _SOLID:
        return False
    if head in _COMPOUND_LAST:
        return True
    return tail in _COMPOUND_FIRST and not _ENDING.match(head)


def _letters(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text) if pattern is _LAST_LETTERS else pattern.match(text)
    return found.group() if found else ""
