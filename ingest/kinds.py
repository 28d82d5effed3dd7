"""What a document is, by what its first page says of itself. Values of ``DocumentKind`` as plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.head_lines import GREETING, HeadLine, HeadValue, Label
from ingest.headings import find_form_number
from ingest.page import Box
from ingest.stamps import is_known_stamp


@dataclass(frozen=True, slots=True)
class FoundKind:
    """A kind and the line that says so."""

    kind: str
    box: Box


_TOP_LINES = 30
_FIRST_LINES = 6
_COMMON_WORDS = frozenset({"log", "report"})  # words any text may use: only a title makes them a kind
_FOIA = r"freedom\s+of\s+information|\bfoia\b|public\s+records?\s+(?:act|request|law)"

# Matched on single lines, the first kind that fits. A title says more than a salutation, so it comes first.
_TITLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "resolution",
        re.compile(r"(?:a\s+)?(?:joint\s+|county\s+)?resolution(?:\s+(?:no|number|#|of|to|in).*|\s*)", re.I),
    ),
    ("agreement", re.compile(r"memorandum\s+of\s+(?:agreement|understanding).*|.{0,40}\bagreement", re.I)),
    ("transcript", re.compile(r"(?:.{0,30}\s)?transcript(?:\s+of.*)?", re.I)),
    (
        "court_paper",
        re.compile(
            r"(?:in\s+the\s+)?(?:united\s+states\s+)?(?:district|circuit|supreme)\s+court\b.*|"
            r"(?:in\s+the\s+)?united\s+states\s+(?:district\s+court|courts?\s+of\s+appeals).*|"
            r"supreme\s+court\s+of\s+the\s+united\s+states.*",
            re.I,
        ),
    ),
    (
        "form",
        re.compile(r"form\s+[A-Z]{1,3}-?\d{1,4}\b.*|(?:(?:dhs|ice|cbp|fd|dd|sf|omb)\s+form\s+\d.*)", re.I),
    ),
    (
        "log",
        re.compile(r"(?:.{0,40}\s)?(?:log|facility\s+list|roster)(?:\s+[-\u2013\u2014]\s.{0,40})?", re.I),
    ),
    ("report", re.compile(r"(?:.{0,60}\s)?report(?:\s+(?:of|on|to|for|no)\b.*)?", re.I)),
)
_MEMO_TITLE = re.compile(
    r"(?:interoffice\s+|policy\s+)?memo(?:randum)?\s*(?:for|to)?\b.{0,60}|note\s+(?:for|to)\s+(?:the\s+)?file",
    re.I,
)
_SIGN_ON = re.compile(r"undersigned\s+(?:\w+\s+){0,3}(?:organi[sz]ations|groups|coalition)", re.I)
_ANSWERS = re.compile(
    rf"(?:response|responding|reply|in\s+reference|regard(?:s|ing)?)\s+(?:is\s+made\s+)?to\s+(?:[\w’'.,-]+\s+){{0,6}}?"
    rf"(?:request|{_FOIA})|your\s+(?:[\w’'-]+\s+){{0,4}}request|(?:interim|final)\s+(?:release|response)\b",
    re.I,
)
_ASKS = re.compile(
    r"(?:this\s+is\s+a|(?:i|we)\s+(?:hereby\s+|respectfully\s+)?(?:write\s+to\s+)?request|request(?:s|ing)?\s+"
    r"(?:for\s+records\s+)?(?:under|pursuant\s+to))\b",
    re.I,
)


def find_kind(lines: Sequence[HeadLine], head: Sequence[HeadValue]) -> FoundKind | None:
    """The kind, or None when the page does not say."""
    labels = {value.label for value in head}
    addressed = any("@" in value.text for value in head if value.label in (Label.FROM, Label.TO))
    if Label.FROM in labels and (Label.SENT in labels or (addressed and Label.SUBJECT in labels)):
        return FoundKind("email", next(value.box for value in head if value.label is Label.FROM))
    if memo := _memo(lines, head):
        return memo
    if letter := _letter(lines):
        return letter
    for kind, pattern in _TITLES:
        for line in lines[: _FIRST_LINES if kind in _COMMON_WORDS else _TOP_LINES]:
            if len(line.words) <= 14 and pattern.fullmatch(line.text.strip(" .:")):
                return FoundKind(kind, line.box)
    return _form(lines)


def find_greeting(lines: Sequence[HeadLine]) -> HeadLine | None:
    """The 'Dear ...' of a letter."""
    return next((line for line in lines if len(line.words) <= 12 and GREETING.fullmatch(line.text)), None)


def _memo(lines: Sequence[HeadLine], head: Sequence[HeadValue]) -> FoundKind | None:
    for value in head:
        if value.label is Label.TO and value.label_text.upper().startswith("MEMO"):
            return FoundKind("memo", value.box)
    labels = {value.label for value in head}
    has_head = len(labels & {Label.FROM, Label.TO, Label.SUBJECT, Label.DATE}) >= 2
    if not has_head:
        return None
    for line in lines[:_TOP_LINES]:
        if len(line.words) <= 8 and _MEMO_TITLE.fullmatch(line.text.strip(" :")):
            return FoundKind("memo", line.box)
    if {Label.FROM, Label.TO, Label.SUBJECT} <= labels:
        return FoundKind("memo", next(value.box for value in head if value.label is Label.FROM))
    return None


def _letter(lines: Sequence[HeadLine]) -> FoundKind | None:
    greeting = find_greeting(lines)
    if greeting is None:
        return None
    text = " ".join(line.text for line in lines if not is_known_stamp(line.text))
    if _SIGN_ON.search(text):
        return FoundKind("sign_on_letter", greeting.box)
    if re.search(_FOIA, text, re.I):
        answers, asks = _ANSWERS.search(text), _ASKS.search(text)
        if answers and (not asks or answers.start() < asks.start()):
            return FoundKind("response_letter", greeting.box)
        if asks:
            return FoundKind("request_letter", greeting.box)
    return FoundKind("letter", greeting.box)


def _form(lines: Sequence[HeadLine]) -> FoundKind | None:
    number = find_form_number(lines)
    return FoundKind("form", number.box) if number else None
